"""What people send us and what we say back, as values no wire and no table knows about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal["text", "button", "file", "photo", "voice", "other", "blocked", "unblocked", "moved"]


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file somebody sent: `ref` lets the channel it came by fetch the bytes later.

    One that is `kept` was looked at and lies in the files store already: `ref` and `mime` are ours. No wire sets it.
    """

    ref: str
    name: str
    size: int | None = None
    mime: str | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event from the world, the same shape whichever wire carried it.

    `event_id` is unique per channel and bot for at least a week; `sender` and `chat` are the wire's own ids;
    `callback` is what the wire needs to answer a pressed button; `album` joins the parts of one album. The words of one
    that was `forwarded` are somebody else's.
    """

    channel: str
    event_id: str
    sender: str
    chat: str
    text: str = ""
    kind: Kind = "text"
    private: bool = True
    files: tuple[IncomingFile, ...] = ()
    replied_to: str | None = None
    callback: str | None = None
    album: str | None = None
    language: str | None = None
    moved_to: str | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A command behind a label; `opt_out` gets the number 0 where choices are numbered."""

    label: str
    command: str
    opt_out: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file we send: bytes by reference into the files store, with the name and type the reader sees.

    One that only stands `beside` the words is left out where it is gone; any other is what the message is for.
    """

    ref: str
    name: str
    mime: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What we say: structure, never markup. Each channel renders it its own way.

    `menu` says that the buttons are links to act on what is shown (a digest or a list): they are drawn where a channel
    has buttons and otherwise left out, and a bare number never binds to them. Without it, buttons answer a question.
    `edits` are the platform's ids, one a page, of the message of ours whose place this one takes, where the channel can
    do that. `said` is what the reader had said, which one of the choices completes.
    """

    lines: tuple[str, ...]
    title: str | None = None
    buttons: tuple[Button, ...] = ()
    files: tuple[OutgoingFile, ...] = ()
    menu: bool = False
    edits: tuple[str, ...] = ()
    said: str = ""

    @classmethod
    def of(cls, text: str, *buttons: Button, menu: bool = False) -> Message:
        """Make a message from catalogue text; a first line that starts with `# ` is its title."""
        first, _, rest = text.partition("\n")
        if first.startswith("# "):
            return cls(tuple(rest.split("\n")) if rest else (), first[2:], buttons, menu=menu)
        return cls(tuple(text.split("\n")), None, buttons, menu=menu)

    def with_buttons(self, *buttons: Button, menu: bool = False) -> Message:
        """Return the same message with these buttons."""
        return replace(self, buttons=buttons, menu=menu)

    def after(self, other: Message) -> Message:
        """Return this message with the lines of another before its own."""
        return replace(self, lines=(*other.lines, *self.lines))

    def numbered(self) -> tuple[tuple[int, Button], ...]:
        """Return the choices with their numbers: 1, 2, 3 … in order, and 0 for the one that opts out."""
        number = 0
        rows: list[tuple[int, Button]] = []
        for button in self.buttons:
            if button.opt_out:
                rows.append((0, button))
            else:
                number += 1
                rows.append((number, button))
        return tuple(rows)

    def plain(self) -> str:
        """Return the text as a channel without markup or buttons shows it."""
        lines = [self.title] if self.title else []
        lines += self.lines
        if self.buttons and not self.menu:
            lines += [f"{number} {button.label}" for number, button in self.numbered()]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready form that `from_json` turns back into an equal message."""
        data: dict[str, Any] = {"lines": list(self.lines)}
        if self.title is not None:
            data["title"] = self.title
        if self.buttons:
            data["buttons"] = [[b.label, b.command, 1] if b.opt_out else [b.label, b.command] for b in self.buttons]
        if self.files:
            data["files"] = [[f.ref, f.name, f.mime, 1] if f.beside else [f.ref, f.name, f.mime] for f in self.files]
        if self.menu:
            data["menu"] = True
        if self.edits:
            data["edits"] = " ".join(self.edits)
        if self.said:
            data["said"] = self.said
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Message:
        """Return the message `to_json` was called on."""
        return cls(
            tuple(data["lines"]),
            data.get("title"),
            tuple(Button(row[0], row[1], len(row) > 2) for row in data.get("buttons", ())),
            tuple(OutgoingFile(row[0], row[1], row[2], len(row) > 3) for row in data.get("files", ())),
            bool(data.get("menu", False)),
            tuple(data.get("edits", "").split()),
            data.get("said", ""),
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the wire may do once the event is committed: answer the button, and know whether it acted."""

    answer: str | None = None
    duplicate: bool = False
    alert: bool = False
    channels: frozenset[str] = field(default_factory=frozenset)

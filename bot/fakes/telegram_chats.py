"""Chats, messages, files and presses, as values the server keeps and a test looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.fakes.telegram_spec import JSON


@dataclass(slots=True)
class BotMessage:
    """A message of the bot as the reader sees it now; `edits` holds what it said before."""

    chat: Chat
    raw: JSON
    at: float
    source: JSON = field(default_factory=dict)
    edits: list[JSON] = field(default_factory=list)
    deleted: bool = False

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """What is shown: the text, or the caption of a file."""
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def date(self) -> int:
        """When it was sent, in seconds since 1970."""
        return int(self.raw["date"])

    @property
    def reply_markup(self) -> JSON | None:
        """The keyboard, as sent."""
        return self.raw.get("reply_markup") or self.source.get("reply_markup")

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of its buttons, row by row."""
        return [[_label(button) for button in row] for row in self._rows()]

    @property
    def reply_to(self) -> int | None:
        """The message it answers."""
        replied = self.raw.get("reply_to_message")
        return replied["message_id"] if replied else None

    @property
    def document(self) -> JSON | None:
        """The file it carries, if any."""
        return self.raw.get("document")

    def button(self, label_or_data: str) -> JSON:
        """Return the button of that label or data; LookupError names the ones there are."""
        buttons = [button if isinstance(button, dict) else {"text": button} for row in self._rows() for button in row]
        for key in ("callback_data", "text"):
            for button in buttons:
                if button.get(key) == label_or_data:
                    return button
        raise LookupError(f"no button {label_or_data!r} among {self.buttons}")

    def _rows(self) -> list[list[Any]]:
        markup = self.reply_markup or {}
        return markup.get("inline_keyboard") or markup.get("keyboard") or []


def _label(button: JSON | str) -> str:
    return button if isinstance(button, str) else str(button["text"])


@dataclass(slots=True)
class Chat:
    """A private chat or a group, from the server's point of view."""

    id: int
    kind: str
    title: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    bot_status: str = "member"
    privacy: bool = True
    members: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    messages: list[BotMessage] = field(default_factory=list)
    history: dict[int, JSON] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    reactions: dict[int, list[JSON]] = field(default_factory=dict)
    sent: int = 0

    @property
    def private(self) -> bool:
        """Whether one person talks to the bot here."""
        return self.kind == "private"

    @property
    def texts(self) -> list[str]:
        """What the bot's messages say now, oldest first."""
        return [message.text for message in self.messages if not message.deleted]

    @property
    def last(self) -> BotMessage:
        """The bot's latest message; LookupError where it has said nothing."""
        if not self.messages:
            raise LookupError(f"the bot has said nothing in chat {self.id}")
        return self.messages[-1]


@dataclass(slots=True)
class StoredFile:
    """A file Telegram keeps; `size` may be claimed larger than the bytes held."""

    id: str
    unique_id: str
    content: bytes
    name: str
    mime: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: what it asked, what it was answered, and when (monotonic seconds)."""

    method: str
    params: JSON
    status: int
    at: float


@dataclass(slots=True)
class Press:
    """A pressed button and the answer the bot gave, once it did."""

    query_id: str
    user: int
    data: str
    update_id: int
    answered: bool = False
    answer: str | None = None
    alert: bool = False

"""A message of ours as an Official Account sends it: plain pages, up to five buttons, files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.telegram_render import utf16
from core.messages import Button, Message, OutgoingFile
from core.paging import pages
from core.text import nfc

MAX_TEXT = 2000
MAX_BUTTONS = 5
RESENT = "(gửi lại)"
PICTURES = frozenset({"image/png", "image/jpeg"})

# in what unit Zalo counts is not documented
_PAGE = 1900
_MARKS = 24  # room for "(gửi lại)" and "(12/34)" on a page
_BESIDE_PICTURE = 1000
_LABEL = 100
_PAYLOAD = 1000
_NOTHING = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """What one call sends: a page with its buttons (`numbered` says them in words), or a file, perhaps with a text."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    numbered: str = ""
    file: OutgoingFile | None = None

    def words(self, *, resend: bool, numbered: bool = False) -> str:
        """Return the text, said to be sent again if it is, with the choices in words if asked for."""
        lines = [RESENT] if resend else []
        lines += [self.text] if self.text else []
        return "\n".join([*lines, self.numbered] if numbered and self.numbered else lines)

    def attachment(self, template: str | None) -> dict[str, Any]:
        """Return the buttons as an attachment: a pressed one says its command, unseen by the person."""
        made = [{"title": label, "type": "oa.query.hide", "payload": command} for label, command in self.buttons]
        payload: dict[str, Any] = {"buttons": made}
        return {"type": "template", "payload": {"template_type": template, **payload} if template else payload}


@lru_cache(maxsize=256)
def render(message: Message) -> tuple[Part, ...]:
    """Return the calls a message needs, at least one: its pages, then its files; a lone picture takes a short text along.

    More choices than five, or ones Zalo cannot carry, are numbered lines; of a menu's links the first five are drawn.
    """
    fitting = [button for button in message.buttons if _fits(button)]
    drawn: tuple[tuple[str, str], ...] = ()
    if message.menu:
        drawn = tuple(_drawn(button) for button in fitting[:MAX_BUTTONS])
    elif len(fitting) == len(message.buttons) <= MAX_BUTTONS:
        drawn = tuple(_drawn(button) for button in fitting)
    numbered = "" if message.menu else "\n".join(f"{number} {nfc(b.label)}" for number, b in message.numbered())
    lines = [nfc(line) for said in (message.title, *message.lines) if said is not None for line in said.split("\n")]
    if not drawn and numbered:
        lines += numbered.split("\n")
        numbered = ""
    room = utf16(numbered) + 1 if numbered else 0
    made = ["\n".join(page) for page in pages(lines, _PAGE - _MARKS - room, utf16)]
    if len(made) > 1:
        made = [f"{page}\n({number}/{len(made)})" for number, page in enumerate(made, 1)]
    files = tuple(Part("", file=file) for file in message.files)
    if len(files) == 1 and not drawn and len(made) == 1 and utf16(made[0]) <= _BESIDE_PICTURE:
        file = message.files[0]
        if file.mime in PICTURES or not made[0].strip():
            return (Part(made[0], file=file),)
    if not any(page.strip() for page in made):
        if files and not drawn:
            return files
        made = [_NOTHING]
    return (*(Part(page) for page in made[:-1]), Part(made[-1], drawn, numbered), *files)


def _fits(button: Button) -> bool:
    return bool(button.label.strip()) and 1 <= utf16(nfc(button.command)) <= _PAYLOAD


def _drawn(button: Button) -> tuple[str, str]:
    label = nfc(button.label).strip()
    return (label if utf16(label) <= _LABEL else f"{label[: _LABEL // 2].rstrip()}…"), nfc(button.command)

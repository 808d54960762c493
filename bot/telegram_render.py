"""A message of ours as Telegram shows it: HTML pages, rows of buttons, files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import structlog

from core.messages import Button, Message, OutgoingFile
from core.paging import pages
from core.text import nfc

log = structlog.get_logger()

MAX_TEXT = 4096
MAX_CAPTION = 1024
_RESEND = "(gửi lại)"
_PAGE = 3500
_PAGE_STEP = 100
_ROOM = len(_RESEND) + 1
_MAX_DATA = 64
_MAX_LABEL = 48
_MAX_BUTTONS = 60
_SHORT = 16
_NOTHING = "…"

Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one call sends: a page of HTML, or a file with its caption; the last page has the buttons."""

    html: str
    keyboard: Keyboard | None = None
    file: OutgoingFile | None = None

    def parameters(self, chat: int, *, resend: bool) -> dict[str, Any]:
        """Return the parameters of sendMessage."""
        parameters: dict[str, Any] = {
            "chat_id": chat,
            "text": self.marked(resend=resend),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if self.keyboard:
            parameters["reply_markup"] = {"inline_keyboard": self.keyboard}
        return parameters

    def marked(self, *, resend: bool) -> str:
        """Return the HTML, said to be sent again if it is."""
        return f"{_RESEND}\n{self.html}".rstrip() if resend else self.html


@lru_cache(maxsize=256)
def render(message: Message) -> tuple[Part, ...]:
    """Return the calls a message needs, at least one: its pages, then its files; a lone file takes a short text along.

    A button whose command Telegram cannot carry becomes a line that says what to type.
    """
    title, lines, keyboard = _contents(message)
    whole = "\n".join([title, *lines] if title else lines)
    size = utf16(whole)
    if len(message.files) == 1 and size <= MAX_CAPTION - _ROOM:
        return (Part(_html(title, lines), keyboard, message.files[0]),)
    attached = [Part("", file=file) for file in message.files]
    texts = [_html(title, lines)] if size <= MAX_TEXT - _ROOM else _in_pages(title, lines, _PAGE)
    if not whole.strip():
        if attached and not keyboard:
            return tuple(attached)
        log.error("message without a text", action="message_empty", buttons=len(message.buttons))
        texts = [_NOTHING]
    return (*(Part(text) for text in texts[:-1]), Part(texts[-1], keyboard), *attached)


@lru_cache(maxsize=64)
def render_anew(message: Message) -> tuple[Part, ...]:
    """Return a message in as many pages as it takes the place of, broken as they were as far as may be; else none."""
    if message.files:
        return ()
    title, lines, keyboard = _contents(message)
    count, most = len(message.edits), MAX_TEXT - _ROOM
    if count == 1:
        texts = _in_pages(title, lines, most)
    else:
        longer, shorter = range(_PAGE, most, _PAGE_STEP), range(_PAGE - _PAGE_STEP, _PAGE // 2, -_PAGE_STEP)
        made = (_in_pages(title, lines, limit) for limit in (*longer, most, *shorter))
        texts = next((found for found in made if len(found) == count), [])
    if len(texts) != count or not all(texts):
        return ()
    return (*(Part(text) for text in texts[:-1]), Part(texts[-1], keyboard))


def _contents(message: Message) -> tuple[str | None, list[str], Keyboard | None]:
    """Return a message's title, its lines with those to type for what Telegram cannot carry, and its buttons."""
    fitting, hints = _sorted_out(message.buttons)
    title = nfc(message.title) if message.title else None
    lines = [nfc(line) for text in (*message.lines, *hints) for line in text.split("\n")]
    return title, lines, _rows(fitting) or None


def _in_pages(title: str | None, lines: list[str], limit: int) -> list[str]:
    """Return the text in pages of HTML that are no longer than the limit as they are shown."""
    made = pages([title, *lines] if title else lines, limit, utf16)
    texts = [escape("\n".join(page), quote=False) for page in made]
    if title and utf16(title) <= limit:
        texts[0] = _html(title, made[0][1:])
    return texts


def utf16(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _html(title: str | None, lines: list[str]) -> str:
    body = escape("\n".join(lines), quote=False)
    if not title:
        return body.strip("\n")
    head = f"<b>{escape(title, quote=False)}</b>"
    return f"{head}\n{body}".rstrip("\n") if body else head


def _sorted_out(buttons: tuple[Button, ...]) -> tuple[list[Button], list[str]]:
    """Return the buttons Telegram can carry, those that opt out last, and lines to type for the others."""
    fitting: list[Button] = []
    hints: list[str] = []
    for button in sorted(buttons, key=lambda button: button.opt_out):
        command, label = nfc(button.command), nfc(button.label).strip()
        if 1 <= len(command.encode("utf-8", "replace")) <= _MAX_DATA and len(fitting) < _MAX_BUTTONS:
            fitting.append(Button(_cut(label or command), command, button.opt_out))
        else:
            log.error("button does not fit", action="button_unfit", command=command, label=label)
            hints.append(f"{label}: {command}" if label and command else label or command)
    return fitting, hints


def _cut(label: str) -> str:
    return label if len(label) <= _MAX_LABEL else f"{label[: _MAX_LABEL - 1].rstrip()}…"


def _rows(buttons: list[Button]) -> Keyboard:
    """Two short buttons share a row; on a phone a long one needs its own."""
    rows: Keyboard = []
    half_full = False
    for button in buttons:
        drawn = {"text": button.label, "callback_data": button.command}
        short = len(button.label) <= _SHORT
        if short and half_full:
            rows[-1].append(drawn)
            half_full = False
        else:
            rows.append([drawn])
            half_full = short
    return rows

"""A message of ours as the Zalo Bot Platform can carry it: plain pages, and pictures by their address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram_render import utf16
from core.messages import Message, OutgoingFile
from core.paging import pages
from core.text import nfc

MAX_TEXT = 2000
RESENT = "(gửi lại)"

_PAGE = 1900
_MARKS = 24  # room for "(gửi lại)" and "(12/34)" on a page
_NOTHING = "…"
_PICTURES = frozenset({"image/png", "image/jpeg"})

PublicLink = Callable[[str, str, str], str | None]
"""Gives the signed address, for a while, of a file by its reference, name and type; `None` where there can be none."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one call sends: a page of text, or the picture at `photo` with the page as its caption."""

    text: str
    photo: str | None = None

    def marked(self, *, resend: bool) -> str:
        """Return the words, said to be sent again if they are."""
        return f"{RESENT}\n{self.text}".rstrip("\n") if resend else self.text


def render(message: Message, public_link: PublicLink) -> tuple[Part, ...]:
    """Return the calls a message needs, at least one: its pages, then its pictures; a lone picture takes one page along.

    Zalo takes no files from bots: any other file is a line with its link, or with its name where it has no link.
    """
    lines = [nfc(line) for line in message.plain().split("\n")]
    pictures: list[str] = []
    for file in message.files:
        link = public_link(file.ref, file.name, file.mime)
        if file.mime in _PICTURES:
            if link is not None:
                pictures.append(link)
        else:
            lines += _link_line(file, link)
    made = ["\n".join(page) for page in pages(lines, _PAGE - _MARKS, utf16)]
    if len(made) > 1:
        made = [f"{page}\n({number}/{len(made)})" for number, page in enumerate(made, 1)]
    if len(made) == 1 and len(pictures) == 1:
        return (Part(made[0], pictures[0]),)
    shown = [Part("", link) for link in pictures]
    if not any(page.strip() for page in made):
        names = "\n".join(f"[{nfc(file.name)}]" for file in message.files)
        return tuple(shown) or (Part(names[:_PAGE] or _NOTHING),)
    return (*(Part(page) for page in made), *shown)


def _link_line(file: OutgoingFile, link: str | None) -> list[str]:
    return [f"[{nfc(file.name)}]"] if link is None else [f"{nfc(file.name)}:", link]

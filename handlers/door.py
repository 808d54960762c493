"""What comes in, made fit to be kept: no zero byte, no half character, nothing longer than its column."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from core.messages import Incoming, IncomingFile
from core.text import clean

LONGEST = 100_000
"""Characters of one message that are read; no messenger lets a person send a tenth of it."""

_EVENT, _CHAT, _LANGUAGE, _NAME = 96, 64, 8, 200


def admitted(incoming: Incoming) -> Incoming:
    """Return the event as every database can keep it; an ordinary one is returned as it is."""
    names = (incoming.event_id, incoming.sender, incoming.chat, incoming.replied_to, incoming.moved_to, incoming.album)
    if (
        _is_fit(incoming.text, LONGEST)
        and all(name is None or _is_fit(name, _CHAT) for name in names)
        and (incoming.language is None or (len(incoming.language) == 2 and incoming.language.isascii()))
        and not incoming.files
    ):
        return incoming
    return replace(
        incoming,
        event_id=_key(incoming.event_id, _EVENT),
        sender=_key(incoming.sender, _CHAT),
        chat=_key(incoming.chat, _CHAT),
        text=storable(incoming.text[:LONGEST]),
        files=tuple(_file(file) for file in incoming.files),
        replied_to=_optional(incoming.replied_to),
        album=_optional(incoming.album),
        language=_language(incoming.language),
        moved_to=_optional(incoming.moved_to),
    )


def storable(text: str) -> str:
    """Return the text without what PostgreSQL and the drivers refuse: zero bytes and halves of surrogate pairs."""
    return text.replace("\x00", " ").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_fit(text: str, longest: int) -> bool:
    if len(text) > longest or "\x00" in text:
        return False
    return text.isascii() or storable(text) == text


def _key(text: str, longest: int) -> str:
    """Return an identifier that fits, equal for equal ones and different for different ones."""
    if _is_fit(text, longest):
        return text
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _optional(text: str | None) -> str | None:
    return None if text is None else _key(text, _CHAT)


def _language(tag: str | None) -> str | None:
    """Return the language of a tag such as en-GB, without its country."""
    plain = (tag or "").partition("-")[0].lower()
    return plain if plain.isascii() and plain.isalpha() and len(plain) <= _LANGUAGE else None


def _file(file: IncomingFile) -> IncomingFile:
    name = clean(storable(file.name)).replace("/", "_")
    if len(name) > _NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: _NAME - 20]}…{dot}{ending[-10:]}" if dot else name[:_NAME]
    mime = storable(file.mime)[:_NAME] if file.mime is not None else None
    return replace(file, ref=storable(file.ref), name=name, mime=mime)

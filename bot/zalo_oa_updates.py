"""What an Official Account is told, as events of ours."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bot.zalo_oa import CHECKSUM, NAME
from core.messages import Incoming, IncomingFile, Kind

_LONGEST_ID = 64
_MOST_RECEIPTS = 100
_LONGEST_EVENT = 96
_LONGEST_TEXT = 20_000
_LONGEST_NAME = 200
_KINDS: dict[str, Kind] = {
    "user_send_text": "text",
    "user_send_link": "text",
    "user_send_image": "photo",
    "user_send_gif": "other",
    "user_send_sticker": "other",
    "user_send_location": "other",
    "user_send_business_card": "other",
    "user_send_file": "file",
    "user_send_video": "file",
    "user_send_audio": "voice",
    "user_submit_info": "other",
    "user_click_button": "button",
    "follow": "unblocked",
    "unfollow": "blocked",
}
_IGNORED = ("oa_send_",)
_RECEIPTS = {"user_received_message": False, "user_seen_message": True}
_ENDINGS = {"user_send_image": ".jpg", "user_send_video": ".mp4", "user_send_file": ""}


class UnreadableEvent(Exception):
    """An event that is not what Zalo documents."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Zalo's word that somebody received messages of ours, or has seen them; which side is the person it leaves open."""

    between: tuple[str, ...]
    messages: tuple[str, ...]
    seen: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One event: what it says to us, if anything, the moment Zalo gave it and the account it is for, where it names one.

    `known` is false for a new name.
    """

    name: str
    incoming: Incoming | None = None
    moment: datetime | None = None
    known: bool = True
    account: str | None = None
    receipt: Receipt | None = None


def read(event: object) -> Event:
    """Return what an event says; raises `UnreadableEvent`, and nothing else, whatever the event holds."""
    if not isinstance(event, dict):
        raise UnreadableEvent(f"{type(event).__name__} instead of an object")
    name = event.get("event_name")
    if not isinstance(name, str):
        raise UnreadableEvent("no event_name")
    name = storable(name)[:100]
    if name.startswith(_IGNORED):
        return Event(name)
    if name in _RECEIPTS:
        return Event(name, moment=_moment(event.get("timestamp")), receipt=_receipt(event, seen=_RECEIPTS[name]))
    kind = _KINDS.get(name)
    if kind is None:
        return Event(name, known=False)
    subject = event.get("follower" if kind in {"blocked", "unblocked"} else "sender")
    person = _identifier(subject.get("id")) if isinstance(subject, dict) else None
    if person is None:
        raise UnreadableEvent(f"{name} without a person")
    timestamp = event.get("timestamp")
    message = event.get("message")
    message = message if isinstance(message, dict) else {}
    said = Incoming(
        NAME,
        _event_id(name, person, timestamp, message),
        person,
        person,
        _text(message, kind),
        kind,
        files=_files(name, message),
        replied_to=_identifier(message.get("quote_msg_id")),
    )
    if kind == "button" and not said.text:
        return Event(name, known=False)
    if name == "user_send_link" and not said.text:
        said = Incoming(NAME, said.event_id, person, person, kind="other", replied_to=said.replied_to)
    return Event(name, said, _moment(timestamp), account=_account(event))


def _receipt(event: dict[str, Any], *, seen: bool) -> Receipt | None:
    """Return what a receipt names: one message, or several; nothing where it names none."""
    message = event.get("message")
    message = message if isinstance(message, dict) else {}
    named = message.get("msg_ids")
    given = named if isinstance(named, list) else [message.get("msg_id")]
    found = tuple(one for one in map(_identifier, given[:_MOST_RECEIPTS]) if one is not None)
    subjects = [side for side in (event.get("sender"), event.get("recipient")) if isinstance(side, dict)]
    between = tuple(one for one in (_identifier(side.get("id")) for side in subjects) if one is not None)
    return Receipt(between, found, seen) if between and found else None


def storable(text: str) -> str:
    """Return the text without what no database takes: zero bytes and halves of characters."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def _account(event: dict[str, Any]) -> str | None:
    recipient = event.get("recipient")
    named = _identifier(event.get("oa_id"))
    return named or (_identifier(recipient.get("id")) if isinstance(recipient, dict) else None)


def _event_id(name: str, person: str, timestamp: object, message: dict[str, Any]) -> str:
    number = _identifier(message.get("msg_id"))
    if number is not None:
        return f"zo:{number}"
    if not isinstance(timestamp, str | int):
        raise UnreadableEvent(f"{name} without msg_id and timestamp")
    made = f"zo:{name}:{storable(str(timestamp))}:{person}"
    return made if len(made) <= _LONGEST_EVENT else f"zo:{sha256(made.encode()).hexdigest()}"


def _identifier(value: object) -> str | None:
    """Return an id as text: Zalo writes them as strings, others as numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    return text if text and len(text) <= _LONGEST_ID and text.isascii() and text.isprintable() else None


def _text(message: dict[str, Any], kind: Kind) -> str:
    text = message.get("text")
    if kind == "button" and not isinstance(text, str):
        text = message.get("payload")
    return storable(text)[:_LONGEST_TEXT] if isinstance(text, str) else ""


def _files(name: str, message: dict[str, Any]) -> tuple[IncomingFile, ...]:
    attachments = message.get("attachments")
    if name not in _ENDINGS or not isinstance(attachments, list):
        return ()
    payloads = [one.get("payload") for one in attachments if isinstance(one, dict)]
    found = [_file(name, message, payload) for payload in payloads if isinstance(payload, dict)]
    return tuple(file for file in found if file is not None)


def _file(name: str, message: dict[str, Any], payload: dict[str, Any]) -> IncomingFile | None:
    url, called, size, checksum = (payload.get(key) for key in ("url", "name", "size", "checksum"))
    if not isinstance(url, str) or not url:
        return None
    if isinstance(called, str) and called.strip():
        called = storable(called)[-_LONGEST_NAME:]
    else:
        called = f"{name.removeprefix('user_send_')}-{_identifier(message.get('msg_id')) or ''}{_ENDINGS[name]}"
    ref = storable(url)
    if isinstance(checksum, str) and len(checksum) == 32 and checksum.isalnum() and checksum.isascii():
        ref = f"{ref}{CHECKSUM}{checksum}"
    return IncomingFile(ref, called, _size(size), mimetypes.guess_type(called)[0])


def _size(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else None


def _moment(timestamp: object) -> datetime | None:
    """Return the moment of a number of milliseconds; other lengths are not moments."""
    text = str(timestamp)
    if not (text.isascii() and text.isdecimal() and len(text) == 13):
        return None
    return datetime.fromtimestamp(int(text) / 1000, UTC)

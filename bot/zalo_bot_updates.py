"""What the Zalo Bot Platform tells us, as events of ours: wrapped or bare, one or several."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import structlog

from bot.zalo_bot_client import ZaloBotClient
from core.messages import Incoming, IncomingFile, Kind
from core.text import nfc

log = structlog.get_logger()

_KINDS: dict[str, Kind] = {
    "message.text.received": "text",
    "message.image.received": "photo",
    "message.sticker.received": "other",
    "message.voice.received": "voice",
    "message.unsupported.received": "other",
}
_LONGEST_ID = 64
_LONGEST_TEXT = 20_000
_LONGEST_URL = 4096
_SOMEBODY = re.compile(r"\s*@\S+\s*")


class UnreadableUpdate(Exception):
    """An update that is not what Zalo documents."""


def updates_in(raw: object) -> list[Any]:
    """Return the updates in what Zalo gave, the envelope taken off: none in a probe, usually one, sometimes a list."""
    if isinstance(raw, dict) and "ok" in raw and "event_name" not in raw:
        raw = raw.get("result")
    if isinstance(raw, list):
        return [update for one in raw for update in updates_in(one)] if raw and raw != [raw] else []
    return [] if raw is None or raw in ({}, "") else [raw]


class Reader:
    """Reads the updates of one bot. Its own names, once known, are taken out of what is said to it in a group."""

    def __init__(self, client: ZaloBotClient) -> None:
        self._client = client

    def read(self, raw: object) -> Incoming | None:
        """Return the event, `None` for what does not concern us; raises `UnreadableUpdate`."""
        if not isinstance(raw, dict):
            raise UnreadableUpdate(f"{type(raw).__name__} instead of an object")
        name, message = raw.get("event_name"), raw.get("message")
        kind = _KINDS.get(name) if isinstance(name, str) else None
        if kind is None and (isinstance(name, str) or message is None):
            log.info("unknown event", action="unknown_event", channel="zalo_bot", event_name=str(name)[:64])
            return None
        if kind is None or not isinstance(message, dict):
            raise UnreadableUpdate("an event without a name or a message")
        sender, chat = _object(message, "from"), _object(message, "chat")
        person = _id(sender, "id")
        if sender.get("is_bot") is True or person == self._client.own_id:
            return None
        place = _id(chat, "id")
        private = chat.get("chat_type", "PRIVATE") == "PRIVATE" and not place.startswith("zgr-")
        text = self._words(message, kind)
        if not private:
            text = self._without_mention(text, message)
        files = _picture(message) if kind == "photo" else ()
        return Incoming("zalo_bot", _event_id(message), person, place, text, kind, private, files)

    def _words(self, message: dict[str, Any], kind: Kind) -> str:
        text = message.get("text") if kind == "text" else message.get("caption") or message.get("text")
        if text is None and kind != "text":
            return ""
        if not isinstance(text, str):
            raise UnreadableUpdate("a text that is none")
        return _storable(text)[:_LONGEST_TEXT]

    def _without_mention(self, text: str, message: dict[str, Any]) -> str:
        """Return the text without our name; Zalo passes on from a group only what names or answers the bot."""
        for name in self._client.names:
            pattern = rf"\s*@{re.escape(nfc(name))}(?!\w)[,:]?\s*"
            without, times = re.subn(pattern, " ", text, count=1, flags=re.IGNORECASE)
            if times:
                return without.strip()
        mentions = message.get("mentions")
        known = bool(self._client.names) and not mentions
        # a name we do not know, of one word: the rest of a longer one stays and is not understood
        return text.strip() if known else _SOMEBODY.sub("", text, count=1).strip()


def _picture(message: dict[str, Any]) -> tuple[IncomingFile, ...]:
    for field in ("photo", "photo_url"):
        address = message.get(field)
        if isinstance(address, str) and 0 < len(address) <= _LONGEST_URL:
            return (IncomingFile(_storable(address), "anh.jpg", None, "image/jpeg"),)
    return ()


def _event_id(message: dict[str, Any]) -> str:
    number = message.get("message_id")
    if isinstance(number, bool) or not isinstance(number, str | int) or number == "":
        raise UnreadableUpdate("a message without an id")
    text = _storable(str(number)) if isinstance(number, str) else f"{number:d}"
    return f"zb:{text}" if len(text) <= _LONGEST_ID else f"zb:{hashlib.sha256(text.encode()).hexdigest()}"


def _object(message: dict[str, Any], name: str) -> dict[str, Any]:
    found = message.get(name)
    if not isinstance(found, dict):
        raise UnreadableUpdate(f"no {name}")
    return found


def _id(holder: dict[str, Any], name: str) -> str:
    found = holder.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= _LONGEST_ID or not found.isprintable():
        raise UnreadableUpdate("an id that is none")
    return found


def _storable(text: str) -> str:
    """Return the text composed, without what no database takes: zero bytes and halves of characters."""
    return nfc(text.replace("\x00", " ").encode("utf-8", "replace").decode())

"""What Telegram tells us, as events of ours: python-telegram-bot reads, this decides what concerns us."""

from __future__ import annotations

import re
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.telegram_connection import Connection
from core.messages import Incoming, IncomingFile, Kind

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates we ask for. Edited ones are asked for to be passed over, never to act twice."""

_COMMAND = re.compile(r"\s*/([^\s/@]+)@(\w+)")
_FILES = ("document", "video", "audio", "animation")
_OTHERS = ("sticker", "location", "venue", "contact", "poll", "dice", "story", "checklist", "paid_media")
_ALBUMS_KEPT = 256


class UnreadableUpdate(Exception):
    """An update that is not what Telegram documents."""


class Reader:
    """Reads the updates of one bot. Groups are read only once the bot knows its own name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._own_id = connection.bot_id
        self._mention: re.Pattern[str] | None = None
        self._albums: dict[str, None] = {}

    def read(self, raw: object) -> Incoming | None:
        """Return the event, `None` for what does not concern us; raises `UnreadableUpdate`."""
        if not isinstance(raw, dict):
            raise UnreadableUpdate(f"{type(raw).__name__} instead of an object")
        try:
            update = Update.de_json(raw, self._connection.bot)
            event_id = f"tg:{self._own_id}:{update.update_id:d}"
            if update.message is not None:
                return self._message(update.message, event_id)
            if update.callback_query is not None:
                return self._press(update.callback_query, event_id)
            if update.my_chat_member is not None:
                return self._membership(update.my_chat_member, event_id)
        except Exception as error:
            # the library trusts the shape of what it reads, so anything at all may be raised by a wrong one
            raise UnreadableUpdate(f"{type(error).__name__}: {error}") from error
        return None

    def _message(self, message: Message, event_id: str) -> Incoming | None:
        chat = message.chat
        if message.migrate_to_chat_id is not None:
            return self._moved(message, event_id, chat.id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id is not None:
            return self._moved(message, event_id, message.migrate_from_chat_id, chat.id)
        sender = message.from_user
        # a sender chat is a channel or an anonymous administrator: nobody we could know
        if sender is None or sender.is_bot or message.sender_chat is not None or chat.type == ChatType.CHANNEL:
            return None
        kind, files = _content(message)
        if kind is None:
            return None
        replied_to = self._own_reply(message)
        private = chat.type == ChatType.PRIVATE
        forwarded = message.forward_origin is not None
        if forwarded and not private and not files:
            return None
        text: str | None = _storable(message.text or message.caption or "")
        album = message.media_group_id
        if "@" in (text or "") or not private:
            text = self._addressed(text or "", private=private, meant=replied_to is not None or album in self._albums)
        if text is None:
            return None
        if album is not None and not private:
            self._remember(album)
        return Incoming(
            "telegram",
            event_id,
            str(sender.id),
            str(chat.id),
            text,
            kind,
            private,
            files,
            replied_to,
            None,
            album,
            sender.language_code,
            forwarded=forwarded,
        )

    def _moved(self, message: Message, event_id: str, old: int, new: int) -> Incoming:
        sender = str(message.from_user.id) if message.from_user else ""
        return Incoming("telegram", event_id, sender, str(old), kind="moved", private=False, moved_to=str(new))

    def _own_reply(self, message: Message) -> str | None:
        original = message.reply_to_message
        if original is None or original.from_user is None or original.from_user.id != self._own_id:
            return None
        return str(original.message_id)

    def _addressed(self, text: str, *, private: bool, meant: bool) -> str | None:
        """Return the text without our name, or `None` if a group's message is not meant for us."""
        own = (self._connection.username or "").lower()
        command = _COMMAND.match(text)
        if command is not None:
            if command[2].lower() == own or private:
                return f"/{command[1]}{text[command.end() :]}"
            return None
        if own and "@" in text:
            if self._mention is None:
                self._mention = re.compile(rf"[ \t]*(?<!\w)@{re.escape(own)}\b[,:]?[ \t]*", re.IGNORECASE)
            without, times = self._mention.subn(" ", text)
            if times:
                return without.strip()
        return text if private or meant or text.lstrip().startswith("/") else None

    def _remember(self, album: str) -> None:
        # only one part of an album carries the words that address us; the others follow it
        self._albums[album] = None
        while len(self._albums) > _ALBUMS_KEPT:
            del self._albums[next(iter(self._albums))]

    def _press(self, query: CallbackQuery, event_id: str) -> Incoming | None:
        if query.data is None or query.from_user.is_bot:
            return None
        # the message may be too old to be shown, but its chat is always named; inline messages have none
        chat = query.message.chat if query.message is not None else None
        return Incoming(
            "telegram",
            event_id,
            str(query.from_user.id),
            str(chat.id if chat is not None else query.from_user.id),
            _storable(query.data),
            "button",
            chat is None or chat.type == ChatType.PRIVATE,
            callback=query.id,
            language=query.from_user.language_code,
        )

    def _membership(self, change: ChatMemberUpdated, event_id: str) -> Incoming | None:
        private = change.chat.type == ChatType.PRIVATE
        kind: Kind
        match change.new_chat_member.status:
            case ChatMemberStatus.BANNED | ChatMemberStatus.LEFT:
                kind = "blocked"
            case ChatMemberStatus.MEMBER if private:
                kind = "unblocked"
            case _:
                return None
        sender = change.from_user
        return Incoming(
            "telegram", event_id, str(sender.id), str(change.chat.id), "", kind, private, language=sender.language_code
        )


def _content(message: Message) -> tuple[Kind | None, tuple[IncomingFile, ...]]:
    """Return what a message holds; no kind for the service messages of a chat."""
    if message.text is not None:
        return "text", ()
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        file = IncomingFile(largest.file_id, f"photo-{message.message_id}.jpg", largest.file_size, "image/jpeg")
        return "photo", (file,)
    for name in _FILES:
        document: Any = getattr(message, name)
        if document is not None:
            called = _storable(document.file_name or f"{name}-{message.message_id}")
            return "file", (IncomingFile(document.file_id, called, document.file_size, document.mime_type),)
    if message.voice is not None or message.video_note is not None:
        return "voice", ()
    return ("other", ()) if any(getattr(message, name) is not None for name in _OTHERS) else (None, ())


def _storable(text: str) -> str:
    """Return the text without what no database takes: zero bytes and halves of characters."""
    if "\x00" in text:
        text = text.replace("\x00", " ")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text

"""The other side of the chat: people who write, press, send files, block and come back."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from bot.fakes.telegram_chats import BotMessage, Chat, Press
from bot.fakes.telegram_sending import document_json, photo_json
from bot.fakes.telegram_spec import JSON
from bot.fakes.telegram_state import World
from bot.fakes.telegram_text import typed_entities

_albums = count(13_000_000)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person put into a chat; `update_id` is `None` where the bot does not get to see it."""

    message: JSON
    update_id: int | None

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return int(self.message["message_id"])


Target = BotMessage | Said | int


class Person:
    """Somebody with a Telegram account."""

    def __init__(self, world: World, user: JSON) -> None:
        self._world = world
        self.user = user
        self.id = int(user["id"])

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._world.private(self.id)

    async def starts(self, payload: str = "") -> Said:
        """Press Start, by a deep link with `payload` if given; unblocks as well."""
        if self.chat.blocked:
            await self.unblocks()
        self.chat.started = True
        return await self.sends(f"/start {payload}".strip())

    async def sends(
        self, text: str, *, chat: Chat | None = None, reply_to: Target | None = None, edit_of: Said | None = None
    ) -> Said:
        """Write `text`, or change an own earlier message into it."""
        body: JSON = {"text": text}
        entities = typed_entities(text)
        if entities:
            body["entities"] = entities
        if edit_of is None:
            return self._say(body, chat, reply_to)
        where = chat or self._chat_of(edit_of)
        message = {key: value for key, value in edit_of.message.items() if key != "entities"}
        key, marks = ("caption", "caption_entities") if "text" not in message else ("text", "entities")
        message |= {key: text, "edit_date": int(self._world.clock())}
        if entities:
            message[marks] = entities
        return self._tell("edited_message", where, message)

    async def sends_file(
        self,
        content: bytes,
        name: str,
        mime: str | None = None,
        caption: str = "",
        *,
        chat: Chat | None = None,
        reply_to: Target | None = None,
        size: int | None = None,
    ) -> Said:
        """Send a document; `size` claims another size than the content has."""
        return self._say(self._document(content, name, mime, size) | _captioned(caption), chat, reply_to)

    async def sends_photo(
        self,
        content: bytes = b"\xff\xd8\xff\xe0 picture",
        caption: str = "",
        *,
        chat: Chat | None = None,
        reply_to: Target | None = None,
    ) -> Said:
        """Send a picture."""
        return self._say(self._photo(content) | _captioned(caption), chat, reply_to)

    async def sends_album(
        self,
        files: Sequence[tuple[bytes, str]],
        caption: str = "",
        *,
        chat: Chat | None = None,
        reply_to: Target | None = None,
    ) -> list[Said]:
        """Send several files at once: a picture where the name is empty, a document otherwise; the first is captioned."""
        group = {"media_group_id": str(next(_albums))}
        said: list[Said] = []
        for content, name in files:
            body = self._document(content, name, None, None) if name else self._photo(content)
            said.append(self._say(body | group | _captioned("" if said else caption), chat, reply_to))
        return said

    async def sends_voice(self, content: bytes = b"OggS", seconds: int = 3, *, chat: Chat | None = None) -> Said:
        """Send a voice message."""
        stored = self._world.store_file(content, "voice.oga", "audio/ogg", folder="voice")
        voice = {key: value for key, value in document_json(stored).items() if key != "file_name"}
        return self._say({"voice": {**voice, "duration": seconds}}, chat, None)

    async def sends_sticker(self, emoji: str = "👍", *, chat: Chat | None = None) -> Said:
        """Send a sticker."""
        stored = self._world.store_file(b"RIFF", "sticker.webp", "image/webp", folder="stickers")
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        ids = {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": stored.size}
        return self._say({"sticker": {**ids, **shape, "emoji": emoji}}, chat, None)

    async def sends_contact(self, phone: str, owner: Person | None = None) -> Said:
        """Share a card, one's own unless another owner is given."""
        user = (owner or self).user
        return self._say(
            {"contact": {"phone_number": phone, "first_name": user["first_name"], "user_id": user["id"]}}, None, None
        )

    async def sends_other(self, body: JSON, *, chat: Chat | None = None, reply_to: Target | None = None) -> Said:
        """Send a message of any other kind, its own fields given raw."""
        return self._say(body, chat, reply_to)

    async def presses(self, message: BotMessage, label_or_data: str) -> Press:
        """Press a button; a button of the screen keyboard sends its text. LookupError if there is no such button."""
        button = message.button(label_or_data)
        number = str(next(self._world.numbers) + (self.id << 32))
        press = Press(number, self.id, button.get("callback_data", ""), 0)
        if "callback_data" in button:
            self._world.presses[number] = press
            query: JSON = {
                "id": number,
                "from": self.user,
                "message": message.raw,
                "chat_instance": str(message.chat.id * 7919),
                "data": press.data,
            }
            press.update_id = self._world.updates.add("callback_query", query, ("callback", self.id)) or 0
        elif message.reply_markup and "keyboard" in message.reply_markup:
            press.update_id = (await self.sends(button["text"], chat=message.chat)).update_id or 0
        else:
            raise LookupError(f"button {label_or_data!r} does not reach the bot")
        return press

    async def blocks(self) -> None:
        """Block the bot."""
        self.chat.blocked = True
        self._membership("member", "kicked")

    async def unblocks(self) -> None:
        """Unblock the bot."""
        self.chat.blocked = False
        self._membership("kicked", "member")

    def leaves_telegram(self) -> None:
        """Have the account deleted; the bot learns it only when it writes."""
        self.chat.deactivated = True

    def _membership(self, old: str, new: str) -> None:
        change_membership(self._world, self.chat, self.user, old, new)

    def _document(self, content: bytes, name: str, mime: str | None, size: int | None) -> JSON:
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = self._world.store_file(content, name, mime, size=size, folder="documents")
        return {"document": document_json(stored)}

    def _photo(self, content: bytes) -> JSON:
        return {"photo": photo_json(self._world.store_file(content, "photo.jpg", "image/jpeg", folder="photos"))}

    def _chat_of(self, said: Said) -> Chat:
        return self._world.chats[said.message["chat"]["id"]]

    def _say(self, body: JSON, chat: Chat | None, reply_to: Target | None) -> Said:
        if chat is None:
            chat = self.chat
            chat.started = True
        message: JSON = {
            "message_id": self._world.next_message_id(),
            "from": self.user,
            "chat": self._world.chat_json(chat),
            "date": int(self._world.clock()),
        }
        if reply_to is not None:
            number = reply_to if isinstance(reply_to, int) else reply_to.id
            original = chat.history.get(number, {"message_id": number, "chat": message["chat"], "date": 0})
            message["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
        return self._tell("message", chat, message | body)

    def _tell(self, kind: str, chat: Chat, message: JSON) -> Said:
        if self._world.keep:
            chat.history[message["message_id"]] = message
        if not _seen(chat, message, self._world.bot):
            return Said(message, None)
        return Said(message, self._world.updates.add(kind, message, ("chat", chat.id)))


def change_membership(world: World, chat: Chat, by: JSON, old: str, new: str) -> int | None:
    """Tell the bot that its own place in a chat has changed."""
    update: JSON = {"chat": world.chat_json(chat), "from": by, "date": int(world.clock())}
    for key, status in (("old_chat_member", old), ("new_chat_member", new)):
        until = {"until_date": 0} if status == "kicked" else {}
        update[key] = {"user": world.bot, "status": status, **until}
    return world.updates.add("my_chat_member", update, ("member", chat.id))


def _captioned(caption: str) -> JSON:
    if not caption:
        return {}
    entities = typed_entities(caption)
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}


def _seen(chat: Chat, message: JSON, bot: JSON) -> bool:
    """Whether the bot is shown the message: in a group with privacy on, only what is meant for it."""
    if chat.private:
        return not chat.blocked
    if chat.bot_status not in ("member", "administrator"):
        return False
    if not chat.privacy or chat.bot_status == "administrator":
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
        return True
    text = str(message.get("text", message.get("caption", ""))).lower()
    mine = f"@{bot['username']}".lower()
    entities: list[JSON] = message.get("entities") or message.get("caption_entities") or []
    for entity in entities:
        # commands and mentions are plain ASCII, so a search of the text is exact enough
        if entity["type"] == "mention" and mine in text:
            return True
        if entity["type"] == "bot_command" and (mine in text or "@" not in text.split()[0]):
            return True
    return False

"""The people in front of the pretended Zalo: they write, photograph, speak and stick, and read what the bot says."""

from __future__ import annotations

import secrets

from bot.fakes.zalo_bot_state import JSON, BotMessage, Chat, World


class Person:
    """Somebody with Zalo. What is sent returns its message id, whether or not the bot ever hears of it."""

    def __init__(self, world: World, number: str, name: str, base: str) -> None:
        self.id = number
        self.name = name
        self.chat = world.chats.setdefault(number, Chat(number))
        self._world = world
        self._base = base

    @property
    def heard(self) -> list[BotMessage]:
        """What the bot said to this person alone, oldest first."""
        return self.chat.messages

    async def sends(self, text: str) -> str:
        """Write to the bot."""
        return self._say("message.text.received", {"text": text})

    async def mentions(self, group: Chat, text: str, *, caption_of: bytes | None = None) -> str:
        """Name the bot in a group, which is how it hears anything there, with words or under a picture."""
        words = f"@{self._world.name} {text}"
        mentions = [{"uid": self._world.bot_id, "pos": 0, "len": len(self._world.name) + 1}]
        if caption_of is not None:
            photo = {"photo_url": self._kept(caption_of, "image/jpeg", "jpg"), "caption": words}
            return self._say("message.image.received", {**photo, "message_type": "CHAT_PHOTO"}, group)
        return self._say("message.text.received", {"text": words, "mentions": mentions}, group)

    async def sends_image(self, content: bytes, caption: str = "", *, documented: bool = False) -> str:
        """Send a picture, its address in the field that is documented or in the one that was seen."""
        address = self._kept(content, "image/jpeg", "jpg")
        captioned = {"caption": caption} if caption else {}
        photo = {"photo" if documented else "photo_url": address, **captioned, "message_type": "CHAT_PHOTO"}
        return self._say("message.image.received", photo)

    async def sends_sticker(self) -> str:
        """Send a sticker."""
        address = self._kept(b"sticker", "image/webp", "webp")
        return self._say("message.sticker.received", {"sticker": secrets.token_hex(8), "url": address})

    async def sends_voice(self, content: bytes) -> str:
        """Send a voice message."""
        return self._say("message.voice.received", {"voice_url": self._kept(content, "audio/aac", "aac")})

    async def sends_file(self) -> str:
        """Send a file or a link, of which the bot learns nothing but that there was something."""
        return self._say("message.unsupported.received", {})

    def _say(self, event: str, content: JSON, group: Chat | None = None) -> str:
        chat = group or self.chat
        number = secrets.token_hex(10)
        message = {
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": chat.id, "chat_type": chat.kind},
            **content,
            "message_id": number,
            "date": self._world.now_ms(),
        }
        chat.opened = True
        self._world.put({"event_name": event, "message": message}, self.id)
        return number

    def _kept(self, content: bytes, mime: str, ending: str) -> str:
        name = f"{secrets.token_hex(8)}.{ending}"
        self._world.media[name] = (content, mime)
        return f"{self._base}/media/{name}"

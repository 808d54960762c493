"""The other side of the pretended account: people who follow, write, send files, press buttons and leave."""

from __future__ import annotations

import asyncio
import hashlib
import json
import mimetypes
from collections.abc import Callable

import aiohttp

from bot.fakes.zalo_oa_state import JSON, OaMessage, User, World
from bot.zalo_oa_signature import HEADER, sign

RETRIES = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""The seconds before each repetition of an event that was not answered with 200."""

_DEADLINE = 2.0


class Deliveries:
    """Posts events to the webhook, each person's in order, signed; what is not answered with 200 is repeated."""

    def __init__(self, world: World, changed: Callable[[], None], retries: tuple[float, ...]) -> None:
        self._world = world
        self._changed = changed
        self._retries = retries
        self._session: aiohttp.ClientSession | None = None
        self._tails: dict[str, asyncio.Task[None]] = {}
        self.url: str | None = None
        self.pending = 0
        self.attempts: list[tuple[str, int]] = []
        self.events: list[JSON] = []

    async def close(self) -> None:
        """Stop delivering."""
        for task in self._tails.values():
            task.cancel()
        await asyncio.gather(*self._tails.values(), return_exceptions=True)
        self._tails.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def put(self, event: JSON, lane: str) -> None:
        """Queue an event behind the earlier ones of its lane."""
        self.events.append(event)
        self.pending += 1
        self._tails[lane] = asyncio.create_task(self._deliver(event, self._tails.get(lane)))

    async def _deliver(self, event: JSON, earlier: asyncio.Task[None] | None) -> None:
        try:
            if earlier is not None:
                await asyncio.wait([earlier])
            for number, pause in enumerate((0.0, *self._retries)):
                await asyncio.sleep(pause)
                if await self.post(event, number) == 200:
                    return
        finally:
            self.pending -= 1
            self._changed()

    async def post(self, event: JSON, number: int = 0) -> int:
        """Post one event now and return the status, 0 where there was no answer in time."""
        body = json.dumps(event, ensure_ascii=False).encode()
        world = self._world
        signature = sign(world.app_id, body, str(event.get("timestamp", "")), world.secret_key)
        return await self.post_raw(body, {HEADER: f"mac={signature}", "num_retry": str(number)})

    async def post_raw(self, body: bytes, headers: dict[str, str]) -> int:
        """Post these very bytes; return the status, 0 where there was no answer within two seconds."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_DEADLINE))
        if self.url is None:
            return 0
        headers = {"Content-Type": "application/json", **headers}
        try:
            async with self._session.post(self.url, data=body, headers=headers) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        self.attempts.append((headers.get("num_retry", ""), status))
        return status


class Person:
    """Somebody with the account in their Zalo."""

    def __init__(self, world: World, deliveries: Deliveries, user: User, media_url: Callable[[], str]) -> None:
        self._world = world
        self._deliveries = deliveries
        self._media_url = media_url
        self.user = user
        self.id = user.id

    @property
    def messages(self) -> list[OaMessage]:
        """What the account sent, oldest first."""
        return self.user.messages

    def follows(self) -> None:
        """Follow the account."""
        self.user.follows = True
        self._tell_of_following("follow")

    def unfollows(self) -> None:
        """Leave the account: it can write no more."""
        self.user.follows = False
        self.user.heard_at = None
        self._tell_of_following("unfollow")

    def sends(self, text: str, *, quote: str | None = None) -> str:
        """Write something and return its id; `quote` is the id of a message replied to."""
        return self._say("user_send_text", {"text": text, **({"quote_msg_id": quote} if quote else {})})

    def presses(self, message: OaMessage, label: str) -> str:
        """Press a button of a message, which says its payload; raises `LookupError`."""
        button = next((one for one in message.buttons if label in one.label), None)
        if button is None or not button.type.startswith("oa.query"):
            raise LookupError(label)
        return self.sends(str(button.payload))

    def sends_file(self, content: bytes, name: str) -> str:
        """Send a document."""
        url = self.keeps(content, name)
        checksum = hashlib.md5(content, usedforsecurity=False).hexdigest()
        ending = name.rpartition(".")[2]
        payload = {"url": url, "name": name, "size": str(len(content)), "checksum": checksum, "type": ending}
        return self._attach("user_send_file", "file", payload)

    def sends_image(self, content: bytes, caption: str = "") -> str:
        """Send a picture, perhaps with words."""
        url = self.keeps(content, "photo.jpg")
        return self._attach("user_send_image", "image", {"thumbnail": url, "url": url}, caption)

    def sends_audio(self, content: bytes) -> str:
        """Send a voice message."""
        return self._attach("user_send_audio", "audio", {"url": self.keeps(content, "voice.aac")})

    def sends_sticker(self) -> str:
        """Send a sticker."""
        return self._attach("user_send_sticker", "sticker", {"id": "bf1", "url": self.keeps(b"GIF8", "sticker.gif")})

    def sends_location(self) -> str:
        """Send a place."""
        place = {"coordinates": {"latitude": "22.4809", "longitude": "103.9755"}}
        return self._attach("user_send_location", "location", place)

    def submits_info(self, name: str, phone: str) -> None:
        """Agree to give name and telephone number."""
        self._event("user_submit_info", {"sender": {"id": self.id}, "info": {"name": name, "phone": phone}})

    def was_silent(self, seconds: float) -> None:
        """Pretend that the person was last heard so long ago."""
        self.user.heard_at = self._world.clock() - seconds

    def keeps(self, content: bytes, name: str) -> str:
        """Put content where Zalo keeps what people send and return its address."""
        number = f"{self._world.number()}.{name.rpartition('.')[2]}"
        self._world.media[number] = (content, mimetypes.guess_type(name)[0] or "application/octet-stream")
        return f"{self._media_url()}/media/{number}"

    def _attach(self, event: str, kind: str, payload: JSON, text: str = "") -> str:
        words = {"text": text} if text else {}
        return self._say(event, {**words, "attachments": [{"type": kind, "payload": payload}]})

    def _say(self, event: str, message: JSON) -> str:
        number = self._world.number()
        said = {"sender": {"id": self.id}, "message": {"msg_id": number, **message}}
        self._event(event, said)
        return number

    def _tell_of_following(self, event: str) -> None:
        told = {"oa_id": self._world.oa_id, "follower": {"id": self.id}, "source": "oa_profile"}
        self._event(event, told, recipient=False)

    def _event(self, name: str, content: JSON, *, recipient: bool = True) -> None:
        now = self._world.clock()
        if name != "unfollow":
            self.user.heard_at = now
        event = {
            "app_id": self._world.app_id,
            "user_id_by_app": f"9{self.id}",
            "event_name": name,
            "timestamp": str(int(now * 1000)),
            **content,
            **({"recipient": {"id": self._world.oa_id}} if recipient else {}),
        }
        self._deliveries.put(event, self.id)

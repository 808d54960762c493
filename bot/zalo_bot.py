"""The Zalo Bot Platform as a channel: plain words and pictures go out, what people photographed comes in."""

from __future__ import annotations

from time import monotonic

import structlog

from bot.channel import Capabilities, Outcome, Permanent, Sent, Uncertain
from bot.links import LinkTo
from bot.media_fetch import MediaFetch
from bot.zalo_bot_client import ZaloBotClient, ZaloBotError, ZaloBotRefused
from bot.zalo_bot_errors import outcome_of
from bot.zalo_bot_quota import MonthlyQuota
from bot.zalo_bot_render import MAX_TEXT, Part, PublicLink, render
from core.messages import Incoming, Message, Receipt

log = structlog.get_logger()

NAME = "zalo_bot"
MONTHLY = 3000
PEOPLE = 50

_SHUT = 900.0
_TYPING_SECONDS = 3.0
_QUOTA = ("quota", "month", "limit reached", "hạn mức")
_LONGEST_ID = 64
_ANSWERED = frozenset({400, 401, 404, 429})


def no_link(_ref: str, _name: str, _mime: str) -> str | None:
    """Give no file an address: what is sent is words alone."""
    return None


class ZaloBotChannel:
    """One bot on the Zalo Bot Platform.

    `quota` counts what is sent. When Zalo says that the month's messages are used up, nothing is asked of it for a
    quarter of an hour at a time, and every message fails for good, so that the person's next account is used.
    """

    name = NAME
    can = Capabilities(
        buttons=False,
        edit=False,
        files_in=False,
        max_text=MAX_TEXT,
        # no limit by the second is documented: this is a pace nobody will mind
        rate=10,
        chat_rate=1,
        monthly_quota=MONTHLY,
        typing=True,
    )

    def __init__(
        self,
        client: ZaloBotClient,
        media: MediaFetch,
        *,
        quota: MonthlyQuota | None = None,
        public_link: LinkTo = lambda _ref, _name, _mime, _chat: None,
    ) -> None:
        self._client = client
        self._media = media
        self._quota = quota
        self._public_link = public_link
        self._shut_until = 0.0

    def parts(self, message: Message) -> int:
        """Return how many calls the message needs: its pages and its pictures."""
        return len(render(message, self._link_to("")))

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        """Send one part, counted from 0; never raises for what Zalo or the network can do to us."""
        made = render(message, self._link_to(chat))
        if not 0 <= part < len(made):
            return Permanent("bad_request", f"there is no part {part} of {len(made)}")
        if monotonic() < self._shut_until:
            return Permanent("quota", "the month's messages are used up")
        try:
            outcome = await self._send(chat, made[part], resend=resend)
        except ZaloBotError as error:
            outcome = self._failed(error)
        if self._quota is not None and isinstance(outcome, Sent | Uncertain):
            await self._quota.count()
        return outcome

    def _link_to(self, chat: str) -> PublicLink:
        return lambda ref, name, mime: self._public_link(ref, name, mime, chat)

    async def answers(self) -> bool:
        """Ask who we are: a refusal that is no fault of Zalo's own is an answer too."""
        try:
            await self._client.call("getMe")
        except ZaloBotRefused as refusal:
            return refusal.code in _ANSWERED
        except ZaloBotError:
            return False
        return True

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None:
        """Do nothing: there are no buttons to answer."""

    async def type(self, chat: str) -> None:
        """Show that an answer is being written; once, and a failure is of no consequence."""
        try:
            await self._client.call("sendChatAction", {"chat_id": chat, "action": "typing"}, timeout=_TYPING_SECONDS)
        except ZaloBotError as error:
            log.debug("typing not shown", action="typing_unshown", channel=NAME, error=str(error))

    async def fetch(self, ref: str, limit: int) -> bytes:
        """Return a picture somebody sent, `ref` being its address; raises `FileTooBig`, `FileGone`, `FetchFailed`."""
        return await self._media.fetch(ref, limit)

    async def _send(self, chat: str, part: Part, *, resend: bool) -> Outcome:
        words = part.marked(resend=resend)
        if part.photo is None:
            return _sent(await self._client.call("sendMessage", {"chat_id": chat, "text": words}))
        caption = {"caption": words} if words else {}
        try:
            return _sent(await self._client.call("sendPhoto", {"chat_id": chat, "photo": part.photo, **caption}))
        except ZaloBotRefused as refusal:
            if refusal.code != 400 or "photo" not in refusal.description.lower():
                raise
            # Zalo could not get at the picture: the reader may
            log.warning("picture refused", action="picture_refused", error=refusal.description)
        text = f"{words}\n{part.photo}" if words else part.photo
        return _sent(await self._client.call("sendMessage", {"chat_id": chat, "text": text[:MAX_TEXT]}))

    def _failed(self, error: ZaloBotError) -> Outcome:
        if isinstance(error, ZaloBotRefused) and error.code == 429 and self._is_quota(error):
            self._shut_until = monotonic() + _SHUT
            log.critical("monthly quota used up", action="alarm", channel=NAME, reason=str(error), again_in=_SHUT)
            return Permanent("quota", str(error))
        return outcome_of(error)

    def _is_quota(self, error: ZaloBotRefused) -> bool:
        said = error.description.lower()
        return any(word in said for word in _QUOTA) or (self._quota is not None and self._quota.nearly_used)


def _sent(result: object) -> Sent:
    number = result.get("message_id") if isinstance(result, dict) else None
    return Sent(str(number) if number is not None and len(str(number)) <= _LONGEST_ID else None)

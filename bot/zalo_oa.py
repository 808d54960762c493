"""A Zalo Official Account as a channel: answers within the windows Zalo leaves open, with buttons and files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from hashlib import md5
from time import monotonic
from typing import Any

import structlog

from bot.channel import Capabilities, Outcome, Permanent, RetryAt, Sent
from bot.fetching import FetchFailed
from bot.links import LinkTo
from bot.media_fetch import MediaFetch
from bot.zalo_oa_charges import Charges
from bot.zalo_oa_client import Client
from bot.zalo_oa_errors import PAYLOAD, QUOTA, WRONG_KIND, Refused, TokenLost, ZaloFault, outcome_of
from bot.zalo_oa_render import MAX_TEXT, Part, render
from bot.zalo_oa_template import Template
from bot.zalo_oa_tokens import Keeper
from bot.zalo_oa_uploads import PictureGone, Uploads
from core.messages import Incoming, Message, Receipt
from storage.database import Database
from storage.faults import is_conflict, is_down

log = structlog.get_logger()

NAME = "zalo_oa"
FREE = timedelta(hours=48)
CHARGED = timedelta(days=7)
CHECKSUM = "#md5="
"""Joins a file's address and the checksum Zalo gave with it."""

_V3, _V2 = "/v3.0/oa/message/cs", "/v2.0/oa/message"
_ABOUT = "/v2.0/oa/getoa"
_SHUT = 900.0
_LONGEST_ID = 64


class ZaloOaChannel:
    """One Official Account.

    `template` is the template type of messages with buttons, none by default. Whom Zalo would not let us write to is
    known before anything is sent, so that the person's next account is used; where there is none, the template (ZBS)
    of the id `zbs` is, if given.
    """

    name = NAME
    can = Capabilities(
        buttons=True,
        edit=False,
        files_in=True,
        max_text=MAX_TEXT,
        # 4,000 requests a minute are allowed, and a message with a file needs two
        rate=25,
        chat_rate=1,
        push_window=FREE,
    )

    def __init__(
        self,
        database: Database,
        client: Client,
        keeper: Keeper,
        media: MediaFetch,
        read_file: Callable[[str], Awaitable[bytes]],
        *,
        public_link: LinkTo = lambda _ref, _name, _mime, _chat: None,
        template: str | None = None,
        zbs: str | None = None,
        charges: Charges | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._client = client
        self._keeper = keeper
        self._media = media
        self._uploads = Uploads(client, keeper.with_token, read_file)
        self._public_link = public_link
        self._template = template
        self._zbs = Template(zbs, client, keeper.with_token) if zbs is not None else None
        self._clock = clock
        self._shut_until = 0.0
        self._charges = charges or Charges(database)

    def parts(self, message: Message) -> int:
        """Return how many calls the message needs: its pages and its files."""
        return len(render(message))

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        """Send one part, counted from 0; never raises for what Zalo, the network or the database can do to us."""
        made = render(message)
        if not 0 <= part < len(made):
            return Permanent("bad_request", f"there is no part {part} of {len(made)}")
        if monotonic() < self._shut_until:
            return Permanent("quota", "the package's messages are used up")
        try:
            if not await self._may_write(chat):
                if self._zbs is None or not await self._is_last_way(chat):
                    return Permanent("window", "not heard for more than seven days")
                outcome = await self._zbs.send(chat, message, self._clock(), resend=resend, part=part)
                if isinstance(outcome, Sent) and part == 0:
                    await self._charges.count("template", "template")
                return outcome
            data = await self._deliver(chat, made[part], resend=resend)
        except ZaloFault as error:
            return self._failed(error)
        except Exception as error:
            if is_down(error) or is_conflict(error):
                return RetryAt(1.0, whole_channel=True, reason="database")
            raise
        quota = data.get("quota")
        if isinstance(quota, dict) and quota.get("quota_type") not in {None, "reply"}:
            await self._charges.count("window", str(quota["quota_type"]))
        number = data.get("message_id")
        return Sent(str(number) if number is not None and len(str(number)) <= _LONGEST_ID else None)

    async def answers(self) -> bool:
        """Ask which account we are: a refusal is an answer too."""
        try:
            await self._keeper.with_token(lambda token: self._client.ask(_ABOUT, token))
        except (Refused, TokenLost):
            return True
        except Exception as error:  # noqa: BLE001 - whatever it is, there was no answer
            log.debug("no answer", action="unanswered", channel=NAME, error=type(error).__name__)
            return False
        return True

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None:
        """Do nothing: a pressed button is a message like any other."""

    async def type(self, chat: str) -> None:
        """Do nothing: nobody would see it."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        """Return a file somebody sent, `ref` being its address; raises `FileTooBig`, `FileGone` or `FetchFailed`."""
        url, _, checksum = ref.partition(CHECKSUM)
        content = await self._media.fetch(url, limit)
        if checksum and md5(content, usedforsecurity=False).hexdigest() != checksum.lower():
            raise FetchFailed("the file came through damaged")
        return content

    async def _may_write(self, chat: str) -> bool:
        async with self._database.read(self._clock()) as work:
            seen = await work.tokens.last_seen(NAME, chat)
        return seen is not None and self._clock() - seen <= CHARGED

    async def _is_last_way(self, chat: str) -> bool:
        """Tell whether a message that fails here would go to no other account."""
        async with self._database.read(self._clock()) as work:
            account = await work.accounts.known(NAME, chat)
            if account is None or account.actor is None:
                return True
            ways = await work.accounts.reach(account.actor.person_id)
        return not ways or (ways[-1].channel, ways[-1].chat) == (NAME, chat)

    async def _deliver(self, chat: str, piece: Part, *, resend: bool) -> dict[str, Any]:
        if piece.file is not None:
            return await self._deliver_file(chat, piece, resend=resend)
        words = piece.words(resend=resend)
        if not piece.buttons:
            return await self._write(chat, {"text": words})
        try:
            return await self._write(chat, {"text": words, "attachment": piece.attachment(self._template)})
        except Refused as refusal:
            if refusal.code != PAYLOAD:
                raise
            log.warning("buttons refused", action="buttons_refused", channel=NAME, error=str(refusal))
        return await self._write(chat, {"text": piece.words(resend=resend, numbered=True)})

    async def _deliver_file(self, chat: str, piece: Part, *, resend: bool) -> dict[str, Any]:
        file = piece.file
        words = piece.words(resend=resend)
        try:
            made = await self._uploads.attachment(file) if file is not None else None
            if made is not None:
                return await self._write(chat, _with_file(words, made))
        except PictureGone:
            return await self._write(chat, {"text": words}) if words else {}
        except Refused as refusal:
            if file is None or not self._uploads.expired(file, refusal):
                raise
            made = await self._uploads.attachment(file)
            if made is not None:
                return await self._write(chat, _with_file(words, made))
        name, link = (
            (file.name, self._public_link(file.ref, file.name, file.mime, chat)) if file is not None else ("", None)
        )
        if link is None:
            log.error("file without an address", action="file_unsendable", channel=NAME, name=name)
        line = f"{name}:\n{link}" if link is not None else f"[{name}]"
        return await self._write(chat, {"text": f"{words}\n{line}" if words else line})

    async def _write(self, chat: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send by the way this kind of account needs: v3, or v2 once v3 said that it is not for the account's kind."""
        body = {"recipient": {"user_id": chat}, "message": message}
        if (await self._keeper.notes()).get("send_path") == _V2:
            return await self._keeper.with_token(lambda token: self._client.call(_V2, token, body))
        try:
            return await self._keeper.with_token(lambda token: self._client.call(_V3, token, body))
        except Refused as refusal:
            if refusal.code != WRONG_KIND:
                raise
        data = await self._keeper.with_token(lambda token: self._client.call(_V2, token, body))
        await self._pin()
        return data

    async def _pin(self) -> None:
        try:
            await self._keeper.note(send_path=_V2)
        except Exception as error:
            # the message is out; the next one finds the way again
            log.warning("way not remembered", action="not_pinned", channel=NAME, exc_info=error)
        else:
            log.info("messages go by v2", action="pinned", channel=NAME)

    def _failed(self, error: ZaloFault) -> Outcome:
        if isinstance(error, Refused) and error.code == QUOTA:
            self._shut_until = monotonic() + _SHUT
            log.critical("quota used up", action="alarm", channel=NAME, reason=str(error), again_in=_SHUT)
        return outcome_of(error, self._clock())


def _with_file(words: str, attachment: dict[str, Any]) -> dict[str, Any]:
    # only a picture takes a text along
    is_file = attachment["type"] == "file"
    return {"attachment": attachment} if is_file or not words else {"text": words, "attachment": attachment}

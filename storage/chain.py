"""A person's accounts as a chain: what one of them does not carry goes on to the next, and comes back to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, String, Update, and_, bindparam, case, cast, null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import HANOI, today
from storage.accounts import Accounts, Reach
from storage.delivery import Claimed, Tried, claimed
from storage.outbox import CLAIMED, Composed
from storage.schema import UNDELIVERED, outbox

_IS_QUEUED = text("outbox.status = 'queued'")
_IS_SENDING = text("outbox.status = 'sending'")
_FEW = 200
_GOES_ON = {
    "status": "queued",
    "channel": bindparam("new_channel"),
    "chat": bindparam("new_chat"),
    "account_id": bindparam("new_account"),
    "not_before": bindparam("at"),
    "uncertain": bindparam("new_uncertain"),
    "error": bindparam("new_error"),
    "tried": bindparam("new_tried", type_=JSON(none_as_null=True)),
    "parts_sent": 0,
}
_READDRESS = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _IS_SENDING, outbox.c.fence == bindparam("the_fence"))
    .values(_GOES_ON)
)
# what was never tried waits for its own moment still: till then its act may be taken back, or it is night
_IS_TO_COME = and_(outbox.c.attempts == 0, outbox.c.not_before > bindparam("at"))
_HAND_ON = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _IS_QUEUED, outbox.c.channel == bindparam("old_channel"))
    .values({**_GOES_ON, "not_before": case((_IS_TO_COME, outbox.c.not_before), else_=bindparam("at"))})
)
_WAITING = (
    select(*CLAIMED)
    .where(
        outbox.c.channel == bindparam("channel"),
        outbox.c.person_id.is_not(null()),
        outbox.c.id > bindparam("after"),
        _IS_QUEUED,
    )
    .order_by(outbox.c.id)
    .limit(_FEW)
)
# as the partial index of what is undelivered is written
_UNDELIVERED = text(UNDELIVERED.replace("status", "outbox.status"))
_WAY_WAS_SHUT = or_(*(outbox.c.error.like(f"{why}: %") for why in ("window", "quota")))
_FOR_THE_WINDOW = or_(outbox.c.error.like("window: %"), cast(outbox.c.tried, String).like('%"window: %'))
_FIRST_AGAIN = {
    "status": "queued",
    "channel": bindparam("new_channel"),
    "chat": bindparam("new_chat"),
    "account_id": bindparam("new_account"),
    "not_before": bindparam("at"),
    "error": null(),
    "finished_at": null(),
    "tried": null(),
    "parts_sent": case((outbox.c.account_id == bindparam("new_account"), outbox.c.parts_sent), else_=0),
}
_TODAYS = (
    update(outbox)
    .where(outbox.c.person_id == bindparam("person"), outbox.c.queued_at >= bindparam("since"), _UNDELIVERED)
    .values(_FIRST_AGAIN)
)
_REOPEN = _TODAYS.where(or_(outbox.c.status == "unreachable", and_(outbox.c.status == "failed", _WAY_WAS_SHUT)))
_REOPEN_WINDOW = _TODAYS.where(outbox.c.status.in_(("unreachable", "failed")), _FOR_THE_WINDOW)
OUT_OF_REACH = "out of reach"
"""How it begins why a channel was given up that carried nothing for long, though it refused nothing."""
WINDOWED = frozenset({"zalo_oa"})
"""Where a person is written to only for some time after they wrote."""
WINDOW = "window"
"""Why a message failed that came when that time was over."""
EVENING = time(20, 0)
"""Until when what could reach nobody in the day is still worth saying."""


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What went on from a channel out of reach: to which others, how many, and the row to look on behind, if any."""

    channels: frozenset[str]
    moved: int
    last: int | None


class Chain:
    """Hands messages on along the accounts of their person, each account tried once."""

    def __init__(self, connection: AsyncConnection, accounts: Accounts, now: datetime, real: datetime) -> None:
        self._connection = connection
        self._accounts = accounts
        self._now = now
        self._real = real

    async def ways(self, row: Claimed) -> list[Reach]:
        """Return the ways a row may take now, first those the person prefers."""
        return untried(row, await self._accounts.reach(row.person_id)) if row.person_id is not None else []

    async def next_way(self, row: Claimed, *, elsewhere: bool = False) -> Reach | None:
        """Return the person's first account the row was not sent to; `elsewhere`: only on another channel.

        Where a copy may have been charged, that channel is never tried again.
        """
        if row.person_id is None:
            return None
        return _next(row, await self._accounts.reach(row.person_id), elsewhere=elsewhere)

    async def readdress(
        self,
        row: Claimed,
        fence: int,
        to: Reach | Composed,
        uncertain: int = 0,
        why: str | None = None,
        *,
        charged: bool = False,
    ) -> None:
        """Queue a claimed row again, now, to another account; `why` is kept on the row beside the account given up."""
        await self._connection.execute(
            _READDRESS, {"the_fence": fence, **self._values(row, to, uncertain, why, charged=charged)}
        )

    async def go_back(self, row: Claimed, fence: int, why: str, uncertain: int = 0) -> str | None:
        """Let a claimed row that no other account carries wait again where it was only out of reach; return that channel."""
        for way in await self._accounts.reach(row.person_id) if row.person_id is not None else ():
            left = tuple(one for one in row.tried if not _only_waited(one, way))
            if len(left) < len(row.tried):
                await self.readdress(replace(row, tried=left), fence, way, uncertain, why)
                return way.channel
        return None

    async def hand_on(self, channel: str, why: str, after: int = 0) -> HandedOn:
        """Let what waits for a channel go on to people's accounts on others; who has none waits on.

        A few hundred rows at a time, those behind the row `after`.
        """
        rows = claimed(await self._connection.execute(_WAITING, {"channel": channel, "after": after}))
        ways = await self._accounts.reach_each([row.person_id for row in rows if row.person_id is not None])
        gone: list[Reach] = []
        for row in rows:
            way = _next(row, ways.get(row.person_id or 0, ()), elsewhere=True)
            if way is None:
                continue
            values = self._values(row, way, row.uncertain, why, charged=False)
            done = await self._connection.execute(_HAND_ON, {"old_channel": channel, **values})
            if done.rowcount:  # one that is leaving at this moment is left alone
                gone.append(way)
        last = max(row.id for row in rows) if len(rows) == _FEW else None
        return HandedOn(frozenset(way.channel for way in gone), len(gone), last)

    async def reopen(self, person_id: int) -> int:
        """Queue again what could reach nobody today, or found every way shut, now that the person has an account.

        Return how many messages.
        """
        return await self._again(_REOPEN, person_id, await self._accounts.reach(person_id))

    async def reopen_window(self, person_id: int, channel: str) -> int:
        """Queue again what the channel did not bring today because the person had not written there for too long.

        Now they have written; what another account was tried with after that, and could not bring either, is meant too.
        """
        if channel not in WINDOWED:
            return 0
        ways = await self._accounts.reach(person_id)
        return await self._again(_REOPEN_WINDOW, person_id, [way for way in ways if way.channel == channel])

    async def _again(self, statement: Update, person_id: int, ways: Sequence[Reach]) -> int:
        local = self._now.astimezone(HANOI)
        if not ways or local.time() >= EVENING:
            return 0
        way = ways[0]
        since = datetime.combine(today(self._now), time(), HANOI)
        values = {"person": person_id, "since": since, "at": self._real + timedelta(seconds=1)}
        values |= {"new_channel": way.channel, "new_chat": way.chat, "new_account": way.account_id}
        return (await self._connection.execute(statement, values)).rowcount

    def _values(
        self, row: Claimed, to: Reach | Composed, uncertain: int, why: str | None, *, charged: bool
    ) -> dict[str, Any]:
        tried = row.tried
        if why is not None:
            tried = (*tried, Tried(row.account_id, row.channel, self._real.isoformat(timespec="seconds"), why, charged))
        return {
            "row": row.id,
            "new_channel": to.channel,
            "new_chat": to.chat,
            "new_account": to.account_id,
            "at": self._real,
            "new_uncertain": uncertain,
            "new_error": why,
            "new_tried": [one.to_json() for one in tried] or None,
        }


def untried(row: Claimed, ways: Sequence[Reach]) -> list[Reach]:
    """Return the ways a row may still take: no account twice, and no channel that may have charged for a copy.

    Nor one that was given up before any account there was chosen.
    """
    accounts = {one.account_id for one in row.tried}
    channels = {one.channel for one in row.tried if one.charged or one.account_id is None}
    return [way for way in ways if way.account_id not in accounts and way.channel not in channels]


def _only_waited(one: Tried, way: Reach) -> bool:
    here = one.channel == way.channel and one.account_id in {None, way.account_id}
    return here and one.why.startswith(OUT_OF_REACH)


def _next(row: Claimed, ways: Sequence[Reach], *, elsewhere: bool) -> Reach | None:
    here = (row.channel, row.chat)
    left = (way for way in untried(row, ways) if way.account_id != row.account_id and (way.channel, way.chat) != here)
    return next((way for way in left if not (elsewhere and way.channel == row.channel)), None)

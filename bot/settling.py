"""What the outcome of a sending means for its row, its chat and its account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.channel import Capabilities, Moved, Outcome, Permanent, RetryAt, Sent, Uncertain
from handlers.group_lost import lose_group
from storage.accounts import Reach
from storage.outbox import Claimed, Result, Urgency
from storage.work import Work

log = structlog.get_logger()

ASK_AGAIN = timedelta(seconds=2)
"""How long a sending whose answer was lost waits before it is sent once more."""
PATIENCE = timedelta(minutes=30)
"""How long a message waits for a way that does not take it now, before the person's next account is used."""
_LONGEST = 60.0
_MARKS = {"blocked": "blocked", "deactivated": "unreachable", "kicked": "unreachable", "chat_not_found": "unreachable"}


class Undelivered(Protocol):
    """Acts on what somebody has to know of, in the transaction that says so."""

    async def __call__(self, work: Work, person_id: int) -> None:
        """Tell whom it concerns that a message or an account of the person is lost."""
        ...


@dataclass(slots=True, eq=False)
class Flight:
    """A page on its way; `left_behind` by an earlier sender, where that never heard of it."""

    row: Claimed
    page: int
    pages: int
    fence: int
    turn: int = 0
    left_behind: bool = False

    @property
    def chat(self) -> str:
        """Where it goes."""
        return self.row.chat or ""

    @property
    def again(self) -> bool:
        """Whether this very page may have arrived before."""
        return self.row.uncertain > 0 and self.page == self.row.parts_sent


def plain_result(flight: Flight, outcome: Outcome, can: Capabilities, real: datetime) -> Result | None:
    """Return what to write back, or `None` where more than the row itself must change."""
    row = flight.row
    match outcome:
        case Sent(external_id) if flight.page + 1 < flight.pages:
            return Result(row.id, "sending", external_id, parts_sent=flight.page + 1)
        case Sent(external_id):
            return Result(row.id, "sent", external_id, uncertain=row.uncertain, parts_sent=flight.pages)
        case RetryAt(whole_channel=True):
            # no later moment: the channel pauses, and the row keeps its place in the chat
            return released(flight, outcome.reason)
        case Permanent(kind="unauthorized"):
            return released(flight, outcome.reason)
        case Uncertain(reason) if not _doubts(flight) and can.push_window is None:
            return _once_more(flight, reason, real)
        case _:
            return None


def released(flight: Flight, error: str | None = None) -> Result:
    """Return the result of a page that did not leave."""
    return Result(flight.row.id, "queued", None, error, None, _doubts(flight), flight.page)


def _retry_after(row: Claimed, outcome: RetryAt) -> float:
    """Return the seconds a row waits for another try in its own chat: longer each time, up to a minute of our own."""
    return max(outcome.after, min(_LONGEST, 2.0 ** min(row.attempts - 1, 6)))


async def settle(
    work: Work,
    flight: Flight,
    outcome: Outcome,
    *,
    can: Capabilities,
    hold: Callable[[float], float],
    undelivered: Undelivered | None,
    patience: timedelta = PATIENCE,
) -> str | None:
    """Write back an outcome that concerns more than its row; return the channel the row went to, if it went on.

    `can` is what the row's channel can do; `hold` lets the chat wait for the row so many seconds, or as many as it
    returns. One that would have to wait longer than `patience` goes to the next account.
    """
    row, outbox = flight.row, work.outbox
    match outcome:
        case RetryAt(after, _, reason) if after > patience.total_seconds() and (
            way := await work.chain.next_way(row, elsewhere=True)
        ):
            return await _go_on(work, flight, way, "queued", reason, _doubts(flight), undelivered)
        case RetryAt():
            wait = _retry_after(row, outcome)
            later = work.real + timedelta(seconds=wait)
            held_until = work.real + timedelta(seconds=hold(wait))
            again = Result(row.id, "queued", None, outcome.reason, later, _doubts(flight), flight.page)
            await outbox.finish([again], flight.fence)
            await outbox.hold_chat(row.channel, flight.chat, min(later, held_until))
            return None
        case Moved(chat) if chat != flight.chat:
            await work.accounts.move_chat(row.channel, flight.chat, chat)
            if not await work.groups.move_chat(row.channel, flight.chat, chat) and row.urgency is not Urgency.REPLY:
                # a group that was linked anew under its new id has this message of its own
                await outbox.finish([Result(row.id, "void", None, "linked anew", None, _doubts(flight))], flight.fence)
                return None
            await outbox.move_chat(row.channel, flight.chat, chat)
            moved = Result(row.id, "queued", None, None, None, _doubts(flight), flight.page, chat)
            await outbox.finish([moved], flight.fence)
            return row.channel
        case Uncertain(reason):
            doubts, charged = _doubts(flight) + 1, await _is_charged(work, flight, can)
            if doubts == 1 and not charged:
                once_more = _once_more(flight, reason, work.real)
                if once_more.not_before is not None:
                    hold(ASK_AGAIN.total_seconds())
                await outbox.finish([once_more], flight.fence)
                return None
            # to another account of a charged channel it would be sent, and perhaps paid for, twice
            way = await work.chain.next_way(row, elsewhere=charged) if doubts <= 2 else None
            return await _go_on(work, flight, way, "uncertain", reason, doubts, undelivered, charged=charged)
        case Permanent("withdrawn", "ended"):
            await outbox.finish(
                [Result(row.id, "void", None, "ended", None, _doubts(flight), flight.page)], flight.fence
            )
            return None
        case Permanent(kind, reason):
            way = await work.chain.next_way(row)
            # without a usable account nobody refused the message, and it may leave once there is one again
            status = "unreachable" if kind in _MARKS or kind == "withdrawn" else "failed"
            if kind in _MARKS:
                await lose_group(work, row.channel, flight.chat)
            lost = kind in _MARKS and await work.accounts.lost(row.channel, flight.chat, _MARKS[kind])
            if lost and way is not None and undelivered is not None and row.person_id is not None:
                await undelivered(work, row.person_id)
            if way is None and (
                back := await work.chain.go_back(row, flight.fence, f"{kind}: {reason}", _doubts(flight))
            ):
                return back
            return await _go_on(work, flight, way, status, f"{kind}: {reason}", _doubts(flight), undelivered)
        case _:
            error = f"unexpected outcome: {outcome!r}"
            return await _go_on(work, flight, None, "failed", error, _doubts(flight), undelivered)


async def _go_on(
    work: Work,
    flight: Flight,
    way: Reach | None,
    status: str,
    error: str,
    doubts: int,
    undelivered: Undelivered | None,
    *,
    charged: bool = False,
) -> str | None:
    row = flight.row
    if way is not None:
        log.info("next account", action="readdressed", row=row.id, channel=row.channel, to=way.channel, error=error)
        await work.chain.readdress(row, flight.fence, way, doubts, error, charged=charged)
        return way.channel
    log.warning("not delivered", action="undelivered", row=row.id, channel=row.channel, status=status, error=error)
    await work.outbox.finish([Result(row.id, status, None, error, None, doubts, flight.page)], flight.fence)
    if undelivered is not None and row.person_id is not None:
        await undelivered(work, row.person_id)
    return None


def _doubts(flight: Flight) -> int:
    """Return how often the page under way was sent without an answer: those before it did arrive."""
    return flight.row.uncertain if flight.page == flight.row.parts_sent else 0


def _once_more(flight: Flight, reason: str, real: datetime) -> Result:
    later = None if flight.left_behind else real + ASK_AGAIN
    return Result(flight.row.id, "queued", None, reason, later, 1, flight.page)


async def _is_charged(work: Work, flight: Flight, can: Capabilities) -> bool:
    if can.push_window is None:
        return False
    seen = await work.tokens.last_seen(flight.row.channel, flight.chat)
    return seen is None or work.real - seen > can.push_window

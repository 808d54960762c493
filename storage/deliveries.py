"""The proof of what reached whom: queued, sent, received, failed, unreachable or uncertain, with the times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.messages import Message
from storage.delivery import Tried, Urgency
from storage.marks import TIDIED, Marks
from storage.planning import HOURLY, MORNING
from storage.schema import UNDELIVERED, accounts, outbox, people

KEPT = timedelta(days=60)
"""How long the words of a message are kept after it was queued; that it was sent, and how, is kept for good."""
LATELY = timedelta(days=7)
"""How far back it matters that somebody did not receive something."""
SLOW = timedelta(minutes=5)
"""After how long a message that has not left yet counts as not received."""
_FEW = 1000
_later = outbox.alias("later")
_is_undelivered = text(UNDELIVERED.replace("status", "outbox.status"))
# what a later morning message told again was received with it; one about a single hour or question tells nothing again
_told_again = and_(
    outbox.c.key.is_not(null()),
    or_(outbox.c.key.like(f"{MORNING}%"), outbox.c.key.like(f"{HOURLY}%")),
    exists().where(
        _later.c.person_id == outbox.c.person_id,
        _later.c.key.like(f"{MORNING}%"),
        _later.c.status == "sent",
        _later.c.id > outbox.c.id,
    ),
)
_UNDELIVERED = (
    select(
        outbox.c.id,
        outbox.c.person_id,
        people.c.key,
        people.c.title,
        outbox.c.status,
        outbox.c.channel,
        outbox.c["class"].label("urgency"),
        outbox.c.about,
        outbox.c.content,
        outbox.c.intent,
        outbox.c.error,
        outbox.c.tried,
        outbox.c.queued_at,
    )
    .join(people, people.c.id == outbox.c.person_id)
    .where(
        people.c.agency_id == bindparam("agency"),
        people.c.ended_at.is_(None),
        outbox.c.queued_at >= bindparam("since"),
        or_(outbox.c["class"] != int(Urgency.DIGEST), ~_told_again),
    )
    .order_by(outbox.c.person_id, outbox.c.id)
)
_IS_STUCK = and_(text("outbox.status = 'queued'"), outbox.c.not_before < bindparam("slow"))
_OF_ENTRY = (
    select(outbox.c.person_id, outbox.c.status)
    .where(
        outbox.c.entry_id == bindparam("entry"),
        text("outbox.entry_id IS NOT NULL"),
        outbox.c["class"] == int(Urgency.NOTICE),
        outbox.c.person_id.is_not(null()),
    )
    .order_by(outbox.c.id)
)
_LOST = (
    select(people.c.key, people.c.title, accounts.c.channel, accounts.c.status)
    .join(people, people.c.id == accounts.c.person_id)
    .where(
        people.c.agency_id == bindparam("agency"),
        people.c.ended_at.is_(None),
        accounts.c.status.in_(("blocked", "unreachable")),
        accounts.c.status_at > bindparam("after"),
    )
    .order_by(people.c.id)
)
_RECEIPTS = {
    column: update(outbox)
    .where(
        outbox.c.channel == bindparam("the_channel"),
        outbox.c.chat.in_(bindparam("chats", expanding=True)),
        outbox.c.external_id.in_(bindparam("ids", expanding=True)),
        outbox.c[column].is_(None),
    )
    .values({column: bindparam("at")})
    for column in ("received_at", "seen_at")
}
_LAST_OF_KEY = select(func.max(outbox.c.sending_at)).where(
    outbox.c.person_id == bindparam("person"), outbox.c.key.like(bindparam("pattern")), outbox.c.status == "sent"
)
_QUEUED_OF_KEY = select(func.count()).where(
    outbox.c.person_id == bindparam("person"), outbox.c.key.like(bindparam("pattern")), text("outbox.status = 'queued'")
)
_OLD = select(outbox.c.id, outbox.c.queued_at).where(outbox.c.id > bindparam("after")).order_by(outbox.c.id).limit(_FEW)
_BLANK = (
    update(outbox)
    .where(
        outbox.c.id > bindparam("after"),
        outbox.c.id <= bindparam("until"),
        outbox.c.content.is_not(null()),
        outbox.c.status.not_in(("queued", "sending")),
    )
    .values(content=null())
)
_HEALTH = (
    select(
        outbox.c.channel,
        func.count().label("waiting"),
        func.min(outbox.c.not_before).label("oldest"),
    )
    .where(text("outbox.status = 'queued'"), outbox.c.not_before <= bindparam("at"))
    .group_by(outbox.c.channel)
)
_BAD = (
    select(
        outbox.c.channel,
        func.sum(case((outbox.c.status == "failed", 1), else_=0)).label("failed"),
        func.sum(case((outbox.c.status == "uncertain", 1), else_=0)).label("uncertain"),
        func.sum(case((outbox.c.status == "unreachable", 1), else_=0)).label("unreachable"),
    )
    .where(_is_undelivered, outbox.c.finished_at > bindparam("after"))
    .group_by(outbox.c.channel)
)


@dataclass(frozen=True, slots=True)
class Missed:
    """A message somebody did not receive, or that has been waiting for long: since when, and why as far as is known."""

    id: int
    person_id: int
    key: str
    title: str
    status: str
    channel: str
    urgency: Urgency
    about: str | None
    content: Message | None
    intent: dict[str, Any] | None
    error: str | None
    tried: tuple[Tried, ...]
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class LostAccount:
    """An account that messages do not reach any more."""

    key: str
    title: str
    channel: str
    status: str


@dataclass(frozen=True, slots=True)
class Health:
    """How a channel's messages fare: how many wait that could leave, the oldest since when, and lately lost ones."""

    channel: str
    waiting: int = 0
    oldest: datetime | None = None
    failed: int = 0
    uncertain: int = 0
    unreachable: int = 0


class Deliveries:
    """Reads what became of messages, and tidies: words go after two months, the proof stays."""

    def __init__(self, connection: AsyncConnection, now: datetime, real: datetime) -> None:
        self._connection = connection
        self._now = now
        self._real = real

    async def missed(
        self, agency_id: int, *, ended_after: datetime | None = None, entry_id: int | None = None, slow: bool = True
    ) -> list[Missed]:
        """Return what people of the agency did not receive in the last week, by person and in order.

        `ended_after` the wall clock, `entry_id` the act that said it; `slow` takes in what has been waiting for long.
        """
        statement = _UNDELIVERED.where(or_(_is_undelivered, _IS_STUCK) if slow else _is_undelivered)
        if ended_after is not None:
            statement = statement.where(outbox.c.finished_at > ended_after)
        if entry_id is not None:
            statement = statement.where(outbox.c.entry_id == entry_id)
        values = {"agency": agency_id, "since": self._now - LATELY, "slow": self._real - SLOW}
        return [_missed(row) for row in await self._connection.execute(statement, values)]

    async def is_queued(self, person_id: int, pattern: str) -> bool:
        """Tell whether a message with a key like `pattern` is waiting to leave."""
        values = {"person": person_id, "pattern": pattern}
        return bool(await self._connection.scalar(_QUEUED_OF_KEY, values))

    async def of_entry(self, entry_id: int) -> dict[int, set[str]]:
        """Return, by person, what became of the notices that an act brought about."""
        found: dict[int, set[str]] = {}
        for row in await self._connection.execute(_OF_ENTRY, {"entry": entry_id}):
            found.setdefault(row.person_id, set()).add(row.status)
        return found

    async def lost_accounts(self, agency_id: int, after: datetime) -> list[LostAccount]:
        """Return the accounts of the agency's people that were lost after a moment of the wall clock, and are still."""
        values = {"agency": agency_id, "after": after}
        return [LostAccount(*row) for row in await self._connection.execute(_LOST, values)]

    async def last_written(self, person_id: int, pattern: str) -> datetime | None:
        """Return as of when the last message with a key like `pattern` was written that reached the person."""
        found: datetime | None = await self._connection.scalar(_LAST_OF_KEY, {"person": person_id, "pattern": pattern})
        return found

    async def receipt(
        self, channel: str, chats: Sequence[str], external_ids: Sequence[str], at: datetime, *, seen: bool
    ) -> int:
        """Keep that the platform says these messages were received, or `seen`, at a moment; return how many were ours."""
        values = {"the_channel": channel, "chats": list(chats), "ids": list(external_ids), "at": at}
        made = (await self._connection.execute(_RECEIPTS["received_at"], values)).rowcount
        return (await self._connection.execute(_RECEIPTS["seen_at"], values)).rowcount if seen else made

    async def health(self, window: timedelta) -> list[Health]:
        """Return how each channel's messages fare now, and what was lost within `window` of the wall clock."""
        found: dict[str, dict[str, Any]] = {}
        for row in await self._connection.execute(_HEALTH, {"at": self._real}):
            found.setdefault(row.channel, {}).update(waiting=row.waiting, oldest=row.oldest)
        for row in await self._connection.execute(_BAD, {"after": self._real - window}):
            lost = {"failed": row.failed, "uncertain": row.uncertain, "unreachable": row.unreachable}
            found.setdefault(row.channel, {}).update(lost)
        return [Health(channel, **values) for channel, values in sorted(found.items())]

    async def tidy(self) -> int:
        """Blank the words of some more messages that are older than `KEPT`; return how many rows were looked at.

        Rows are in the order they were queued in, so that a mark tells how far this got.
        """
        marks = Marks(self._connection)
        mark = await marks.get(TIDIED)
        after = mark.number or 0 if mark is not None else 0
        rows = (await self._connection.execute(_OLD.limit(1), {"after": after})).all()
        if not rows or rows[0].queued_at >= self._now - KEPT:
            return 0
        rows = (await self._connection.execute(_OLD, {"after": after})).all()
        old = [row.id for row in rows if row.queued_at < self._now - KEPT]
        await self._connection.execute(_BLANK, {"after": after, "until": old[-1]})
        await marks.set(TIDIED, self._real, old[-1])
        return len(old)


def _missed(row: Any) -> Missed:
    try:
        content = Message.from_json(row.content) if row.content else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        content = None  # what made it fail must not keep others from being listed
    tried = tuple(map(Tried.from_json, row.tried or ()))
    return Missed(
        id=row.id,
        person_id=row.person_id,
        key=row.key,
        title=row.title,
        status=row.status,
        channel=row.channel,
        urgency=Urgency(row.urgency),
        about=row.about,
        content=content,
        intent=row.intent,
        error=row.error,
        tried=tried,
        queued_at=row.queued_at,
    )

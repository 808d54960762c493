"""What a tick asks and writes: sets, never one task at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, exists, func, insert, or_, select, text, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import HANOI, today
from core.reminders.ladder import Span
from storage.outbox import Urgency
from storage.schema import FOLLOWED, OPEN, Moment, accounts, outbox, plan_marks, planned_days

MORNING = "digest:"
"""How the key of a morning message begins; person and day follow."""
HOURLY = "hourly:"
"""How the key of a message about one hour begins; person, part and the hour follow."""
_NOWHERE = ""

_SPANS = {
    "postgresql": "json_to_recordset(CAST(:spans AS json)) AS s(ladder bigint, audience text, first date, last date)",
    "sqlite": """(SELECT json_extract(value, '$.ladder') AS ladder, json_extract(value, '$.audience') AS audience,
        json_extract(value, '$.first') AS first, json_extract(value, '$.last') AS last FROM json_each(:spans)) AS s""",
}
_LADDER = """
    LEFT JOIN ladders AS lt ON lt.task_id = assignments.task_id
    LEFT JOIN ladders AS ln ON ln.notice_id = assignments.notice_id AND ln.task_id IS NULL
    LEFT JOIN ladders AS la ON la.agency_id = assignments.agency_id AND la.notice_id IS NULL AND la.task_id IS NULL
"""
_ITS_LADDER = "coalesce(lt.id, ln.id, la.id, 0)"
_WAITS = "assignments.state IN ('presented', 'submitted', 'paused')"
_PROMISED = """(assignments.state = 'blocked' AND assignments.expected_on IS NOT NULL
    AND assignments.expected_on >= :day AND assignments.due_on < :day)"""
# what was put off once more counts as it was last put off, here as in storage/snoozes.py
_PUT_OFF = """EXISTS (SELECT 1 FROM snoozes WHERE snoozes.assignment_id = assignments.id AND snoozes.ended_at IS NULL
    AND snoozes.until >= :since AND NOT EXISTS (SELECT 1 FROM snoozes AS later WHERE later.ended_at IS NULL
        AND later.assignment_id = snoozes.assignment_id AND later.person_id = snoozes.person_id AND later.id > snoozes.id))"""
# what was reported in time and is being mended is not late; few parts are, so that only theirs are looked up
_MENDED = """(assignments.state IN ('returned', 'blocked', 'reported') AND EXISTS (SELECT 1 FROM assignments AS m
    WHERE m.task_id = assignments.task_id AND m.unit_id = assignments.unit_id AND m.due_on = assignments.due_on
        AND m.mend_by >= :now AND m.completed_on <= m.due_on AND (m.completed_on < m.due_on OR m.due_time IS NULL)))"""
_ON_STEPS = """
SELECT DISTINCT s.audience, assignments.unit_id, assignments.handed_to
FROM {spans} JOIN assignments ON assignments.{date} BETWEEN s.first AND s.last {ladder}
WHERE {followed} AND NOT {waits} AND s.audience {which} AND s.ladder = {its}
    AND NOT CASE WHEN s.audience IN ('overseer', 'leader') THEN {mended} ELSE {promised} OR {put_off} END
"""


def _on_steps(dialect: str, *, ladders: bool, put_off: bool) -> Any:
    """Return the statement; what nobody set and nobody put off need not be looked up for each of a million parts."""
    parts = {
        "spans": _SPANS[dialect], "followed": FOLLOWED, "waits": _WAITS, "promised": _PROMISED,
        "ladder": _LADDER if ladders else "", "its": _ITS_LADDER if ladders else "0",
        "put_off": _PUT_OFF if put_off else "false", "mended": _MENDED,
    }  # fmt: skip
    by_deadline = _ON_STEPS.format(date="due_on", which="<> 'present'", **parts)
    by_internal = _ON_STEPS.format(date="present_by", which="= 'present'", **parts)
    both = f"{by_deadline} UNION {by_internal} AND assignments.due_on IS NOT NULL"
    made = text(both).bindparams(bindparam("day", type_=Date), bindparam("now", type_=Moment))
    return made.bindparams(bindparam("since", type_=Date)) if put_off else made


_STEPS = {
    (dialect, ladders, put_off): _on_steps(dialect, ladders=ladders, put_off=put_off)
    for dialect in _SPANS
    for ladders in (False, True)
    for put_off in (False, True)
}
_ANY_PUT_OFF = text("SELECT 1 FROM snoozes WHERE ended_at IS NULL AND until >= :since LIMIT 1").bindparams(
    bindparam("since", type_=Date)
)
_AT_HOURS = text(f"""SELECT assignments.id FROM assignments
    WHERE {FOLLOWED} AND NOT {_WAITS} AND due_on = :day AND due_time IS NOT NULL""").bindparams(
    bindparam("day", type_=Date)
)
_URGENT = text(f"""SELECT assignments.id FROM assignments {_LADDER}
    WHERE {FOLLOWED} AND NOT {_WAITS} AND due_on = :day AND due_time IS NULL AND {_ITS_LADDER} IN :urgent""").bindparams(
    bindparam("day", type_=Date), bindparam("urgent", expanding=True)
)
_OPEN_UNITS = text(f"SELECT DISTINCT unit_id FROM assignments WHERE {FOLLOWED}")
_OPEN_AGENCIES = text(f"SELECT DISTINCT agency_id FROM assignments WHERE {FOLLOWED}")
_TABLED = f"""SELECT DISTINCT unit_id FROM assignments WHERE {OPEN} AND kind <> 'untracked' AND role <> 'cooperating'
    AND agency_id IN :agencies"""
_OF_TABLE = text(_TABLED).bindparams(bindparam("agencies", expanding=True))
_REVIEWED = text(f"{_TABLED} AND NOT {_WAITS}").bindparams(bindparam("agencies", expanding=True))
_ASKED = select(outbox.c.person_id, outbox.c.intent, outbox.c.queued_at).where(
    outbox.c.person_id.in_(bindparam("people", expanding=True)),
    outbox.c.queued_at >= bindparam("since", type_=Moment),
    outbox.c.status != "unreachable",
    outbox.c.key.is_not(None),
)
_TOLD_UNTIL = select(outbox.c.intent).where(outbox.c.key == bindparam("the_key"))
_TO_SIGN = text(
    f"SELECT DISTINCT unit_id FROM assignments WHERE {FOLLOWED} AND state = 'presented' AND due_on BETWEEN :first AND :last"
).bindparams(bindparam("first", type_=Date), bindparam("last", type_=Date))

_IS_QUEUED = text("outbox.status = 'queued'")
_IS_UNREACHABLE = text("outbox.status = 'unreachable'")
# one that is leaving since an earlier day was left behind by a sender that is no more; each status has its own index
_UNSENT = union_all(*(
    select(outbox.c.id, outbox.c.person_id, outbox.c.intent).where(
        status,
        outbox.c["class"] == text(str(int(Urgency.DIGEST))),
        outbox.c.key.like(f"{MORNING}%"),
        outbox.c.queued_at < bindparam("since", type_=Moment),
    )
    for status in (_IS_QUEUED, text("outbox.status = 'sending'"))
))  # fmt: skip
_SUPERSEDE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), _IS_QUEUED)
    .values(status="superseded", finished_at=bindparam("at", type_=Moment))
)
# only an account that came or came back since is another try: those that were there did not bring it
_has_a_new_way = exists().where(
    accounts.c.person_id == outbox.c.person_id,
    accounts.c.status == "active",
    or_(accounts.c.linked_at >= outbox.c.finished_at, accounts.c.status_at >= outbox.c.finished_at),
)
_UNREACHED = (
    select(outbox.c.key, outbox.c.person_id, outbox.c.intent, _has_a_new_way.label("again"))
    .where(_IS_UNREACHABLE, outbox.c.queued_at >= bindparam("since", type_=Moment), outbox.c.key.like(f"{MORNING}%"))
    .order_by(outbox.c.id)
)
_QUEUE_FROM = {
    "postgresql": """SELECT channel, person_id, :class, key, status, intent, false, :at, :real, 0, 0, 0,
            CASE WHEN status = 'unreachable' THEN :ended END
        FROM json_to_recordset(CAST(:rows AS json)) AS r(channel text, person_id bigint, key text, status text, intent json)
        WHERE true""",
    "sqlite": """SELECT json_extract(value, '$.channel'), json_extract(value, '$.person_id'), :class,
        json_extract(value, '$.key'), json_extract(value, '$.status'), json_extract(value, '$.intent'), 0, :at, :real, 0, 0, 0,
        CASE WHEN json_extract(value, '$.status') = 'unreachable' THEN :ended END
        FROM json_each(:rows) WHERE true""",
}
# a key is taken once; who could not be reached is queued after all once they can be
_QUEUE = {
    dialect: text(f"""INSERT INTO outbox (channel, person_id, class, key, status, intent, has_choices, queued_at, not_before,
        attempts, uncertain, parts_sent, finished_at) {rows}
        ON CONFLICT (key) DO UPDATE SET status = 'queued', channel = excluded.channel, queued_at = excluded.queued_at,
            not_before = excluded.not_before, intent = excluded.intent, content = NULL, chat = NULL, account_id = NULL,
            error = NULL, finished_at = NULL, tried = NULL, parts_sent = 0
        WHERE outbox.status = 'unreachable' AND excluded.status = 'queued' RETURNING key""").bindparams(
        bindparam("at", type_=Moment), bindparam("real", type_=Moment), bindparam("ended", type_=Moment)
    )
    for dialect, rows in _QUEUE_FROM.items()
}
_MARK = {
    "postgresql": postgresql.insert(plan_marks).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(plan_marks).on_conflict_do_nothing(),
}
_PLANNED = select(planned_days.c.name).where(planned_days.c.day == bindparam("day"))
_LAST_PLANNED = select(func.max(planned_days.c.day)).where(
    planned_days.c.name == bindparam("which"), planned_days.c.day <= bindparam("day")
)
_SET_MARK = update(plan_marks).where(plan_marks.c.name == bindparam("which")).values(day=bindparam("new_day"))


@dataclass(frozen=True, slots=True)
class OnStep:
    """A unit one of whose parts stands on a step for these addressees, and to whom that part was handed."""

    audience: str
    unit_id: int
    handed_to: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """A morning message to queue: to whom, by which channel (`None` where nobody can be reached), and what it is."""

    person_id: int
    key: str
    channel: str | None
    intent: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unreached:
    """A morning message of today that nobody could be reached with; `again` once its person has another way."""

    key: str
    person_id: int
    intent: dict[str, Any]
    again: bool


@dataclass(frozen=True, slots=True)
class Unsent:
    """A morning message that did not leave on its day; its person was told of everything up to the day `told`."""

    id: int
    person_id: int
    told: date


class Planning:
    """Finds whom a tick concerns, and queues for all of them in one statement."""

    def __init__(self, connection: AsyncConnection, now: datetime, real: datetime) -> None:
        self._connection = connection
        self._now = now
        self._real = real
        self._dialect = connection.dialect.name

    async def marks(self) -> dict[str, date]:
        """Return the last day each round was planned for."""
        rows = await self._connection.execute(select(plan_marks.c.name, plan_marks.c.day))
        return {row.name: row.day for row in rows if row.day is not None}

    async def lock(self, name: str) -> date | None:
        """Return the last day a round was planned for; nobody else plans it before this transaction ends."""
        await self._connection.execute(_MARK[self._dialect].values(name=name, day=None))
        row = select(plan_marks.c.day).where(plan_marks.c.name == name).with_for_update()
        day: date | None = (await self._connection.execute(row)).scalar_one()
        return day

    async def mark(self, name: str, day: date) -> None:
        """Note the day a round was planned for."""
        await self._connection.execute(_SET_MARK, {"which": name, "new_day": day})

    async def planned(self, day: date) -> set[str]:
        """Return which hours of that day's morning were planned."""
        return set((await self._connection.execute(_PLANNED, {"day": day})).scalars())

    async def last_planned(self, name: str, day: date) -> date | None:
        """Return the last day up to this one an hour was planned for; nobody else plans it before this transaction ends.

        What a clock that was ahead planned for later days, and one that is behind passes again, is not asked about.
        """
        await self.lock(name)
        found: date | None = (
            await self._connection.execute(_LAST_PLANNED, {"which": name, "day": day})
        ).scalar_one_or_none()
        return found

    async def note_planned(self, name: str, day: date) -> None:
        """Note that an hour was planned for that day; whoever does so asked for the last such day before."""
        await self._connection.execute(insert(planned_days).values(name=name, day=day))

    async def on_steps(self, steps: Iterable[tuple[int, str, Span]], day: date, since: date) -> list[OnStep]:
        """Return the units of which somebody hears, by ladder, addressee and the deadlines that stand on a step.

        What somebody put off until `since` or later is left out for heads: whether they hear of it is asked apart.
        """
        put_off = (await self._connection.execute(_ANY_PUT_OFF, {"since": since})).first() is not None
        spans = [
            {"ladder": ladder, "audience": audience, "first": span.first.isoformat(), "last": span.last.isoformat()}
            for ladder, audience, span in steps
        ]
        values = {"spans": json.dumps(spans), "day": day, "now": self._now, **({"since": since} if put_off else {})}
        statement = _STEPS[self._dialect, any(span["ladder"] for span in spans), put_off]
        return [OnStep(*row) for row in await self._connection.execute(statement, values)]

    async def with_hours(self, day: date, urgent: Sequence[int]) -> list[int]:
        """Return the parts due that day at an hour, or by one of these ladders."""
        found = list((await self._connection.execute(_AT_HOURS, {"day": day})).scalars())
        if urgent:
            found += (await self._connection.execute(_URGENT, {"day": day, "urgent": list(urgent)})).scalars()
        return found

    async def to_sign(self, windows: Iterable[tuple[date, date]]) -> set[int]:
        """Return the units with a document presented that falls due within one of these windows."""
        found: set[int] = set()
        for first, last in windows:
            found |= set((await self._connection.execute(_TO_SIGN, {"first": first, "last": last})).scalars())
        return found

    async def open_units(self) -> set[int]:
        """Return the units with an open part of their own that is followed to an end."""
        return set((await self._connection.execute(_OPEN_UNITS)).scalars())

    async def open_agencies(self) -> set[int]:
        """Return the agencies with an open part that is followed to an end."""
        return set((await self._connection.execute(_OPEN_AGENCIES)).scalars())

    async def reviewed_units(self, agency_ids: Sequence[int]) -> set[int]:
        """Return the units of these agencies with something to say before the monthly meeting."""
        return set((await self._connection.execute(_REVIEWED, {"agencies": list(agency_ids)})).scalars())

    async def tabled_units(self, agency_ids: Sequence[int]) -> set[int]:
        """Return the units of these agencies with a line in the meeting's table."""
        return set((await self._connection.execute(_OF_TABLE, {"agencies": list(agency_ids)})).scalars())

    async def asked_since(self, people: Sequence[int], day: date, kinds: Collection[str]) -> list[tuple[int, date]]:
        """Return which of these people messages of these kinds went to since a day, and when."""
        rows = await self._connection.execute(_ASKED, {"people": list(people), "since": _begins(day)})
        return [(row.person_id, today(row.queued_at)) for row in rows if row.intent and row.intent.get("kind") in kinds]

    async def told_until(self, key: str) -> date | None:
        """Return the last day its person was told of before this message, where a day was missed."""
        intent = (await self._connection.execute(_TOLD_UNTIL, {"the_key": key})).scalar_one_or_none()
        return date.fromisoformat(intent["since"]) if intent and "since" in intent else None

    async def unsent(self, day: date) -> list[Unsent]:
        """Return the morning messages of earlier days that have not left, or of which nobody knows whether they have."""
        rows = await self._connection.execute(_UNSENT, {"since": _begins(day)})
        return [Unsent(row.id, row.person_id, _told_before(row.intent)) for row in rows]

    async def supersede(self, rows: Sequence[Unsent]) -> None:
        """Take these messages back: a newer one says what they would have."""
        for start in range(0, len(rows), 1000):
            ids = [row.id for row in rows[start : start + 1000]]
            await self._connection.execute(_SUPERSEDE, {"ids": ids, "at": self._real})

    async def queue(self, rows: Sequence[Due]) -> set[str]:
        """Queue these messages, each key once; return the keys that are new, or can be sent now and could not before."""
        if not rows:
            return set()
        written = [
            {
                "channel": row.channel or _NOWHERE,
                "person_id": row.person_id,
                "key": row.key,
                "status": "queued" if row.channel else "unreachable",
                "intent": row.intent,
            }
            for row in rows
        ]
        values = {
            "rows": json.dumps(written),
            "class": int(Urgency.DIGEST),
            "at": self._now,
            "real": self._real,
            "ended": self._real,
        }
        return set((await self._connection.execute(_QUEUE[self._dialect], values)).scalars())

    async def unreached(self, day: date) -> list[Unreached]:
        """Return the day's messages that nobody could be reached with."""
        rows = await self._connection.execute(_UNREACHED, {"since": _begins(day)})
        return [Unreached(row.key, row.person_id, row.intent, bool(row.again)) for row in rows]


def _told_before(intent: Mapping[str, Any]) -> date:
    if "since" in intent:
        return date.fromisoformat(intent["since"])
    return date.fromisoformat(intent["day"]) - timedelta(days=1)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), HANOI)

"""An office large enough for a benchmark, and the check that everything it was told took effect exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import Table, func, insert, null, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.load import FIRST_CHAT, code_of
from core.deadlines import HANOI
from storage.database import Database
from storage.migrate import migrate
from storage.schema import (
    accounts,
    assignment_versions,
    assignments,
    audit_entries,
    inbox,
    memberships,
    notices,
    outbox,
    people,
    tasks,
    units,
)

MORNING = datetime(2023, 4, 28, 6, 0, tzinfo=HANOI)
"""Before the morning messages, so that nothing is sent but replies."""

_DUE = date(2023, 6, 30)
_FEW = 2_000


class NotExactlyOnce(Exception):
    """Something took effect twice, or not at all."""


async def settle_in(url: str, heads: int, directives: int, past: int) -> None:
    """Make a database with an agency of `heads` units, one linked head each, each with a part of every directive.

    `past` is how many messages it has seen and answered before, so that no table is planned for as if it were empty.
    """
    database = Database(url)
    try:
        await migrate(database)
        async with database.work(MORNING) as work:
            await _people(work.connection, heads)
            await _notice(work.connection, heads, directives)
            await _past(work.connection, heads, past)
        async with database.engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("ANALYZE"))
    finally:
        await database.close()


async def check(
    url: str, told: Mapping[int, Sequence[str]], heard: Mapping[int, Sequence[str]], *, audit: bool
) -> None:
    """Raise `NotExactlyOnce` unless every code told is done once, recorded once and answered once, and no other is.

    `audit` says whether an audit line must stand behind each.
    """
    wanted = {(chat, code) for chat, codes in told.items() for code in codes}
    database = Database(url)
    try:
        async with database.read(MORNING) as work:
            done = [(FIRST_CHAT + row.unit_id - 2, row.code, row.version) for row in await work.connection.execute(
                select(assignments.c.unit_id, assignments.c.code, assignments.c.version)
                .where(assignments.c.state == "done"))]  # fmt: skip
            numbers = [
                await _count(work.connection, inbox, inbox.c.event_id.like("tg:%")),
                await _count(work.connection, assignment_versions, assignment_versions.c.version == 2),
                await _count(work.connection, outbox, outbox.c.queued_at >= MORNING),
                await _count(work.connection, outbox, outbox.c.queued_at >= MORNING, outbox.c.status == "sent"),
            ]
            if audit:
                numbers.append(await _count(work.connection, audit_entries, audit_entries.c.at >= MORNING))
    finally:
        await database.close()
    if sorted(done) != sorted((chat, code, 2) for chat, code in wanted):
        raise NotExactlyOnce(f"{len(done)} parts done, {len(wanted)} told")
    if any(number != len(wanted) for number in numbers):
        raise NotExactlyOnce(f"events, versions, replies, replies sent, acts: {numbers}; {len(wanted)} told")
    check_replies(told, heard)


def check_replies(told: Mapping[int, Sequence[str]], heard: Mapping[int, Sequence[str]]) -> None:
    """Raise `NotExactlyOnce` unless each chat heard one reply about each code it told, in order."""
    for chat, codes in told.items():
        replies = heard.get(chat, ())
        if len(replies) != len(codes) or any(code not in reply for code, reply in zip(codes, replies, strict=True)):
            raise NotExactlyOnce(f"chat {chat} told {len(codes)} and heard {len(replies)}")
    if any(heard[chat] for chat in heard.keys() - told.keys()):
        raise NotExactlyOnce("somebody heard a reply who had not spoken")


async def _people(connection: AsyncConnection, heads: int) -> None:
    unit: dict[str, Any] = {
        "agency_id": None,
        "kind": "agency",
        "code": "SCT",
        "name": "Sở Công Thương",
        "aliases": [],
        "settings": {},
    }
    await _add(connection, units, [{**unit, "id": 1}])
    rows = range(2, heads + 2)
    await _add(
        connection,
        units,
        ({**unit, "id": n, "agency_id": 1, "kind": "room", "code": f"P{n}", "name": f"Phòng {n}"} for n in rows),
    )
    await _add(
        connection, people, ({"id": n, "agency_id": 1, "key": f"head{n}", "title": f"Trưởng phòng {n}"} for n in rows)
    )
    await _add(connection, memberships, ({"id": n, "person_id": n, "unit_id": n, "role": "head"} for n in rows))
    await _add(connection, accounts, ({"id": n, "channel": "telegram", "external_id": str(FIRST_CHAT + n - 2), "chat": str(FIRST_CHAT + n - 2),
                                       "person_id": n, "linked_at": datetime.now(UTC)} for n in rows))  # fmt: skip


async def _notice(connection: AsyncConnection, heads: int, directives: int) -> None:
    at = MORNING - timedelta(days=20)
    notice = {"id": 1, "agency_id": 1, "number": "718/TB-SCT", "year": 2023, "issued_on": at.date(),
              "issuer": "Sở Công Thương", "title": "Kết luận", "followed_at": at}  # fmt: skip
    await _add(connection, notices, [notice])
    task = {"agency_id": 1, "notice_id": 1, "kind": "tracked", "needs_document": False, "by_superior": False}
    await _add(connection, tasks, ({**task, "id": n + 1, "position": n + 1, "code": code_of(n), "text": f"Nội dung {n}",
                                    "title": f"Việc {n}", "deadline_text": "trước ngày 30/6/2023"} for n in range(directives)))  # fmt: skip
    pairs = [(n, unit) for n in range(directives) for unit in range(2, heads + 2)]
    progress = {"state": "assigned", "due_on": _DUE}
    part = {"agency_id": 1, "notice_id": 1, "kind": "tracked", "original_due_on": _DUE, **progress}
    numbers = count(1)
    await _add(connection, assignments, (
        {**part, "id": next(numbers), "task_id": n + 1, "unit_id": unit, "position": unit, "code": code_of(n), "title": f"Việc {n}",
         "role": "lead" if n % heads == unit - 2 else "implementing"} for n, unit in pairs))  # fmt: skip
    version = {"version": 1, "at": at, **progress}
    await _add(connection, assignment_versions, ({**version, "assignment_id": n + 1} for n in range(len(pairs))))


async def _past(connection: AsyncConnection, heads: int, past: int) -> None:
    real, at = datetime.now(UTC), MORNING - timedelta(days=1)
    await _add(
        connection, inbox, ({"channel": "telegram", "event_id": f"past:{n}", "received_at": real} for n in range(past))
    )
    entry = {"agency_id": 1, "channel": "telegram", "act": "progress", "subject": "718-2023/1.1", "said": "đang làm", "detail": {},
             "at": at, "undoable": True}  # fmt: skip
    await _add(connection, audit_entries, ({**entry, "person_id": 2 + n % heads} for n in range(past)))
    reply = {"channel": "telegram", "class": 0, "status": "sent", "content": {"lines": ["Đã ghi."]}, "intent": null(), "has_choices": False,
             "queued_at": at, "not_before": real, "attempts": 1, "finished_at": real}  # fmt: skip
    await _add(connection, outbox, ({**reply, "chat": str(FIRST_CHAT + n % heads), "account_id": 2 + n % heads, "person_id": 2 + n % heads,
                                     "external_id": f"past:{n}"} for n in range(past)))  # fmt: skip


async def _add(connection: AsyncConnection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while some := list(islice(left, _FEW)):
        await connection.execute(insert(table), some)


async def _count(connection: AsyncConnection, table: Table, *where: Any) -> int:
    return int((await connection.execute(select(func.count()).select_from(table).where(*where))).scalar_one())

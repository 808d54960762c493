"""What the database holds and what the telephones show, held against what should have become of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from core.messages import Message
from storage.schema import (
    assignment_versions,
    assignments,
    audit_entries,
    inbox,
    incidents,
    outbox,
    people,
    rejected_updates,
)
from tests.kill.messengers import Messenger, first_phone, second_phone
from tests.kill.stream import UNITS, Outcome, Step
from tests.postgres import OTHERS

AGAIN = "(gửi lại)\n"
KILLS_TO_LOSE = 3
"""After how many kills an answer may be lost: two on the first telephone, one on the next."""
_OTHERS = text(OTHERS)


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as the outbox has it, and as it reads on the first and the second telephone."""

    id: int
    status: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What the answers came to."""

    repeats: int
    marked: int
    given_up: int


class Ledger:
    """Reads the database beside the product, with one connection of its own, and never writes to it."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url, pool_size=1, max_overflow=0)
        self.on_sqlite = self._engine.dialect.name == "sqlite"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._engine.dispose()

    async def _rows(self, statement: Any) -> list[Any]:
        async with self._engine.connect() as connection:
            return list(await connection.execute(statement))

    async def in_flight(self) -> set[int]:
        """Return the messages that were on their way when the process was killed."""
        if not self.on_sqlite:
            async with asyncio.timeout(10):  # what the dead had begun to commit is committed yet
                while (await self._rows(_OTHERS))[0][0]:
                    await asyncio.sleep(0.01)
        return {row.id for row in await self._rows(select(outbox.c.id).where(outbox.c.status == "sending"))}

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Any]:
        """Look for oneself."""
        async with self._engine.connect() as connection:
            yield connection

    async def until_quiet(self, seconds: float) -> None:
        """Wait until nothing is left to be sent; TimeoutError after so many seconds."""
        left = select(func.count()).where(outbox.c.status.in_(["queued", "sending"]))
        async with asyncio.timeout(seconds):
            while (await self._rows(left))[0][0]:
                await asyncio.sleep(0.1)

    async def is_settled(self, updates: int) -> bool:
        """Tell whether that many updates are in, and nothing is left to be sent."""
        seen = (await self._rows(select(func.count()).select_from(inbox)))[0][0]
        left = select(func.count()).where(outbox.c.status.in_(["queued", "sending"]))
        return bool(seen == updates and (await self._rows(left))[0][0] == 0)

    async def check_effects(self, steps: list[Step], messenger: Messenger, outcome: Outcome) -> None:
        """Every event known once, every act recorded once, every part as it should stand."""
        events = [row.event_id for row in await self._rows(select(inbox.c.event_id))]
        assert Counter(events) == Counter(messenger.events)
        assert await self._rows(select(incidents.c.error)) == []
        assert await self._rows(select(rejected_updates.c.error)) == []
        await self._check_audit(steps, messenger.channel)
        await self._check_parts(outcome)

    async def _check_audit(self, steps: list[Step], channel: str) -> None:
        statement = (
            select(people.c.key, audit_entries.c.act, audit_entries.c.subject)
            .join(people, people.c.id == audit_entries.c.person_id)
            .where(audit_entries.c.channel == channel)
            .order_by(audit_entries.c.id)
        )
        recorded: dict[int, list[tuple[str, str]]] = {unit: [] for unit in range(UNITS)}
        for key, act, subject in await self._rows(statement):
            recorded[int(key.removeprefix("tp-"))].append((act, subject.rpartition("/")[2]))
        expected: dict[int, list[tuple[str, str]]] = {unit: [] for unit in range(UNITS)}
        for step in steps:
            if step.act is not None:
                expected[step.who].append((step.act, step.code))
        assert recorded == expected

    async def _check_parts(self, outcome: Outcome) -> None:
        columns = (assignments.c.id, assignments.c.code, assignments.c.state, assignments.c.version)
        parts = await self._rows(select(*columns, assignments.c.document))
        assert {part.code: part.version - 1 for part in parts if part.version > 1} == dict(outcome.changes)
        assert {part.code: part.state for part in parts if part.state != "assigned"} == {
            code: state.value for code, state in outcome.states.items() if state.value != "assigned"
        }
        given = {part.code: part.document.partition("/")[0] for part in parts if part.document is not None}
        assert given == outcome.documents
        statement = select(assignment_versions.c.assignment_id, assignment_versions.c.version)
        kept = Counter(tuple(row) for row in await self._rows(statement))
        assert kept == Counter((part.id, number) for part in parts for number in range(1, part.version + 1))

    async def check_answers(self, steps: list[Step], messenger: Messenger, struck: Counter[int]) -> Tally:
        """Every message answered once, in order; told twice only where it was on its way at a kill, and then so marked.

        `struck` counts at how many kills each message was on its way.
        """
        columns = (outbox.c.id, outbox.c.chat, outbox.c.status, outbox.c.content)
        rows = await self._rows(select(*columns).where(outbox.c["class"] == 0).order_by(outbox.c.id))
        repeats = marked = given_up = 0
        for unit in range(UNITS):
            chats = {first_phone(unit), second_phone(unit)}
            own = [_row(row, messenger, unit) for row in rows if row.chat in chats]
            codes = [step.code for step in steps if step.who == unit]
            assert len(own) == len(codes)
            assert len({row.first for row in own}) == len({row.second for row in own}) == len(own)
            assert all(code in row.first for code, row in zip(codes, own, strict=True))
            first, second = messenger.heard(unit, first=True), messenger.heard(unit, first=False)
            _check_order(own, first, struck)
            assert {told.removeprefix(AGAIN) for told in first} <= {row.first for row in own}
            assert {told.removeprefix(AGAIN) for told in second} <= {row.second for row in own}
            for row in own:
                plain = first.count(row.first) + second.count(row.second)
                again = first.count(AGAIN + row.first) + second.count(AGAIN + row.second)
                assert plain <= 1, row
                assert again <= struck[row.id], row
                may_be_lost = struck[row.id] >= KILLS_TO_LOSE
                assert row.status == "sent" or (row.status == "uncertain" and may_be_lost), row
                if not plain + again:
                    # never arrived, though tried on every telephone it may be, and every try met a kill
                    assert row.status == "uncertain", row
                    given_up += 1
                    continue
                repeats += plain + again - 1
                marked += again
        assert repeats <= struck.total()
        return Tally(repeats, marked, given_up)


def _check_order(own: list[Row], heard: list[str], struck: Counter[int]) -> None:
    untouched = [row.first for row in own if not struck[row.id]]
    assert [told for told in heard if told in untouched] == untouched


def _row(row: Any, messenger: Messenger, unit: int) -> Row:
    message = Message.from_json(row.content)
    first = messenger.shown(message, messenger.channel)
    second = messenger.shown(message, messenger.second_channel(unit))
    return Row(row.id, row.status, first, second)

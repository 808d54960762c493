"""More time is asked once at a time, thought about once and decided once; undo goes back one step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from core.errors import ActedUpon
from core.extensions import Extension, Moved, Outcome, extend, times_granted
from storage.database import Database
from storage.work import Work
from tests.office import MORNING, open_office
from tests.storage.test_parts import actor

JULY = date(2023, 7, 15)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[SimpleNamespace]:
    """One transaction with part 3.4 in it, and an audit entry for each step."""
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.4"))[0]
        steps = [await work.audit.add(agency, head.person_id, "plain", "extend", "3.4") for _ in range(3)]
        yield SimpleNamespace(work=work, part=part, agency=agency, by=head.person_id, asked=steps[0],
                              opinion=steps[1], decided=steps[2])  # fmt: skip


async def ask(desk: SimpleNamespace) -> int:
    work: Work = desk.work
    made = await work.extensions.ask(desk.part.id, Moved.DUE, JULY, "bdt chua gui", by=desk.by, entry_id=desk.asked)
    assert made is not None
    return made


async def only(desk: SimpleNamespace) -> Extension:
    (one,) = await desk.work.extensions.of_part(desk.part.id)
    return one


async def test_one_is_open_at_a_time(desk: SimpleNamespace) -> None:
    made = await ask(desk)
    again = await desk.work.extensions.ask(desk.part.id, Moved.DUE, JULY, "x", by=desk.by, entry_id=None)
    assert again is None
    assert [one.id for one in await desk.work.extensions.open(desk.agency)] == [made]
    assert await desk.work.extensions.decide(made, Outcome.REFUSED, by=desk.by, entry_id=desk.decided)
    assert await desk.work.extensions.open(desk.agency) == []
    assert await desk.work.extensions.ask(desk.part.id, Moved.DUE, JULY, "x", by=desk.by, entry_id=None) is not None


async def test_opinion_and_decision_are_given_once(desk: SimpleNamespace) -> None:
    made, store = await ask(desk), desk.work.extensions
    assert await store.give_opinion(made, supported=True, by=desk.by, entry_id=desk.opinion)
    assert not await store.give_opinion(made, supported=False, by=desk.by, entry_id=None)
    assert await store.decide(made, Outcome.GRANTED, by=desk.by, entry_id=desk.decided, until=JULY)
    assert not await store.decide(made, Outcome.REFUSED, by=desk.by, entry_id=None)
    kept = await only(desk)
    assert (kept.supported, kept.outcome, kept.granted_until) == (True, Outcome.GRANTED, JULY)
    assert times_granted([kept]) == 1
    assert times_granted([replace(kept, what=Moved.PRESENT_BY)]) == 0


async def test_undo_goes_back_one_step_at_a_time(desk: SimpleNamespace) -> None:
    made, store = await ask(desk), desk.work.extensions
    asked = await only(desk)
    await store.give_opinion(made, supported=True, by=desk.by, entry_id=desk.opinion)
    supported = await only(desk)
    await store.decide(made, Outcome.GRANTED, by=desk.by, entry_id=desk.decided, until=JULY)
    for earlier in (desk.asked, desk.opinion):
        with pytest.raises(ActedUpon):
            await store.take_back(earlier)
    await store.take_back(desk.decided)
    assert await only(desk) == supported
    with pytest.raises(ActedUpon):
        await store.take_back(desk.asked)
    await store.take_back(desk.opinion)
    assert await only(desk) == asked
    await store.take_back(desk.asked)
    assert (await only(desk)).outcome is Outcome.WITHDRAWN


async def test_what_was_decided_at_once_is_withdrawn_whole(desk: SimpleNamespace) -> None:
    made = await ask(desk)
    await desk.work.extensions.decide(made, Outcome.GRANTED, by=desk.by, entry_id=desk.asked, until=JULY,
                                      document="52/SCT-VP", document_on=date(2023, 4, 27))  # fmt: skip
    await desk.work.extensions.take_back(desk.asked)
    assert (await only(desk)).outcome is Outcome.WITHDRAWN


async def test_a_decision_is_not_undone_once_more_time_is_asked_again(desk: SimpleNamespace) -> None:
    made = await ask(desk)
    await desk.work.extensions.decide(made, Outcome.REFUSED, by=desk.by, entry_id=desk.decided)
    await desk.work.extensions.ask(desk.part.id, Moved.DUE, JULY, "again", by=desk.by, entry_id=None)
    with pytest.raises(ActedUpon):
        await desk.work.extensions.take_back(desk.decided)


async def test_the_first_date_stays_whatever_is_granted(desk: SimpleNamespace) -> None:
    work: Work = desk.work
    moved = extend(desk.part.progress, Moved.DUE, JULY, "gia hạn lần 1")
    await work.parts.save(desk.part, moved, desk.decided)
    (part,) = await work.parts.by_ids([desk.part.id])
    assert (part.progress.due and part.progress.due.on, part.original_due) == (JULY, date(2023, 6, 30))
    await work.parts.save(part, extend(moved, Moved.PRESENT_BY, date(2023, 7, 10), ""), None)
    (part,) = await work.parts.by_ids([desk.part.id])
    assert part.progress.present_by == date(2023, 7, 10)
    assert part.progress.due == moved.due

"""A proposal is put forward once at a time, thought about once and answered once; undo goes back one step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from types import SimpleNamespace

import pytest

from core.errors import ActedUpon
from core.proposals import Proposal, View
from storage.database import Database
from tests.office import MORNING, open_office
from tests.storage.test_parts import actor

DAY = date(2023, 4, 27)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[SimpleNamespace]:
    """One transaction with part 3.4 in it, and an audit entry for each step."""
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.4"))[0]
        steps = [await work.audit.add(agency, head.person_id, "plain", "propose", "3.4") for _ in range(4)]
        yield SimpleNamespace(own=work.proposals, part=part, agency=agency, by=head.person_id, steps=steps)


async def put(desk: SimpleNamespace, *, tell: bool = True) -> Proposal:
    made: Proposal | None = await desk.own.put_forward(
        desk.part.id, "khong thuoc tham quyen", by=desk.by, entry_id=desk.steps[0], tell=tell
    )
    assert made is not None
    return made


async def test_one_is_open_at_a_time(desk: SimpleNamespace) -> None:
    made = await put(desk)
    assert made.is_open
    assert await desk.own.put_forward(desk.part.id, "x", by=desk.by, entry_id=desk.steps[1]) is None
    assert [one.id for one in await desk.own.open(desk.agency)] == [made.id]
    assert await desk.own.answer(made.id, View.OTHER, "de ban lai", by=desk.by, entry_id=desk.steps[1])
    assert not await desk.own.answer(made.id, View.AGREED, None, by=desk.by, entry_id=desk.steps[2])
    assert await desk.own.open(desk.agency) == []
    (kept,) = await desk.own.of_parts([desk.part.id])
    assert (kept.outcome, kept.words, kept.decided_by, kept.decided_at) == (View.OTHER, "de ban lai", desk.by, MORNING)
    again = await desk.own.put_forward(desk.part.id, "y", by=desk.by, entry_id=desk.steps[2])
    assert again is not None
    with pytest.raises(ActedUpon):
        await desk.own.take_back(desk.steps[1])


async def test_what_waits_for_its_document_is_told_of_with_it(desk: SimpleNamespace) -> None:
    made = await put(desk, tell=False)
    assert await desk.own.open(desk.agency) == []
    assert await desk.own.attach(made.id, "120/SCT", DAY, entry_id=desk.steps[1])
    assert not await desk.own.attach(made.id, "121/SCT", DAY, entry_id=desk.steps[2])
    assert not await desk.own.tell(made.id, entry_id=desk.steps[2])
    (told,) = await desk.own.open(desk.agency)
    assert (told.document, told.document_on, told.told_at) == ("120/SCT", DAY, MORNING)
    with pytest.raises(ActedUpon):
        await desk.own.take_back(desk.steps[0])
    await desk.own.take_back(desk.steps[1])
    assert await desk.own.get(made.id) == made


async def test_a_document_that_follows_leaves_it_told_of(desk: SimpleNamespace) -> None:
    made = await put(desk, tell=False)
    assert await desk.own.tell(made.id, entry_id=desk.steps[1])
    assert await desk.own.attach(made.id, "120/SCT", DAY, entry_id=desk.steps[2])
    await desk.own.take_back(desk.steps[2])
    told = await desk.own.get(made.id)
    assert (told.document, told.told_at) == (None, MORNING)
    await desk.own.take_back(desk.steps[1])
    assert await desk.own.get(made.id) == made


async def test_undo_goes_back_one_step(desk: SimpleNamespace) -> None:
    made = await put(desk)
    assert await desk.own.give_opinion(made.id, View.REFUSED, "nen giu", by=desk.by, entry_id=desk.steps[1])
    assert not await desk.own.give_opinion(made.id, View.AGREED, None, by=desk.by, entry_id=desk.steps[2])
    with pytest.raises(ActedUpon):
        await desk.own.take_back(desk.steps[0])
    assert await desk.own.answer(made.id, View.AGREED, None, by=desk.by, entry_id=desk.steps[2])
    for step in desk.steps[:2]:
        with pytest.raises(ActedUpon):
            await desk.own.take_back(step)
    await desk.own.take_back(desk.steps[2])
    thought = await desk.own.get(made.id)
    assert (thought.opinion, thought.opinion_words, thought.outcome) == (View.REFUSED, "nen giu", None)
    await desk.own.take_back(desk.steps[1])
    assert await desk.own.get(made.id) == made
    await desk.own.take_back(desk.steps[0])
    assert await desk.own.of_parts([desk.part.id]) == []
    withdrawn = await desk.own.get(made.id)
    assert not withdrawn.is_open
    assert not await desk.own.answer(made.id, View.AGREED, None, by=desk.by, entry_id=desk.steps[3])

"""Reminders put off are kept for a person and a part; the latest counts, and one taken back gives the earlier its place."""

from __future__ import annotations

from datetime import date

from storage.audit import NewEntry
from storage.database import Database
from storage.snoozes import Snooze
from tests.office import MORNING, open_office
from tests.storage.test_parts import actor

DAY = date(2023, 5, 3)


async def test_the_latest_counts_and_what_is_taken_back_does_not(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        who, other = await actor(work, agency, "tp-qltm"), await actor(work, agency, "pp-qltm")
        (part,) = await work.parts.own_by_code(who, "3.4")
        await work.snoozes.put_off([part.id], who.person_id, date(2023, 5, 9), None)
        await work.snoozes.put_off([part.id], other.person_id, date(2023, 5, 4), None)
    async with database.work(MORNING) as work:
        assert await work.snoozes.of_person(who.person_id, DAY) == {part.id: date(2023, 5, 9)}
        assert await work.snoozes.of_person(who.person_id, date(2023, 5, 10)) == {}
        second = await work.audit.write(_entry(agency, who.person_id))
        await work.snoozes.put_off([part.id], who.person_id, date(2023, 5, 5), second)
    async with database.work(MORNING) as work:
        assert set(await work.snoozes.since(DAY)) == {
            Snooze(part.id, who.person_id, date(2023, 5, 5)), Snooze(part.id, other.person_id, date(2023, 5, 4)),
        }  # fmt: skip
        # the longer one before it does not come back to life once the later has passed
        assert await work.snoozes.of_person(who.person_id, date(2023, 5, 8)) == {}
        await work.snoozes.take_back(second)
    async with database.work(MORNING) as work:
        assert await work.snoozes.of_person(who.person_id, DAY) == {part.id: date(2023, 5, 9)}


def _entry(agency: int, person: int) -> NewEntry:
    return NewEntry(agency, person, "plain", "snooze", "718-2023/3.4", undoable=True)

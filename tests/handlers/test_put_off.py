"""What somebody put off: heard of on the day they last asked for, and never lost for having been put off before."""

from __future__ import annotations

from datetime import date

import pytest

from storage.database import Database
from tests.handlers.test_reminders import at, linked, ticked
from tests.office import MORNING, open_office
from tests.storage.test_parts import actor

ALL_OF_30_JUNE = ("3.2.2", "3.4", "3.7")


async def put_off(database: Database, agency: int, *until: date) -> None:
    """Let the head put everything due on 30/6 off to one day after the other."""
    for day in until:
        async with database.work(MORNING) as work:
            who = await actor(work, agency, "tp-qltm")
            parts = [part.id for code in ALL_OF_30_JUNE for part in await work.parts.own_by_code(who, code)]
            await work.snoozes.put_off(parts, who.person_id, day, None)


@pytest.mark.parametrize(
    ("until", "hears"),
    [
        ((date(2023, 6, 29),), False),
        ((date(2023, 6, 29), date(2023, 6, 26)), True),
        ((date(2023, 6, 26), date(2023, 6, 29)), False),
    ],
)
async def test_what_is_put_off_again_to_an_earlier_day_is_heard_on_its_step(
    database: Database, until: tuple[date, ...], hears: bool
) -> None:
    agency = await open_office(database)
    await linked(database, "tp-qltm")
    await put_off(database, agency, *until)
    planned = await ticked(database, at(6, 27))
    assert [one.person for one in planned if one.queued] == ["tp-qltm"] * hears

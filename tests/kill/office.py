"""An office large enough for a crowd: twelve units, each led by somebody with two telephones."""

from __future__ import annotations

from datetime import date, datetime

from core.deadlines import HANOI
from core.drafts import DraftNotice, DraftTask
from core.roster import Roster, RosterPerson, RosterUnit
from handlers.roster import import_roster
from storage.database import Database
from storage.work import Work
from tests.kill.messengers import Messenger
from tests.kill.stream import PLAIN, UNITS, codes_of

SUNDAY = datetime(2023, 4, 23, 10, 0, tzinfo=HANOI)
"""A day without reminders, so that everything said is an answer."""


async def open_large_office(database: Database, messenger: Messenger) -> None:
    """Bring in the roster and the notice, and link every telephone of the messenger."""
    async with database.work(SUNDAY) as work:
        await import_roster(work, _roster())
        agency = (await work.people.agencies())[0]
        units = {unit.code: unit.id for unit in await work.people.units(agency.id) if unit.kind != "agency"}
        await work.follow_up.follow(agency.id, _notice(), units, by=None, entry_id=None)
        for token in messenger.tokens():
            await work.tokens.locked(token.name)
            await work.tokens.save(token)
    for first in (False, True):  # the one linked last is the first to be written to
        async with database.work(SUNDAY) as work:
            await _link(work, messenger, first=first)


async def _link(work: Work, messenger: Messenger, *, first: bool) -> None:
    for unit in range(UNITS):
        head = (await work.people.named(f"tp-{unit}"))[0]
        await messenger.link(work, unit, head.id, first=first)


def _roster() -> Roster:
    units = tuple(RosterUnit(_code(unit), f"Phòng số {unit}") for unit in range(UNITS))
    heads = (RosterPerson(f"tp-{unit}", f"Trưởng phòng {unit}", _code(unit), "head") for unit in range(UNITS))
    leader = RosterPerson("gd", "Giám đốc Sở", "SCT", "leader")
    return Roster("SCT", "Sở Công Thương", units=units, people=(leader, *heads))


def _notice() -> DraftNotice:
    tasks = []
    for unit in range(UNITS):
        for place, code in enumerate(codes_of(unit)):
            product = None if place < PLAIN else "báo cáo"
            task = DraftTask(
                code,
                f"Việc {code}",
                f"Việc {code}",
                lead=(_code(unit),),
                due=date(2023, 6, 30),
                product=product,
                needs_document=product is not None,
            )
            tasks.append(task)
    return DraftNotice("718/TB-SCT", date(2023, 4, 4), "Sở Công Thương", "Kết luận", tasks=tuple(tasks))


def _code(unit: int) -> str:
    return f"P{unit}"

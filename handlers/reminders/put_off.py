"""Who hears today of what somebody put off: looked at one part and one person at a time, for there are few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.reminders.addressees import Addressee
from core.reminders.digest import digest
from core.reminders.snooze import earliest
from core.tasks import Part
from core.workdays import WorkCalendar
from storage.ladders import Ladders
from storage.work import Work


async def hear_of_put_off(
    work: Work, calendar: WorkCalendar, people: Mapping[int, Addressee], days: Sequence[date], ladders: Ladders
) -> set[int]:
    """Return who of these people hears of a part that anybody put off, the last of the days being today."""
    snoozes = await work.snoozes.since(earliest(days, calendar))
    if not snoozes:
        return set()
    until: dict[int, dict[int, date]] = {}
    for one in snoozes:
        until.setdefault(one.person_id, {})[one.part_id] = one.until
    of_unit: dict[int, list[Part]] = {}
    for part in await work.parts.by_ids(sorted({one.part_id for one in snoozes})):
        of_unit.setdefault(part.unit_id, []).append(part)
    hear = set()
    for person, addressee in people.items():
        near = {*addressee.unit_ids, *addressee.member_of} & of_unit.keys()
        own = [part for unit in sorted(near) for part in of_unit[unit] if addressee.answers_for(part)]
        if own and digest(
            own, work.now, calendar, ladder_of=ladders.of, missed=days[:-1], snoozed=until.get(person, {})
        ):
            hear.add(person)
    return hear

"""What one person's morning message holds, read at the moment it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.deadlines import today
from core.partition import Partition, tally
from core.reminders.addressees import Addressee
from core.reminders.digest import Digest, digest, horizon
from core.reminders.hours import missed_days
from core.reminders.ladder import Audience
from core.reminders.review import Review, ReviewRule, is_reviewed, review
from core.reminders.snooze import earliest
from core.reminders.summary import Summary, summary
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.reminders.whom import those_of
from storage.ladders import Ladders
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Contents:
    """One person's morning: what they answer for as a head, and what they read from above.

    `units` are the codes it is about; `overseen` those of the sphere, empty for the whole agency. `table` is what the
    units said for today's meeting; `forewarned` goes up on the next working day, to `told_next`.
    """

    addressee: Addressee
    units: tuple[str, ...]
    digest: Digest | None
    summary: Summary | None
    review: Review | None
    table: tuple[Part, ...]
    total: Partition
    overseen: tuple[str, ...]
    missed: tuple[date, ...]
    forewarned: tuple[Part, ...]
    told_next: str

    @property
    def kind(self) -> str:
        """Return what the message is called where it is planned."""
        if self.summary is not None and self.addressee.leads:
            return "leader_summary"
        if self.review is not None:
            return "review"
        return "clerk_summary" if self.summary is not None or self.table else "digest"

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return every part the message tells of, each once."""
        told: list[Part] = []
        if self.summary is not None:
            told += [*self.summary.waiting, *self.summary.late]
        if self.digest is not None:
            told += self.digest.parts
        if self.review is not None:
            told += self.review.parts
        told += self.table
        return tuple({part.id: part for part in told}.values())


async def contents_of(work: Work, calendar: WorkCalendar, person_id: int, since: date | None) -> Contents | None:
    """Return what somebody's message of today holds, told nothing after the day `since`; `None` where that is nothing."""
    person = await work.people.person(person_id)
    if person is None:
        return None
    day = today(work.now)
    everybody = await those_of(work, person.agency_id, day)
    own = everybody.get(person_id) or Addressee(person_id)
    ladders = await work.ladders.all()
    missed = missed_days(since, day, calendar)
    snoozed = await work.snoozes.of_person(person_id, earliest([*missed, day], calendar))
    parts = await _own_parts(work, calendar, own, ladders, snoozed)
    made = digest(parts, work.now, calendar, ladder_of=ladders.of, missed=missed, snoozed=snoozed)
    above, total, overseen = await _above(work, calendar, own, ladders, missed)
    rule = (await work.people.agency(person.agency_id)).review
    asked = await _review(work, calendar, own, rule, missed)
    table = await _table(work, calendar, own, rule)
    if made is None and above is None and asked is None and not table:
        return None
    units = tuple(dict.fromkeys([*(code for _, code in own.units), *(part.unit_code for part in parts)]))
    goes_up = _goes_up(made, ladders, calendar, day)
    told_next = _told_next(goes_up[0], everybody) if goes_up else ""
    return Contents(own, units, made, above, asked, table, total, overseen, missed, goes_up, told_next)


async def _own_parts(
    work: Work, calendar: WorkCalendar, own: Addressee, ladders: Ladders, snoozed: Mapping[int, date]
) -> list[Part]:
    """Return what somebody may hear of as a head: what is due soon enough, and what they put off, however late it is due."""
    until = horizon(today(work.now), calendar, tuple(ladders.by_id.values()))
    parts = await work.parts.due_of_units(own.unit_ids, until)
    handed = await work.parts.due_of_holders([own.person_id], until)
    parts += [part for part in handed if part.unit_id not in own.unit_ids]
    further = await work.parts.by_ids([part for part in snoozed if part not in {one.id for one in parts}])
    return [*parts, *(part for part in further if own.answers_for(part))]


async def _above(
    work: Work, calendar: WorkCalendar, own: Addressee, ladders: Ladders, missed: Sequence[date]
) -> tuple[Summary | None, Partition, tuple[str, ...]]:
    if not own.sphere.units:
        return None, Partition(), ()
    parts = await work.parts.open_of_units(sorted(own.sphere.units))
    made = summary(parts, own.sphere, work.now, calendar, ladder_of=ladders.of, missed=missed)
    if made is None:
        return None, Partition(), ()
    lines = await work.reports.leads(parts[0].agency_id)
    if own.keeps_office or own.sphere.signs:
        return made, tally(lines, work.now), ()
    seen = [line for line in lines if line.unit_id in own.sphere.units]
    return made, tally(seen, work.now), tuple(dict.fromkeys(line.unit_code for line in seen if line.unit_code))


async def _review(
    work: Work, calendar: WorkCalendar, own: Addressee, rule: ReviewRule, missed: Sequence[date]
) -> Review | None:
    if not own.units:
        return None
    return review(await work.parts.open_of_units(own.unit_ids), rule, today(work.now), calendar, missed)


async def _table(work: Work, calendar: WorkCalendar, own: Addressee, rule: ReviewRule) -> tuple[Part, ...]:
    """Return what the office reads on the morning of the meeting."""
    day = today(work.now)
    if not own.keeps_office or rule.meeting(day.year, day.month, calendar) != day:
        return ()
    units = sorted(own.sphere.units | set(own.unit_ids))
    return tuple(part for part in await work.parts.open_of_units(units) if is_reviewed(part))


def _goes_up(made: Digest | None, ladders: Ladders, calendar: WorkCalendar, day: date) -> tuple[Part, ...]:
    """Return the parts whose delay is told above the unit for the first time on the next working day."""
    if made is None:
        return ()
    tomorrow = calendar.next_working_after(day)
    return tuple(
        part
        for part in made.overdue
        if part.progress.due is not None
        and calendar.step(part.progress.due.on, tomorrow) == ladders.of(part).first_late(Audience.OVERSEER)
    )


def _told_next(part: Part, everybody: dict[int, Addressee]) -> str:
    above = [one for one in everybody.values() if part.unit_id in one.sphere.units]
    as_overseer = [one for one in above if one.sphere.audience(part.unit_id) is Audience.OVERSEER]
    if any(one.sphere.signs for one in as_overseer):
        return "leader"
    return "deputy" if any(one.leads for one in as_overseer) else "office"

"""What one person's morning message holds, read at the moment it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.deadlines import today
from core.extensions import Extension
from core.partition import Partition, tally
from core.proposals import Proposal
from core.reminders.addressees import Addressee
from core.reminders.digest import Digest, digest, horizon
from core.reminders.hours import missed_days
from core.reminders.ladder import Audience, first_working_day_of_week
from core.reminders.review import Review, ReviewRule, is_tabled, review
from core.reminders.snooze import earliest
from core.reminders.summary import Summary, summary
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.undecided import open_proposals, open_requests, put_before
from storage.ladders import Ladders
from storage.people import Person
from storage.work import Work

Agencies = tuple[tuple[str, Partition], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """One person's morning: what they answer for as a head, and what they read from above.

    `units` are the codes it is about; `overseen` those of the sphere, empty for the whole agency. `table` is what the
    units said for today's meeting; `forewarned` goes up on the next working day, to `told_next`. `requests` and `raised` wait
    for their word; `agencies` are the figures of their own and of those below it, where there are any, and add up to `total`.
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
    requests: tuple[tuple[Extension, Part], ...] = ()
    raised: tuple[tuple[Proposal, Part], ...] = ()
    agencies: tuple[tuple[str, Partition], ...] = ()

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
            told += [*self.summary.waiting, *self.summary.late, *self.summary.beside]
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
    everybody = await work.addressees.of_agency(person.agency_id)
    own = everybody.get(person_id) or Addressee(person_id)
    ladders = await work.ladders.all()
    missed = missed_days(since, day, calendar)
    snoozed = await work.snoozes.of_person(person_id, earliest([*missed, day], calendar))
    parts = await _own_parts(work, calendar, own, ladders, snoozed)
    made = digest(parts, work.now, calendar, ladder_of=ladders.of, missed=missed, snoozed=snoozed)
    above, total, overseen, agencies = await _above(work, calendar, own, person, ladders, missed)
    rule = (await work.people.agency(person.agency_id)).review
    asked = await _review(work, calendar, own, rule, missed)
    table = await _table(work, calendar, own, rule)
    if made is None and above is None and asked is None and not table:
        return None
    units = tuple(dict.fromkeys([*(code for _, code in own.units), *(part.unit_code for part in parts)]))
    goes_up = _goes_up(made, ladders, calendar, day)
    told_next = _told_next(goes_up[0], everybody) if goes_up else ""
    requests: list[tuple[Extension, Part]] = []
    raised: list[tuple[Proposal, Part]] = []
    if above is not None and own.leads:
        extending, proposing = await open_requests(work, person.agency_id), await open_proposals(work, person.agency_id)
        requests = await put_before(work, person_id, extending, leads=own.sphere.signs)
        raised = await put_before(work, person_id, proposing, leads=own.sphere.signs)
    return Contents(
        own, units, made, above, asked, table, total, overseen, missed, goes_up, told_next, tuple(requests), tuple(raised), agencies,
    )  # fmt: skip


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
    work: Work, calendar: WorkCalendar, own: Addressee, person: Person, ladders: Ladders, missed: Sequence[date]
) -> tuple[Summary | None, Partition, tuple[str, ...], Agencies]:
    if not own.sphere.units:
        return None, Partition(), (), ()
    parts = await work.parts.open_of_units(sorted(own.sphere.units))
    made = summary(parts, own.sphere, work.now, calendar, ladder_of=ladders.of, missed=missed)
    below = await _below(work, person.agency_id) if own.sphere.signs else ()
    if made is None and below and any(first_working_day_of_week(one, calendar) for one in (*missed, today(work.now))):
        made = Summary()
    if made is None:
        return None, Partition(), (), ()
    lines = await work.reports.leads(person.agency_id)
    total = tally(lines, work.now)
    if below:
        agencies = (((person.agency_code, total),) if total.total else ()) + below
        return made, sum((figures for _, figures in below), total), (), agencies
    if own.keeps_office or own.sphere.signs:
        return made, total, (), ()
    seen = [line for line in lines if line.unit_id in own.sphere.units]
    return made, tally(seen, work.now), tuple(dict.fromkeys(line.unit_code for line in seen if line.unit_code)), ()


async def _below(work: Work, agency_id: int) -> Agencies:
    """Return the figures of each agency below one that follows anything."""
    found = []
    for agency in await work.people.agencies_below(agency_id):
        figures = tally(await work.reports.leads(agency.id), work.now)
        if figures.total:
            found.append((agency.code, figures))
    return tuple(found)


async def _review(
    work: Work, calendar: WorkCalendar, own: Addressee, rule: ReviewRule, missed: Sequence[date]
) -> Review | None:
    if not own.units:
        return None
    return review(await work.parts.open_of_units(own.unit_ids), rule, today(work.now), calendar, missed)


async def _table(work: Work, calendar: WorkCalendar, own: Addressee, rule: ReviewRule) -> tuple[Part, ...]:
    """Return what the office reads on the morning of the meeting."""
    day = today(work.now)
    if not own.keeps_office or not rule.meets_on(day, calendar):
        return ()
    units = sorted(own.sphere.units | set(own.unit_ids))
    return tuple(part for part in await work.parts.open_of_units(units) if is_tabled(part))


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

"""A tick: finds whom the moment concerns and queues one message for each, however often it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time

from core.deadlines import today
from core.reminders.addressees import Addressee
from core.reminders.hours import EVERYBODY, LEADERS, SLOTS, may_disturb, missed_days, slot_is_open
from core.reminders.ladder import Audience, Ladder, Span, first_working_day_of_week, of_audience, of_presenting
from core.reminders.review import asked_for
from core.reminders.snooze import earliest
from core.reminders.summary import signature_window
from core.workdays import WorkCalendar
from handlers.office_word import tell_office
from handlers.reminders.absences import plan_absences
from handlers.reminders.alone import alone
from handlers.reminders.answers import plan_answers
from handlers.reminders.contents import contents_of
from handlers.reminders.hourly import plan_hours
from handlers.reminders.inquiries import plan_inquiries
from handlers.reminders.periods import begin_periods
from handlers.reminders.planned import Planned
from handlers.reminders.posting import plan_posts
from handlers.reminders.put_off import hear_of_put_off
from storage.accounts import Reach
from storage.planning import MORNING, Due, OnStep, Unreached
from storage.work import Work

_NOBODY = Addressee(0)


async def tick(work: Work, calendar: WorkCalendar, *, told: bool = True) -> list[Planned]:
    """Queue every morning message that is due now; as often as it runs, each person gets one a day.

    Days on which nobody ticked are made up for by the next tick that may disturb anybody. Directives with an hour, or
    hỏa tốc, may add a message of their own, as does the day by which a lead asked others for something. `told`: say of
    each message which directives it names.
    """
    await alone(work, "periods", begin_periods(work), 0)
    nothing: list[Planned] = []
    ringing = [
        *await alone(work, "hours", plan_hours(work, calendar), nothing),
        *await alone(work, "inquiries", plan_inquiries(work, calendar), nothing),
    ]
    if not may_disturb(work.now, calendar):
        return ringing
    day = today(work.now)
    planned = await work.planning.planned(day)
    new: dict[int, str] = {}
    people: dict[int, Addressee] = {}
    ways: dict[int, list[Reach]] = {}
    for slot in SLOTS:
        if slot_is_open(slot, work.now, calendar) and mark_of(slot) not in planned:
            if not people:
                ways = await work.accounts.reach_everyone()
                people = await work.addressees.everywhere(ways)
            new |= await _plan(work, calendar, slot, people, ways)
    await alone(work, "posts", plan_posts(work, calendar), None)
    await alone(work, "absences", plan_absences(work, calendar), None)
    await alone(work, "answers", plan_answers(work, calendar), None)
    unreached = await work.planning.unreached(day)
    reopened = await _reopen(work, unreached)
    new |= {person: kind for person, kind in reopened.items() if person not in new}
    missing = {one.person_id: one.intent["kind"] for one in unreached if one.person_id not in reopened}
    if not told:
        return ringing + [Planned(str(person), kind, day, (), person not in missing) for person, kind in new.items()]
    queued = [
        await _told(work, calendar, person, kind, queued=True) for person, kind in new.items() if person not in missing
    ]
    return (
        ringing + queued + [await _told(work, calendar, person, kind, queued=False) for person, kind in missing.items()]
    )


def mark_of(slot: time) -> str:
    """Return under what the days are kept for which an hour's messages were planned."""
    return {LEADERS: "leaders", EVERYBODY: "everybody"}.get(slot) or f"{slot:%H:%M}"


async def _plan(
    work: Work,
    calendar: WorkCalendar,
    slot: time,
    people: Mapping[int, Addressee],
    ways: Mapping[int, Sequence[Reach]],
) -> dict[int, str]:
    """Queue the day's messages of one hour and return people and kinds."""
    day = today(work.now)
    last = await work.planning.last_planned(mark_of(slot), day)
    if last == day:
        return {}
    theirs = {person: one for person, one in people.items() if one.slot(day) == slot}
    unsent = [row for row in await work.planning.unsent(day) if people.get(row.person_id, _NOBODY).slot(day) == slot]
    await work.planning.supersede(unsent)
    told = {person: [one.morning.told_until(last)] for person, one in theirs.items()}
    for row in unsent:
        told.setdefault(row.person_id, []).append(row.told)
    since = {person: min((one for one in days if one is not None), default=None) for person, days in told.items()}
    kinds: dict[int, str] = {}
    for until in dict.fromkeys(since.values()):
        group = {person: one for person, one in theirs.items() if since[person] == until}
        kinds |= await _due(work, calendar, group, missed_days(until, day, calendar), day)
    rows = []
    for person, kind in kinds.items():
        intent = {"kind": kind, "day": day.isoformat()}
        until = since[person]
        if until is not None and missed_days(until, day, calendar):
            intent["since"] = until.isoformat()
        channel = ways[person][0].channel if person in ways else None
        rows.append(Due(person, _key(person, day), channel, intent))
    added = await work.planning.queue(rows)
    for due in rows:
        if due.channel is None and due.key in added:
            await tell_office(work, due.person_id)
    await work.planning.note_planned(mark_of(slot), day)
    await work.people.told_before_moving(theirs, day)
    return {row.person_id: row.intent["kind"] for row in rows if row.key in added}


async def _due(
    work: Work, calendar: WorkCalendar, people: dict[int, Addressee], missed: Sequence[date], day: date
) -> dict[int, str]:
    """Return who of these people hears today, with the kind of their message."""
    if not people:
        return {}
    days = [*missed, day]
    ladders = await work.ladders.all()
    since = earliest(days, calendar)
    steps = await work.planning.on_steps(_spans(ladders.by_id.items(), days, calendar), day, since)
    put_off = await hear_of_put_off(work, calendar, people, days, ladders)
    digests, above = _heard(steps)
    handed = {(step.handed_to, step.unit_id) for step in steps if step.audience in {Audience.HEAD, "present"}}
    weekly = any(first_working_day_of_week(one, calendar) for one in days)
    open_units = await work.planning.open_units() if weekly else set()
    over = await _over_others(work) if weekly else set()
    to_sign = await work.planning.to_sign(signature_window(days))
    reviewed = await _reviewed(work, calendar, days)
    meeting = await _meeting(work, calendar, day)
    kinds = {}
    for person, one in people.items():
        from_above = bool(
            one.sphere.units & open_units
            or (one.sphere.signs and one.sphere.units & over)
            or (one.sphere.signs and one.sphere.units & to_sign)
            or (one.keeps_office and (one.sphere.units | set(one.unit_ids)) & meeting)
            or any(unit in above[one.sphere.audience(unit)] for unit in one.sphere.units)
        )
        as_head = (
            person in put_off
            or any(unit in digests for unit in one.unit_ids)
            or any(person == holder and unit in one.member_of for holder, unit in handed)
        )
        asked = any(unit in reviewed for unit in one.unit_ids)
        if from_above and one.leads:
            kinds[person] = "leader_summary"
        elif asked:
            kinds[person] = "review"
        elif from_above:
            kinds[person] = "clerk_summary"
        elif as_head:
            kinds[person] = "digest"
    return kinds


def _heard(steps: Iterable[OnStep]) -> tuple[set[int], dict[Audience, set[int]]]:
    digests: set[int] = set()
    above: dict[Audience, set[int]] = {Audience.OVERSEER: set(), Audience.LEADER: set()}
    for step in steps:
        if step.audience in above:
            above[Audience(step.audience)].add(step.unit_id)
        else:
            digests.add(step.unit_id)
    return digests, above


def _spans(
    ladders: Iterable[tuple[int, Ladder]], days: Sequence[date], calendar: WorkCalendar
) -> list[tuple[int, str, Span]]:
    found: list[tuple[int, str, Span]] = []
    for number, ladder in ladders:
        for audience in Audience:
            found += [(number, audience, span) for span in of_audience(ladder, audience, days, calendar)]
        found += [(number, "present", span) for span in of_presenting(ladder, days, calendar)]
    return found


async def _reviewed(work: Work, calendar: WorkCalendar, days: Sequence[date]) -> Collection[int]:
    """Return the units that are asked for the review on one of these days."""
    meeting = [
        agency.id for agency in await work.people.agencies()
        if asked_for(agency.review, days, calendar) is not None
    ]  # fmt: skip
    return await work.planning.reviewed_units(meeting) if meeting else ()


async def _meeting(work: Work, calendar: WorkCalendar, day: date) -> set[int]:
    """Return the units of agencies that meet today and have something open: their offices read the table."""
    held = [agency.id for agency in await work.people.agencies() if agency.review.meets_on(day, calendar)]
    return await work.planning.tabled_units(held) if held else set()


async def _over_others(work: Work) -> set[int]:
    """Return the agencies above one that has something open, by the unit their leader holds office in."""
    above = await work.people.each_above()
    followed = await work.planning.open_agencies() if above else set()
    return {agency for agency, below in above.items() if below & followed}


async def _reopen(work: Work, unreached: Sequence[Unreached]) -> dict[int, str]:
    """Queue the messages of people who have another way by now, and return whose."""
    lost = [one for one in unreached if one.again]
    ways = await work.accounts.reach_each([one.person_id for one in lost])
    rows = [
        Due(one.person_id, one.key, ways[one.person_id][0].channel, one.intent) for one in lost if one.person_id in ways
    ]
    again = await work.planning.queue(rows)
    return {row.person_id: row.intent["kind"] for row in rows if row.key in again}


async def _told(work: Work, calendar: WorkCalendar, person_id: int, kind: str, *, queued: bool) -> Planned:
    person = await work.people.person(person_id)
    since = await work.planning.told_until(_key(person_id, today(work.now)))
    contents = await contents_of(work, calendar, person_id, since)
    parts = contents.parts if contents is not None else ()
    codes = tuple(f"{part.notice_number} {part.code}" for part in parts)
    return Planned(
        person.key if person else str(person_id), contents.kind if contents else kind, today(work.now), codes, queued
    )


def _key(person_id: int, day: date) -> str:
    return f"{MORNING}{person_id}:{day.isoformat()}"

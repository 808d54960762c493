"""The one message more that a directive with an hour, or marked hỏa tốc, may bring on its last day."""

from __future__ import annotations

from core.deadlines import today
from core.messages import Message
from core.reminders.digest import is_reminded
from core.reminders.hours import may_disturb, rings
from core.reminders.ladder import Ladder
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.leaving import Leaving, sent, waits, way_of
from handlers.phrasing import acts_on, clock_time
from handlers.reminders.planned import Planned, queue_each
from storage.outbox import Claimed, Composed, Later
from storage.planning import HOURLY, Due
from storage.work import Work

KIND = "hourly"


async def plan_hours(work: Work, calendar: WorkCalendar) -> list[Planned]:
    """Queue what rings now, one message for each such directive and person, however often it is asked."""
    ladders = await work.ladders.all()
    urgent = [number for number, ladder in ladders.by_id.items() if ladder.urgent]
    day = today(work.now)
    found = await work.parts.by_ids(await work.planning.with_hours(day, urgent))
    ringing = [part for part in found if _rings(part, ladders.of(part), work, calendar)]
    if not ringing:
        return []
    people = {agency: await work.addressees.of_agency(agency) for agency in {part.agency_id for part in ringing}}
    heard = [
        (part, one.person_id) for part in ringing for one in people[part.agency_id].values() if one.answers_for(part)
    ]
    ways = await work.accounts.reach_each([person for _, person in heard])
    rows = []
    for part, person in heard:
        channel = ways[person][0].channel if person in ways else None
        intent = {"kind": KIND, "part": part.id, "due": _until(part)}
        rows.append((part, Due(person, f"{HOURLY}{person}:{part.id}:{_until(part)}", channel, intent)))
    return await queue_each(work, KIND, rows)


def _rings(part: Part, ladder: Ladder, work: Work, calendar: WorkCalendar) -> bool:
    due = part.progress.due
    if due is None or not is_reminded(part, today(work.now)):
        return False
    if not ladder.urgent and not may_disturb(work.now, calendar):
        return False
    first, last = rings(due, urgent=ladder.urgent)
    return first <= work.now < last


def _until(part: Part) -> str:
    due = part.progress.due
    return "" if due is None else due.moment.isoformat()


class Hourly(Leaving):
    """Writes these messages: void once the directive is closed, waits for others, or has another deadline."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, when to look again, or the status of a row that is not sent."""
        found = await work.parts.by_ids([row.intent["part"]]) if row.intent is not None else []
        if row.person_id is None or row.intent is None or not found:
            return "void"
        part, due = found[0], found[0].progress.due
        day = today(work.now)
        if due is None or _until(part) != row.intent["due"] or due.on != day or not is_reminded(part, day):
            return "void"
        one = (await work.addressees.of_agency(part.agency_id)).get(row.person_id)
        if one is None or not one.answers_for(part):
            return "void"
        ladder = (await work.ladders.all()).of(part)
        if work.now >= rings(due, urgent=ladder.urgent)[1]:
            return "void"
        if not ladder.urgent and (later := waits(work, self._calendar)) is not None:
            return later
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        t = self.telling(work, way).t

        at = clock_time(due.moment) if due.at is not None else ""
        title = t("hourly-title", code=part.code, urgent="yes" if ladder.urgent else "no")
        lines = (
            t("hourly-line", title=part.title, timed="yes" if at else "no", time=at),
            t("digest-how-one", code=part.code),
        )
        return sent(Message(lines, title, tuple(acts_on(t, part))), way)

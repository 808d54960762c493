"""What happens as time passes: morning messages are planned once, and written when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.deadlines import days_overdue, today
from core.messages import Button, Message
from core.reminders import Digest, digest, digest_is_due, horizon
from core.tasks import Part, State
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.office_word import tell_office
from handlers.pages import PAGE
from handlers.phrasing import acts_on, day_month, part_due, reference
from storage.outbox import Claimed, Composed, Outgoing, Urgency
from storage.work import Work

_SHOWN = frozenset({State.BLOCKED, State.REPORTED, State.RETURNED, State.PAUSED})


@dataclass(frozen=True, slots=True)
class Planned:
    """One message a tick queued; `queued` is false for somebody no account can reach, who is named at every tick."""

    person: str
    kind: str
    date: date
    tasks: tuple[str, ...]
    queued: bool


async def tick(work: Work, calendar: WorkCalendar) -> list[Planned]:
    """Queue every morning message that is due now; as often as it runs, each person gets one a day."""
    await work.accounts.forget_strangers()
    await work.outbox.forget_codes()
    if not digest_is_due(work.now, calendar):
        return []
    planned = []
    for agency in await work.people.agencies():
        planned += await _plan(work, calendar, agency.id, await _waiting(work, agency.id))
    return planned


async def _waiting(work: Work, agency_id: int) -> dict[int, list[int]]:
    """Return everybody to whom today's message was not queued yet, with the units they are reminded for."""
    units: dict[int, list[int]] = {person_id: [] for person_id in await work.parts.holders(agency_id)}
    for one in await work.acting.of_agency(agency_id):
        if one.reminded:
            units.setdefault(one.person_id, []).append(one.unit_id)
    said = await work.outbox.said([_key(person_id, work) for person_id in units])
    return {person_id: own for person_id, own in units.items() if _key(person_id, work) not in said}


async def _plan(work: Work, calendar: WorkCalendar, agency_id: int, waiting: dict[int, list[int]]) -> list[Planned]:
    of_unit: dict[int, list[Part]] = {}
    until = horizon(today(work.now), calendar)
    for part in await work.parts.due_of_units([unit for own in waiting.values() for unit in own], until):
        of_unit.setdefault(part.unit_id, []).append(part)
    handed = await work.parts.due_of_holders(list(waiting), until)
    made = {}
    for person_id, own in waiting.items():
        parts = [part for unit in own for part in of_unit.get(unit, ())]
        parts += [part for part in handed if part.progress.handed_to == person_id and part.unit_id not in own]
        if (one := digest(parts, work.now, calendar)) is not None:
            made[person_id] = one
    if not made:
        return []
    ways = await work.accounts.reach_each(list(made))
    keys = {person.id: person.key for person in await work.people.everyone(agency_id)}
    planned = []
    for person_id, one in made.items():
        reached = ways.get(person_id)
        # for somebody no account can reach it is kept too: the office has to know, and a link before evening sends it
        new = await work.outbox.say_once(_row(person_id, reached[0].channel if reached else "", work))
        if not new and reached:
            continue
        if new and not reached:
            await tell_office(work, person_id)
        codes = tuple(f"{part.notice_number} {part.code}" for part in one.parts)
        planned.append(Planned(keys[person_id], "digest", today(work.now), codes, queued=bool(reached)))
    return planned


def _row(person_id: int, channel: str, work: Work) -> Outgoing:
    intent = {"kind": "digest", "day": today(work.now).isoformat()}
    return Outgoing(channel, None, Urgency.DIGEST, intent=intent, person_id=person_id, key=_key(person_id, work))


def _key(person_id: int, work: Work) -> str:
    return f"digest:{person_id}:{today(work.now).isoformat()}"


class Composer:
    """Writes a reminder at the moment it leaves: content, rights and account as they are then."""

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._catalogue = catalogue
        self._calendar = calendar

    async def __call__(self, work: Work, row: Claimed) -> Composed | str:
        """Return the message and where it goes, or the status a row without one gets."""
        if row.person_id is None or row.intent is None:
            return "void"
        if row.intent["day"] != today(work.now).isoformat():
            return "superseded"
        ways = await work.chain.ways(row)
        if not ways:
            return "unreachable"
        way = ways[0]
        acting = [one for one in await work.acting.of_person(row.person_id) if one.reminded]
        until = horizon(today(work.now), self._calendar)
        own = [one.unit_id for one in acting]
        parts = await work.parts.due_of_units(own, until)
        handed = await work.parts.due_of_holders([row.person_id], until)
        made = digest([*parts, *(part for part in handed if part.unit_id not in own)], work.now, self._calendar)
        if made is None:
            return "void"
        units = [*(one.unit_code for one in acting), *(part.unit_code for part in handed)]
        message = self._message(made, units, way.language, work)
        return Composed(message, way.chat, way.account_id, way.channel)

    def _message(self, made: Digest, codes: Sequence[str], language: str, work: Work) -> Message:
        def t(key: str, **arguments: Any) -> str:
            return self._catalogue.text(language, key, **arguments)

        day = today(work.now)
        units = ", ".join(dict.fromkeys(codes))
        title = t("digest-title", unit=units, weekday=t(f"weekday-{day.weekday()}"), date=day_month(day))
        lines: list[str] = []
        for key, parts in (("overdue", made.overdue), ("today", made.due_today), ("soon", made.due_soon)):
            if listed := [part for part in parts if part in made.parts[:PAGE]]:
                lines.append(t(f"digest-{key}"))
                lines += [self._line(part, day, t) for part in listed]
        if len(made.parts) > PAGE:
            lines.append(t("digest-more", count=len(made.parts) - PAGE))
        first = made.parts[0]
        if made.overdue:
            document = " 45 27/4" if first.needs_document else ""
            lines += t("digest-how-late", code=first.code, document=document).split("\n")
            lines.append(t("digest-paper"))
        else:
            lines.append(t("digest-how-one" if len(made.parts) == 1 else "digest-how", code=first.code))
        buttons = [Button(t("button-done", code=part.code), f"/done {reference(part)}") for part in made.parts[:6]]
        if len(made.parts) == 1:
            buttons = acts_on(t, first)
        return Message(tuple(lines), title, tuple(buttons), menu=True)

    def _line(self, part: Part, day: date, t: Any) -> str:
        progress = part.progress
        late = days_overdue(progress.due, day)
        if progress.due is not None and self._calendar.step(progress.due.on, day) <= 1:
            late = 0  # asked first: the document may have been signed in time
        return str(
            t(
                "digest-line-late" if late else "digest-line",
                code=part.code,
                title=part.title,
                due=part_due(part, day) or "",
                days=late,
                state=t(f"state-{progress.state.value}"),
                shown="yes" if progress.state in _SHOWN else "no",
            )
        )

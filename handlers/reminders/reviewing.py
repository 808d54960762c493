"""Where the review before the monthly meeting stands, and the message that asks those again who are silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from core.deadlines import HANOI, today
from core.messages import Message
from core.reminders.review import Review, ReviewRule, is_reviewed, is_tabled
from core.tasks import Part, PartRole
from core.workdays import WorkCalendar
from handlers.leaving import Leaving, sent, waits, way_of
from handlers.posts import meeting_ahead
from handlers.reminders.morning import asked_lines
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

REVIEW_AGAIN = "review-again"


_STILL_COUNTS = 5
"""How many working days earlier what was asked for a meeting that moved since still counts."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The table of a meeting as it stands: open parts by their units' order, and what was said since they were asked.

    `asked_on` is the first day anybody was asked, `None` before that; `heads` are asked for the units of each.
    """

    meeting: date
    asked_on: date | None
    asked_today: frozenset[int]
    heads: dict[int, tuple[str, ...]]
    parts: tuple[Part, ...]
    closed: tuple[Part, ...]
    said: frozenset[int]

    @property
    def spoke(self) -> frozenset[str]:
        """Return the units of which something was said."""
        return frozenset(part.unit_code for part in (*self.parts, *self.closed) if part.id in self.said)

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the units that are to say something, or have."""
        spoke = self.spoke
        return tuple(
            dict.fromkeys(part.unit_code for part in self.parts if is_reviewed(part) or part.unit_code in spoke)
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the units of which nothing was said at all."""
        spoke = self.spoke
        return tuple(unit for unit in self.asked if unit not in spoke)

    def silent_of(self, person_id: int) -> tuple[str, ...]:
        """Return the silent units this person is asked for."""
        silent = self.silent
        return tuple(unit for unit in self.heads.get(person_id, ()) if unit in silent)


async def standing(work: Work, agency_id: int, meeting: date, rule: ReviewRule, calendar: WorkCalendar) -> Standing:
    """Return the agency's table for this meeting."""
    day = today(work.now)
    everybody = await work.addressees.of_agency(agency_id)
    heads = {person: tuple(code for _, code in one.units) for person, one in everybody.items() if one.units}
    earliest = calendar.add(meeting, -(rule.ask + _STILL_COUNTS))
    asked = await work.planning.asked_since(sorted(heads), earliest, {"review", REVIEW_AGAIN})
    # a leader who heads a unit is asked in the summary of that morning
    first = rule.ask_on(meeting, calendar)
    asked += [
        (person, on)
        for person, on in await work.planning.asked_since(sorted(heads), first, {"leader_summary"})
        if on == first
    ]
    asked_on = min((on for _, on in asked), default=None)
    since = datetime.combine(asked_on or rule.ask_on(meeting, calendar), time(), HANOI)
    units = [unit.id for unit in await work.people.units(agency_id)]
    parts = [part for part in await work.parts.open_of_units(units) if is_tabled(part)]
    said = await work.reports.said_since(agency_id, since)
    closed = await work.parts.by_ids(sorted(said - {part.id for part in parts}))
    return Standing(
        meeting,
        asked_on,
        frozenset(person for person, on in asked if on == day),
        heads,
        tuple(sorted(parts, key=lambda part: units.index(part.unit_id))),
        tuple(part for part in closed if not part.progress.is_open and part.role is not PartRole.COOPERATING),
        frozenset(said),
    )


class ReviewAgain(Leaving):
    """Writes the message at the moment it leaves: what the units of its reader are still silent about."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the question; nothing once all of it is answered, the meeting is on another day or the time is over."""
        if row.person_id is None or row.intent is None:
            return "void"
        if (wait := waits(work, self._calendar)) is not None:
            return wait
        person = await work.people.person(row.person_id)
        if person is None:
            return "void"
        agency = await work.people.agency(person.agency_id)
        ahead = meeting_ahead(agency, work.now, self._calendar)
        if ahead is None or ahead[0].isoformat() != row.intent["meeting"]:
            return "void"
        table = await standing(work, agency.id, ahead[0], agency.review, self._calendar)
        own = table.silent_of(row.person_id)
        parts = tuple(part for part in table.parts if part.unit_code in own and is_reviewed(part))
        if not parts:
            return "void"
        if (way := await way_of(work, row)) is None:
            return "unreachable"
        lines = asked_lines(Review(ahead[0], ahead[1], parts), self.telling(work, way))
        return sent(Message(tuple(lines[1:]), lines[0], menu=True), way)

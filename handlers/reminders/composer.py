"""Writes a reminder at the moment it leaves: content, rights and account are those of that moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from core.deadlines import today
from core.quiet import until_open
from core.reminders.addressees import Addressee
from handlers.leaving import LOOK_AGAIN, Leaving, sent, way_of
from handlers.reminders.contents import contents_of
from handlers.reminders.morning import morning
from handlers.reminders.planning import mark_of
from handlers.reminders.ticking import listed
from storage.outbox import Claimed, Composed, Later
from storage.work import Work


class Composer(Leaving):
    """Makes morning messages, each for the day it was planned for."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, when to look again, or the status of a row that is not sent."""
        if row.person_id is None or row.intent is None:
            return "void"
        day, wait = today(work.now), until_open(work.now, self._calendar)
        if row.intent["day"] < day.isoformat() and await _is_planned(work, row.person_id, day):
            return "superseded"
        if row.intent["day"] != day.isoformat() or wait:
            # the next plan takes an old one's place, and one of a clock that was ahead has its own day yet to come
            return Later(min(max(wait, timedelta(seconds=5)), LOOK_AGAIN))
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        since = date.fromisoformat(row.intent["since"]) if "since" in row.intent else None
        contents = await contents_of(work, self._calendar, row.person_id, since)
        if contents is None:
            return "void"
        telling = self.telling(work, way)
        message = morning(contents, telling)
        return sent(message, way, listed(contents, message, telling))


async def _is_planned(work: Work, person_id: int, day: date) -> bool:
    """Tell whether this person's message of that day was planned, which says what an older one would have."""
    person = await work.people.person(person_id)
    everybody = await work.addressees.of_agency(person.agency_id) if person is not None else {}
    one = replace(everybody.get(person_id) or Addressee(person_id), morning=await work.people.morning(person_id))
    return mark_of(one.slot(day)) in await work.planning.planned(day)

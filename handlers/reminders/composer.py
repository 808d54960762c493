"""Writes a reminder at the moment it leaves: content, rights and account are those of that moment."""

from __future__ import annotations

from datetime import date, timedelta

from core.deadlines import today
from core.quiet import until_open
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.reminders.contents import contents_of
from handlers.reminders.morning import morning
from handlers.reminders.telling import Telling
from handlers.reminders.ticking import listed
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

_LOOK_AGAIN = timedelta(minutes=1)
"""How long a message waits that may not leave now; no longer, because business time can be moved on."""


class Composer:
    """Makes morning messages, each for the day it was planned for."""

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._catalogue = catalogue
        self._calendar = calendar

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, when to look again, or the status of a row that is not sent."""
        if row.person_id is None or row.intent is None:
            return "void"
        if row.intent["day"] > today(work.now).isoformat():
            return "superseded"  # planned by a clock that was set back since
        wait = until_open(work.now, self._calendar)
        if row.intent["day"] < today(work.now).isoformat() or wait:
            # the next plan takes an old one's place; until then it is not lost
            return Later(min(max(wait, timedelta(seconds=5)), _LOOK_AGAIN))
        ways = await work.chain.ways(row)
        if not ways:
            return "unreachable"
        way = ways[0]
        since = date.fromisoformat(row.intent["since"]) if "since" in row.intent else None
        contents = await contents_of(work, self._calendar, row.person_id, since)
        if contents is None:
            return "void"
        telling = Telling(self._catalogue, way.language, work.now, self._calendar)
        message = morning(contents, telling)
        return Composed(message, way.chat, way.account_id, way.channel, listed(contents, message, telling))

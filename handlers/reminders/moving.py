"""Somebody moves to another hour of the morning: what they were told of by then goes along."""

from __future__ import annotations

from datetime import time, timedelta

from core.deadlines import today
from core.reminders.hours import Morning
from handlers.reminders.planning import mark_of
from storage.work import Work


async def move_hour(work: Work, person_id: int, to: time | None, usual: time) -> None:
    """Tell this person of a morning at that hour from tomorrow on, `None` being the `usual` one; each day once."""
    day = today(work.now)
    before = await work.people.morning(person_id)
    slot = before.on(day) or usual
    last = await work.planning.last_planned(mark_of(slot), day)
    before = await work.people.morning(person_id)  # a tick may have told them of today while we waited for it
    told = before.told_until(last)
    await work.people.set_morning(person_id, Morning(to, before.on(day), day + timedelta(days=1), told))

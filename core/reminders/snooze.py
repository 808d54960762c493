"""A reminder put off to another day: the deadline stays, and what must be heard on its day is heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.reminders.ladder import Audience, Ladder
from core.tasks import Part
from core.workdays import WorkCalendar


def is_told_all_the_same(part: Part, day: date, calendar: WorkCalendar, ladder: Ladder) -> bool:
    """Tell whether a head hears of a part on this day whatever was put off.

    That is on its last day and on the day it is to be presented, on the first working day of delay, and whenever its
    delay is told above the unit, the day before that included.
    """
    inner, due = part.progress.present_by, part.progress.due
    if inner is not None and calendar.step(inner, day) == 0:
        return True
    if due is None:
        return False
    step = calendar.step(due.on, day)
    above = {*ladder.steps(Audience.OVERSEER), *ladder.steps(Audience.LEADER)}
    return step in {0, 1} or step in above or step + 1 == ladder.first_late(Audience.OVERSEER)


def is_put_off(part: Part, until: date, days: Sequence[date], calendar: WorkCalendar, ladder: Ladder) -> bool:
    """Tell whether a part put off until a day is left out of the message of these days, the last of them being today."""
    return until > days[-1] and not any(is_told_all_the_same(part, day, calendar, ladder) for day in days)


def earliest(days: Sequence[date], calendar: WorkCalendar) -> date:
    """Return since when a day somebody put a reminder off to matters to these days, the earliest first."""
    return calendar.last_working_on_or_before(days[0] - timedelta(days=1)) + timedelta(days=1)


def comes_back(until: date, days: Sequence[date], calendar: WorkCalendar) -> bool:
    """Tell whether one of these days is the one a reminder was put off to, or the first working day after it."""
    return (until if calendar.is_working(until) else calendar.next_working_after(until)) in days

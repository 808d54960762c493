"""When the office may be written to of itself: in working hours, outside the midday rest."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.deadlines import HANOI
from core.workdays import WorkCalendar

MORNING, NOON, AFTERNOON, EVENING = time(7), time(11, 30), time(13, 30), time(20)


def until_open(now: datetime, calendar: WorkCalendar) -> timedelta:
    """Return how long it is until a notice may be sent: nothing on a working day from 7 to 20, the midday rest apart."""
    moment = now.astimezone(HANOI)
    day, hour = moment.date(), moment.time()
    if not calendar.is_working(day) or hour >= EVENING:
        opens = datetime.combine(calendar.next_working_after(day), MORNING, HANOI)
    elif hour < MORNING:
        opens = datetime.combine(day, MORNING, HANOI)
    elif NOON <= hour < AFTERNOON:
        opens = datetime.combine(day, AFTERNOON, HANOI)
    else:
        return timedelta()
    return opens - moment

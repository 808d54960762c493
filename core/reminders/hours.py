"""The hours of the day in which somebody may be reminded, and when what may not leave now may."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.deadlines import HANOI
from core.workdays import WorkCalendar

NOTICES_FROM = time(7, 0)
NOON = time(11, 30)
AFTERNOON = time(13, 30)
DAY_ENDS = time(20, 0)
_LOOK_AHEAD = 40


class Round(StrEnum):
    """The two rounds of a morning: those who lead, then everybody else."""

    LEADERS = "leaders"
    EVERYBODY = "everybody"


STARTS = {Round.LEADERS: time(7, 0), Round.EVERYBODY: time(7, 30)}


def may_disturb(now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether a reminder may reach somebody: on a working day from 07:00 to 20:00, not over noon."""
    moment = now.astimezone(HANOI)
    if not calendar.is_working(moment.date()):
        return False
    return NOTICES_FROM <= moment.time() < NOON or AFTERNOON <= moment.time() < DAY_ENDS


def next_allowed(now: datetime, calendar: WorkCalendar) -> datetime:
    """Return `now` or the next moment in which a reminder may reach somebody."""
    moment = now.astimezone(HANOI)
    for ahead in range(_LOOK_AHEAD):
        day = moment.date() + timedelta(days=ahead)
        if not calendar.is_working(day):
            continue
        for first, last in ((NOTICES_FROM, NOON), (AFTERNOON, DAY_ENDS)):
            if ahead or moment.time() < last:
                start = datetime.combine(day, first, HANOI)
                return now if start <= moment else start
    return now


def round_is_open(which: Round, now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether this round's morning messages may be planned now."""
    return may_disturb(now, calendar) and now.astimezone(HANOI).time() >= STARTS[which]


def missed_days(last: date | None, day: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """Return the working days after the last that was planned and before `day`, as many as anybody wants to hear of."""
    if last is None or last >= day:
        return ()
    first = max(last + timedelta(days=1), day - timedelta(days=_LOOK_AHEAD))
    between = (first + timedelta(days=ahead) for ahead in range((day - first).days))
    return tuple(one for one in between if calendar.is_working(one))

"""When in a day reminders are planned, and which days were missed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.deadlines import HANOI, Deadline
from core.quiet import AFTERNOON, NOON, until_open
from core.workdays import WorkCalendar

_LOOK_AHEAD = 40
_BEFORE = timedelta(hours=2)
_CLOSES = time(17)


class Round(StrEnum):
    """The two rounds of a morning: those who lead, then everybody else."""

    LEADERS = "leaders"
    EVERYBODY = "everybody"


STARTS = {Round.LEADERS: time(7, 0), Round.EVERYBODY: time(7, 30)}


def may_disturb(now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether a reminder may reach somebody now."""
    return not until_open(now, calendar)


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


def rings(due: Deadline, *, urgent: bool) -> tuple[datetime, datetime]:
    """Return from when and until when the last day of a directive with an hour, or hỏa tốc, is told once more.

    That is two hours before its hour, or before offices close; before the midday rest, unless it is hỏa tốc.
    """
    last = datetime.combine(due.on, due.at or _CLOSES, HANOI)
    first = last - _BEFORE
    if not urgent and NOON <= first.time() < AFTERNOON:
        first = datetime.combine(due.on, NOON, HANOI) - _BEFORE / 4
    return first, last

"""When in a day reminders are planned, and which days were missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.deadlines import HANOI, Deadline
from core.quiet import AFTERNOON, NOON, until_open
from core.workdays import WorkCalendar

_LOOK_AHEAD = 40
_BEFORE = timedelta(hours=2)
_CLOSES = time(17)


SLOTS = tuple(time(half // 2, 30 * (half % 2)) for half in range(14, 23))
"""The hours of a morning at which messages may come: 07:00, 07:30 and so on until 11:00."""

LEADERS, EVERYBODY = SLOTS[0], SLOTS[1]
"""When those who lead are told, and everybody else, unless they chose another hour."""


@dataclass(frozen=True, slots=True)
class Morning:
    """At which hour somebody wants to be told: `at` from the day `since` on, `was` before it, `None` the usual one.

    `told` is the last day they were told of before they moved, where that is not the day before.
    """

    at: time | None = None
    was: time | None = None
    since: date | None = None
    told: date | None = None

    def on(self, day: date) -> time | None:
        """Return the hour that counts on a day."""
        return self.at if self.since is None or self.since <= day else self.was

    def told_until(self, last: date | None) -> date | None:
        """Return the last day they were told of, `last` being the one their hour was last planned for."""
        if self.since is None or (last is not None and last >= self.since):
            return last
        return self.told or self.since - timedelta(days=1)


USUAL = Morning()


def may_disturb(now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether a reminder may reach somebody now."""
    return not until_open(now, calendar)


def slot_is_open(slot: time, now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether the morning messages of this hour may be planned now."""
    return may_disturb(now, calendar) and now.astimezone(HANOI).time() >= slot


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

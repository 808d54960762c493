"""Vietnam's working calendar: holidays, Tết, officially swapped days, and steps counted in working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

# Government decision of 25 December 2025: Friday 2 January 2026 off, Saturday 10 January 2026 worked.
OFFICIAL_SWAPS: Mapping[date, bool] = {date(2026, 1, 2): False, date(2026, 1, 10): True}
_LONGEST_BREAK = 30


@lru_cache(maxsize=32)
def _public_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    days = holidays.country_holidays("VN", years=year)
    worked = frozenset(getattr(days, "weekend_workdays", ()))
    return frozenset(days.keys()), worked


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day an administrator set, against or beyond the public calendar."""

    day: date
    working: bool
    name: str = ""


class WorkCalendar:
    """Answers questions in working days; an overlay of single days beats the public calendar."""

    def __init__(self, overlay: Iterable[CalendarDay] = ()) -> None:
        self._overlay: dict[date, bool] = {}
        self.overlay(overlay)

    def overlay(self, days: Iterable[CalendarDay]) -> None:
        """Take these days instead of the ones set before."""
        self._overlay = {**OFFICIAL_SWAPS, **{entry.day: entry.working for entry in days}}

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on that day."""
        if day in self._overlay:
            return self._overlay[day]
        off, worked = _public_days(day.year)
        if day in worked:
            return True
        return day.weekday() < 5 and day not in off

    def last_working_on_or_before(self, day: date) -> date:
        """Return the day itself or the nearest working day before it."""
        for back in range(_LONGEST_BREAK):
            if self.is_working(day - timedelta(days=back)):
                return day - timedelta(days=back)
        return day

    def next_working_after(self, day: date) -> date:
        """Return the first working day after that day."""
        for ahead in range(1, _LONGEST_BREAK):
            if self.is_working(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        return day + timedelta(days=1)

    def add(self, day: date, steps: int) -> date:
        """Return the working day `steps` working days after (or before) `day`."""
        direction = 1 if steps > 0 else -1
        left = abs(steps)
        while left:
            day += timedelta(days=direction)
            if self.is_working(day):
                left -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """Return the number of working days after `start` up to and including `end`; negative if `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        whole = range(1, (end - start).days + 1)
        return sum(1 for ahead in whole if self.is_working(start + timedelta(days=ahead)))

    def step(self, due: date, day: date) -> int:
        """Return the ladder step of working day `day` for a deadline: 0 on the last working day on or before it."""
        return self.between(self.last_working_on_or_before(due), day)

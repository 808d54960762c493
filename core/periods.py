"""What returns weekly, monthly, quarterly: which period comes next, and the day it is due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from core.tasks import Part

_FRIDAY: Final = 5
_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One turn of what returns: the key it is kept under, 2023-05, and its last day in time."""

    key: str
    due: date


def period_from(recurrence: Mapping[str, Any], day: date) -> Period:
    """Return the first period that is due on that day or later."""
    every = recurrence["every"]
    if every == "day":
        due = day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > _FRIDAY - 1 else 0)
        return Period(due.isoformat(), due)
    if every == "week":
        weekday = recurrence.get("weekday") or _FRIDAY
        due = day + timedelta(days=(weekday - day.isoweekday()) % 7)
        year, week, _ = due.isocalendar()
        return Period(f"{year}-W{week:02d}", due)
    months = _MONTHS[every]
    # the months of a period end with a multiple of its length: March, June …
    index = day.year * 12 + (day.month - 1) // months * months + months - 1
    due = _in_month(index, recurrence.get("day"))
    return _named(every, due if due >= day else _in_month(index + months, recurrence.get("day")))


def period_after(recurrence: Mapping[str, Any], due: date, today: date) -> Period:
    """Return the period that follows the one due on that day; what nobody was there to begin in time is left out."""
    return period_from(recurrence, max(due + timedelta(days=1), today))


def latest(parts: Sequence[Part]) -> list[Part]:
    """Return of each unit's parts of one directive the last one begun."""
    last: dict[tuple[int, int], int] = {}
    for part in parts:
        whose = (part.task_id, part.unit_id)
        last[whose] = max(part.id, last.get(whose, 0))
    ids = set(last.values())
    return [part for part in parts if part.id in ids]


def current(parts: Sequence[Part]) -> list[Part]:
    """Return the parts without those of earlier periods that are closed: what a code means today."""
    last = {part.id for part in latest(parts)}
    return [part for part in parts if part.progress.is_open or part.id in last]


def _in_month(index: int, day: int | None) -> date:
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day or last, last))


def _named(every: str, due: date) -> Period:
    key = {
        "month": f"{due:%Y-%m}",
        "quarter": f"{due.year}-Q{(due.month + 2) // 3}",
        "half_year": f"{due.year}-H{1 if due.month <= 6 else 2}",
        "year": f"{due.year}",
    }
    return Period(key[every], due)

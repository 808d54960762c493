"""What an item says of time, and the calendar it is said in."""

import calendar
from dataclasses import dataclass
from datetime import date, time

from core.reading.model import Recurrence


@dataclass(frozen=True, slots=True)
class Deadline:
    """What an item says of time; all empty where it says nothing."""

    text: str | None = None
    due: date | None = None
    due_time: time | None = None
    recurrence: Recurrence | None = None
    standing: bool = False
    by_reference: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the words themselves tell when to act."""
        return self.due is not None or self.recurrence is not None or self.standing


def month_end(year: int, month: int) -> date | None:
    """The last day of a month, None where there is no such month."""
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 and 1 <= year <= 9999 else None


def year_meant(text: str | None, month: int, issued: date | None) -> tuple[int | None, bool]:
    """The year meant, and whether it was inferred from the day of issue."""
    if text:
        return (int(text) if len(text) == 4 else 2000 + int(text)), False
    if issued is None:
        return None, True
    return issued.year + (1 if issued.month >= 10 and month <= 3 else 0), True


def clock(hour: str | None, minute: str | None) -> time | None:
    """The time of day, None where no clock shows it."""
    return time(int(hour), int(minute or 0)) if hour and int(hour) < 24 and int(minute or 0) < 60 else None

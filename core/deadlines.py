"""Deadlines: when a part is due, on what basis, and how it stands at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SOON_DAYS = 3


class TimeState(StrEnum):
    """How a deadline stands now; always computed, never stored."""

    NO_DEADLINE = "no_deadline"
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day (met until its last second, Hanoi time) or the exact hour, and who set it.

    `basis` is `None` for a date the notice prints, otherwise the words that accepted it ("ý kiến Giám đốc 05/4").
    """

    on: date
    at: time | None = None
    basis: str | None = None

    @property
    def moment(self) -> datetime:
        """Return the first moment that is too late."""
        if self.at is not None:
            return datetime.combine(self.on, self.at, HANOI)
        return datetime.combine(self.on + timedelta(days=1), time(), HANOI)

    def missed_by(self, moment: datetime) -> bool:
        """Tell whether `moment` is too late."""
        return moment > self.moment if self.at is not None else moment >= self.moment


def local(now: datetime) -> datetime:
    """Return an aware moment in Hanoi time."""
    return now.astimezone(HANOI)


def today(now: datetime) -> date:
    """Return the calendar day it is in Hanoi."""
    return now.astimezone(HANOI).date()


def time_state(due: Deadline | None, now: datetime, *, soon: int = SOON_DAYS) -> TimeState:
    """Return how an open part stands at `now`; `soon` is in calendar days."""
    if due is None:
        return TimeState.NO_DEADLINE
    if due.missed_by(now):
        return TimeState.OVERDUE
    if (due.on - today(now)).days <= soon:
        return TimeState.DUE_SOON
    return TimeState.ON_TIME


def days_overdue(due: Deadline | None, day: date) -> int:
    """Return how many calendar days `day` lies after the deadline, 0 if it does not."""
    return max(0, (day - due.on).days) if due is not None else 0

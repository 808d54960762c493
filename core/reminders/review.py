"""The review before the monthly meeting (giao ban): when it is asked for, and one line per open part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.reminders.digest import SILENT
from core.tasks import Kind, Part, PartRole
from core.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """On which day of a month the meeting is: its last Monday unless set; `ask` and `answer` working days before it."""

    weekday: int | None = 0
    day: int | None = None
    ask: int = 3
    answer: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` makes an equal rule of."""
        return {"weekday": self.weekday, "day": self.day}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> ReviewRule:
        """Return the rule an agency set, or the usual one."""
        return cls(data.get("weekday"), data.get("day")) if data else cls()

    def meeting(self, year: int, month: int, calendar: WorkCalendar) -> date:
        """Return the day of the month's meeting; one that falls on a day off is held on the next working day."""
        last = _last_of(year, month)
        if self.day is not None:
            day = date(year, month, min(self.day, last.day))
        else:
            day = last - timedelta(days=(last.weekday() - (self.weekday or 0)) % 7)
        return day if calendar.is_working(day) else calendar.next_working_after(day)


@dataclass(frozen=True, slots=True)
class Review:
    """What is asked of a head: these parts, before the end of working hours of a day, for the meeting of another."""

    meeting: date
    answer_by: date
    parts: tuple[Part, ...]


def asked_for(rule: ReviewRule, days: Sequence[date], calendar: WorkCalendar) -> date | None:
    """Return the meeting that is prepared for on one of these days, the last of them being today."""
    today = days[-1]
    for months in (0, 1):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        meeting = rule.meeting(year, month + 1, calendar)
        if calendar.add(meeting, -rule.ask) in days and today < meeting:
            return meeting
    return None


def prepared_for(rule: ReviewRule, day: date, calendar: WorkCalendar) -> tuple[date, date] | None:
    """Return the meeting that is being prepared for on this day, and the last day for answers; mostly there is none."""
    for months in (0, 1):
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        meeting = rule.meeting(year, month + 1, calendar)
        last = calendar.add(meeting, -rule.answer)
        if calendar.add(meeting, -rule.ask) <= day <= last:
            return meeting, last
    return None


def review(
    parts: Sequence[Part], rule: ReviewRule, day: date, calendar: WorkCalendar, missed: Sequence[date] = ()
) -> Review | None:
    """Return what is asked on this day, or on a missed one: every open part, undated and standing ones too."""
    meeting = asked_for(rule, [*missed, day], calendar)
    own = tuple(part for part in parts if is_reviewed(part))
    if meeting is None or not own:
        return None
    return Review(meeting, calendar.add(meeting, -rule.answer), own)


def is_reviewed(part: Part) -> bool:
    """Tell whether a part is asked about: a unit's own, open, and not waiting for somebody above."""
    if part.kind is Kind.UNTRACKED or part.role is PartRole.COOPERATING:
        return False
    return part.progress.is_open and part.progress.state not in SILENT


def _last_of(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)

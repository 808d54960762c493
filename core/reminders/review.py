"""The review before the monthly meeting (giao ban): when it is asked for, and one line per open part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core.reminders.digest import SILENT
from core.tasks import Kind, Part, PartRole
from core.workdays import WorkCalendar

_PUT_OFF = timedelta(days=10)
"""How long after its day a meeting may be held and still be the same one."""
_NO_MORE = timedelta(days=31)
"""How long after the end of its month a meeting may usually be, where days off come between."""


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """On which day of a month the meeting is: its last Monday unless set; `ask` and `answer` working days before it.

    `moved` holds single meetings that are held on another day, by their month.
    """

    weekday: int | None = 0
    day: int | None = None
    ask: int = 3
    answer: int = 1
    moved: tuple[tuple[str, date], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` makes an equal rule of."""
        moved = {month: day.isoformat() for month, day in self.moved}
        return {"weekday": self.weekday, "day": self.day, **({"moved": moved} if moved else {})}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> ReviewRule:
        """Return the rule an agency set, or the usual one."""
        if not data:
            return cls()
        moved = {month: date.fromisoformat(day) for month, day in data.get("moved", {}).items()}
        return cls(data.get("weekday"), data.get("day"), moved=tuple(sorted(moved.items())))

    def meeting(self, year: int, month: int, calendar: WorkCalendar) -> date:
        """Return the day of the month's meeting; one that falls on a day off is held on the next working day."""
        moved = dict(self.moved).get(_month(year, month))
        return self._usual(year, month, calendar) if moved is None else moved

    def meets_on(self, day: date, calendar: WorkCalendar) -> bool:
        """Tell whether the meeting is on this day."""
        return any(meeting == day for _, meeting in self._around(day, calendar))

    def next_meeting(self, day: date, calendar: WorkCalendar) -> date:
        """Return the day of the next meeting, this day's where there is one."""
        return min(meeting for _, meeting in self._around(day, calendar) if meeting >= day)

    def move(self, to: date, day: date, calendar: WorkCalendar) -> tuple[ReviewRule, date]:
        """Return the rule with a meeting held on the day `to`, and the day that one was on before.

        It is the next meeting as seen on `day` that moves, where the new day is not long after it; else the one of
        the new day's month.
        """
        coming = self.next_meeting(day, calendar)
        month = next(name for name, meeting in self._around(day, calendar) if meeting == coming)
        before = coming
        if to > coming + _PUT_OFF and _month(to.year, to.month) != month:
            month, before = _month(to.year, to.month), self.meeting(to.year, to.month, calendar)
        # one held early is kept till the day it usually is on has passed too, or it would be held again then
        over = day - _NO_MORE
        kept = {name: moved for name, moved in self.moved if moved >= day or name >= _month(over.year, over.month)}
        return replace(self, moved=tuple(sorted({**kept, month: to}.items()))), before

    def ask_on(self, meeting: date, calendar: WorkCalendar) -> date:
        """Return the day on which units are asked for this meeting."""
        return calendar.add(meeting, -self.ask)

    def answer_by(self, meeting: date, calendar: WorkCalendar) -> date:
        """Return the last day for their answers."""
        return calendar.add(meeting, -self.answer)

    def _around(self, day: date, calendar: WorkCalendar) -> list[tuple[str, date]]:
        """Return the meetings of the months around this day, each with its month."""
        found = []
        for months in (-1, 0, 1, 2):
            year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
            found.append((_month(year, month + 1), self.meeting(year, month + 1, calendar)))
        return found

    def _usual(self, year: int, month: int, calendar: WorkCalendar) -> date:
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
    meeting = rule.next_meeting(days[-1] + timedelta(days=1), calendar)
    return meeting if rule.ask_on(meeting, calendar) in days else None


def prepared_for(rule: ReviewRule, day: date, calendar: WorkCalendar) -> tuple[date, date] | None:
    """Return the meeting that is being prepared for on this day, and the last day for answers; mostly there is none."""
    meeting = rule.next_meeting(day + timedelta(days=1), calendar)
    last = rule.answer_by(meeting, calendar)
    return (meeting, last) if rule.ask_on(meeting, calendar) <= day <= last else None


def review(
    parts: Sequence[Part], rule: ReviewRule, day: date, calendar: WorkCalendar, missed: Sequence[date] = ()
) -> Review | None:
    """Return what is asked on this day, or on a missed one: every open part, undated and standing ones too."""
    meeting = asked_for(rule, [*missed, day], calendar)
    own = tuple(part for part in parts if is_reviewed(part))
    if meeting is None or not own:
        return None
    return Review(meeting, rule.answer_by(meeting, calendar), own)


def is_reviewed(part: Part) -> bool:
    """Tell whether a part is asked about: one of the meeting's table that does not wait for somebody above."""
    return is_tabled(part) and part.progress.state not in SILENT


def is_tabled(part: Part) -> bool:
    """Tell whether a part has its line in the meeting's table: a unit's own, open, undated and standing ones too."""
    if part.kind is Kind.UNTRACKED or part.role is PartRole.COOPERATING:
        return False
    return part.progress.is_open


def _month(year: int, month: int) -> str:
    return f"{year}-{month:02d}"


def _last_of(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)

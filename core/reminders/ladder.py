"""The ladder: on which working days around a deadline each addressee hears of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from core.workdays import WorkCalendar

_LONG_AGO = date(1900, 1, 1)
_MOST_DAYS = 60


class BadLadder(ValueError):
    """Steps nobody can be reminded by: which setting is wrong, and what it said."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name}: {said}")
        self.name = name
        self.said = said


class Audience(StrEnum):
    """For whom a step is: the unit's head, those above the unit, the head of the agency."""

    HEAD = "head"
    OVERSEER = "overseer"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Working days from the deadline, negative before it; `weekly_after` the last, on the first working day of a week.

    `urgent` (hỏa tốc) may be told of outside office hours.
    """

    head: frozenset[int] = frozenset({-7, -3, -1, *range(16)})
    overseer: frozenset[int] = frozenset({2, 5, 10, 15})
    leader: frozenset[int] = frozenset({5, 10, 15})
    present: frozenset[int] = frozenset({-3, -1, 0})
    weekly_after: int = 15
    urgent: bool = False

    def steps(self, audience: Audience) -> frozenset[int]:
        """Return the steps on which these addressees hear of a part."""
        return {Audience.HEAD: self.head, Audience.OVERSEER: self.overseer, Audience.LEADER: self.leader}[audience]

    def first_late(self, audience: Audience) -> int:
        """Return the first working day of delay these addressees hear of."""
        return min((step for step in self.steps(audience) if step > 0), default=self.weekly_after + 1)

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` makes an equal ladder of."""
        return {
            "head": sorted(self.head),
            "overseer": sorted(self.overseer),
            "leader": sorted(self.leader),
            "present": sorted(self.present),
            "weekly_after": self.weekly_after,
            "urgent": self.urgent,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, over: Ladder | None = None) -> Ladder:
        """Return the ladder these words describe, what they leave out as in `over`; raises `BadLadder`."""
        made = over or cls()
        for name, value in data.items():
            if name == "head":
                made = replace(made, head=_steps(name, value))
            elif name == "overseer":
                made = replace(made, overseer=_steps(name, value))
            elif name == "leader":
                made = replace(made, leader=_steps(name, value))
            elif name == "present":
                made = replace(made, present=_steps(name, value))
            elif name == "weekly_after" and _is_day(value) and value >= 0:
                made = replace(made, weekly_after=value)
            elif name == "urgent" and isinstance(value, bool):
                made = replace(made, urgent=value)
            else:
                raise BadLadder(name, str(value))
        for audience in (Audience.OVERSEER, Audience.LEADER):
            # nobody above a unit hears of a delay before its head was asked
            if any(step < 2 for step in made.steps(audience)):
                raise BadLadder(audience.value, _written(made.steps(audience)))
        if any(step > made.weekly_after for step in (*made.head, *made.overseer, *made.leader)):
            raise BadLadder("weekly_after", str(made.weekly_after))
        return made


def _steps(name: str, value: Any) -> frozenset[int]:
    if not isinstance(value, list) or not all(_is_day(step) for step in value):
        raise BadLadder(name, str(value))
    return frozenset(value)


def _is_day(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST_DAYS


def _written(steps: Iterable[int]) -> str:
    return ", ".join(f"{step:+d}" for step in sorted(steps))


DEFAULT = Ladder()


@dataclass(frozen=True, slots=True)
class Span:
    """Deadlines from a day to a day, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def spans(
    steps: Iterable[int], weekly_after: int | None, days: Iterable[date], calendar: WorkCalendar
) -> tuple[Span, ...]:
    """Return the deadlines that stand on one of these steps on one of these days, as few spans as they make.

    With `weekly_after`, longer delays stand on the first working day of a week. Days off have no steps.
    """
    steps = tuple(steps)
    found = []
    for day in days:
        if not calendar.is_working(day):
            continue
        for step in steps:
            base = calendar.add(day, -step)
            found.append(Span(base, calendar.next_working_after(base) - timedelta(days=1)))
        if weekly_after is not None and first_working_day_of_week(day, calendar):
            found.append(Span(_LONG_AGO, calendar.add(day, -weekly_after) - timedelta(days=1)))
    return _merged(found)


def of_audience(ladder: Ladder, audience: Audience, days: Iterable[date], calendar: WorkCalendar) -> tuple[Span, ...]:
    """Return the deadlines of which these addressees hear on one of these days."""
    return spans(ladder.steps(audience), ladder.weekly_after, days, calendar)


def of_presenting(ladder: Ladder, days: Iterable[date], calendar: WorkCalendar) -> tuple[Span, ...]:
    """Return the internal dates ("hạn trình") of which a head hears on one of these days."""
    return spans(ladder.present, None, days, calendar)


def _merged(found: list[Span]) -> tuple[Span, ...]:
    made: list[Span] = []
    for span in sorted(found, key=lambda span: (span.first, span.last)):
        if made and span.first <= made[-1].last + timedelta(days=1):
            made[-1] = Span(made[-1].first, max(made[-1].last, span.last))
        else:
            made.append(span)
    return tuple(made)


def first_working_day_of_week(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether no earlier day of the same week is worked."""
    return calendar.is_working(day) and calendar.last_working_on_or_before(
        date.fromordinal(day.toordinal() - 1)
    ).isocalendar()[:2] != day.isocalendar()[:2]  # fmt: skip

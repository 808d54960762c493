"""The ladder: on which working days a head hears of a part, and what the morning message then lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.deadlines import HANOI, SOON_DAYS, today
from core.partition import is_overdue
from core.tasks import CLOCK_STOPPED, Kind, Part, PartRole, State
from core.workdays import WorkCalendar

HEAD_HOUR = time(7, 30)
HEAD_STEPS = frozenset({-7, -3, -1, *range(16)})
"""Working days from the deadline on which a head is reminded; after the last, on the first working day of a week."""

LAST_STEP = 15
DAY_ENDS = time(20, 0)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person's morning message lists, worst first."""

    overdue: tuple[Part, ...]
    due_today: tuple[Part, ...]
    due_soon: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return every part listed."""
        return self.overdue + self.due_today + self.due_soon


def is_reminded(part: Part, day: date) -> bool:
    """Tell whether a part is one its unit is reminded of: its own, dated, open, and not waiting for others."""
    progress = part.progress
    if part.kind is not Kind.TRACKED or part.role is PartRole.COOPERATING:
        return False
    if not progress.is_open or progress.due is None or progress.state in CLOCK_STOPPED:
        return False
    return not (
        progress.state is State.BLOCKED and progress.expected_on is not None and progress.expected_on >= day
        and progress.due.on < day
    )  # fmt: skip


def on_a_step(part: Part, day: date, calendar: WorkCalendar) -> bool:
    """Tell whether this working day is a step of the part's ladder."""
    if part.progress.due is None:
        return False
    due = part.progress.due.on
    # the days of a long delay are not counted one by one
    if day > calendar.add(calendar.last_working_on_or_before(due), LAST_STEP):
        return first_working_day_of_week(day, calendar)
    return calendar.step(due, day) in HEAD_STEPS


def first_working_day_of_week(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether no earlier day of the same week is worked."""
    return calendar.is_working(day) and calendar.last_working_on_or_before(
        date.fromordinal(day.toordinal() - 1)
    ).isocalendar()[:2] != day.isocalendar()[:2]  # fmt: skip


def horizon(day: date, calendar: WorkCalendar) -> date:
    """Return the latest deadline that a morning message of that day can list."""
    first = calendar.add(day, -min(HEAD_STEPS))
    return calendar.next_working_after(first) - timedelta(days=1)


def digest_is_due(now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether heads' morning messages may leave: on a working day from 07:30 to 20:00, Hanoi time."""
    moment = now.astimezone(HANOI)
    return calendar.is_working(moment.date()) and HEAD_HOUR <= moment.time() < DAY_ENDS


def digest(parts: Sequence[Part], now: datetime, calendar: WorkCalendar) -> Digest | None:
    """Return one head's morning message, or `None` where no part stands on a step today."""
    day = today(now)
    reminded = [part for part in parts if is_reminded(part, day)]
    if not any(on_a_step(part, day, calendar) for part in reminded):
        return None
    # parts come in their notices' order, which sorting by the day keeps: 3.10 after 3.9
    dated = sorted(reminded, key=lambda part: _due(part, day))
    overdue = [part for part in dated if is_overdue(part.progress, now)]
    rest = [part for part in dated if part not in overdue]
    due_today = [part for part in rest if calendar.step(_due(part, day), day) == 0]
    soon = [
        part
        for part in rest
        if part not in due_today and ((_due(part, day) - day).days <= SOON_DAYS or on_a_step(part, day, calendar))
    ]
    return Digest(tuple(overdue), tuple(due_today), tuple(soon))


def _due(part: Part, fallback: date) -> date:
    return part.progress.due.on if part.progress.due is not None else fallback

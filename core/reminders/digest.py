"""What one person's morning message lists, and whether there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.deadlines import SOON_DAYS, today
from core.partition import is_overdue
from core.reminders.ladder import DEFAULT, Audience, Ladder, Span, of_audience, of_presenting
from core.reminders.snooze import comes_back, is_put_off
from core.tasks import Kind, Part, PartRole, State
from core.workdays import WorkCalendar

SILENT = frozenset({State.PRESENTED, State.SUBMITTED, State.PAUSED})
"""States in which a unit waits for others, or was told to wait: it is not reminded."""

LadderOf = Callable[[Part], Ladder]
_NOTHING: Mapping[int, date] = {}


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person's morning message lists, worst first; `to_present` is to lie before the leadership soon."""

    overdue: tuple[Part, ...]
    due_today: tuple[Part, ...]
    due_soon: tuple[Part, ...]
    to_present: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return every part listed."""
        return self.overdue + self.due_today + self.due_soon + self.to_present


def by_default(_part: Part) -> Ladder:
    """Return the ladder of a part nobody set another one for."""
    return DEFAULT


def is_reminded(part: Part, day: date) -> bool:
    """Tell whether a part is one its unit is reminded of: its own, dated, open, and not waiting for others."""
    progress = part.progress
    if part.kind is not Kind.TRACKED or part.role is PartRole.COOPERATING:
        return False
    if not progress.is_open or progress.due is None or progress.state in SILENT:
        return False
    return not (
        progress.state is State.BLOCKED and progress.expected_on is not None and progress.expected_on >= day
        and progress.due.on < day
    )  # fmt: skip


def horizon(day: date, calendar: WorkCalendar, ladders: Collection[Ladder] = (DEFAULT,)) -> date:
    """Return the latest deadline that a morning message of that day can list."""
    furthest = max((-step for ladder in ladders for step in (*ladder.head, *ladder.present)), default=0)
    first = calendar.add(day, max(furthest, 0))
    return max(calendar.next_working_after(first) - timedelta(days=1), day + timedelta(days=SOON_DAYS))


def digest(
    parts: Sequence[Part],
    now: datetime,
    calendar: WorkCalendar,
    *,
    ladder_of: LadderOf = by_default,
    missed: Sequence[date] = (),
    snoozed: Mapping[int, date] = _NOTHING,
) -> Digest | None:
    """Return one person's morning message, or `None` where no part stands on a step today.

    A step on one of the `missed` days counts too. `snoozed` says of parts until when this person put them off: they
    are left out, and come back on that day as on a step.
    """
    day = today(now)
    days = [*missed, day]
    steps = {ladder: of_audience(ladder, Audience.HEAD, days, calendar) for ladder in set(map(ladder_of, parts))}
    inner = {ladder: of_presenting(ladder, days, calendar) for ladder in steps}
    off = {part.id for part in parts if part.id in snoozed
           and is_put_off(part, snoozed[part.id], days, calendar, ladder_of(part))}  # fmt: skip
    back = {number for number, until in snoozed.items() if comes_back(until, days, calendar)}
    reminded = [part for part in parts if is_reminded(part, day) and part.id not in off]
    standing = [part for part in reminded if part.id in back or _stands(part, steps[ladder_of(part)])]
    presents = [part for part in reminded if _is_to_present(part, inner[ladder_of(part)])]
    if not standing and not presents:
        return None
    # parts come in their notices' order, which sorting by the day keeps: 3.10 after 3.9
    dated = sorted(reminded, key=lambda part: _due(part, day))
    overdue = [part for part in dated if is_overdue(part.progress, now)]
    rest = [part for part in dated if part not in overdue]
    due_today = [part for part in rest if calendar.step(_due(part, day), day) == 0]
    soon = [
        part
        for part in rest
        if part not in due_today and ((_due(part, day) - day).days <= SOON_DAYS or part in standing)
    ]
    inner_only = [part for part in rest if part in presents and part not in due_today and part not in soon]
    made = Digest(tuple(overdue), tuple(due_today), tuple(soon), tuple(inner_only))
    return made if made.parts else None


def _stands(part: Part, steps: Sequence[Span]) -> bool:
    due = part.progress.due
    return due is not None and any(due.on in span for span in steps)


def _is_to_present(part: Part, steps: Sequence[Span]) -> bool:
    return part.progress.present_by is not None and any(part.progress.present_by in span for span in steps)


def _due(part: Part, fallback: date) -> date:
    return part.progress.due.on if part.progress.due is not None else fallback

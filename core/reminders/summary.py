"""What those above the units read in the morning: who is late and says what, and what waits for a signature."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.deadlines import SOON_DAYS, today
from core.partition import is_overdue, left_in_time
from core.reminders.digest import LadderOf, by_default
from core.reminders.ladder import Audience, Ladder, first_working_day_of_week, of_audience
from core.tasks import Kind, Part, PartRole, State
from core.workdays import WorkCalendar

UNASKED = frozenset({State.PRESENTED, State.SUBMITTED, State.PAUSED})
"""States in which a delay is not the unit's, so that nobody above hears of it as one."""


@dataclass(frozen=True, slots=True)
class Sphere:
    """The units somebody answers for from above; those whose delays come as to a leader, the rest as to an overseer.

    `signs`: documents presented wait for this person's signature.
    """

    units: frozenset[int]
    as_leader: frozenset[int] = frozenset()
    signs: bool = False

    def audience(self, unit_id: int) -> Audience:
        """Return on whose steps a delay of that unit is told here."""
        return Audience.LEADER if unit_id in self.as_leader else Audience.OVERSEER


@dataclass(frozen=True, slots=True)
class Summary:
    """Delays worst first, and what waits for a signature; empty is good news, told once a week.

    `late` are the lead units', as leadership counts; `beside` those of units that carry something out for another.
    """

    late: tuple[Part, ...] = ()
    waiting: tuple[Part, ...] = ()
    beside: tuple[Part, ...] = ()

    @property
    def late_tasks(self) -> int:
        """Return how many directives the delays are of, each turn of what returns counted once."""
        return len({(part.task_id, part.period) for part in self.late})


def escalates(part: Part) -> bool:
    """Tell whether a delay of this part is told above its unit: nothing that waits for somebody above."""
    return _is_followed(part) and part.progress.state not in UNASKED


def _is_followed(part: Part) -> bool:
    own = part.kind is Kind.TRACKED and part.role is not PartRole.COOPERATING
    return own and part.progress.is_open


def signature_window(days: Collection[date]) -> tuple[tuple[date, date], ...]:
    """Return the deadlines that make a presented document urgent on one of these days, as first and last day."""
    return tuple((day, day + timedelta(days=SOON_DAYS)) for day in days)


def summary(
    parts: Sequence[Part],
    sphere: Sphere,
    now: datetime,
    calendar: WorkCalendar,
    *,
    ladder_of: LadderOf = by_default,
    missed: Sequence[date] = (),
) -> Summary | None:
    """Return somebody's summary, or `None` on a day without a step of theirs.

    It goes out on the first working day of a week, on a step, and where a document waiting for their signature falls
    due within three days; only where anything of theirs is open at all.
    """
    day = today(now)
    days = [*missed, day]
    own = [part for part in parts if part.unit_id in sphere.units and _is_followed(part)]
    if not own:
        return None
    waiting = [part for part in own if sphere.signs and part.progress.state is State.PRESENTED]
    late = [part for part in own if escalates(part) and is_overdue(part.progress, now)]
    if not any(first_working_day_of_week(one, calendar) for one in days):
        windows = signature_window(days)
        urgent = any(_falls_within(part, windows) for part in waiting)
        # what was reported in time and is being mended is not late, so that nothing of it goes up
        stepping = [part for part in own if escalates(part) and not left_in_time(part.progress, now)]
        if not urgent and not _any_steps(stepping, sphere, ladder_of, days, calendar):
            return None
    told = sorted((part for part in late if _is_told(part, sphere, ladder_of(part), day, calendar)), key=_due)
    return Summary(
        tuple(part for part in told if part.role is PartRole.LEAD),
        tuple(sorted(waiting, key=_due)),
        tuple(part for part in told if part.role is not PartRole.LEAD),
    )


def _falls_within(part: Part, windows: Sequence[tuple[date, date]]) -> bool:
    due = part.progress.due
    return due is not None and any(first <= due.on <= last for first, last in windows)


def _any_steps(
    parts: Sequence[Part], sphere: Sphere, ladder_of: LadderOf, days: Sequence[date], calendar: WorkCalendar
) -> bool:
    due = {
        (ladder_of(part), sphere.audience(part.unit_id), part.progress.due.on)
        for part in parts
        if part.progress.due is not None
    }
    steps = {(ladder, audience): of_audience(ladder, audience, days, calendar) for ladder, audience, _ in due}
    return any(day in span for ladder, audience, day in due for span in steps[ladder, audience])


def _is_told(part: Part, sphere: Sphere, ladder: Ladder, day: date, calendar: WorkCalendar) -> bool:
    due = part.progress.due
    first = ladder.first_late(sphere.audience(part.unit_id))
    return due is not None and calendar.add(calendar.last_working_on_or_before(due.on), first) <= day


def _due(part: Part) -> date:
    return part.progress.due.on if part.progress.due is not None else date.max

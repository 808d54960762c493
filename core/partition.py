"""The four-way partition leadership counts by, which always adds up to its total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Protocol

from core.deadlines import HANOI, Deadline, today
from core.tasks import Progress, State, on_time


@dataclass(frozen=True, slots=True)
class Partition:
    """Tasks counted once each; the first four add up to `total`, the others are shown apart inside them."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    presented: int = 0
    reported: int = 0
    submitted: int = 0
    no_deadline: int = 0

    @property
    def done(self) -> int:
        """Return the finished ones."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """Return the unfinished ones."""
        return self.open_in_time + self.open_overdue

    @property
    def total(self) -> int:
        """Return them all."""
        return self.done + self.open

    def __add__(self, other: Partition) -> Partition:
        """Return the counts of both together."""
        return Partition(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def stopped_in_time(progress: Progress) -> bool:
    """Tell whether the part was laid before a superior before its deadline, so that the delay is not the unit's."""
    if progress.state is not State.PRESENTED or progress.presented_on is None:
        return False
    return progress.due is None or progress.presented_on <= progress.due.on


def is_overdue(progress: Progress, now: datetime) -> bool:
    """Tell whether an open part counts as "chưa hoàn thành, quá hạn"."""
    if not progress.is_open or progress.due is None or left_in_time(progress, now):
        return False
    return progress.due.missed_by(now)


def count(progress: Progress, now: datetime) -> Partition:
    """Return the partition of this one task."""
    if progress.state is State.DROPPED:
        return Partition()
    if progress.state is State.DONE:
        return Partition(done_on_time=1) if on_time(progress) else Partition(done_late=1)
    late = is_overdue(progress, now)
    return Partition(
        open_in_time=int(not late),
        open_overdue=int(late),
        presented=int(progress.state is State.PRESENTED),
        reported=int(progress.state is State.REPORTED),
        submitted=int(progress.state is State.SUBMITTED),
        no_deadline=int(progress.due is None),
    )


def together(parts: Iterable[Progress], now: datetime) -> Progress:
    """Return how a task stands whose parts (its leads') stand like this: open while any is, late as the latest."""
    rows = [p for p in parts if p.state is not State.DROPPED]
    if not rows:
        return Progress(state=State.DROPPED)
    still_open = [p for p in rows if p.is_open]
    if still_open:
        return min(still_open, key=lambda p: (left_in_time(p, now), _too_late(p.due)))
    return max(rows, key=lambda p: (not on_time(p), p.completed_on or date.min))


class Counted(Protocol):
    """A part, or a line of a report, as far as counting needs it."""

    @property
    def task_id(self) -> int:
        """Whose part it is."""
        ...

    @property
    def period(self) -> str:
        """Which turn of what returns it is; nothing for what does not."""
        ...

    @property
    def progress(self) -> Progress:
        """How it stands."""
        ...


def tally(parts: Iterable[Counted], now: datetime) -> Partition:
    """Return the partition of the tasks these parts belong to, each counted once, and each turn of what returns."""
    by_task: dict[tuple[int, str], list[Progress]] = {}
    for part in parts:
        by_task.setdefault((part.task_id, part.period), []).append(part.progress)
    return sum((count(together(rows, now), now) for rows in by_task.values()), Partition())


def left_in_time(progress: Progress, now: datetime) -> bool:
    """Tell whether the part left the unit in time, so that this day does not make it late."""
    reported = progress.state is State.SUBMITTED or progress.being_mended(now)
    return stopped_in_time(progress) or (reported and on_time(progress))


def _too_late(due: Deadline | None) -> datetime:
    return due.moment if due is not None else datetime.max.replace(tzinfo=HANOI)


def days_late(progress: Progress, now: datetime) -> int:
    """Return by how many calendar days a part is or was late; 0 when it is not."""
    if progress.due is None:
        return 0
    end = progress.completed_on if not progress.is_open and progress.completed_on else today(now)
    return max(0, (end - progress.due.on).days)

"""Parts to test with: say what matters, the rest is that of 3.5 in notice 718."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from core.deadlines import HANOI, Deadline
from core.tasks import Kind, Part, PartRole, Progress, State

PATIENT = settings(deadline=None, max_examples=60)
"""For properties on machines that are busy with something else."""

_PART = Part(
    id=1,
    task_id=1,
    agency_id=1,
    notice_id=1,
    notice_number="718/TB-SCT",
    notice_year=2023,
    code="3.5",
    title="KH Đề án TMĐT",
    kind=Kind.TRACKED,
    needs_document=True,
    unit_id=1,
    unit_code="QLTM",
    role=PartRole.LEAD,
    version=1,
    progress=Progress(),
)


def part(code: str = "3.5", due: date | Deadline | None = None, state: State = State.ASSIGNED, **other: Any) -> Part:
    """Return one part; names of a progress go into its progress."""
    if isinstance(due, date):
        due = Deadline(due)
    of_progress = {name: other.pop(name) for name in list(other) if name in Progress.__dataclass_fields__}
    return replace(_PART, code=code, progress=Progress(state, due, **of_progress), **other)


def hanoi(year: int, month: int, day: int, hour: int = 8, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment by the clock on the wall in Hanoi."""
    return datetime(year, month, day, hour, minute, second, tzinfo=HANOI)


FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)

days = st.dates(FIRST, LAST)
moments = st.datetimes(datetime.combine(FIRST, time()), datetime.combine(LAST, time()), timezones=st.just(HANOI))
deadlines = st.builds(
    Deadline, days, st.sampled_from([None, time(10), time(16, 30)]), st.sampled_from([None, "ý kiến GĐ"])
)


def progresses(*states: State) -> st.SearchStrategy[Progress]:
    """Draw progresses as acts can leave them, in one of these states or any: only what was finished has its day."""
    return st.builds(
        _progress, st.sampled_from(states or tuple(State)), st.none() | deadlines, days, days, st.none() | days
    )


def _progress(
    state: State, due: Deadline | None, presented_on: date, completed_on: date, expected_on: date | None
) -> Progress:
    finished = state in {State.DONE, State.SUBMITTED}
    return Progress(
        state,
        due,
        presented_on=presented_on if state is State.PRESENTED else None,
        completed_on=completed_on if finished else None,
        expected_on=expected_on,
    )

"""A part's progress as the columns it is kept in, beside the part and in each of its versions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from core.deadlines import Deadline
from core.tasks import Progress, State
from storage.schema import PROGRESS


def progress_of(row: Row[Any]) -> Progress:
    """Return the progress columns of a row as a value."""
    due = Deadline(row.due_on, row.due_time, row.due_basis) if row.due_on is not None else None
    return Progress(
        State(row.state),
        due,
        row.percent,
        row.note,
        row.expected_on,
        row.presented_on,
        row.completed_on,
        row.recorded_at,
        row.document,
        row.document_on,
        row.present_by,
        row.handed_to,
        row.missing,
        row.mend_by,
    )


def columns_of(progress: Progress, prefix: str = "") -> dict[str, Any]:
    """Return a progress as the columns it is kept in."""
    due = progress.due
    values: dict[str, Any] = {
        "state": progress.state.value,
        "due_on": due.on if due else None,
        "due_time": due.at if due else None,
        "due_basis": due.basis if due else None,
    }
    values.update({name: getattr(progress, name) for name in PROGRESS if name not in values})
    return {prefix + name: value for name, value in values.items()} if prefix else values

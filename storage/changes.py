"""What acts changed of parts: how each stood before and after, for whoever reads the audit elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import PROGRESS, assignment_versions, assignments, notices, units

_was = assignment_versions.alias("was")
_CHANGES = (
    select(
        assignment_versions.c.entry_id,
        notices.c.number,
        assignments.c.code,
        units.c.code.label("unit_code"),
        _was.c.version.label("was_version"),
        *(assignment_versions.c[name] for name in PROGRESS),
        *(_was.c[name].label(f"was_{name}") for name in PROGRESS),
    )
    .join(assignments, assignments.c.id == assignment_versions.c.assignment_id)
    .join(notices, notices.c.id == assignments.c.notice_id)
    .join(units, units.c.id == assignments.c.unit_id)
    .outerjoin(
        _was,
        and_(
            _was.c.assignment_id == assignment_versions.c.assignment_id,
            _was.c.version == assignment_versions.c.version - 1,
        ),
    )
    .where(assignment_versions.c.entry_id.in_(bindparam("entries", expanding=True)))
    .order_by(assignment_versions.c.entry_id, assignment_versions.c.assignment_id, assignment_versions.c.version)
)


class Changes:
    """Reads the versions that acts made, each beside the one before it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_entries(self, entry_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        """Return by act each part it changed, with what was otherwise before and what it is after, fit for JSON."""
        found: dict[int, list[dict[str, Any]]] = {}
        for values in (await self._connection.execute(_CHANGES, {"entries": list(entry_ids)})).mappings():
            new = values["was_version"] is None
            fields = [name for name in PROGRESS if values[name] != (None if new else values[f"was_{name}"])]
            found.setdefault(values["entry_id"], []).append(
                {
                    "part": "{number} {code} {unit_code}".format(**values),
                    "before": None if new else {name: _plain(values[f"was_{name}"]) for name in fields},
                    "after": {name: _plain(values[name]) for name in fields},
                }
            )
        return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time | datetime) else value

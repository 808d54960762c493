"""What acts changed of parts: how each stood before and after, for whoever reads the audit elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.sealing import hashed
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
_SEALED = (
    "state", "due_on", "due_time", "due_basis", "percent", "expected_on", "presented_on", "completed_on", "recorded_at",
    "document", "document_on", "present_by", "handed_to", "mend_by",
)  # fmt: skip
"""What a seal covers of a version; never changed, since seals stand on it. What people typed may go: the act has it."""
_FACTS = (
    select(
        *(assignment_versions.c[name] for name in ("entry_id", "assignment_id", "version")),
        *(assignment_versions.c[name] for name in _SEALED),
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

    async def hashes(self, entry_ids: Sequence[int]) -> dict[int, bytes]:
        """Return by act the hash of every version it made, words left out; an act that made none has one too."""
        facts: dict[int, list[list[Any]]] = {entry_id: [] for entry_id in entry_ids}
        for row in await self._connection.execute(_FACTS, {"entries": list(entry_ids)}):
            facts[row.entry_id].append([_plain(value) for value in row[1:]])
        return {entry_id: hashed(rows) for entry_id, rows in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time | datetime) else value

"""Everything that happened to units' parts, from their versions, the requests for more time, and the audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.extensions import Moved, Outcome
from core.history import Step, step_between
from core.tasks import Progress
from storage.progress import progress_of
from storage.schema import (
    PROGRESS,
    SAID_OF_ONE,
    assignment_versions,
    assignments,
    audit_entries,
    delegations,
    extensions,
    memberships,
    people,
    submission_files,
    submissions,
)

_WHO = (
    audit_entries.c.id.label("entry_id"),
    audit_entries.c.act,
    audit_entries.c.detail,
    audit_entries.c.undone_by,
    people.c.title,
    or_(
        exists().where(memberships.c.person_id == people.c.id, memberships.c.unit_id == assignments.c.unit_id),
        exists().where(delegations.c.deputy_id == people.c.id, delegations.c.unit_id == assignments.c.unit_id),
    ).label("of_the_unit"),
)
_WRITTEN = audit_entries.outerjoin(people, people.c.id == audit_entries.c.person_id)
_PARTS = assignments.c.id.in_(bindparam("parts", expanding=True))
_VERSIONS = (
    select(
        assignment_versions.c.assignment_id,
        assignment_versions.c.version,
        assignment_versions.c.at,
        *(assignment_versions.c[name] for name in PROGRESS),
        *_WHO,
    )
    .join(assignments, assignments.c.id == assignment_versions.c.assignment_id)
    .outerjoin(_WRITTEN, audit_entries.c.id == assignment_versions.c.entry_id)
    .where(_PARTS)
    .order_by(assignment_versions.c.assignment_id, assignment_versions.c.version)
)
_ASKED = (
    select(
        *(extensions.c[name] for name in ("assignment_id", "what", "until", "reason", "supported", "outcome",
                                          "asked_entry", "opinion_entry", "decided_entry")),
        audit_entries.c.at,
        *_WHO,
    )
    .join(assignments, assignments.c.id == extensions.c.assignment_id)
    .join(
        _WRITTEN,
        or_(*(audit_entries.c.id == extensions.c[f"{act}_entry"] for act in ("asked", "opinion", "decided"))),
    )
    .where(_PARTS)
    .order_by(extensions.c.id, audit_entries.c.id)
)  # fmt: skip
_HANDED_IN = (
    select(submissions.c.assignment_id, audit_entries.c.at, *_WHO)
    .join(assignments, assignments.c.id == submissions.c.assignment_id)
    .join(_WRITTEN, audit_entries.c.id == submissions.c.entry_id)
    .where(
        _PARTS,
        audit_entries.c.act != "answer-given",
        ~exists().where(
            assignment_versions.c.assignment_id == submissions.c.assignment_id,
            assignment_versions.c.entry_id == submissions.c.entry_id,
        ),
    )
)
_FILES = (
    select(submissions.c.entry_id, submissions.c.assignment_id)
    .join(submission_files, submission_files.c.submission_id == submissions.c.id)
    .where(submissions.c.assignment_id.in_(bindparam("parts", expanding=True)))
)
_SAID = (
    select(audit_entries.c.subject, audit_entries.c.act, audit_entries.c.at, audit_entries.c.id.label("entry_id"),
           audit_entries.c.detail, audit_entries.c.undone_by, people.c.title)
    .select_from(_WRITTEN)
    .where(
        audit_entries.c.agency_id == bindparam("agency"),
        audit_entries.c.subject.in_(bindparam("subjects", expanding=True)),
        text(f"audit_entries.{SAID_OF_ONE}"),
    )
)  # fmt: skip
_STEPS = {
    "remind": Step.URGED,
    "change": Step.REWORDED,
    "ladder": Step.LADDER,
    "propose": Step.PROPOSED,
    "answer": Step.VIEWED,
    "request": Step.REQUESTED,
    "request-again": Step.REQUESTED_AGAIN,
    "request-date": Step.REQUEST_DATED,
    "answer-given": Step.CONTRIBUTED,
    "answer-nothing": Step.CONTRIBUTED_NOTHING,
    "answer-more_time": Step.CONTRIBUTES_LATER,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a part: by whom (`None`: nobody's act), and how the part stood after it."""

    at: datetime
    part_id: int
    step: Step
    entry_id: int | None
    by: str | None
    of_the_unit: bool
    undone: bool
    before: Progress | None = None
    after: Progress | None = None
    until: date | None = None
    words: str | None = None
    inside: bool = False
    agrees: bool = False
    times: int = 0
    files: int = 0
    detail: dict[str, Any] = field(default_factory=dict)


class History:
    """Tells what happened, oldest first; what was taken back stays in it, marked."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_parts(self, agency_id: int, subjects: dict[int, str]) -> list[Event]:
        """Return everything about these parts; each is given with the subject under which urging it is written down."""
        if not subjects:
            return []
        parts = {"parts": list(subjects)}
        files = list(await self._connection.execute(_FILES, parts))
        requests = list(await self._connection.execute(_ASKED, parts))
        granted = [
            (row.assignment_id, row.entry_id)
            for row in requests
            if row.entry_id == row.decided_entry
            and row.outcome == Outcome.GRANTED.value
            and row.what == Moved.DUE.value
            and row.undone_by is None
        ]
        found = [
            *self._moved(await self._connection.execute(_VERSIONS, parts), granted, files),
            *self._asked(requests),
            *(
                _event(row, Step.HANDED_IN, files=_files(files, row))
                for row in await self._connection.execute(_HANDED_IN, parts)
            ),
        ]
        found += await self._said(agency_id, subjects)
        return sorted(found, key=lambda event: (event.at, event.entry_id or 0, event.part_id))

    async def _said(self, agency_id: int, subjects: dict[int, str]) -> list[Event]:
        """Return what was said and asked about these parts, found by the name of the directive and of the unit.

        What is about the directive and no unit of its in particular is told once.
        """
        part_of = {subject: part for part, subject in subjects.items()}
        first = {subject.rpartition(" ")[0]: part for part, subject in reversed(subjects.items())}
        values = {"agency": agency_id, "subjects": [*part_of, *first]}
        found = []
        for row in await self._connection.execute(_SAID, values):
            subject = f"{row.subject} {row.detail['unit']}" if "unit" in row.detail else row.subject
            part = part_of.get(subject) if "unit" in row.detail else part_of.get(subject, first.get(subject))
            if part is None or (row.act == "change" and "was" not in row.detail):
                continue  # another unit's, or a change of the date, which the part's versions tell
            found.append(
                Event(
                    row.at, part, _STEPS[row.act], row.entry_id, row.title, of_the_unit=row.act.startswith("answer-"),
                    undone=row.undone_by is not None, until=_day(row.detail.get("by")), words=row.detail.get("words"),
                    times=row.detail.get("times", 0), detail=row.detail,
                )
            )  # fmt: skip
        return found

    def _moved(self, rows: Any, granted: list[tuple[int, int]], files: list[Any]) -> list[Event]:
        events, before, part = list[Event](), None, None
        for row in rows:
            before = before if row.assignment_id == part else None
            part, after = row.assignment_id, progress_of(row)
            if row.act != "undo":
                key = (row.assignment_id, row.entry_id)
                step = step_between(before, after, row.act)
                if key in granted and step is not Step.EXTENDED:
                    granted.remove(key)  # it gave the first date and moved none
                times = [one[0] for one in granted[: granted.index(key) + 1]].count(part) if key in granted else 0
                events.append(_event(row, step, before=before, after=after, times=times, files=_files(files, row)))
            before = after
        return events

    def _asked(self, rows: list[Any]) -> list[Event]:
        events = []
        for row in rows:
            asked = {"until": row.until, "words": row.reason, "inside": row.what == Moved.PRESENT_BY.value}
            if row.entry_id == row.asked_entry and row.asked_entry != row.decided_entry:
                events.append(_event(row, Step.ASKED, **asked))
            elif row.entry_id == row.opinion_entry:
                events.append(_event(row, Step.OPINION, agrees=bool(row.supported), **asked))
            elif row.entry_id == row.decided_entry and row.outcome == Outcome.REFUSED.value:
                events.append(_event(row, Step.REFUSED, **asked))
        return events


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _files(files: list[Any], row: Any) -> int:
    return sum(one.entry_id == row.entry_id and one.assignment_id == row.assignment_id for one in files)


def _event(row: Any, step: Step, **more: Any) -> Event:
    return Event(
        row.at, row.assignment_id, step, row.entry_id, row.title, bool(row.of_the_unit), row.undone_by is not None,
        detail=row.detail or {}, **more,
    )  # fmt: skip

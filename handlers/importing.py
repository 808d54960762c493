"""A notice comes in: read, kept as a draft, and for the command line followed at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.drafting import draft_of
from core.drafts import DraftNotice, DraftTask, accept_dates
from core.errors import AlreadyFollowed, NoDirectives, NoDraft, UnreadableNotice
from core.reading.model import KnownAgency, KnownUnit, ReadNotice
from core.reading.reader import read_notice
from handlers.catalogue import Catalogue
from handlers.following import follow_up
from storage.drafts import Draft
from storage.work import Work

LONGEST_CODE, _LONGEST_NUMBER = 32, 64
_YEARS = range(2000, 2100)
"""The years a date of a notice can be of; any other was misread, and the calendar ends somewhere."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was begun, and the open one of the same number whose place it took."""

    draft: Draft
    replaced: Draft | None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; `open_questions` are the codes of directives that nobody was given."""

    notice: str
    tasks: int
    parts: int
    open_questions: tuple[str, ...]
    removed: tuple[str, ...] = ()


async def known_agency(work: Work, agency_id: int) -> KnownAgency:
    """Return the names by which a notice's reader knows the agency and its units."""
    units = await work.people.units(agency_id)
    own = next(unit for unit in units if unit.id == agency_id)
    others = tuple(KnownUnit(unit.code, unit.name, unit.aliases) for unit in units if unit.id != agency_id)
    return KnownAgency(own.code, own.name, own.aliases, others)


def agency_of(data: Mapping[str, Any]) -> KnownAgency:
    """Return the agency a job carries along, as `asdict` wrote it."""
    units = tuple(KnownUnit(unit["code"], unit["name"], tuple(unit["aliases"])) for unit in data["units"])
    return KnownAgency(data["code"], data["name"], tuple(data["aliases"]), units)


async def read_draft(
    work: Work, agency_id: int, lines: Sequence[str], *, by: int | None, name: str, file_ref: str | None = None
) -> Kept:
    """Read a notice's lines and keep it as a draft.

    Raises `NoDirectives` where nothing in it is a directive, `AlreadyFollowed` where it is under follow-up.
    """
    agency = await known_agency(work, agency_id)
    notice = read_notice(lines, agency)
    if not notice.tasks:
        raise NoDirectives(name)
    return await keep_draft(work, agency_id, notice, {unit.code for unit in agency.units}, by=by, file_ref=file_ref)


async def keep_draft(
    work: Work,
    agency_id: int,
    notice: ReadNotice,
    known: Collection[str],
    *,
    by: int | None,
    file_ref: str | None = None,
) -> Kept:
    """Begin a draft in the place of an open one of the same number; raises `AlreadyFollowed`."""
    draft = _fitting(replace(draft_of(notice, known), file_ref=file_ref))
    year = (draft.issued_on or work.now).year
    if draft.number and await work.notices.find(agency_id, draft.number, year):
        raise AlreadyFollowed(draft.number)
    replaced = next(
        (
            old
            for old in await work.drafts.open(agency_id)
            if old.notice.number.casefold() == draft.number.casefold()
            and (old.notice.issued_on or work.now).year == year
        ),
        None,
    )
    if replaced is not None:
        await work.drafts.save(replaced, replaced.notice, "dropped")
    draft_id = await work.drafts.add(agency_id, draft, by)
    kept = await work.drafts.get(draft_id)
    if kept is None:
        raise NoDraft
    return Kept(kept, replaced)


def _fitting(draft: DraftNotice) -> DraftNotice:
    """Return the draft without a number or dates no notice has, and with codes that can be kept."""
    if len(draft.number) > _LONGEST_NUMBER:
        draft = replace(draft, number="", warnings=(*draft.warnings, "no_number"))
    if draft.issued_on is not None and draft.issued_on.year not in _YEARS:
        draft = replace(draft, issued_on=None, warnings=(*draft.warnings, "no_date"))
    return replace(draft, tasks=tuple(_fitting_task(task) for task in draft.tasks))


def _fitting_task(task: DraftTask) -> DraftTask:
    task = replace(task, code=task.code[:LONGEST_CODE])
    if any(day is not None and day.year not in _YEARS for day in (task.due, task.suggested)):
        return replace(task, due=None, due_time=None, suggested=None, warnings=(*task.warnings, "bad_date"))
    return task


async def import_notice(
    work: Work,
    agency_id: int,
    notice: ReadNotice,
    *,
    by: int | None,
    approve: bool,
    accept_basis: str | None = None,
    catalogue: Catalogue | None = None,
) -> ImportResult:
    """Keep a read notice as a draft or, where `approve`, follow it as the office chief would and tell the heads.

    Suggested dates stay no deadlines unless `accept_basis` says who accepted them; a directive without a unit is
    followed as an open question. `by` is the person who imports (the operator where `None`). Raises `NoDirectives`,
    `AlreadyFollowed`, and `UnreadableNotice` of kind `no_number` for a notice without number or date to be followed.
    """
    if not notice.tasks:
        raise NoDirectives(notice.number or "")
    units = await work.people.units(agency_id)
    known = {unit.code for unit in units if unit.id != agency_id}
    kept = await keep_draft(work, agency_id, notice, known, by=by)
    settled = kept.draft.notice
    if accept_basis is not None:
        settled = accept_dates(settled, accept_basis)
    questions = tuple(task.code for task in settled.without_unit())
    if not approve:
        if accept_basis is not None:
            await work.drafts.save(kept.draft, settled, "preparing")
        return ImportResult(settled.number, len(settled.tasks), 0, questions)
    if not settled.reference:
        raise UnreadableNotice("no_number", settled.title)
    entry = await work.audit.add(agency_id, by, "cli", "follow", settled.number, detail={"basis": accept_basis})
    await work.drafts.save(kept.draft, settled, "followed")
    followed = await follow_up(work, catalogue or Catalogue(), agency_id, settled, by=by, entry_id=entry)
    await work.outbox.say([replace(row, entry_id=entry) for row in followed.rows])
    return ImportResult(settled.number, len(settled.tasks), followed.parts, questions)

"""A document comes in: read, kept as a draft, and for the command line put into force at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.comparing import difference, put_back
from core.documents import Document
from core.drafting import draft_of
from core.drafts import DraftNotice, DraftTask, accept_dates
from core.errors import NoDirectives, NoDraft, NoticeReplaced, StillThere, UnreadableNotice
from core.matching import matched
from core.reading.model import KnownAgency, KnownUnit
from handlers.amending import audited, corrected_draft, followed_number, put_into_force, repeated_draft, replacing_draft
from handlers.catalogue import Catalogue
from handlers.following import follow_up
from handlers.notice_pictures import Lines, with_pictures
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
    """What an import did; `open_questions` are the codes of directives that nobody was given, `removed` of those let go."""

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


async def draft_for(work: Work, agency_id: int, document: Document, agency: KnownAgency) -> DraftNotice:
    """Return a document as a draft: of a new notice, or of what it changes in one under follow-up.

    Raises `AlreadyFollowed` and `NothingCorrected` where it says what is followed already, `NoticeReplaced` for a
    notice in whose place another one stands, `UnknownNotice` for a correction of one nobody follows.
    """
    known = {unit.code for unit in agency.units}
    draft = _fitting(draft_of(document.notice, known, agency.code))
    if document.relation is not None and document.relation.kind == "correction":
        return await corrected_draft(work, agency_id, draft, document.relation, agency)
    year = (draft.issued_on or work.now).year
    if draft.number and (found := await work.notices.find(agency_id, draft.number, year)):
        return await repeated_draft(work, draft, found[0])
    if draft.number and (now := await work.notices.in_place_of(agency_id, draft.number, year)) is not None:
        raise NoticeReplaced(draft.number, now.number)
    if document.relation is not None:
        return await replacing_draft(work, agency_id, draft, document.relation)
    return draft


async def keep_draft(
    work: Work,
    agency_id: int,
    document: Document,
    agency: KnownAgency,
    *,
    by: int | None,
    file_ref: str | None = None,
    lines: Lines | None = None,
) -> Kept:
    """Begin a draft in the place of an open one of the same number; raises what `draft_for` does.

    `lines` are those of a scan that somebody had better see.
    """
    draft = replace(await draft_for(work, agency_id, document, agency), file_ref=file_ref)
    draft = with_pictures(draft, lines or {}, file_ref)
    year = (draft.issued_on or work.now).year
    replaced = next(
        (
            old
            for old in await work.drafts.open(agency_id)
            if (old.notice.issued_on or work.now).year == year and _is_same(old.notice, draft)
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


def _is_same(old: DraftNotice, new: DraftNotice) -> bool:
    """Tell whether two drafts of one year are of one paper: by its number, else by most of its directives."""
    if old.number or new.number:
        return old.number.casefold() == new.number.casefold()
    return 2 * len(matched(old.tasks, new.tasks)) > max(len(old.tasks), len(new.tasks))


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
    document: Document,
    *,
    by: int | None,
    approve: bool,
    accept_basis: str | None = None,
    dropping: Mapping[str, bool] | None = None,
    catalogue: Catalogue | None = None,
) -> ImportResult:
    """Keep a read document as a draft or, where `approve`, put it into force as the office chief would, and tell the heads.

    Suggested dates stay no deadlines unless `accept_basis` says who accepted them; a directive without a unit is
    followed as an open question. `dropping` says of each directive the text no longer has whether it is let go. `by` is
    the person who imports (the operator where `None`). Raises `NoDirectives`, `StillThere`, what `draft_for` does, and
    `UnreadableNotice` of kind `no_number` for a document without number or date to be approved.
    """
    if document.is_empty:
        raise NoDirectives(document.notice.number or "")
    kept = await keep_draft(work, agency_id, document, await known_agency(work, agency_id), by=by)
    settled = kept.draft.notice
    if accept_basis is not None:
        settled = accept_dates(settled, accept_basis)
    questions = tuple(task.code for task in settled.tasks if task.needs_unit)
    if not approve:
        if accept_basis is not None:
            await work.drafts.save(kept.draft, settled, "preparing")
        return ImportResult(settled.number, len(settled.tasks), 0, questions)
    if not settled.reference:
        raise UnreadableNotice("no_number", settled.title)
    missing = difference(settled).missing
    if undecided := tuple(task.code for task in missing if task.code not in (dropping or {})):
        raise StillThere(settled.number, undecided)
    for task in missing:
        if dropping is not None and not dropping[task.code]:
            settled = put_back(settled, task)
    removed = tuple(task.code for task in difference(settled).missing)
    act = "amend" if settled.amends is not None else "follow"
    entry = await work.audit.add(
        agency_id, by, "cli", act, settled.number, detail={"basis": accept_basis, **audited(settled)}
    )
    await work.drafts.save(kept.draft, settled, "followed")
    words = catalogue or Catalogue()
    if settled.amends is None:
        followed = await follow_up(work, words, agency_id, settled, by=by, entry_id=entry)
    else:
        followed = await put_into_force(work, words, agency_id, settled, by=by, entry_id=entry)
    await work.outbox.say([replace(row, entry_id=entry) for row in followed.rows])
    return ImportResult(followed_number(settled), len(settled.tasks), followed.parts, questions, removed)

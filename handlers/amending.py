"""A notice under follow-up is corrected, sent again or replaced: what changes is drafted, approved and told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from core.amending import carried, carried_over
from core.comparing import Difference, difference
from core.corrections import Corrected, Relation, corrected
from core.deadlines import today
from core.drafting import draft_task
from core.drafts import Amends, DraftNotice, DraftTask
from core.errors import AlreadyFollowed, NothingCorrected, UnknownNotice
from core.giving import is_given
from core.reading.model import KnownAgency
from core.reading.reader import read_directive
from core.tasks import Part, State
from handlers.amend_pages import told_unit
from handlers.catalogue import Catalogue
from handlers.following import Followed, Told, heads_of, tell_heads
from storage.notices import Notice
from storage.outbox import Outgoing
from storage.work import Work

_UNTOUCHED = frozenset({State.ASSIGNED, State.ACKNOWLEDGED, State.DROPPED})


async def repeated_draft(work: Work, draft: DraftNotice, notice: Notice) -> DraftNotice:
    """Return what a notice sent again changes in itself under follow-up; raises `AlreadyFollowed` where that is nothing."""
    amends = await _amends(work, notice, "again")
    made = replace(draft, tasks=carried_over(await _read(work, amends), amends.before, draft.tasks), amends=amends)
    if difference(made).is_empty:
        raise AlreadyFollowed(draft.number)
    return made


async def replacing_draft(work: Work, agency_id: int, draft: DraftNotice, relation: Relation) -> DraftNotice:
    """Return a notice in the place of the one it says it replaces; as it is, where nobody follows that one."""
    notice = await _meant(work, agency_id, relation)
    if notice is None:
        return draft
    amends = await _amends(work, notice, "replacement")
    return replace(draft, tasks=carried_over(await _read(work, amends), amends.before, draft.tasks), amends=amends)


async def corrected_draft(
    work: Work, agency_id: int, draft: DraftNotice, relation: Relation, agency: KnownAgency
) -> DraftNotice:
    """Return what a correction changes in the notice it corrects.

    Raises `UnknownNotice` where nobody follows that one, `NothingCorrected` where it says so already.
    """
    notice = await _meant(work, agency_id, relation)
    if notice is None:
        known = [one.number for one in await work.notices.latest(agency_id, 5)]
        raise UnknownNotice(relation.number, tuple(known))
    amends = await _amends(work, notice, "correction")
    right = corrected(amends.before, relation.words)
    read = corrected(await _read(work, amends), relation.words)
    amends = replace(amends, words=right.words, unplaced=right.unplaced)
    made = replace(
        draft,
        tasks=_read_again(amends.before, right, agency, notice),
        read=_read_again(await _read(work, amends), read, agency, notice),
        recipients_unknown=(),
        warnings=tuple(name for name in draft.warnings if name != "no_tasks"),
        amends=amends,
    )
    settled = bool(relation.words) and not right.unplaced
    if difference(made).is_empty and (settled or await work.drafts.was_followed(agency_id, draft.number)):
        raise NothingCorrected(draft.number, notice.short)
    return made


async def _meant(work: Work, agency_id: int, relation: Relation) -> Notice | None:
    year = relation.issued_on.year if relation.issued_on is not None else None
    found = await work.notices.find(agency_id, relation.number, year)
    return found[0] if found else await work.notices.in_place_of(agency_id, relation.number, year)


async def _amends(work: Work, notice: Notice, kind: Any) -> Amends:
    return Amends(kind, notice.id, notice.number, notice.year, await work.amendments.standing(notice.id))


async def _read(work: Work, amends: Amends) -> tuple[DraftTask, ...]:
    """Return the notice as it was last read; where that was not kept, as it stands without what was settled by hand."""
    kept = await work.amendments.as_read(amends.notice_id)
    return kept or tuple(
        replace(task, due=None, due_time=None, due_basis=None) if task.due_basis else task
        for task in amends.before
        # what a leader added under the notice's number never stood in its text
        if not is_given(task.code)
    )


def _read_again(
    before: tuple[DraftTask, ...], right: Corrected, agency: KnownAgency, notice: Notice
) -> tuple[DraftTask, ...]:
    """Return corrected directives with the units, dates and products that their new words give otherwise."""
    known = {unit.code for unit in agency.units}
    made = []
    for old, new in zip(before, right.tasks, strict=True):
        if old.text == new.text:
            made.append(old)
            continue
        was, now = (
            draft_task(read_directive(task.code, task.text, agency, notice.issued_on), known) for task in (old, new)
        )
        # only the corrected words may say otherwise: what a heading handed down is in neither
        made.append(replace(carried(was, now, old), text=new.text))
    return tuple(made)


def worked_on(parts: list[Part], task_id: int | None) -> list[Part]:
    """Return the parts of a directive to which somebody did something."""
    return [
        part
        for part in parts
        if part.task_id == task_id and (part.progress.state not in _UNTOUCHED or part.progress.note)
    ]


def audited(notice: DraftNotice) -> dict[str, Any]:
    """Return what the audit keeps of an amendment: whose, and which directives it changed."""
    if notice.amends is None:
        return {}
    changes = difference(notice)
    return {
        "kind": notice.amends.kind,
        "notice": notice.amends.number,
        "changed": [one.before.code for one in changes.changed],
        "added": [task.code for task in changes.added],
        "removed": [task.code for task in changes.missing],
    }


def followed_number(notice: DraftNotice) -> str:
    """Return the number under which a document's directives are followed: a correction has none of its own."""
    corrects = notice.amends is not None and notice.amends.kind == "correction"
    return notice.amends.number if corrects and notice.amends is not None else notice.number


async def put_into_force(
    work: Work, catalogue: Catalogue, agency_id: int, notice: DraftNotice, *, by: int | None, entry_id: int
) -> Followed:
    """Write an approved amendment down, and make each head's message about what changed for them alone."""
    amends = notice.amends
    if amends is None:
        raise ValueError("a draft that amends nothing")
    changes = difference(notice)
    units = [unit for unit in await work.people.units(agency_id) if unit.id != agency_id]
    ids = {unit.code: unit.id for unit in units}
    notice_id = amends.notice_id
    if amends.kind == "replacement":
        notice_id = await work.amendments.replace(notice, ids, agency_id=agency_id, by=by, entry_id=entry_id)
    else:
        await work.amendments.amend(notice, changes, ids, agency_id=agency_id, entry_id=entry_id)
    everyone = set(_everyone(changes, list(ids)))
    rows: list[Outgoing] = []
    told: list[Told] = []
    heads = await heads_of(work, agency_id)
    for unit in units:
        if unit.code not in everyone:
            continue
        build = partial(told_unit, notice=notice, changes=changes, unit=unit.code, day=today(work.now))
        mine, one = tell_heads(catalogue, unit, heads[unit.id], build, entry_id)
        rows += mine
        told.append(one)
    parts = await work.parts.of_notice(notice_id)
    standing = sum(1 for part in parts if part.progress.state is not State.DROPPED)
    return Followed(notice_id, standing, tuple(rows), tuple(told))


def _everyone(changes: Difference, units: list[str]) -> list[str]:
    named = list(changes.units())
    tasks = [task for one in changes.changed for task in (one.before, one.after)]
    if any(task.all_units and not task.units for task in (*tasks, *changes.added, *changes.missing)):
        return units
    return named

"""Settling a draft: who gets a directive, by when, or that it is not followed."""

from __future__ import annotations

import re
from dataclasses import replace

from core.drafts import DraftTask, accept_dates
from core.errors import AlreadyFollowed, NotAllowed
from core.messages import Message
from core.people import GIVES, OFFICE
from core.settling import Edit, apply_edit, names_edit, read_edits
from core.text import clean, fold
from handlers.changing import change, followed
from handlers.context import Context
from handlers.importing import known_agency
from handlers.notice_asking import edit_question, how_to, recorded, what_next, which_unit
from handlers.notice_drafts import (
    code_said,
    find_draft,
    in_preparation,
    index_of,
    is_chief,
    is_prose,
    office_basis,
)
from handlers.notice_keeping import asked_about, kept, locked_answer
from handlers.notice_shape import ask_items, split_said
from handlers.overseeing import decides
from handlers.resolve import no_part
from handlers.routing import Answer, answers, command
from storage.drafts import Draft

_ENDED = {"xong", "het", "du", "done"}
_NUMBER = re.compile(r"(?<![^\W\d])(?:số|so|number)\s+(\d{1,5}\s*/\s*[^\s,;]{2,40})", re.IGNORECASE)


@command("edit", who=OFFICE | GIVES, menu=False)
async def edit(context: Context) -> Answer:
    """Change one directive of a notice being prepared; of one under follow-up its words or its date, by who leads."""
    ref = context.said.refs[0] if context.said.refs else None
    prepared = ref is not None and await in_preparation(context, ref)
    office = context.actor.is_any(OFFICE)
    may_change = context.actor.is_any(GIVES) and not (office and prepared)
    if ref is not None and may_change and (parts := await followed(context, ref)):
        if not await decides(context, parts[0].task_id):
            raise NotAllowed("edit")
        return await change(context, parts)
    if not office:
        raise NotAllowed("edit") if ref is None or prepared else await no_part(context, ref)
    number = _NUMBER.search(context.said.said) if not context.said.refs else None
    if number is not None:
        context.said = replace(context.said, notice=None, rest="")
    draft = await find_draft(context)
    if (locked := locked_answer(context, draft)) is not None:
        return locked
    if number is not None:
        return await _renumber(context, draft, re.sub(r"\s", "", number[1]))
    ref, said = code_said(context.said, draft)
    if ref is None:
        return await _whole(context, draft, said)
    task = draft.notice.tasks[index_of(draft, ref.code)]
    if not said:
        await context.ask("edit-item", draft=draft.id, code=task.code)
        return edit_question(context, draft.notice, task)
    edits = read_edits(said, await known_agency(context.work, context.actor.agency_id), today=context.today)
    return await _apply(context, draft, task, edits)


async def _whole(context: Context, draft: Draft, said: str) -> Answer:
    """Change what is not one directive's: the notice's date, or all suggested dates on the office chief's basis."""
    notice = draft.notice
    if fold(said).startswith("ngay") and context.said.date is not None:
        return await _replace(context, draft, replace(draft, notice=replace(notice, issued_on=context.said.date)))
    if "theo" not in fold(said).split() or not is_chief(context):
        return how_to(context, notice)
    edits = read_edits(said, await known_agency(context.work, context.actor.agency_id), today=context.today)
    if len(edits) != 1 or edits[0].basis is None or edits[0].day is not None or not notice.proposed():
        return how_to(context, notice)
    basis = office_basis(edits[0].basis, context.today)
    codes = ", ".join(task.code for task in notice.proposed())
    accepted = accept_dates(notice, basis)
    entry = await context.record("edit", notice.number, undoable=True, detail={"basis": basis})
    await context.work.drafts.save(draft, accepted, "answered", entry_id=entry)
    follow = context.button("notice-button-follow", f"/approve {notice.reference}".strip())
    return context.say("notice-dates-accepted", follow, codes=codes, basis=basis)


async def _renumber(context: Context, draft: Draft, number: str) -> Message:
    return await _replace(context, draft, replace(draft, notice=replace(draft.notice, number=number)))


async def _replace(context: Context, draft: Draft, changed: Draft) -> Message:
    """Keep the draft under its new number or date: it is another one, and only one of each may be open."""
    agency, notice = context.actor.agency_id, changed.notice
    year = (notice.issued_on or context.today).year
    if await context.work.notices.find(agency, notice.number, year):
        raise AlreadyFollowed(notice.number)
    found = {"no_number": notice.number, "no_date": notice.issued_on}
    notice = replace(notice, warnings=tuple(name for name in notice.warnings if not found.get(name)))
    await context.work.drafts.save(draft, draft.notice, "dropped")
    for other in await context.work.drafts.open(agency):
        same = other.notice.number.casefold() == notice.number.casefold()
        if same and (other.notice.issued_on or context.today).year == year:
            await context.work.drafts.save(other, other.notice, "dropped")
    await context.work.drafts.add(agency, notice, draft.prepared_by)
    await context.record("edit", notice.number)
    lines = [context.t("notice-set-number", number=notice.number or "?", dated="yes" if notice.issued_on else "no")]
    return what_next(context, notice, "preparing", lines)


async def _apply(context: Context, draft: Draft, task: DraftTask, edits: tuple[Edit, ...]) -> Answer:
    changed = task
    for one in edits:
        if one.what in {"lead", "coordinate"} and not one.units:
            return await which_unit(context, draft.notice, task, one.what)
        if one.what == "untracked" and not one.words:
            return await _without_reason(context, draft, task)
        if one.what == "split":
            return await (
                split_said(context, draft, task, [one.words]) if one.words else ask_items(context, draft, task)
            )
        changed = apply_edit(changed, _with_right(context, one))
    return await _save(context, draft, changed, edits)


def _with_right(context: Context, one: Edit) -> Edit:
    """Only the office chief makes a date count, and only on a basis."""
    if one.basis is None:
        return one
    return replace(one, basis=office_basis(one.basis, context.today) if is_chief(context) else None)


async def _save(context: Context, draft: Draft, changed: DraftTask, edits: tuple[Edit, ...]) -> Message:
    lines = [line for one in edits for line in await recorded(context, changed, one)]
    return await kept(context, draft, draft.notice.with_task(changed), changed.code, lines)


async def _without_reason(context: Context, draft: Draft, task: DraftTask) -> Answer:
    if task.refers_to:
        change = Edit("untracked", words=context.t("notice-reason-elsewhere", documents=", ".join(task.refers_to)))
        return await _save(context, draft, apply_edit(task, change), (change,))
    await context.ask("untrack", draft=draft.id, code=task.code)
    return context.say("notice-ask-reason", code=task.code)


@answers("untrack")
async def reason_given(context: Context) -> Answer:
    """Take the words as the reason why a directive is not followed."""
    if not is_prose(context):
        return None
    draft, task = await asked_about(context)
    change = Edit("untracked", words=clean(context.incoming.text)[:300])
    return await _save(context, draft, apply_edit(task, change), (change,))


@answers("edit-item")
async def item_edited(context: Context) -> Answer:
    """Take "hạn 15/6" or "đơn vị QLTM", said right after "sửa 3.4", as what is to be changed there."""
    typed = context.incoming.text.strip()
    if context.incoming.kind != "text" or typed.startswith("/") or "\n" in typed or context.said.refs:
        return None
    if context.said.intent not in {"text", "drop", "unknown"} or not names_edit(typed):
        return None
    draft, task = await asked_about(context)
    edits = read_edits(typed, await known_agency(context.work, context.actor.agency_id), today=context.today)
    return await _apply(context, draft, task, edits)

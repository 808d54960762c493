"""Settling a draft: who gets a directive, by when, or that it is not followed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from core.drafts import DraftTask, accept_dates
from core.errors import AlreadyFollowed, NoDraft
from core.messages import Message
from core.people import OFFICE
from core.settling import Edit, apply_edit, read_edits, split_item
from core.text import clean, fold
from handlers.context import Context
from handlers.importing import LONGEST_CODE, known_agency
from handlers.notice_asking import edit_question, how_to, recorded, unit_names, what_next, which_unit
from handlers.notice_drafts import code_said, find_draft, index_of, is_chief, is_prose, locked, office_basis
from handlers.routing import Answer, answers, command
from storage.drafts import Draft

_ENDED = {"xong", "het", "du", "done"}
_NUMBER = re.compile(r"(?<![^\W\d])(?:số|so|number)\s+(\d{1,5}\s*/\s*[^\s,;]{2,40})", re.IGNORECASE)


@command("edit", who=OFFICE, menu=False, private=True)
async def edit(context: Context) -> Answer:
    """Change one directive of a notice being prepared: units, date, kind; without words, show what can be said."""
    number = _NUMBER.search(context.said.said) if not context.said.refs else None
    if number is not None:
        context.said = replace(context.said, notice=None, rest="")
    draft = await find_draft(context)
    if (locked := _locked(context, draft)) is not None:
        return locked
    if number is not None:
        return await _renumber(context, draft, re.sub(r"\s", "", number[1]))
    ref, said = code_said(context.said, draft)
    if ref is None:
        return await _whole(context, draft, said)
    task = draft.notice.tasks[index_of(draft, ref.code)]
    if not said:
        return edit_question(context, draft.notice, task)
    edits = read_edits(said, await known_agency(context.work, context.actor.agency_id), today=context.today)
    return await _apply(context, draft, task, edits)


def _locked(context: Context, draft: Draft) -> Message | None:
    if not locked(context, draft):
        return None
    return context.say("notice-edit-locked", number=draft.notice.short)


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
    await context.record("edit", notice.number, detail={"basis": basis})
    await context.work.drafts.save(draft, accepted, "answered")
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
            return await (_split(context, draft, task, [one.words]) if one.words else _ask_items(context, draft, task))
        changed = apply_edit(changed, _with_right(context, one))
    return await _save(context, draft, changed, edits)


def _with_right(context: Context, one: Edit) -> Edit:
    """Only the office chief makes a date count, and only on a basis."""
    if one.basis is None:
        return one
    return replace(one, basis=office_basis(one.basis, context.today) if is_chief(context) else None)


async def _save(context: Context, draft: Draft, changed: DraftTask, edits: tuple[Edit, ...]) -> Message:
    notice = draft.notice.with_task(changed)
    await context.record("edit", f"{notice.number} {changed.code}")
    await context.work.drafts.save(draft, notice, draft.status)
    if context.question is not None and context.question.kind in {"untrack", "split"}:
        await context.settle()
    lines = [line for one in edits for line in await recorded(context, changed, one)]
    return what_next(context, notice, draft.status, lines)


async def _without_reason(context: Context, draft: Draft, task: DraftTask) -> Answer:
    if task.refers_to:
        change = Edit("untracked", words=context.t("notice-reason-elsewhere", documents=", ".join(task.refers_to)))
        return await _save(context, draft, apply_edit(task, change), (change,))
    await context.ask("untrack", draft=draft.id, code=task.code)
    return context.say("notice-ask-reason", code=task.code)


async def _ask_items(context: Context, draft: Draft, task: DraftTask) -> Message:
    await context.ask("split", draft=draft.id, code=task.code)
    children = sum(1 for other in draft.notice.tasks if other.code.startswith(f"{task.code}."))
    return context.say("notice-ask-items", code=task.code, next=f"{task.code}.{children + 1}")


async def _asked_about(context: Context) -> tuple[Draft, DraftTask]:
    """Return the draft and directive the open question is about, while the sender may still change them."""
    data: dict[str, Any] = context.question.data if context.question is not None else {"draft": 0, "code": ""}
    draft = await context.work.drafts.get(data["draft"])
    task = draft.notice.task(data["code"]) if draft is not None else None
    if draft is None or task is None or draft.status in {"followed", "dropped"} or _locked(context, draft) is not None:
        await context.settle()
        raise NoDraft
    return draft, task


@answers("untrack")
async def reason_given(context: Context) -> Answer:
    """Take the words as the reason why a directive is not followed."""
    if not is_prose(context):
        return None
    draft, task = await _asked_about(context)
    change = Edit("untracked", words=clean(context.incoming.text)[:300])
    return await _save(context, draft, apply_edit(task, change), (change,))


@answers("split")
async def items_given(context: Context) -> Answer:
    """Take each line "3.2.3 QLNL: …" as a directive split off; "xong" ends it."""
    text = context.incoming.text.strip()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    ending = fold(text) in _ENDED
    if context.said.intent == "edit" or text.startswith("/") or (not ending and not all(":" in line for line in lines)):
        return None
    draft, task = await _asked_about(context)
    if ending:
        change = Edit("untracked", words=context.t("notice-reason-split"))
        return await _save(context, draft, apply_edit(task, change), (change,))
    return await _split(context, draft, task, lines)


async def _split(context: Context, draft: Draft, task: DraftTask, lines: list[str]) -> Answer:
    agency = await known_agency(context.work, context.actor.agency_id)
    notice = draft.notice
    said: list[str] = []
    for line in lines:
        made = split_item(notice, task, re.sub(r"^(?:tách|tach|thêm|them)\s+", "", line, flags=re.IGNORECASE), agency)
        if made is None or len(made[1].code) > LONGEST_CODE:
            return await _ask_items(context, draft, task)
        notice, new = made
        units = await unit_names(context, new.lead)
        said.append(context.t("notice-set-split", code=new.code, title=new.title, units=units))
    await context.record("edit", f"{notice.number} {task.code}")
    await context.work.drafts.save(draft, notice, draft.status)
    await context.ask("split", draft=draft.id, code=task.code)
    return Message((*said, context.t("notice-split-more", code=task.code)))

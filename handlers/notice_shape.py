"""Directives of a draft put together, and taken apart: line by line, or by a table that is pasted or sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.deadlines import today
from core.drafts import DraftNotice, DraftTask
from core.errors import NoDraft, UnknownUnit
from core.messages import Message
from core.people import OFFICE
from core.reading.model import KnownAgency, ReadTask
from core.settling import Edit, apply_edit, split_item
from core.shaping import list_of, merged, next_child, split_by_table, table_of
from core.text import fold
from handlers.context import Context
from handlers.importing import LONGEST_CODE, known_agency
from handlers.notice_asking import how_to, unit_names
from handlers.notice_drafts import code_said, find_draft, index_of
from handlers.notice_keeping import asked_about, kept, locked_answer
from handlers.notice_words import Words, item_line
from handlers.routing import Answer, answers, command
from storage.drafts import Draft
from storage.work import Work

_ENDED = {"xong", "het", "du", "done"}


async def ask_items(context: Context, draft: Draft, task: DraftTask) -> Message:
    """Ask for what a directive stands for."""
    await context.ask("split", draft=draft.id, code=task.code)
    return context.say("notice-ask-items", next=next_child(draft.notice, task))


@answers("split")
async def items_given(context: Context) -> Answer:
    """Take each line "3.2.3 QLNL: …" as a directive split off; "xong" ends it."""
    text = context.incoming.text.strip()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    ending = fold(text) in _ENDED
    if context.said.intent == "edit" or text.startswith("/"):
        return None
    if not ending and len(lines) < 2 and not all(":" in line for line in lines):
        return None
    draft, task = await asked_about(context)
    if ending and next_child(draft.notice, task) == f"{task.code}.1":
        return await ask_items(context, draft, task)  # nothing was split off
    if ending:
        change = Edit("untracked", words=context.t("notice-reason-split"))
        said = [context.t("notice-set-untracked", code=task.code, reason=change.words)]
        return await kept(context, draft, draft.notice.with_task(apply_edit(task, change)), task.code, said)
    return await split_said(context, draft, task, lines)


async def split_said(context: Context, draft: Draft, task: DraftTask, lines: list[str]) -> Answer:
    """Take a table, lines "3.2.3 QLNL: …" or numbered paragraphs as what a directive stands for."""
    agency = await known_agency(context.work, context.actor.agency_id)
    rows = table_of(lines, agency, draft.notice.issued_on)
    try:
        made = None if rows else _line_by_line(draft.notice, task, lines, agency)
    except UnknownUnit:
        rows = list_of(lines, agency)
        made = None
        if not rows:
            raise
    if rows:
        notice, said = split_rows(context.t, draft.notice, task, rows, agency, context.today)
        return await kept(context, draft, notice, task.code, said)
    if made is None:
        return await ask_items(context, draft, task)
    notice, new = made
    said = [
        context.t("notice-set-split", code=one.code, title=one.shown_title, units=await unit_names(context, one.lead))
        for one in new
    ]
    entry = await context.record("edit", f"{notice.number} {task.code}", undoable=True)
    await context.work.drafts.save(draft, notice, draft.status, entry_id=entry)
    await context.ask("split", draft=draft.id, code=task.code)
    return Message((*said, context.t("notice-split-more", code=task.code)))


def _line_by_line(
    notice: DraftNotice, task: DraftTask, lines: Sequence[str], agency: KnownAgency
) -> tuple[DraftNotice, list[DraftTask]] | None:
    new: list[DraftTask] = []
    for line in lines:
        made = split_item(notice, task, re.sub(r"^(?:tách|tach|thêm|them)\s+", "", line, flags=re.IGNORECASE), agency)
        if made is None or len(made[1].code) > LONGEST_CODE:
            return None
        notice, one = made
        new.append(one)
    return notice, new


def split_rows(
    t: Words, notice: DraftNotice, task: DraftTask, rows: Sequence[ReadTask], agency: KnownAgency, day: date
) -> tuple[DraftNotice, list[str]]:
    """Return the draft with a directive for every row of a table in the place of the one it stands for, and what to say."""
    made, new = split_by_table(notice, task, rows, [unit.code for unit in agency.units])
    alone = apply_edit(task, Edit("untracked", words=t("notice-reason-split")))
    lines = [t("notice-split-table", code=task.code, count=len(new)), *(item_line(t, one, day) for one in new)]
    return made.with_task(alone), lines


async def split_by_file(work: Work, t: Words, data: dict[str, Any], rows: Sequence[ReadTask]) -> Message:
    """Take a directive apart by the table of a file that was asked for; raises `NoDraft` where it is settled already."""
    asked = data["split"]
    draft = await work.drafts.get(asked["draft"])
    task = draft.notice.task(asked["code"]) if draft is not None else None
    if draft is None or task is None or draft.status in {"followed", "dropped"}:
        raise NoDraft
    agency = await known_agency(work, data["agency_id"])
    notice, lines = split_rows(t, draft.notice, task, rows, agency, today(work.now))
    entry = await work.audit.add(
        data["agency_id"], data["person_id"], data["channel"], "edit", f"{notice.number} {task.code}", undoable=True
    )
    await work.drafts.save(draft, notice, draft.status, entry_id=entry)
    await work.questions.close(data["person_id"])
    return Message((*lines, t("notice-split-check")))


@command("split", who=OFFICE, menu=False)
async def split(context: Context) -> Answer:
    """Take a directive of a notice being prepared apart: into the one said, or those of a table that follows."""
    draft = await find_draft(context)
    if (locked_now := locked_answer(context, draft)) is not None:
        return locked_now
    ref, said = code_said(context.said, draft)
    if ref is None:
        return how_to(context, draft.notice)
    task = draft.notice.tasks[index_of(draft, ref.code)]
    return await (split_said(context, draft, task, [said]) if said else ask_items(context, draft, task))


@command("merge", who=OFFICE, menu=False)
async def merge(context: Context) -> Answer:
    """Put directives of a notice being prepared together into the first of them."""
    draft = await find_draft(context)
    if (locked_now := locked_answer(context, draft)) is not None:
        return locked_now
    indexes = [index_of(draft, ref.code) for ref in context.said.refs]
    if len(set(indexes)) < 2:
        return context.say("notice-merge-how")
    notice, made = merged(draft.notice, indexes)
    codes = ", ".join(draft.notice.tasks[index].code for index in sorted(set(indexes))[1:])
    lines = [
        context.t("notice-set-merged", code=made.code, codes=codes),
        item_line(context.t, made, context.today),
    ]
    return await kept(context, draft, notice, made.code, lines)

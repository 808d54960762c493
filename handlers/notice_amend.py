"""The office chief approves what corrects, repeats or replaces a notice; nothing with work on it goes unasked."""

from __future__ import annotations

from dataclasses import replace

from core.comparing import difference, put_back
from core.drafts import Amends, DraftNotice, DraftTask
from core.errors import NoDraft, UnknownTask
from core.messages import Button, Message
from core.people import OFFICE
from core.tasks import Part
from core.text import fold
from handlers.amend_pages import compared
from handlers.amending import audited, put_into_force, worked_on
from handlers.context import Context
from handlers.notice_drafts import CONCERNED, find_draft, is_chief, locked, must_be, place_said, words
from handlers.notice_submit import chief_question, send
from handlers.notice_told import count, done
from handlers.routing import Answer
from storage.drafts import Draft


async def compare(context: Context) -> Answer:
    """Show every directive of an amending draft beside the one under follow-up."""
    must_be(context, CONCERNED, "notice")
    draft = await find_draft(context)
    return compared(context.t, draft.notice, _amends(draft), context.today, place_said(context))


async def approve(context: Context, draft: Draft) -> Answer:
    """Put an amending draft into force, once everything with work on it that it leaves out was decided on."""
    notice, amends = draft.notice, _amends(draft)
    parts = await context.work.parts.of_notice(amends.notice_id)
    for task in difference(notice).missing:
        if task.follows not in amends.dropped and (worked := worked_on(parts, task.follows)):
            return _ask(context, notice, task, worked)
    agency, person = context.actor.agency_id, context.actor.person_id
    entry = await context.record("amend", notice.number, detail=audited(notice))
    await context.work.drafts.save(draft, notice, "followed")
    followed = await put_into_force(context.work, context.catalogue, agency, notice, by=person, entry_id=entry)
    context.rows += followed.rows
    if draft.prepared_by is not None and draft.prepared_by != person:
        await send(context, draft.prepared_by, lambda t: done(t, notice, followed, f"amend-approved-{amends.kind}"))
    await count(context, draft, followed, entry)
    return done(context.t, notice, followed, f"amend-done-{amends.kind}")


def _ask(context: Context, notice: DraftNotice, task: DraftTask, worked: list[Part]) -> Message:
    ref = notice.reference
    return context.say(
        "amend-ask-removed",
        Button(context.t("amend-button-keep", code=task.code), f"/notice keep {ref} {task.code}"),
        Button(context.t("amend-button-drop", code=task.code), f"/notice drop {ref} {task.code}"),
        code=task.code,
        title=task.shown_title,
        number=notice.short,
        standing="; ".join(f"{part.unit_code}: {context.t(f'state-{part.progress.state.value}')}" for part in worked),
    )


async def drop(context: Context) -> Answer:
    """Agree that a directive with work on it is let go."""
    draft, task = await _left_out(context)
    amends = _amends(draft)
    changed = replace(draft.notice, amends=replace(amends, dropped=(*amends.dropped, task.follows or 0)))
    return await _decided(context, draft, changed, "amend-dropped", task)


async def keep(context: Context) -> Answer:
    """Keep a directive that the new text leaves out."""
    draft, task = await _left_out(context)
    return await _decided(context, draft, put_back(draft.notice, task), "amend-kept-on", task)


async def _left_out(context: Context) -> tuple[Draft, DraftTask]:
    must_be(context, OFFICE, "notice")
    draft = await find_draft(context)
    _amends(draft)
    code = words(context.said).partition(" ")[2].strip() or (context.said.refs[0].code if context.said.refs else "")
    found = next((task for task in difference(draft.notice).missing if fold(task.code) == fold(code)), None)
    if found is None or locked(context, draft):
        raise UnknownTask(code, draft.notice.short)
    return draft, found


async def _decided(context: Context, draft: Draft, changed: DraftNotice, key: str, task: DraftTask) -> Message:
    await context.record("edit", f"{changed.number} {task.code}")
    await context.work.drafts.save(draft, changed, draft.status)
    said = context.t(key, code=task.code)
    if not is_chief(context):
        return Message.of(said, context.button("notice-button-submit", f"/notice submit {changed.reference}".strip()))
    question = chief_question(context.t, changed, context.today, status=draft.status, own=True)
    return replace(question, lines=(said, *question.lines))


def _amends(draft: Draft) -> Amends:
    if draft.notice.amends is None:
        raise NoDraft
    return draft.notice.amends

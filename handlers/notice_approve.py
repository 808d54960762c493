"""The office chief approves: the notice is under follow-up, and every unit's head hears of it."""

from __future__ import annotations

from core.errors import AlreadyFollowed
from core.messages import Message
from handlers import notice_amend
from handlers.context import Context
from handlers.following import follow_up
from handlers.notice_asking import how_to
from handlers.notice_drafts import CHIEF, find_draft
from handlers.notice_pages import item_reference
from handlers.notice_submit import send
from handlers.notice_told import count, done
from handlers.routing import Answer, command
from storage.drafts import Draft


@command("approve", who=CHIEF, menu=False)
async def approve(context: Context) -> Answer:
    """Put the notice being prepared under follow-up; dates nobody accepted stay no deadlines."""
    draft = await find_draft(context)
    notice = draft.notice
    if not notice.can_be_followed:
        return _not_yet(context, draft)
    if notice.amends is not None:
        return await notice_amend.approve(context, draft)
    if await context.work.notices.find(
        context.actor.agency_id, notice.number, int(notice.reference.rpartition("-")[2])
    ):
        raise AlreadyFollowed(notice.number)
    agency, person = context.actor.agency_id, context.actor.person_id
    entry = await context.record("follow", notice.number, undoable=False)
    await context.work.drafts.save(draft, notice, "followed")
    followed = await follow_up(context.work, context.catalogue, agency, notice, by=person, entry_id=entry)
    context.rows += followed.rows
    if draft.prepared_by is not None and draft.prepared_by != person:
        await send(context, draft.prepared_by, lambda t: done(t, notice, followed, "notice-approved"))
    await count(context, draft, followed, entry)
    return done(context.t, notice, followed, "notice-followed")


def _not_yet(context: Context, draft: Draft) -> Message:
    notice = draft.notice
    missing = notice.without_unit()
    if not notice.tasks or not missing:
        lines = [context.t(f"notice-open-{name}") for name in notice.warnings if name in {"no_number", "no_date"}]
        return Message((context.t("notice-not-yet"), *lines)) if lines else how_to(context, notice)
    codes = ", ".join(task.code for task in missing)
    buttons = [
        context.button(
            "notice-button-edit-item", f"/edit {item_reference(notice, notice.tasks.index(task))}", code=task.code
        )
        for task in missing[:4]
    ]
    return context.say("notice-not-yet-units", *buttons, number=notice.short, codes=codes, first=missing[0].code)

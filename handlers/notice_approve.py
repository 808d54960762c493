"""The office chief approves: the notice is under follow-up, and every unit's head hears of it."""

from __future__ import annotations

from core.errors import AlreadyFollowed
from core.messages import Button, Message
from handlers.context import Context
from handlers.following import Followed, Words, follow_up, unit_words
from handlers.notice_asking import how_to
from handlers.notice_drafts import CHIEF, find_draft
from handlers.notice_pages import item_reference
from handlers.notice_submit import send
from handlers.routing import Answer, command
from storage.drafts import Draft


@command("approve", who=CHIEF, menu=False, private=True)
async def approve(context: Context) -> Answer:
    """Put the notice being prepared under follow-up; dates nobody accepted stay no deadlines."""
    draft = await find_draft(context)
    notice = draft.notice
    if not notice.can_be_followed:
        return _not_yet(context, draft)
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
        await send(context, draft.prepared_by, lambda t: _done(t, draft, followed, approved=True))
    return _done(context.t, draft, followed, approved=False)


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


def _done(t: Words, draft: Draft, followed: Followed, *, approved: bool) -> Message:
    notice = draft.notice
    reached = sum(told.reached for told in followed.told)
    lines = [
        t("notice-approved" if approved else "notice-followed", number=notice.short),
        t("notice-told", reached=reached, count=len(followed.told)),
    ]
    missed = [
        t("notice-unlinked", title=told.heads[0].title)
        if told.heads
        else t("notice-headless", unit=unit_words(told.unit))
        for told in followed.told
        if not told.reached
    ]
    if missed:
        lines.append(t("notice-missed", names=", ".join(missed)))
    if undated := len(notice.undated()):
        lines.append(t("notice-followed-undated", count=undated))
    buttons = (Button(t("notice-button-follow-up"), f"/summary {notice.number}"),) if not approved else ()
    return Message(tuple(lines), None, buttons, menu=True)

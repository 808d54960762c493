"""The notice being prepared: looked at, page by page, and moved on step by step."""

from __future__ import annotations

from core.messages import Message
from core.people import OFFICE, Role
from core.speech import TaskRef
from core.text import fold
from handlers import notice_amend, notice_approve, notice_dates, notice_settle, notice_shape
from handlers.context import Context
from handlers.notice_drafts import CONCERNED, find_draft, is_chief, place_said, words
from handlers.notice_pages import item, listing, overview
from handlers.notice_submit import leader_question, send_back, submit, submit_named
from handlers.pasting import looks_pasted, pasted_text, read_pasted, take
from handlers.routing import Answer, Handler, command

__all__ = ["drafted", "notice", "notice_approve", "notice_dates", "notice_settle", "notice_shape", "submit"]


@command("notice", who=CONCERNED)
async def notice(context: Context) -> Answer:
    """Read a pasted notice, or show and move on the one being prepared."""
    said = words(context.said).partition(" ")[0]
    if (step := _STEPS.get(said)) is not None:
        return await step(context)
    text = pasted_text(context)
    if context.actor.is_any(OFFICE) and looks_pasted(text):
        return await take(context, [], text)
    draft = await find_draft(context)
    if not context.actor.is_any(OFFICE):
        return listing(context.t, draft.notice, context.today)
    return list(overview(context.t, draft.notice, context.today, chief=is_chief(context)))


async def _items(context: Context) -> Answer:
    draft = await find_draft(context)
    index = min(max(place_said(context), 1), len(draft.notice.tasks)) - 1
    edits = context.actor.is_any(OFFICE) and (draft.status == "preparing" or is_chief(context))
    page = item(context.t, draft.notice, index, context.today, edits=edits)
    if draft.status == "asked" and context.actor.is_any({Role.LEADER}):
        agree, _, no_dates = leader_question(context.t, draft.notice).buttons
        page = page.with_buttons(*page.buttons, agree, no_dates)
    return page


async def _list(context: Context) -> Answer:
    draft = await find_draft(context)
    return listing(context.t, draft.notice, context.today, place_said(context))


async def drafted(context: Context, ref: TaskRef) -> Message | None:
    """Return a directive as the open draft has it, for those who see drafts; `None` where none has its code."""
    if not context.actor.is_any(CONCERNED):
        return None
    for draft in await context.work.drafts.open(context.actor.agency_id):
        codes = [fold(task.code) for task in draft.notice.tasks]
        if fold(ref.code) in codes and ref.notice in {None, draft.notice.number, draft.notice.short}:
            edits = context.actor.is_any(OFFICE) and (draft.status == "preparing" or is_chief(context))
            return item(context.t, draft.notice, codes.index(fold(ref.code)), context.today, edits=edits)
    return None


_STEPS: dict[str, Handler] = {
    "items": _items,
    "list": _list,
    "compare": notice_amend.compare,
    "drop": notice_amend.drop,
    "keep": notice_amend.keep,
    "submit": submit_named,
    "return": send_back,
    "agree": notice_dates.agreed,
    "nodates": notice_dates.no_dates,
    "read": read_pasted,
}

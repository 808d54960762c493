"""An edit of a draft is written down so that it can be taken back, by whoever may change it."""

from __future__ import annotations

from typing import Any

from core.drafts import DraftNotice, DraftTask
from core.errors import NoDraft
from core.messages import Message
from handlers.context import Context
from handlers.notice_asking import what_next
from handlers.notice_drafts import locked
from storage.drafts import Draft


def locked_answer(context: Context, draft: Draft) -> Message | None:
    """Return what to say to who may not change the draft now; `None` to who may."""
    if not locked(context, draft):
        return None
    return context.say("notice-edit-locked", number=draft.notice.short)


async def kept(context: Context, draft: Draft, notice: DraftNotice, code: str, lines: list[str]) -> Message:
    """Write an edit of a draft down, so that it can be taken back, and say what was recorded and what is next."""
    entry = await context.record("edit", f"{notice.number} {code}".strip(), undoable=True)
    await context.work.drafts.save(draft, notice, draft.status, entry_id=entry)
    if context.question is not None and context.question.kind in {"untrack", "split", "edit-item"}:
        await context.settle()
    said = what_next(context, notice, draft.status, lines)
    index = next((place for place, task in enumerate(notice.tasks, 1) if task.code == code), len(notice.tasks))
    if index < len(notice.tasks):
        following = context.button(
            "notice-button-next", f"/notice items {notice.reference} {index + 1}".replace("  ", " ")
        )
        said = said.with_buttons(*said.buttons, following)
    return said


async def asked_about(context: Context) -> tuple[Draft, DraftTask]:
    """Return the draft and directive the open question is about, while the sender may still change them."""
    data: dict[str, Any] = context.question.data if context.question is not None else {"draft": 0, "code": ""}
    draft = await context.work.drafts.get(data["draft"])
    task = draft.notice.task(data["code"]) if draft is not None else None
    if (
        draft is None
        or task is None
        or draft.status in {"followed", "dropped"}
        or locked_answer(context, draft) is not None
    ):
        await context.settle()
        raise NoDraft
    return draft, task

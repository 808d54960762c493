"""What waits for somebody above the unit: reports to confirm, documents to sign."""

from __future__ import annotations

from core.messages import Message
from core.people import SEES_PROGRESS, UNIT, Role
from core.tasks import State
from handlers.context import Context
from handlers.pages import page_of
from handlers.phrasing import near_date, reference
from handlers.reports import visible, waiting_for_signature
from handlers.routing import Answer, command
from storage.reports import Line

_CONFIRM = frozenset({Role.LEADER, Role.OFFICE_CHIEF})
_AT_HAND = 3
"""Reports that get buttons of their own; more would bury them."""


@command("waiting", who=SEES_PROGRESS | UNIT, private=True)
async def waiting(context: Context) -> Answer:
    """List what waits for confirmation and what waits for a signature."""
    lines = await visible(context, await context.work.reports.leads(context.actor.agency_id))
    reported = [line for line in lines if line.progress.state is State.SUBMITTED]
    unsigned = waiting_for_signature(
        context, lines, "waiting-for-you" if context.actor.is_any({Role.LEADER}) else "waiting-title"
    )
    if not reported and not unsigned:
        return context.say("waiting-nothing")
    page = page_of(context, reported, "/waiting", lambda some: [_line(context, one) for one in some])
    head = [context.t("waiting-confirm", count=len(reported)), *page.lines] if reported else []
    buttons = [
        button
        for line in reported[:_AT_HAND]
        if context.actor.is_any(_CONFIRM)
        for button in (
            context.button("button-confirm", f"/confirm {reference(line)} {line.unit_code}", code=line.code),
            context.button("button-return", f"/return {reference(line)} {line.unit_code}", code=line.code),
        )
    ]
    return Message(tuple([*head, *unsigned] if head else unsigned[1:]), None, (*buttons, *page.buttons), menu=True)


def _line(context: Context, line: Line) -> str:
    progress = line.progress
    return context.t(
        "waiting-confirm-line",
        code=line.code,
        title=line.title,
        unit=line.unit_code or "",
        date=near_date(progress.completed_on, context.today) if progress.completed_on else "",
        document=progress.document or "",
        has="yes" if progress.document else "no",
    )

"""What waits for somebody above the unit: reports to confirm, requests for more time, documents to sign."""

from __future__ import annotations

from core.messages import Message
from core.people import LEADERSHIP, SEES_PROGRESS, UNIT, Role
from core.tasks import State
from handlers.answering import MARK, raised_to
from handlers.context import Context
from handlers.deciding import asked_of
from handlers.pages import page_of
from handlers.phrasing import full_date, near_date, reference
from handlers.reports import visible, waiting_for_signature
from handlers.routing import Answer, command
from storage.reports import Line

_CONFIRM = frozenset({Role.LEADER, Role.OFFICE_CHIEF})
_AT_HAND = 3
"""Reports that get buttons of their own; more would bury them."""


@command("waiting", who=SEES_PROGRESS | UNIT, private=True)
async def waiting(context: Context) -> Answer:
    """List what waits for confirmation, for an opinion on more time or a proposal, and for a signature."""
    lines = await visible(context)
    reported = [line for line in lines if line.progress.state is State.SUBMITTED]
    unsigned = waiting_for_signature(
        context, lines, "waiting-for-you" if context.actor.is_any({Role.LEADER}) else "waiting-title"
    )
    requests = await asked_of(context) if context.actor.is_any(LEADERSHIP) else []
    raised = await raised_to(context) if context.actor.is_any(LEADERSHIP) else []
    if not reported and not unsigned and not requests and not raised:
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
    for _, part in requests[:_AT_HAND]:
        ref = f"{reference(part)} {part.unit_code}"
        buttons.append(context.button("button-grant-code", f"/agree {ref}", code=part.code))
        buttons.append(context.button("button-deny-code", f"/refuse {ref}", code=part.code))
    for _, part in raised[:_AT_HAND]:
        ref = f"{reference(part)} {part.unit_code} {MARK}"
        buttons.append(context.button("button-accept-code", f"/agree {ref}", code=part.code))
        buttons.append(context.button("button-view-code", f"/opinion {ref}", code=part.code))
    asked = [context.t("extend-waiting")] if requests else []
    asked += [
        context.t("extend-waiting-line", code=part.code, title=part.title, unit=part.unit_code,
                  until=full_date(extension.until), reason=extension.reason)
        for extension, part in requests
    ]  # fmt: skip
    asked += [context.t("propose-waiting")] if raised else []
    asked += [
        context.t("propose-waiting-line", code=part.code, title=part.title, unit=part.unit_code, text=proposal.text)
        for proposal, part in raised
    ]
    said = [*head, *asked, *unsigned] if head or asked else unsigned[1:]
    return Message(tuple(said), None, (*buttons, *page.buttons), menu=not buttons)


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

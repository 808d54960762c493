"""What waits for somebody above the unit: reports to confirm, requests for more time, documents to sign."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from core.messages import Message
from core.people import LEADERSHIP, SEES_PROGRESS, UNIT, Role
from core.tasks import Part, State
from handlers.agencies import Group, by_agency, gathered, heading
from handlers.answering import MARK, raised_to
from handlers.context import Context
from handlers.deciding import asked_of
from handlers.narrowing import Narrowing, narrowed
from handlers.pages import page_of
from handlers.phrasing import near_date, reference
from handlers.reports import presented
from handlers.routing import Answer, command
from handlers.undecided import proposal_line, request_line
from storage.reports import Line

_CONFIRM = frozenset({Role.LEADER, Role.OFFICE_CHIEF})
_AT_HAND = 3
"""Reports that get buttons of their own; more would bury them."""

Row = tuple[str, tuple[str, str]]
"""The agency a line stands under, none for the sender's own, and its title and itself."""


@command("waiting", who=SEES_PROGRESS | UNIT)
async def waiting(context: Context) -> Answer:
    """List what waits for confirmation, for an opinion on more time or a proposal, and for a signature; below too.

    Words keep it to one unit or agency, or to one notice.
    """
    narrowing = await narrowed(context)
    groups = narrowing.kept(await gathered(context, context.work.reports.leads, narrowing.words))
    own = next((group for group in groups if not group.below), None)
    reported = _reported(own.lines) if own is not None else []
    leading = own is not None and context.actor.is_any(LEADERSHIP)
    requests = [one for one in await asked_of(context) if _kept(own, narrowing, one[1])] if leading else []
    raised = [one for one in await raised_to(context) if _kept(own, narrowing, one[1])] if leading else []
    yours = context.t("waiting-for-you" if context.actor.is_any({Role.LEADER}) else "waiting-title")
    rows = [
        *_confirming(context, "", reported),
        *_under("", context.t("extend-waiting"), [request_line(context, *one) for one in requests]),
        *_under("", context.t("propose-waiting"), [proposal_line(context, *one) for one in raised]),
        *_under("", yours, presented(context, own.lines if own is not None else ())),
    ]
    for group in groups:
        if not group.below:
            continue
        above = heading(group.agency)
        rows += _confirming(context, above, _reported(group.lines))
        rows += _under(above, context.t("waiting-title"), presented(context, group.lines))
    # an agency below stands over its own lines
    title = narrowing.title(context, [group for group in groups if not group.below or group.units]) or None
    if not rows:
        return Message((context.t("waiting-nothing"),), title)
    again = f"/waiting {narrowing.typed()}".strip()
    page = page_of(context, rows, again, lambda some: by_agency(context, some, _titled))
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
    return Message(tuple(page.lines), title, (*buttons, *page.buttons), menu=not buttons)


def _kept(own: Group[Line] | None, narrowing: Narrowing, part: Part) -> bool:
    of_notice = narrowing.notice is None or part.notice_id == narrowing.notice.id
    return own is not None and own.has(part.unit_id) and of_notice


def _under(above: str, title: str, lines: Sequence[str]) -> list[Row]:
    return [(above, (title, line)) for line in lines]


def _confirming(context: Context, above: str, reported: Sequence[Line]) -> list[Row]:
    title = context.t("waiting-confirm", count=len(reported))
    return _under(above, title, [_line(context, one) for one in reported])


def _titled(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return lines under their titles, a blank line before each but the first."""
    out: list[str] = []
    for title, some in groupby(rows, key=itemgetter(0)):
        out += [*([""] if out else []), title, *(line for _, line in some)]
    return out


def _reported(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.progress.state is State.SUBMITTED]


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

"""Help: what this person can do now, with codes of their own, a phone's screen at a time."""

from __future__ import annotations

import re
from itertools import cycle

from core.messages import Message
from core.people import ANYONE, SEES_PROGRESS
from core.tasks import Kind, Part, PartRole
from handlers.context import Context
from handlers.pages import page_of
from handlers.routing import Answer, command, open_to

_CODE = re.compile(r"(?<![\d./])\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?![\d./])")
_OF_OWN_PARTS = frozenset(
    {"tasks", "done", "present", "progress", "blocked", "report", "snooze", "handover", "request", "dispute"}
)
"""What only whoever acts for a part that is open can do."""
_OF_COOPERATION = frozenset({"contribute", "nothing"})
_OF_A_DRAFT = frozenset({"drop"})
"""What the clerk can do to a notice being prepared alone."""


@command("help", who=ANYONE)
async def help_(context: Context) -> Answer:
    """Say what this person can do now, one line each, with codes of their own."""
    own = await context.work.parts.own_open(context.actor)
    left_out = set[str]()
    if not own:
        left_out |= _OF_OWN_PARTS
    if not any(part.role is PartRole.COOPERATING for part in own):
        left_out |= _OF_COOPERATION
    if not context.actor.is_any(SEES_PROGRESS) and not own:
        left_out.add("extend")
    if not await context.work.drafts.open(context.actor.agency_id):
        left_out |= _drafts_alone(context)
    names = [entry.name for entry in open_to(context.actor.roles) if entry.in_menu]
    lines = [context.t(f"help-{name}") for name in names if name != "help" and name not in left_out]
    if codes := await _codes(context, own):
        lines = [_with_codes(line, codes) for line in lines]
    page = page_of(context, lines, "/help", list)
    return Message((*page.lines, context.t("help-foot")), context.t("help-title"), page.buttons, menu=True)


def _drafts_alone(context: Context) -> frozenset[str]:
    others = open_to(context.actor.roles)
    return _OF_A_DRAFT if not any(entry.name == "assign" for entry in others) else frozenset()


async def _codes(context: Context, own: list[Part]) -> list[str]:
    """Return codes that mean something to the sender: of open parts of their own, else of the newest notice."""
    leads = [part.code for part in own if part.kind is Kind.TRACKED and part.role is not PartRole.COOPERATING]
    if leads or not context.actor.is_any(SEES_PROGRESS):
        return list(dict.fromkeys(leads))
    lines = await context.work.reports.leads(context.actor.agency_id)
    found = [line.code for line in lines if line.kind is Kind.TRACKED and line.progress.is_open]
    return list(dict.fromkeys(found))[:3]


def _with_codes(line: str, codes: list[str]) -> str:
    """Put own codes in the place of those of the example, each of its codes by one of its own."""
    given = dict(zip(dict.fromkeys(_CODE.findall(line)), cycle(codes), strict=False))
    return _CODE.sub(lambda code: given[code[0]], line)

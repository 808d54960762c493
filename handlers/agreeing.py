"""Đồng ý, không đồng ý: said of suggested dates, of a notice, or of a request for more time."""

from __future__ import annotations

from core.errors import UnknownCommand
from core.people import Role
from handlers import notice_dates
from handlers.context import Context
from handlers.deciding import opinion
from handlers.more_time import decide_in_words
from handlers.notice_drafts import CONCERNED
from handlers.routing import Answer, command

_ASKED = CONCERNED | {Role.DEPUTY_LEADER}
_LEADING = frozenset({Role.HEAD, Role.DEPUTY_HEAD})
"""Those a cooperating unit may ask for more time; they are asked nothing else."""


@command("agree", who=_ASKED | _LEADING, menu=False, private=True)
async def agree(context: Context) -> Answer:
    """Agree to what was last asked: to dates, to a notice, to more time."""
    if not context.actor.is_any(_ASKED):
        return await decide_in_words(context, "agree", agrees=True)
    if context.said.refs and (answer := await opinion(context, agrees=True)) is not None:
        return answer
    try:
        return await notice_dates.agree(context)
    except UnknownCommand:
        if (answer := await opinion(context, agrees=True)) is not None:
            return answer
        raise


@command("refuse", who=_ASKED | _LEADING, menu=False, private=True)
async def refuse(context: Context) -> Answer:
    """Say no to what was last asked: to suggested dates, to more time."""
    if not context.actor.is_any(_ASKED):
        return await decide_in_words(context, "refuse", agrees=False)
    if context.said.refs and (answer := await opinion(context, agrees=False)) is not None:
        return answer
    try:
        return await notice_dates.refuse(context)
    except UnknownCommand:
        if (answer := await opinion(context, agrees=False)) is not None:
            return answer
        raise

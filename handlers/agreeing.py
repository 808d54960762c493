"""Đồng ý, không đồng ý: said of suggested dates, of a notice, of a request for more time or of a proposal."""

from __future__ import annotations

from core.errors import AlreadyFollowed, UnknownCommand, UserError, WhichTask
from core.people import Role
from core.proposals import View
from core.text import fold
from handlers import answering, deciding, notice_dates
from handlers.context import Context
from handlers.more_time import decide_in_words
from handlers.notice_drafts import CONCERNED
from handlers.phrasing import reference
from handlers.resolve import no_part
from handlers.routing import Answer, command

_ASKED = CONCERNED | {Role.DEPUTY_LEADER}
_LEADING = frozenset({Role.HEAD, Role.DEPUTY_HEAD})
"""Those a cooperating unit may ask for more time; they are asked nothing else."""
_MORE_TIME = "gia hạn"


@command("agree", who=_ASKED | _LEADING, menu=False)
async def agree(context: Context) -> Answer:
    """Agree to what was last asked: to dates, to a notice, to more time, to a proposal."""
    if not context.actor.is_any(_ASKED):
        return await decide_in_words(context, "agree", agrees=True)
    await _must_be_own(context)
    if context.said.refs and (answer := await _answered(context, agrees=True)) is not None:
        return answer
    try:
        return await notice_dates.agree(context)
    except (UnknownCommand, AlreadyFollowed) as nothing:
        return await _otherwise(context, nothing, agrees=True)


@command("refuse", who=_ASKED | _LEADING, menu=False)
async def refuse(context: Context) -> Answer:
    """Say no to what was last asked: to suggested dates, to more time, to a proposal."""
    if not context.actor.is_any(_ASKED):
        return await decide_in_words(context, "refuse", agrees=False)
    await _must_be_own(context)
    if context.said.refs and (answer := await _answered(context, agrees=False)) is not None:
        return answer
    try:
        return await notice_dates.refuse(context)
    except (UnknownCommand, AlreadyFollowed) as nothing:
        return await _otherwise(context, nothing, agrees=False)


async def _must_be_own(context: Context) -> None:
    """Raise what is to be said of another agency's directive: its own leaders decide, whoever looks on from above."""
    for ref in context.said.refs[:1]:
        if ref.agency is not None and fold(ref.agency) != fold(context.actor.agency_code):
            raise await no_part(context, ref)


async def _otherwise(context: Context, nothing: UserError, *, agrees: bool) -> Answer:
    """Take it as the answer to what a unit asked; where nobody asked anything, say so."""
    if (answer := await _answered(context, agrees=agrees)) is not None:
        return answer
    await answering.must_be_unanswered(context)
    if isinstance(nothing, UnknownCommand):
        return context.say("agree-nothing")
    raise nothing


async def _answered(context: Context, *, agrees: bool) -> Answer:
    """Take it as said of a proposal or of more time, whichever waits; where both do, ask which."""
    said = fold(context.said.rest)
    about_proposals, about_time = fold(answering.MARK) in said, fold(_MORE_TIME) in said
    view = View.AGREED if agrees else View.REFUSED
    raised = [] if about_time else await answering.meant_by(context)
    asked = [] if about_proposals else await deciding.requests(context)
    if raised and asked:
        word = "agree" if agrees else "refuse"
        choices = [answering.choice(one, view) for one in raised]
        choices += [
            (f"/{word} {reference(part)} {part.unit_code} {_MORE_TIME}", f"{part.code} {part.unit_code} – {_MORE_TIME}")
            for _, part in asked
        ]
        raise WhichTask("answer", tuple(choices))
    if raised:
        return await answering.answer(context, raised, view)
    if about_proposals:
        await answering.must_be_unanswered(context)
    return await deciding.opinion(context, agrees=agrees)

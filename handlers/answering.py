"""What becomes of a proposal: the overseeing deputy's opinion, then the leader's answer, in words or with a button."""

from __future__ import annotations

import re
from typing import Any

from core.errors import ChangedMeanwhile, ProposalAnswered, UserError, WhichTask
from core.messages import Message
from core.proposals import Proposal, View
from core.tasks import Part
from core.text import clean, flat, fold
from handlers.acts import kept, not_carried
from handlers.context import Context
from handlers.notice_drafts import is_prose
from handlers.phrasing import full_date, part_due, reference
from handlers.raised import ANSWERS, LEADER, meant_of, put_to, tell_everyone, who_is_next
from handlers.resolve import meant, no_part
from handlers.routing import Answer, answers, command
from handlers.undecided import open_proposals

_WORDS = {View.AGREED: "agree", View.REFUSED: "refuse", View.OTHER: "opinion"}
MARK = "kiến nghị"
"""What stands behind a button about a proposal, so that it is never taken for more time."""
_CODE = r"(?:[a-z0-9&-]+/)?(?:[0-9][0-9-]*(?:/tb[a-z-]*)?/)?[0-9]+(?:[.,][0-9]+)+(?![0-9/])"

Raised = tuple[Proposal, Part]


@command("opinion", who=ANSWERS)
async def opinion(context: Context) -> Answer:
    """Answer a unit's proposal in words of one's own, quoted to its head."""
    found = await meant_by(context)
    if not found:
        await _must_be_open(context)
        return context.say("propose-none")
    return await answer(context, found, View.OTHER)


async def raised_to(context: Context) -> list[Raised]:
    """Return the proposals on which the sender has still to say something."""
    return await put_to(context, await open_proposals(context.work, context.actor.agency_id))


async def meant_by(context: Context) -> list[Raised]:
    """Return the open proposals that a leader's or an overseeing deputy's words can be about."""
    return await meant_of(context, await open_proposals(context.work, context.actor.agency_id))


async def must_be_unanswered(context: Context) -> None:
    """Raise `ProposalAnswered` where a leader's words name a directive whose proposal has its answer."""
    if not context.actor.is_any(ANSWERS):
        return
    for ref in context.said.refs[:1]:
        parts = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
        past = await context.work.proposals.of_parts([part.id for part in parts])
        if past and past[-1].outcome is not None:
            part = next(one for one in parts if one.id == past[-1].part_id)
            raise await _answered(context, past[-1], part)


async def _must_be_open(context: Context) -> None:
    for ref in context.said.refs[:1]:
        if not meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context):
            raise await no_part(context, ref)
    await must_be_unanswered(context)


async def _answered(context: Context, proposal: Proposal, part: Part) -> UserError:
    """Return who was faster; where the unit withdrew it meanwhile, that things changed."""
    now = await context.work.proposals.get(proposal.id)
    view = now.outcome or now.opinion if now is not None and now.withdrawn_at is None else None
    if now is None or view is None:
        return ChangedMeanwhile(part.code)
    by = await context.work.people.person(now.decided_by) if now.decided_by is not None else None
    return ProposalAnswered(part.code, by.title if by is not None else "", view.value)


async def answer(context: Context, found: list[Raised], view: View) -> Answer:
    """Give an opinion or the answer on the one proposal that is meant; asks which where it could be several."""
    if len(found) > 1:
        raise WhichTask("proposal", tuple(choice(one, view) for one in found))
    proposal, part = found[0]
    words = _own_words(context, part)
    if view is View.OTHER and not words:
        await context.ask("proposal-view", proposal=proposal.id)
        context.about = reference(part)
        leave = context.button("button-leave", "/cancel", opt_out=True)
        return context.say("propose-view", leave, code=part.code, unit=part.unit_code, text=part.shown(proposal.text))
    return await _say(context, proposal, part, view, words)


def choice(raised: Raised, view: View) -> tuple[str, str]:
    """Return the command that answers exactly this proposal, and its label."""
    _, part = raised
    return f"/{_WORDS[view]} {reference(part)} {part.unit_code} {MARK}", f"{part.code} {part.unit_code} – {MARK}"


@answers("proposal-view")
async def view_given(context: Context) -> Answer:
    """Take the words as the opinion that was asked for, quoted to the head as typed."""
    asked, words = context.question, kept(clean(context.incoming.text))
    if asked is None or not words or not is_prose(context):
        return None
    await context.settle()
    proposal = await context.work.proposals.get(asked.data["proposal"])
    parts = await context.work.parts.by_ids([proposal.part_id]) if proposal is not None else []
    if proposal is None or proposal.withdrawn_at is not None or not parts:
        return context.say("propose-none")
    return await _say(context, proposal, parts[0], View.OTHER, words)


async def _say(context: Context, proposal: Proposal, part: Part, view: View, words: str) -> Message:
    context.about = reference(part)
    own, undo = context.work.proposals, context.button("button-undo", "/undo")
    entry = await context.record(
        "answer", reference(part), undoable=True, detail={"unit": part.unit_code, "view": view.value, "words": words}
    )
    given: dict[str, Any] = {"by": context.actor.person_id, "entry_id": entry}
    facts = {"code": part.code, "view": view.value, "words": words, "quoted": "yes" if words else "no"}
    if not context.actor.is_any(LEADER):
        if not await own.give_opinion(proposal.id, view, words or None, **given):
            raise await _answered(context, proposal, part)
        now = await own.get(proposal.id)
        if now is not None:
            await tell_who_answers(context, part, now)
        return not_carried(context, part, words, context.say("propose-passed-on", undo, menu=True, **facts))
    if not await own.answer(proposal.id, view, words or None, **given):
        raise await _answered(context, proposal, part)
    due = part_due(part, context.today)
    facts |= {"due": due or "", "limited": "yes" if due else "no"}
    told = {name: value for name, value in facts.items() if name != "code"} | {"words": part.shown(words)}
    await tell_everyone(
        context, part, proposal.raised_by, "propose-told-answer", text=part.shown(proposal.text), **told
    )
    return not_carried(
        context, part, words, context.say("propose-answered", undo, menu=True, unit=part.unit_code, **facts)
    )


def _own_words(context: Context, part: Part) -> str:
    """Return the leader's own words, without what only says which proposal is meant."""
    words = context.said.rest
    about = rf"(?:(?:voi|ve|cua|cho) )?(?:{fold(MARK)}|muc|phong|{re.escape(fold(part.unit_code))})(?![a-z0-9])"
    head = rf"(?:[ ,;:.–-]|{about})*"
    code = rf"(?:(?:voi|ve) )?{_CODE}" if context.said.refs else ""
    found = re.match(rf"{head}(?:{code})?{head}", flat(words))
    return kept(words[found.end() :].strip(" ,;:-–") if found is not None else words)


def paper_facts(proposal: Proposal) -> dict[str, Any]:
    """Return the document of a proposal in words."""
    return {
        "document": proposal.document or "",
        "dated": full_date(proposal.document_on) if proposal.document_on is not None else "",
        "has": "yes" if proposal.document is not None else "no",
    }


async def tell_who_answers(context: Context, part: Part, proposal: Proposal) -> bool:
    """Tell whoever has to say something next: the overseeing deputy, then the leader; `True` if it is the deputy."""
    people, first = await who_is_next(context, part, proposal)
    ref = f"{reference(part)} {part.unit_code} {MARK}"
    labels = ("button-support", "button-object") if first else ("button-grant", "button-deny")
    buttons = ((labels[0], f"/agree {ref}"), (labels[1], f"/refuse {ref}"), ("button-view", f"/opinion {ref}"))
    due = part_due(part, context.today)
    for person in people:
        await context.tell(
            person, "propose-please", *buttons, about=reference(part), unit=part.unit_code, code=part.code,
            title=part.title, text=part.shown(proposal.text), due=due or "", limited="yes" if due else "no",
            **paper_facts(proposal), opinion=proposal.opinion.value if proposal.opinion else "none",
            words=part.shown(proposal.opinion_words), quoted="yes" if proposal.opinion_words else "no",
        )  # fmt: skip
    return first

"""Kiến nghị: a head finds a directive unfit and says so, in writing or ahead of the paper; the deadline stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.errors import ActedUpon, AlreadyProposed
from core.messages import Message
from core.people import UNIT, Role
from core.proposals import Proposal
from core.speech import complete_document, named_label
from core.tasks import Part
from core.text import clean, fold
from handlers.acts import kept, must_be_open, not_carried
from handlers.answering import paper_facts, tell_who_answers
from handlers.context import Context
from handlers.notice_drafts import is_prose
from handlers.phrasing import part_due, reference
from handlers.resolve import actionable, must_name_one, no_part, own_part, unit_apart
from handlers.routing import Answer, answers, command

_AHEAD, _LATER = "ahead", "later"
"""The words behind [Báo trước] and [Chờ có văn bản]."""


@command("propose", who=UNIT - {Role.LEADER})
async def propose(context: Context) -> Answer:
    """Propose something about a directive that does not fit; in writing, so its number and date are asked for."""
    said, actor = context.said, context.actor
    if fold(said.mentions_unit or "") not in {fold(office.unit_code) for office in actor.memberships}:
        said = context.said = replace(said, mentions_unit=None)
    if not said.refs:
        raise await must_name_one(context, "propose", await actionable(context))
    part = await own_part(context, said.refs[0], "propose")
    if part.unit_id not in actor.unit_ids and part.progress.handed_to != actor.person_id:
        raise await no_part(context, said.refs[0], "propose")
    must_be_open(part)
    context.about = reference(part)
    words = kept(unit_apart(context, part).lstrip(" ,;:"))
    before = next((one for one in await context.work.proposals.of_parts([part.id]) if one.is_open), None)
    step = fold(words)
    if step in {_AHEAD, _LATER}:
        return await _chosen(context, part, before, tell=step == _AHEAD)
    if before is not None:
        return await _go_on(context, part, before)
    if not words:
        await context.ask("proposal", part=part.id, words="")
        return context.say("propose-why", code=part.code, title=part.title)
    return await _put(context, part, words)


@answers("proposal")
async def given(context: Context) -> Answer:
    """Take what follows the question: the words of the proposal, one of the two choices, or its number and date."""
    asked, said = context.question, context.said
    if asked is None or context.incoming.text.startswith("/"):
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    if not parts or not parts[0].progress.is_open:
        return None
    part, words = parts[0], asked.data["words"]
    if not words:
        if said.refs or not is_prose(context):
            return None
        return await _put(context, part, kept(clean(context.incoming.text)))
    labels = [context.t("button-propose-ahead"), context.t("button-propose-later")]
    chosen = named_label(context.incoming.text, labels)
    if chosen is not None:
        return await _chosen(context, part, None, tell=chosen == 0)
    number = said.intent == "choice" and (said.choice or 0) > len(labels) and not said.rest
    if said.refs or not (number or (said.intent == "document" and said.document is not None)):
        return None
    return await _put(context, part, words)


async def _put(context: Context, part: Part, words: str) -> Message:
    """Put the proposal forward with its document, or ask what to do without one."""
    paper = _paper(context, part)
    if paper is not None:
        return await _keep(context, part, words, paper, tell=True)
    await context.ask("proposal", part=part.id, words=words)
    ref = reference(part)
    return context.say(
        "propose-in-writing", context.button("button-propose-ahead", f"/propose {ref} {_AHEAD}"),
        context.button("button-propose-later", f"/propose {ref} {_LATER}"), number=part.notice_number.partition("/")[0],
        **_due(context, part),
    )  # fmt: skip


async def _chosen(context: Context, part: Part, before: Proposal | None, *, tell: bool) -> Message:
    """Do with the words of the question, or with the proposal that waits, what was chosen."""
    asked = context.question
    if before is not None:
        return await _tell_ahead(context, part, before) if tell else await _go_on(context, part, before)
    if asked is None or asked.kind != "proposal" or asked.data["part"] != part.id or not asked.data["words"]:
        return context.say("propose-how", code=part.code)
    return await _keep(context, part, asked.data["words"], None, tell=tell)


async def _keep(context: Context, part: Part, words: str, paper: Any, *, tell: bool) -> Message:
    """Keep a new proposal; raises `AlreadyProposed` where one of this part's is open."""
    context.about = reference(part)
    entry = await context.record(
        "propose", reference(part), undoable=True, detail={"unit": part.unit_code, "words": words, "told": tell}
    )
    number, dated = (paper.number, paper.dated) if paper is not None else (None, None)
    made = await context.work.proposals.put_forward(
        part.id, words, by=context.actor.person_id, entry_id=entry, document=number, document_on=dated, tell=tell
    )
    if made is None:
        raise AlreadyProposed(part.code)
    if context.question is not None and context.question.kind == "proposal":
        await context.settle()
    deputy = await tell_who_answers(context, part, made) if tell else False
    return _recorded(context, part, made, deputy=deputy)


async def _go_on(context: Context, part: Part, before: Proposal) -> Message:
    """Add the document to a proposal that is open; without one, say how it stands."""
    paper = _paper(context, part)
    if paper is None:
        if before.told_at is not None:
            raise AlreadyProposed(part.code)
        ahead = context.button("button-propose-ahead", f"/propose {reference(part)} {_AHEAD}")
        leave = context.button("button-leave", "/cancel", opt_out=True)
        return context.say("propose-waits", ahead, leave, code=part.code, text=before.text)
    entry = await context.record(
        "propose",
        reference(part),
        undoable=True,
        detail={"unit": part.unit_code, "document": paper.number, "proposal": before.id},
    )
    if not await context.work.proposals.attach(before.id, paper.number, paper.dated, entry_id=entry):
        raise AlreadyProposed(part.code)
    return await _told(context, part, before)


async def _tell_ahead(context: Context, part: Part, before: Proposal) -> Message:
    entry = await context.record(
        "propose", reference(part), undoable=True, detail={"unit": part.unit_code, "proposal": before.id}
    )
    if not await context.work.proposals.tell(before.id, entry_id=entry):
        raise AlreadyProposed(part.code)
    return await _told(context, part, before)


async def _told(context: Context, part: Part, before: Proposal) -> Message:
    now = await context.work.proposals.get(before.id)
    if now is None:
        raise ActedUpon(part.code)
    return _recorded(context, part, now, deputy=await tell_who_answers(context, part, now))


def _recorded(context: Context, part: Part, made: Proposal, *, deputy: bool) -> Message:
    told = context.say(
        "propose-recorded", context.button("button-undo", "/undo"), menu=True, code=part.code, text=made.text,
        told="deputy" if deputy else "leader" if made.told_at is not None else "no", **paper_facts(made),
        **_due(context, part),
    )  # fmt: skip
    return not_carried(context, part, made.text, told)


def _due(context: Context, part: Part) -> dict[str, Any]:
    due = part_due(part, context.today)
    return {"due": due or "", "limited": "yes" if due else "no"}


def _paper(context: Context, part: Part) -> Any:
    """Return the document that was named whole, by number and date."""
    given = context.said.document
    if given is None or given.dated is None:
        return None
    year = max(given.dated.year, part.notice_year)
    return complete_document(given, year=year, agency_code=context.actor.agency_code, default_kind="CV")

"""A head hands a part on to a deputy or an officer of the unit; both are reminded of it."""

from __future__ import annotations

import re
from dataclasses import replace

from core.errors import NotYours
from core.messages import Message
from core.people import ACTS_FOR_ALL, GETS_DIGEST, Role
from core.tasks import Kind, Part
from core.text import fold
from core.units import Tree
from handlers.acts import must_be_open, save
from handlers.assign import assign
from handlers.context import Context
from handlers.naming import colleague
from handlers.phrasing import part_due, reference
from handlers.resolve import own_part
from handlers.routing import Answer, command

_EVERYTHING = re.compile(r"^(?:/?handover|(?:ban )?giao) (?:tat ca|toan bo|het|all)\b|^all\b|^tat ca\b")
_TO = re.compile(r"^(?:all\b|.*?\bcho\b|tat ca\b|toan bo\b|het\b)")
_MYSELF = frozenset({"toi", "minh", "lai toi", "me"})


@command("handover", who=GETS_DIGEST | {Role.LEADER})
async def handover(context: Context) -> Answer:
    """Hand parts on, or all that are open, to a deputy or an officer of the unit; "giao 3.7 cho toi" takes them back."""
    words = fold(context.said.rest)
    if not context.said.refs and _EVERYTHING.search(fold(context.said.said)):
        return await _hand_all(context, _TO.sub("", words).strip())
    if not context.said.refs or not words:
        return context.say("handover-how")
    tree = Tree(await context.work.people.units(context.actor.agency_id))
    if context.actor.is_any(ACTS_FOR_ALL) and tree.called(words) is not None:
        return await assign(context)
    parts = [await own_part(context, ref, "handover") for ref in context.said.refs]
    lines = [await _hand(context, part, words) for part in dict.fromkeys(parts)]
    return Message.of("\n".join(lines), context.button("button-undo", "/undo"), menu=True)


async def _hand_all(context: Context, words: str) -> Answer:
    """Hand over everything that is open of the sender's own unit."""
    own = [part for part in await context.work.parts.own_open(context.actor) if part.unit_id in context.actor.unit_ids]
    parts = [part for part in own if part.kind is Kind.TRACKED and part.progress.is_open]
    if not words or not parts:
        return context.say("handover-how")
    lines = [await _hand(context, part, words, "all") for part in parts]
    return Message.of("\n".join(lines), context.button("button-undo", "/undo"), menu=True)


async def _hand(context: Context, part: Part, words: str, what: str | None = None) -> str:
    must_be_open(part)
    if part.unit_id not in context.actor.unit_ids:
        raise NotYours(part.code, (part.unit_code,), context.actor.unit_code)
    offices = await context.work.people.offices(context.actor.agency_id, unit_ids={part.unit_id})
    me = context.actor.person_id
    to = None
    if words not in _MYSELF:
        to = colleague(words, offices, f"/handover {what or reference(part)} {{key}}")
    if to is None or to.person_id == me:
        await save(context, "handover", part, replace(part.progress, handed_to=None))
        return context.t("handover-taken-back", code=part.code)
    await save(context, "handover", part, replace(part.progress, handed_to=to.person_id))
    due = part_due(part, context.today)
    reached = await context.tell(
        to.person_id, "handover-told", about=reference(part), code=part.code, title=part.title,
        by=context.actor.title, due=due or "", dated="yes" if due else "no",
    )  # fmt: skip
    return context.t("handover-recorded", code=part.code, to=to.title, reached="yes" if reached else "no")

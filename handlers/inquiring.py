"""The lead of a directive asks its cooperating units for something by a day, moves that day, and reminds who is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from core.deadlines import HANOI
from core.errors import (
    DatePassed,
    NobodyCooperates,
    NotAllowed,
    NotCooperating,
    StillAsked,
)
from core.inquiries import By, UnitAnswer
from core.messages import Message
from core.people import ACTS_FOR_ALL, UNIT
from core.tasks import Part, PartRole, State
from core.text import fold
from core.units import Tree
from handlers.acts import kept, must_be_open, not_carried
from handlers.context import Context
from handlers.coordination import by_words
from handlers.more_time import keep_day, move_day, open_answers
from handlers.phrasing import reference
from handlers.reminders.inquiries import asking_rows
from handlers.resolve import meant, no_part, the_one
from handlers.routing import COMMANDS, Answer, answers, command

_AGAIN = frozenset({"nhac", "nhac lai", "remind", "again"})
_KEEP = frozenset({"giu han", "giu han cu", "keep"})
_ALL = re.compile(r"(?:(?:cac|tat ca) (?:phong|don vi)(?: phoi hop)?|all units)[ ,:]*")
_JOINS = frozenset({"va", "phong", "and"})
_WORD = re.compile(r"[^\s,;:]+[\s,;:]*")


@command("request", who=UNIT)
async def request(context: Context) -> Answer:
    """Ask the cooperating units of a directive one leads, or one of them, for something by a day.

    What leaders and the office chief ask of a unit's own directive urges it.
    """
    if not context.said.refs:
        return context.say("request-how")
    asking = context.said
    context.said = replace(asking, mentions_unit=None)  # a unit that is named is one to be asked
    ref = context.said.refs[0]
    own = meant(await context.work.parts.own_by_code(context.actor, ref.code), ref, context)
    leading = [part for part in own if part.role is PartRole.LEAD]
    if not leading and context.actor.is_any(ACTS_FOR_ALL):
        context.said = asking
        return await COMMANDS["remind"].run(context)
    if not leading:
        raise await no_part(context, ref, "request")
    part = the_one(context, leading, "request")
    must_be_open(part)
    asked, words = await _addressed(context, part)
    context.about = reference(part)
    step = fold(words).strip(" .")
    if step in _AGAIN:
        return await _remind(context, part, asked)
    if step in _KEEP:
        return await keep_day(context, part, asked)
    by = _by(context)
    if not step:
        return (
            await move_day(context, part, asked, by) if by is not None else context.say("request-what", code=part.code)
        )
    if by is None:
        await context.ask("inquiry", part=part.id, asked=[one.id for one in asked], words=kept(words))
        return context.say("request-when", code=part.code)
    return await _send(context, part, asked, kept(words), by)


@answers("inquiry")
async def day_given(context: Context) -> Answer:
    """Take the day that is named as the one the units are asked to answer by."""
    asked, by = context.question, _by(context)
    if asked is None or by is None or context.said.refs:
        return None
    await context.settle()
    own = await context.work.parts.own_open(context.actor)
    part = next((one for one in own if one.id == asked.data["part"]), None)
    if part is None:
        return None
    context.about = reference(part)
    return await _send(context, part, await context.work.parts.by_ids(asked.data["asked"]), asked.data["words"], by)


async def remind_as_lead(context: Context) -> Message:
    """Remind the units that owe the sender's an answer, of one directive or of the only one; else raises `NotAllowed`."""
    own = await context.work.parts.own_open(context.actor)
    leading = {part.task_id: part for part in own if part.role is PartRole.LEAD}
    for ref in context.said.refs[:1]:
        said, context.said = context.said, replace(context.said, mentions_unit=None)
        leading = {part.task_id: part for part in meant(list(leading.values()), ref, context)}
        context.said = said
    unit = context.said.mentions_unit
    asked = [
        (leading[one.task_id], answer)
        for one in await context.work.inquiries.of_tasks(list(leading))
        for answer in one.answers
        if answer.is_open and (unit is None or fold(answer.unit_code) == fold(unit))
    ]
    if len({part.id for part, _ in asked}) != 1:
        raise NotAllowed("remind")
    part = asked[0][0]
    context.about = reference(part)
    return await _again(context, part, [answer for _, answer in asked])


async def _addressed(context: Context, part: Part) -> tuple[list[Part], str]:
    """Return the parts of the units that are asked, all that cooperate where none is named, and the words to them."""
    parts = await context.work.parts.of_task(part.task_id)
    helping = {
        one.unit_id: one
        for one in parts
        if one.role is PartRole.COOPERATING and one.progress.state is not State.DROPPED
    }
    if not helping:
        raise NobodyCooperates(part.code)
    words = context.said.rest
    if (everybody := _ALL.match(fold(words))) is not None:
        return list(helping.values()), words[everybody.end() :]
    tree = Tree(await context.work.people.units(context.actor.agency_id))
    named: dict[int, Part] = {}
    at = 0
    for found in _WORD.finditer(words):
        word = found[0].strip(" ,;:")
        unit = tree.called(word)
        if unit is None and fold(word) in _JOINS:
            continue
        if unit is None or unit.is_agency:
            break
        if unit.id not in helping:
            raise NotCooperating(part.code, unit.code, tuple(one.unit_code for one in helping.values()))
        named[unit.id], at = helping[unit.id], found.end()
    return list((named or helping).values()), words[at:]


def _by(context: Context) -> By | None:
    """Return the day that is named; raises `DatePassed` where it is over."""
    if context.said.date is None:
        return None
    by = By(context.said.date, context.said.before)
    if by.last < context.today:
        raise DatePassed(by.day)
    return by


async def _send(context: Context, part: Part, asked: Sequence[Part], words: str, by: By) -> Message:
    """Keep the question and put it to everybody who answers for these units."""
    units = [one.unit_code for one in asked]
    detail = {"unit": part.unit_code, "by": by.last.isoformat(), "words": words, "asked": units}
    await context.record("request", reference(part), undoable=True, detail=detail)
    new = await context.work.inquiries.ask(
        (part.agency_id, part.task_id), part.unit_id, words, by, [one.id for one in asked],
        person_id=context.actor.person_id, entry_id=context.entry_id,
    )  # fmt: skip
    if not new:
        raise StillAsked(part.code, tuple(one.unit_code for one in asked))
    told = [one for one in asked if one.id in new]
    missed = []
    for answer in await context.work.inquiries.of_parts(new):
        if answer.is_open:
            one = next(one for one in told if one.id == answer.part_id)
            rows = await asking_rows(context.work, one, answer, context.entry_id)
            context.rows += rows
            missed += [] if any(row.channel for row in rows) else [one.unit_code]
    still = [one.unit_code for one in asked if one.id not in new]
    sent = context.say(
        "request-sent", context.button("button-undo", "/undo"), menu=True, code=part.code, by=by_words(context, by),
        units=", ".join(one.unit_code for one in told), missed=", ".join(missed), has="yes" if missed else "no",
        still=", ".join(still), others="yes" if still else "no",
    )  # fmt: skip
    return not_carried(context, part, words, sent)


async def _remind(context: Context, part: Part, asked: Sequence[Part]) -> Message:
    return await _again(context, part, await open_answers(context, part, asked))


async def _again(context: Context, part: Part, answers: Sequence[UnitAnswer]) -> Message:
    """Remind each of these units, once a day."""
    begins = datetime.combine(context.today, time(), HANOI)
    told, earlier, missed = list[str](), list[str](), list[str]()
    parts = {one.id: one for one in await context.work.parts.by_ids([answer.part_id for answer in answers])}
    for answer in answers:
        if not await context.work.inquiries.remind(answer.id, begins):
            earlier.append(answer.unit_code)
            continue
        detail = {"unit": part.unit_code, "asked": [answer.unit_code]}
        entry = await context.record("request-again", reference(part), detail=detail)
        rows = await asking_rows(context.work, parts[answer.part_id], answer, entry, again=True)
        context.rows += rows
        told.append(answer.unit_code)
        if not any(row.channel for row in rows):
            missed.append(answer.unit_code)
    return context.say(
        "request-again", code=part.code, units=", ".join(told), told="yes" if told else "no",
        earlier=", ".join(earlier), before="yes" if earlier else "no",
        missed=", ".join(missed), has="yes" if missed else "no",
    )  # fmt: skip

"""More time for an answer: a cooperating unit asks the lead for it, which sets another day or keeps to its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.deadlines import local
from core.errors import AlreadyAnswered, ChangedMeanwhile, NotAllowed, NotAsked, WhichTask
from core.inquiries import Answered, By, Decided, UnitAnswer
from core.inquiries import more_time as day_to_offer
from core.messages import Message
from core.tasks import Part, PartRole
from core.text import fold
from handlers.acts import kept, not_carried
from handlers.context import Context
from handlers.contributing import keep_answer, recorded
from handlers.coordination import answer_buttons, by_words, latest
from handlers.phrasing import near_date, reference
from handlers.resolve import unit_apart


async def need_time(context: Context, part: Part, answer: UnitAnswer) -> Message:
    """Ask the lead for more time; it agrees, or keeps to its day, with one tap."""
    if answer.state is Answered.MORE_TIME:
        raise AlreadyAnswered(part.code, answer.unit_code, answer.state, answer.at or context.now)
    wanted = context.said.date
    by = By(wanted, context.said.before) if wanted else By(day_to_offer(answer.by, context.today, context.calendar))
    lead = await keep_answer(context, part, answer, Answered.MORE_TIME, wanted=by.last if wanted else None)
    said = unit_apart(context, part).strip(" ,;:")
    words = "" if part.restricted else said
    if lead is not None:
        ref = f"{reference(lead)} {part.unit_code}"
        day = f"{by.last.day}/{by.last.month}/{by.last.year}"
        buttons = (("button-new-day", f"/request {ref} {day}"), ("button-keep-day", f"/request {ref} giữ hạn"))
        await context.tell_unit(
            lead, "inquiry-more-time", *buttons, code=part.code, unit=part.unit_code, by=by_words(context, answer.by),
            day=near_date(by.last, context.today), named="yes" if wanted else "no", words=kept(words),
            has="yes" if words else "no",
        )  # fmt: skip
    return not_carried(context, part, said, recorded(context, part, lead, "more-time-recorded"))


async def decide_in_words(context: Context, command: str, *, agrees: bool) -> Message:
    """Take "đồng ý" or "không đồng ý" as said to a unit that asks for more time; `NotAllowed` where none does."""
    own = await context.work.parts.own_open(context.actor)
    leading = {part.task_id: part for part in own if part.role is PartRole.LEAD}
    named, unit = {ref.code for ref in context.said.refs}, context.said.mentions_unit
    waiting = [
        (leading[one.task_id], answer)
        for one in await context.work.inquiries.of_tasks(list(leading))
        for answer in one.answers
        if answer.state is Answered.MORE_TIME
        and (not named or leading[one.task_id].code in named)
        and (unit is None or fold(answer.unit_code) == fold(unit))
    ]
    if not waiting:
        raise NotAllowed(command)
    if len(waiting) > 1:
        raise WhichTask(
            "unit",
            tuple((_typed(context, *one, agrees=agrees), f"{one[0].code} {one[1].unit_code}") for one in waiting),
        )
    part, answer = waiting[0]
    context.about = reference(part)
    asked = await context.work.parts.by_ids([answer.part_id])
    if not agrees:
        return await keep_day(context, part, asked)
    return await move_day(context, part, asked, By(_offered(context, answer)))


def _typed(context: Context, part: Part, answer: UnitAnswer, *, agrees: bool) -> str:
    day = _offered(context, answer)
    what = f"{day.day}/{day.month}/{day.year}" if agrees else "giữ hạn"
    return f"/request {reference(part)} {answer.unit_code} {what}"


def _offered(context: Context, answer: UnitAnswer) -> date:
    """Return the day the unit named, or the one that was offered to the lead when it named none."""
    since = local(answer.at).date() if answer.at is not None else context.today
    return answer.wanted or day_to_offer(answer.by, since, context.calendar)


async def open_answers(context: Context, part: Part, asked: Sequence[Part]) -> list[UnitAnswer]:
    """Return what these units have still to answer; raises `NotAsked` or `AlreadyAnswered` where that is nothing."""
    units = {one.unit_id for one in asked}
    answers = [one for one in latest(await context.work.inquiries.of_tasks([part.task_id])) if one.unit_id in units]
    if not answers:
        raise NotAsked(part.code)
    found = [one for one in answers if one.is_open]
    if not found:
        last = answers[-1]
        raise AlreadyAnswered(part.code, last.unit_code, last.state, last.at or context.now)
    return found


async def move_day(context: Context, part: Part, asked: Sequence[Part], by: By) -> Message:
    """Let the units that have not answered do so by another day."""
    open_ones = [
        one
        for one in await open_answers(context, part, asked)
        if one.state is Answered.MORE_TIME or one.by != by  # not what a colleague has just decided alike
    ]
    if not open_ones:
        return context.say("request-decided", code=part.code, by=by_words(context, by))
    await _record(context, part, open_ones, by)
    for one in open_ones:
        if not await context.work.inquiries.move(one, by):
            raise ChangedMeanwhile(part.code)
    return await _decided(context, part, asked, open_ones, by)


async def keep_day(context: Context, part: Part, asked: Sequence[Part]) -> Message:
    """Leave the day as it was for a unit that asked for more time."""
    open_ones = await open_answers(context, part, asked)
    waiting = [one for one in open_ones if one.state is Answered.MORE_TIME]
    if not waiting:
        return context.say("request-decided", code=part.code, by=by_words(context, open_ones[0].by))
    await _record(context, part, waiting, None)
    for one in waiting:
        if not await context.work.inquiries.keep(one.id):
            raise ChangedMeanwhile(part.code)
    return await _decided(context, part, asked, waiting, waiting[0].by)


async def _record(context: Context, part: Part, answers: Sequence[UnitAnswer], by: By | None) -> None:
    """Write down what the lead decides, another day or `None` to keep to it, with what undo gives back."""
    told = {"by": by.last.isoformat()} if by is not None else {"kept": True}
    moved = [Decided.of(one, by or one.by).to_json() for one in answers]
    await context.record(
        "request-date", reference(part), undoable=True,
        detail={"unit": part.unit_code, **told, "asked": [one.unit_code for one in answers], "moved": moved},
    )  # fmt: skip


async def _decided(
    context: Context, part: Part, asked: Sequence[Part], answers: Sequence[UnitAnswer], by: By
) -> Message:
    units = {one.unit_id for one in answers}
    for one in asked:
        if one.unit_id in units:
            await context.tell_unit(one, "inquiry-moved", *answer_buttons(one), code=part.code, lead=part.unit_code,
                                    by=by_words(context, by))  # fmt: skip
    undo = context.button("button-undo", "/undo")
    return context.say("request-moved", undo, menu=True, code=part.code, by=by_words(context, by),
                       units=", ".join(one.unit_code for one in answers))  # fmt: skip

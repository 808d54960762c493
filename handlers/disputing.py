"""Sai 3.5: a unit says that what the office recorded on its behalf is wrong."""

from __future__ import annotations

from typing import Any

from core.errors import ActedUpon, NotRecorded, WhichNotice
from core.messages import Message
from core.people import OFFICE, UNIT, Role
from core.tasks import Part
from handlers.acts import kept, not_carried
from handlers.context import Context
from handlers.done import ask_document
from handlers.phrasing import full_date, reference
from handlers.resolve import meant, no_part
from handlers.routing import Answer, command
from handlers.undo import take_back
from storage.records import Recorded

_WHO = UNIT - {Role.LEADER}


@command("dispute", who=_WHO)
async def dispute(context: Context) -> Answer:
    """Take back what the office recorded for the sender's unit, or tell the office where somebody went on from it."""
    if not context.said.refs:
        return context.say("dispute-how")
    part, recorded = await _recorded(context)
    words = kept(context.said.rest)
    context.about = reference(part)
    try:
        ((part, before),) = await take_back(context, recorded.entry, "dispute", detail={"words": words})
    except ActedUpon:
        return await _tell_office(context, part, recorded, words)
    facts: dict[str, Any] = {
        "code": part.code,
        "unit": part.unit_code,
        "words": words,
        "quoted": "yes" if words else "no",
    }
    for person in await _recorders(context, recorded):
        state = context.t(f"state-{before.state.value}")
        document = part.progress.document or ""
        await context.tell(person, "dispute-told", now=True, about=reference(part), document=document, state=state,
                           **{**facts, "words": part.shown(words)})  # fmt: skip
    return not_carried(context, part, words, await _answer(context, part, facts))


async def _recorded(context: Context) -> tuple[Part, Recorded]:
    """Return the part of the sender's unit that the office recorded something for, and what."""
    ref = context.said.refs[0]
    parts = meant(await context.work.parts.own_by_code(context.actor, ref.code), ref, context)
    if not parts:
        raise await no_part(context, ref, "dispute")
    found = [(part, one) for part in parts if (one := await context.work.records.latest(part.id)) is not None]
    if not found:
        raise NotRecorded(parts[0].code)
    if len(found) > 1:
        words = context.said.rest
        choices = ((f"{reference(part)} {part.unit_code} {words}".strip(), _label(part)) for part, _ in found)
        raise WhichNotice(ref.code, "dispute", tuple(choices))
    return found[0]


def _label(part: Part) -> str:
    return f"TB {part.notice_number.partition('/')[0]} ({part.notice_year}) – {part.unit_code}: {part.title}"


async def _answer(context: Context, part: Part, facts: dict[str, Any]) -> Message:
    """Say that it was taken back, and let the right number and date follow where one was spoken of."""
    told = context.say("dispute-taken-back", context.button("button-undo", "/undo"), menu=True, **facts)
    given = context.said.document
    if given is not None and given.dated is not None:
        typed = f"{given.number} {full_date(given.dated) if given.year_typed else f'{given.dated:%-d/%-m}'}"
        right = context.button("dispute-right", f"/done {reference(part)} {typed}", code=part.code, document=typed)
        return told.with_buttons(right, context.button("button-leave", "/cancel", opt_out=True))
    if part.needs_document and any(char.isdigit() for char in facts["words"]):
        return (await ask_document(context, [part])).after(told)
    return told


async def _tell_office(context: Context, part: Part, recorded: Recorded, words: str) -> Message:
    """Leave what somebody went on from as it is, and let the office look at it."""
    await context.record(
        "dispute", reference(part), undoable=True, detail={"words": words, "record": recorded.entry.id}
    )
    chiefs = await context.work.people.offices(part.agency_id, roles={Role.OFFICE_CHIEF})
    people = [*await _recorders(context, recorded), *(office.person_id for office in chiefs)]
    for person in dict.fromkeys(people):
        if person != context.actor.person_id:
            await context.tell(
                person, "dispute-please", now=True, about=reference(part), code=part.code, title=part.title,
                unit=part.unit_code, words=part.shown(words), quoted="yes" if words else "no",
                state=context.t(f"state-{part.progress.state.value}"),
            )  # fmt: skip
    told = context.say("dispute-passed-on", context.button("button-undo", "/undo"), menu=True, code=part.code)
    return not_carried(context, part, words, told)


async def _recorders(context: Context, recorded: Recorded) -> list[int]:
    """Return who recorded it, or the office chief where that person is in the office no more."""
    offices = await context.work.people.offices(context.actor.agency_id, roles=OFFICE)
    people = {office.person_id: office.role for office in offices}
    if recorded.person_id in people:
        return [recorded.person_id] if recorded.person_id != context.actor.person_id else []
    return [person for person, role in people.items() if role is Role.OFFICE_CHIEF]

"""What becomes of a request for more time: the overseeing deputy's opinion, then the leader's decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from core.errors import ActedUpon, DatePassed, WhichTask
from core.extensions import Extension, Moved, Outcome, extend, times_granted
from core.messages import Message
from core.tasks import Part
from core.text import fold
from handlers.acts import kept, must_be_open, not_carried, save
from handlers.context import Context
from handlers.phrasing import day_month, due_or_none, full_date, reference
from handlers.raised import LEADER, meant_of, put_to, tell_everyone, who_is_next
from handlers.resolve import unit_apart
from handlers.routing import Answer, answers
from handlers.undecided import open_requests

Request = tuple[Extension, Part]


async def asked_of(context: Context) -> list[Request]:
    """Return the requests on which the sender has still to say something."""
    return await put_to(context, await open_requests(context.work, context.actor.agency_id))


async def requests(context: Context) -> list[Request]:
    """Return the open requests for more time that a leader's or a deputy's words can be about."""
    return await meant_of(context, await open_requests(context.work, context.actor.agency_id))


async def opinion(context: Context, *, agrees: bool) -> Answer:
    """Take "đồng ý" or "không đồng ý" as said of a request for more time; `None` where none can be meant."""
    found = await requests(context)
    if not found:
        return None
    if len(found) > 1:
        word = "agree" if agrees else "refuse"
        choices = [
            (f"/{word} {reference(part)} {part.unit_code}", f"{part.code} {part.unit_code}") for _, part in found
        ]
        raise WhichTask("extension", tuple(choices))
    extension, part = found[0]
    if not context.actor.is_any(LEADER):
        return await _give_opinion(context, extension, part, agrees=agrees)
    if agrees and "ngay khac" in fold(context.said.rest) and context.said.date is None:
        await context.ask("other-day", extension=extension.id)
        return context.say("extend-other-day", code=part.code)
    return await (_grant(context, extension, part, _day(context)) if agrees else _refuse(context, extension, part))


def _day(context: Context) -> date | None:
    said = context.said
    return said.date - timedelta(days=1) if said.date is not None and said.before else said.date


@answers("other-day")
async def other_day(context: Context) -> Answer:
    """Take the day that is named as the one the leader grants."""
    asked = context.question
    if asked is None or context.said.refs or _day(context) is None:
        return None
    await context.settle()
    extension = await context.work.extensions.get(asked.data["extension"])
    parts = await context.work.parts.by_ids([extension.part_id]) if extension is not None else []
    if extension is None or not parts:
        return None
    return await _grant(context, extension, parts[0], _day(context))


async def _give_opinion(context: Context, extension: Extension, part: Part, *, agrees: bool) -> Message:
    entry = await context.record("opinion", reference(part), undoable=True, detail={"agrees": agrees})
    by = context.actor.person_id
    if not await context.work.extensions.give_opinion(extension.id, supported=agrees, by=by, entry_id=entry):
        raise ActedUpon(part.code)
    context.about = reference(part)
    await tell_decider(context, part, replace(extension, supported=agrees))
    return context.say("opinion-recorded", context.button("button-undo", "/undo"), menu=True, code=part.code,
                       agrees="yes" if agrees else "no")  # fmt: skip


async def grant_unasked(context: Context, part: Part, until: date, words: str) -> Message:
    """Move the date as a leader says without having been asked; of what the unit asks for, take it as the answer."""
    for extension, _ in await open_requests(context.work, context.actor.agency_id):
        if extension.part_id == part.id and extension.what is Moved.DUE:
            return await _grant(context, extension, part, until)
    asked = Extension(0, part.id, Moved.DUE, until, words, context.actor.person_id, context.now)
    return await _grant(context, asked, part, until)


async def _grant(context: Context, extension: Extension, part: Part, day: date | None) -> Message:
    """Move the date; everybody concerned is told, the first date and the count stay."""
    must_be_open(part)
    until = day or extension.until
    if until <= context.today:
        raise DatePassed(until)
    basis = f"ý kiến {context.actor.title.removesuffix(' Sở')} {day_month(context.today)}"
    await save(context, "extended", part, extend(part.progress, extension.what, until, basis))
    if not extension.id:
        kept_as = await context.work.extensions.ask(
            part.id, extension.what, until, extension.reason or basis, by=extension.asked_by, entry_id=context.entry_id
        )
        extension = replace(extension, id=kept_as or 0)
    await _decided(context, extension, part, Outcome.GRANTED, until)
    original = part.original_due
    facts = {
        "code": part.code, "until": full_date(until), "times": times_granted(await context.work.extensions.of_part(part.id), original),
        "original": full_date(original) if original else "", "had": "yes" if part.progress.due is not None else "no",
        "inside": "yes" if extension.what is Moved.PRESENT_BY else "no",
    }  # fmt: skip
    await tell_everyone(context, part, extension.asked_by, "extend-told-granted", **facts)
    return context.say("extend-granted", context.button("button-undo", "/undo"), menu=True, **facts)


async def _refuse(context: Context, extension: Extension, part: Part) -> Message:
    await context.record("refused", reference(part), undoable=True)
    await _decided(context, extension, part, Outcome.REFUSED, None)
    context.about = reference(part)
    why = kept(unit_apart(context, part)) if context.said.refs else ""
    why = "" if not why or why[0].isdigit() else why
    facts: dict[str, Any] = {
        "code": part.code, "why": why, "has": "yes" if why else "no", **due_or_none(part, context.today)
    }  # fmt: skip
    told = {**facts, "why": part.shown(why)}
    await tell_everyone(context, part, extension.asked_by, "extend-told-refused", **told)
    answer = context.say("extend-refused", context.button("button-undo", "/undo"), menu=True, **facts)
    return not_carried(context, part, why, answer)


async def _decided(context: Context, extension: Extension, part: Part, outcome: Outcome, until: date | None) -> None:
    """Write the decision down; raises `ActedUpon` where somebody else decided first."""
    by, entry = context.actor.person_id, context.entry_id
    if not await context.work.extensions.decide(extension.id, outcome, by=by, entry_id=entry, until=until):
        raise ActedUpon(part.code)


async def tell_decider(context: Context, part: Part, extension: Extension) -> bool:
    """Tell whoever has to say something next: the overseeing deputy, then the leader; `True` if it is the deputy."""
    people, first = await who_is_next(context, part, extension)
    ref = f"{reference(part)} {part.unit_code}"
    buttons = (("button-support", f"/agree {ref}"), ("button-object", f"/refuse {ref}"))
    if not first:
        buttons = (("button-grant", f"/agree {ref}"), ("button-deny", f"/refuse {ref}"))
    others = () if first else (("button-other-day", f"/agree {ref} ngày khác"),)
    support = "none" if extension.supported is None else "yes" if extension.supported else "no"
    for person in people:
        await context.tell(
            person, "extend-please", *buttons, *others, about=reference(part), unit=part.unit_code, code=part.code,
            title=part.title, until=full_date(extension.until), reason=part.shown(extension.reason),
            **due_or_none(part, context.today), support=support, inside="yes" if extension.what is Moved.PRESENT_BY else "no",
        )  # fmt: skip
    return first

"""What a unit raises with those above it: the overseeing deputy's opinion comes first, then the leader's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.people import Role
from core.tasks import Part
from handlers.context import Context
from handlers.leaving import readers
from handlers.phrasing import reference
from handlers.resolve import meant
from handlers.undecided import One, Raised, put_before

LEADER = frozenset({Role.LEADER})
ANSWERS = LEADER | {Role.DEPUTY_LEADER}


async def overseers(context: Context, part: Part) -> list[int]:
    """Return the deputies who oversee the part's unit: their opinion comes before the leader's answer."""
    return [person for person, unit in await context.work.people.oversights(part.agency_id) if unit == part.unit_id]


async def put_to(context: Context, raised: Sequence[tuple[One, Part]]) -> list[tuple[One, Part]]:
    """Return those on which the sender has still to say something."""
    return await put_before(context.work, context.actor.person_id, raised, leads=context.actor.is_any(LEADER))


async def meant_of(context: Context, raised: Sequence[tuple[One, Part]]) -> list[tuple[One, Part]]:
    """Return those that a leader's or an overseeing deputy's words can be about."""
    if not context.actor.is_any(ANSWERS):
        return []
    if not context.said.refs:
        return await put_to(context, raised)
    ref = context.said.refs[0]
    named = {
        part.id for part in meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
    }
    found = [(one, part) for one, part in raised if part.id in named]
    if context.actor.is_any(LEADER):
        return found
    return [(one, part) for one, part in found if context.actor.person_id in await overseers(context, part)]


async def who_is_next(context: Context, part: Part, one: Raised) -> tuple[list[int], bool]:
    """Return who has to say something next, the overseeing deputies before the leader; `True` where it is the deputies."""
    before = [] if one.has_opinion else await overseers(context, part)
    if before:
        return before, True
    leaders = await context.work.people.offices(part.agency_id, roles=LEADER)
    return [office.person_id for office in leaders], False


async def tell_everyone(context: Context, part: Part, raised_by: int | None, key: str, **arguments: Any) -> None:
    """Tell the unit, who raised it, the overseeing deputy and the office chief what was decided."""
    chiefs = await context.work.people.offices(part.agency_id, roles={Role.OFFICE_CHIEF})
    people = await readers(context.work, [part]) + await overseers(context, part)
    people += [office.person_id for office in chiefs]
    people += [raised_by] if raised_by is not None else []
    told = {"code": part.code, "title": part.title, "unit": part.unit_code, "by": context.actor.title, **arguments}
    for person in dict.fromkeys(people):
        if person != context.actor.person_id:
            await context.tell(person, key, about=reference(part), **told)

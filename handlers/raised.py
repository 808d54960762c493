"""What a unit raises with those above it: the overseeing deputy's opinion comes first, then the leader's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from core.people import Role
from core.tasks import Part
from handlers.context import Context
from handlers.leaving import readers
from handlers.phrasing import reference
from handlers.resolve import meant

LEADER = frozenset({Role.LEADER})
ANSWERS = LEADER | {Role.DEPUTY_LEADER}


class Raised(Protocol):
    """A request or a proposal about a unit's part."""

    @property
    def part_id(self) -> int:
        """Return the part it is about."""

    @property
    def has_opinion(self) -> bool:
        """Tell whether the deputy has said something on it."""


One = TypeVar("One", bound=Raised)


async def overseers(context: Context, part: Part) -> list[int]:
    """Return the deputies who oversee the part's unit: their opinion comes before the leader's answer."""
    return [person for person, unit in await context.work.people.oversights(part.agency_id) if unit == part.unit_id]


async def with_parts(context: Context, raised: Sequence[One]) -> list[tuple[One, Part]]:
    """Return these with their parts."""
    parts = {part.id: part for part in await context.work.parts.by_ids([one.part_id for one in raised])}
    return [(one, parts[one.part_id]) for one in raised if one.part_id in parts]


async def put_to(context: Context, raised: Sequence[tuple[One, Part]]) -> list[tuple[One, Part]]:
    """Return those on which the sender has still to say something."""
    return [(one, part) for one, part in raised if await _is_asked(context, one, part)]


async def _is_asked(context: Context, one: Raised, part: Part) -> bool:
    before = await overseers(context, part)
    if context.actor.is_any(LEADER):
        return one.has_opinion or not before
    return context.actor.person_id in before and not one.has_opinion


async def meant_of(context: Context, raised: Sequence[tuple[One, Part]]) -> list[tuple[One, Part]]:
    """Return those that a leader's or an overseeing deputy's words can be about."""
    if not context.actor.is_any(ANSWERS):
        return []
    if not context.said.refs:
        return await put_to(context, raised)
    found = [(one, part) for one, part in raised if meant([part], context.said.refs[0], context)]
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

"""What a deputy leader may do: give tasks to the units they oversee, and decide about what they gave themselves.

What a notice directs was directed by the leader, whose it is to give to others, to date and to drop.
"""

from __future__ import annotations

from collections.abc import Collection

from core.errors import NotAllowed
from core.messages import Message
from core.people import ACTS_FOR_ALL, GIVES
from core.tasks import Part, PartRole
from core.units import Unit
from handlers.context import Context
from handlers.resolve import meant


async def overseen(context: Context) -> list[Unit]:
    """Return the units the sender oversees."""
    ids = {unit for person, unit in await context.work.people.oversights(context.actor.agency_id)
           if person == context.actor.person_id}  # fmt: skip
    return [unit for unit in await context.work.people.units(context.actor.agency_id) if unit.id in ids]


async def beyond(context: Context, leading: Collection[str]) -> Message | None:
    """Return what to say where a deputy leader names a unit to lead that they do not oversee; `None` where all is well."""
    if context.actor.is_any(ACTS_FOR_ALL):
        return None
    own = [unit.code for unit in await overseen(context)]
    others = [code for code in leading if code not in own]
    if not others:
        return None
    return context.say("oversee-others", units=", ".join(others), own=", ".join(own), has="yes" if own else "no")


async def decides(context: Context, task_id: int) -> bool:
    """Tell whether the sender decides about a directive: all of them, or a deputy leader's own."""
    if context.actor.is_any(ACTS_FOR_ALL):
        return True
    return context.actor.is_any(GIVES) and await context.work.given.by(task_id) == context.actor.person_id


async def own_given(context: Context, command: str) -> list[Part]:
    """Return the parts of the directive named that a deputy leader gave; raises `NotAllowed` where somebody else did."""
    for ref in context.said.refs[:1]:
        found = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
        found = [part for part in found if part.role is PartRole.LEAD or context.said.mentions_unit]
        found = [part for part in found if part.progress.is_open] or found
        if found and await decides(context, found[0].task_id):
            return [part for part in found if part.task_id == found[0].task_id]
    raise NotAllowed(command)

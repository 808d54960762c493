"""A directive of an agency below the sender's, which whoever sees progress may read and nobody there acts upon."""

from __future__ import annotations

from core.errors import WhichTask
from core.speech import TaskRef
from core.tasks import Part
from core.units import Unit
from handlers.agencies import agency_of, seen_below
from handlers.context import Context
from handlers.phrasing import reference, source_called
from handlers.resolve import MOST_CHOICES, meant, no_part

Below = tuple[Unit, list[Part]]
"""An agency below the sender's, and every unit's part of one directive of its."""


async def named_below(context: Context, ref: TaskRef, command: str) -> Below | None:
    """Return the directive of the agency below that a reference names: SCT/718/3.5; `None` where it names none there.

    Raises `WhichTask` where several of that agency's can be meant, `UnknownTask` where it has no such directive.
    """
    agency = await agency_of(context, ref)
    if agency is None:
        return None
    parts = meant(await context.work.parts.by_code(agency.id, ref.code), ref, context, agency.code)
    if not parts:
        raise await no_part(context, ref)
    return _the_one(context, [(agency, parts)], command)


async def meant_below(context: Context, ref: TaskRef, command: str) -> Below | None:
    """Return the directive below that a reference without an agency can mean; `None` where there is none.

    Raises `WhichTask` where there are several.
    """
    if ref.agency is not None:
        return None
    those = {agency: await context.work.parts.by_code(agency.id, ref.code) for agency in await seen_below(context)}
    found = [(agency, parts) for agency, every in those.items() if (parts := meant(every, ref, context))]
    return _the_one(context, found, command) if found else None


def _the_one(context: Context, found: list[Below], command: str) -> Below:
    tasks: dict[int, tuple[Unit, Part]] = {}
    for agency, parts in found:
        tasks |= {part.task_id: (agency, part) for part in reversed(parts) if part.task_id not in tasks}
    if len(tasks) == 1:
        return found[0]
    several = len(found) > 1
    choices = [
        (
            f"/{command} {reference(part, agency.code)}",
            (f"{agency.code} – " if several else "") + whose(context, part),
        )
        for agency, part in tasks.values()
    ]
    raise WhichTask("task-notice", tuple(choices[:MOST_CHOICES]), max(0, len(choices) - MOST_CHOICES))


def whose(context: Context, part: Part) -> str:
    """Return a directive as one of several with its code: its notice, its unit, what it is about."""
    return f"{source_called(context.t, part.notice_number)} – {part.unit_code}: {part.title}"

"""Reading what was handed in, on whichever channel the reader is."""

from __future__ import annotations

from core.messages import Message, OutgoingFile
from core.people import ANYONE, SEES_PROGRESS, Role
from core.speech import TaskRef
from core.tasks import Part, PartRole
from handlers.below import meant_below, named_below
from handlers.context import Context
from handlers.phrasing import reference
from handlers.resolve import actionable, meant, must_name_one, no_part
from handlers.routing import Answer, command

_MOST = 10


@command("files", who=ANYONE - {Role.ADMIN})
async def files(context: Context) -> Answer:
    """Send the files handed in for a directive to those who may see how it stands, what cooperating units gave to its lead too, the newest ones; a restricted one's stay inside."""
    if not context.said.refs:
        raise await must_name_one(context, "files", await actionable(context))
    ref = context.said.refs[0]
    agency, parts = await _readable(context, ref)
    context.about = reference(parts[0], agency)
    if parts[0].restricted:
        return context.say("files-withheld", code=parts[0].code)
    kept = [one for part in parts for one in await context.work.submissions.files_of_part(part.id)]
    if not kept:
        return context.say("files-none", code=parts[0].code)
    newest = {one.ref: OutgoingFile(one.ref, one.name, one.mime) for one in kept[-_MOST:]}
    text = context.t("files-sent", code=parts[0].code, count=len(newest), more=max(0, len(kept) - _MOST))
    return Message((text,), files=tuple(newest.values()))


async def _readable(context: Context, ref: TaskRef) -> tuple[str | None, list[Part]]:
    """Return the parts whose files the sender may read, and the agency below that they belong to, `None` for their own."""
    below = await named_below(context, ref, "files")
    found = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
    if below is None and not found:
        below = await meant_below(context, ref, "files")
    if below is not None:
        agency, parts = below
        return agency.code, parts
    leads = any(part.role is PartRole.LEAD and _may_see(context, part) for part in found)
    parts = [part for part in found if _may_see(context, part) or (leads and part.role is PartRole.COOPERATING)]
    if not parts:
        raise await no_part(context, ref, "files")
    return None, parts


def _may_see(context: Context, part: Part) -> bool:
    return context.actor.is_any(SEES_PROGRESS) or part.unit_id in {one.unit_id for one in context.actor.memberships}

"""Reading what was handed in, on whichever channel the reader is."""

from __future__ import annotations

from core.messages import Message, OutgoingFile
from core.people import ANYONE, SEES_PROGRESS, Role
from core.tasks import Part, PartRole
from handlers.context import Context
from handlers.phrasing import reference
from handlers.resolve import actionable, meant, must_name_one, no_part
from handlers.routing import Answer, command

_MOST = 10


@command("files", who=ANYONE - {Role.ADMIN}, private=True)
async def files(context: Context) -> Answer:
    """Send the files handed in for a directive to those who may see how it stands, what cooperating units gave to its lead too, the newest ones; a restricted one's stay inside."""
    if not context.said.refs:
        raise await must_name_one(context, "files", await actionable(context))
    ref = context.said.refs[0]
    found = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
    leads = any(part.role is PartRole.LEAD and _may_see(context, part) for part in found)
    parts = [part for part in found if _may_see(context, part) or (leads and part.role is PartRole.COOPERATING)]
    if not parts:
        raise await no_part(context, ref, "files")
    context.about = reference(parts[0])
    if parts[0].restricted:
        return context.say("files-withheld", code=parts[0].code)
    kept = [one for part in parts for one in await context.work.submissions.files_of_part(part.id)]
    if not kept:
        return context.say("files-none", code=parts[0].code)
    newest = {one.ref: OutgoingFile(one.ref, one.name, one.mime) for one in kept[-_MOST:]}
    text = context.t("files-sent", code=parts[0].code, count=len(newest), more=max(0, len(kept) - _MOST))
    return Message((text,), files=tuple(newest.values()))


def _may_see(context: Context, part: Part) -> bool:
    return context.actor.is_any(SEES_PROGRESS) or part.unit_id in {one.unit_id for one in context.actor.memberships}

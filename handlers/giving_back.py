"""What an act changed beside the progress of parts stands again as it did before."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import ActedUpon
from core.extensions import Outcome
from core.inquiries import Decided
from core.tasks import Part, PartRole
from handlers.context import Context
from storage.audit import Entry


async def must_be_last(context: Context, entry: Entry, new: Sequence[Part]) -> None:
    """Raise `ActedUpon` where others went on from an act without a mark on the parts; `new` are those it began."""
    if entry.act == "assign":
        await context.work.notices.lock(entry.detail["task"])
        last = await context.work.audit.last(context.actor.agency_id, "assign", entry.subject, entry.at)
        if last is not None and last.id != entry.id:
            raise ActedUpon(entry.subject.rpartition("/")[2])
        await _must_stand_in_their_roles(context, entry)
    ids = [part.id for part in new]
    asked = {one.part_id for one in await context.work.inquiries.of_parts(ids)}
    asked |= {one.part_id for one in await context.work.proposals.of_parts(ids)}
    for part in new:
        wanted = any(one.outcome is not Outcome.WITHDRAWN for one in await context.work.extensions.of_part(part.id))
        if wanted or part.id in asked:
            raise ActedUpon(part.code)


async def _must_stand_in_their_roles(context: Context, entry: Entry) -> None:
    """Raise `ActedUpon` where a unit said something in the role that an assignment gave it."""
    roles, versions = entry.detail["roles"], entry.detail.get("versions", {})
    changed = dict(await context.work.versions.made_by(entry.id))
    for part in await context.work.parts.by_ids([int(part_id) for part_id in roles]):
        then = changed.get(part.id, versions.get(str(part.id)))
        if part.role.value == roles[str(part.id)] or then is None:
            continue
        if part.progress != await context.work.versions.at(part.id, then) or await _raised_since(context, entry, part):
            raise ActedUpon(part.code)


async def _raised_since(context: Context, entry: Entry, part: Part) -> bool:
    """Tell whether the unit asked for more time or proposed something since the act, and it stands."""
    asked = await context.work.extensions.of_part(part.id)
    raised = await context.work.proposals.of_parts([part.id])
    return any(one.asked_at > entry.at and one.outcome is not Outcome.WITHDRAWN for one in asked) or any(
        one.raised_at > entry.at and one.withdrawn_at is None for one in raised
    )


async def give_back(context: Context, entry: Entry) -> None:
    """Give back what was handed in, asked, decided, lent, put off or linked with an act; raises `ActedUpon`."""
    work = context.work
    await work.submissions.withdraw(entry.id)
    await work.extensions.take_back(entry.id)
    await work.proposals.take_back(entry.id)
    await work.acting.take_back(entry.id)
    await work.snoozes.take_back(entry.id)
    await work.groups.take_back(entry.id)
    for part in await work.parts.by_ids(await work.inquiries.take_back(entry.id)):
        await context.tell_unit(part, "inquiry-withdrawn", code=part.code, lead=context.actor.unit_code)
    match entry.act:
        case "assign":
            for part_id, role in entry.detail["roles"].items():
                await work.notices.set_role(int(part_id), PartRole(role))
        case "dispute" if "entry" in entry.detail:
            # the office's record counts again, with what it handed in
            await work.audit.mark_standing(entry.detail["entry"])
            await work.submissions.restore(entry.detail["entry"])
        case "request-date":
            for one in entry.detail["moved"]:
                if not await work.inquiries.move_back(Decided.from_json(one)):
                    raise ActedUpon(entry.subject.rpartition("/")[2])
        case _:
            pass

"""What a part becomes once it is reported done: by its document, and who has to confirm that."""

from __future__ import annotations

from datetime import timedelta

from core import tasks
from core.errors import AlreadyClosed, DocumentNeeded, JustReturned
from core.people import Role
from core.speech import DocumentRef, complete_document
from core.tasks import Part, PartRole, Progress, State
from handlers.acts import must_have_an_end
from handlers.context import Context
from handlers.phrasing import full_date, reference

_CROSSING = timedelta(minutes=1)
"""A report this soon after a leader asked for more was on its way before."""


async def finished(context: Context, part: Part, given: DocumentRef | None, *, basis: bool = False) -> Progress:
    """Return the part's progress once it is done by this document; nothing is written.

    Raises `DocumentNeeded` where none was given but a product is due, or a `basis` is wanted whatever the part.
    """
    number = dated = None
    if given is not None:
        # a day of the past year would lie before the notice, so one that has not come yet was meant
        year = max(given.dated.year, part.notice_year) if given.dated is not None else part.notice_year
        whole = complete_document(given, year=year, agency_code=context.actor.agency_code)
        number, dated = whole.number, whole.dated
    must_have_an_end(part)
    await _must_know_what_is_missing(context, part)
    try:
        return tasks.complete(
            part.progress, context.now, needs_document=basis or (part.needs_document and part.role is PartRole.LEAD),
            document=number, document_on=dated, confirming=await _awaits_confirmation(context, part),
        )  # fmt: skip
    except AlreadyClosed as closed:
        closed.code = part.code
        raise
    except DocumentNeeded as needed:
        needed.code = part.code
        raise


async def _must_know_what_is_missing(context: Context, part: Part) -> None:
    """Raise `JustReturned` where the report crossed with a leader's request for more."""
    if part.progress.state is not State.RETURNED:
        return
    _, at, _ = (await context.work.versions.of_part(part.id))[-1]
    if context.now - at < _CROSSING:
        raise JustReturned(part.code, part.shown(part.progress.missing))


async def _awaits_confirmation(context: Context, part: Part) -> bool:
    """Tell whether the agency confirms reports, and this is not by one who could confirm it."""
    actor = context.actor
    if actor.is_any({Role.LEADER}) or (actor.is_any({Role.OFFICE_CHIEF}) and part.unit_id not in actor.unit_ids):
        return False
    return part.role is not PartRole.COOPERATING and (await context.work.people.agency(actor.agency_id)).confirms


async def tell_who_confirms(context: Context, part: Part, new: Progress) -> None:
    """Tell the office chief, or the leader of the office's own work, that a report waits; undone, it is not told."""
    agency = context.actor.agency_id
    chiefs = await context.work.people.offices(agency, roles={Role.OFFICE_CHIEF})
    others = [one for one in chiefs if one.unit_id != part.unit_id]
    ref = f"{reference(part)} {part.unit_code}"
    for office in others or await context.work.people.offices(agency, roles={Role.LEADER}):
        await context.tell(
            office.person_id, "submitted-told", ("button-confirm-it", f"/confirm {ref}"),
            ("button-return-it", f"/return {ref}"), about=reference(part), unit=part.unit_code, code=part.code,
            title=part.title, date=full_date(new.completed_on or context.today), document=new.document or "",
            has="yes" if new.document else "no",
        )  # fmt: skip

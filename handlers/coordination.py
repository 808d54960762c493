"""What lead units ask of cooperating ones, as it is told: who has answered, who has not, and by when."""

from __future__ import annotations

from collections.abc import Sequence

from core.deadlines import local
from core.inquiries import By, Inquiry, UnitAnswer, unanswered
from core.messages import Button, Message
from core.people import SEES_PROGRESS, UNIT
from core.tasks import Part, PartRole, State
from handlers.context import Context
from handlers.phrasing import Teller, near_date, reference
from handlers.resolve import meant, no_part
from handlers.routing import Answer, command
from storage.work import Work


def by_words(teller: Teller, by: By) -> str:
    """Return a day an answer is wanted by as it was named: "trước 20/4 (hết ngày 19/4)"."""
    return teller.t("inquiry-by", strict="yes" if by.strict else "no", day=near_date(by.day, teller.today),
                    last=near_date(by.last, teller.today))  # fmt: skip


def how_it_stands(teller: Teller, part: Part, answers: Sequence[UnitAnswer]) -> str:
    """Return who has answered what and who has not, on one line."""
    told = [
        teller.t(
            "inquiry-unit", unit=one.unit_code, state=one.state.value,
            date=near_date(local(one.at).date(), teller.today) if one.at else "",
            dated="yes" if one.wanted else "no", wanted=near_date(one.wanted, teller.today) if one.wanted else "",
        )
        for one in answers
    ]  # fmt: skip
    return teller.t("inquiry-stands", code=part.code, list="; ".join(told))


def again_button(teller: Teller, part: Part, open_ones: Sequence[UnitAnswer]) -> list[Button]:
    """Return the one tap that reminds whoever has not answered; none where everybody has."""
    if not open_ones:
        return []
    few = ", ".join(one.unit_code for one in open_ones[:2])
    label = teller.t("inquiry-again-button", units=few, count=len(open_ones), few="yes" if len(open_ones) < 3 else "no")
    return [Button(label, f"/request {reference(part)} nhắc")]


ANSWERS = (("button-contribute", "contribute"), ("button-nothing", "nothing"), ("button-more-time", "extend"))
"""What a unit that is asked can answer, a button each: its label and its command."""


def answer_buttons(part: Part) -> list[tuple[str, str]]:
    """Return the choices of a unit that is asked, each a label's key and what is typed."""
    return [(label, f"/{name} {reference(part)} {part.unit_code}") for label, name in ANSWERS]


async def lead_of(work: Work, inquiry: Inquiry) -> Part | None:
    """Return the part of the unit that asked, or of the one that leads the directive since."""
    parts = await work.parts.of_task(inquiry.task_id)
    leads = [part for part in parts if part.role is PartRole.LEAD and part.progress.state is not State.DROPPED]
    return next((part for part in leads if part.unit_id == inquiry.unit_id), leads[0] if leads else None)


async def silent(context: Context, parts: Sequence[Part]) -> list[str]:
    """Return the line under a directive that names who was asked and has not answered, for those who may see it."""
    leads = {part.unit_id for part in parts if part.role is PartRole.LEAD}
    mine = {one.unit_id for one in context.actor.memberships}
    found = unanswered(await context.work.inquiries.of_tasks([parts[0].task_id]))
    if not context.actor.is_any(SEES_PROGRESS) and not leads & mine:
        found = tuple(one for one in found if one.unit_id in mine)
    if not found:
        return []
    return [context.t("inquiry-silent", units=", ".join(one.unit_code for one in found))]


@command("coordination", who=UNIT)
async def coordination(context: Context) -> Answer:
    """List what the sender's unit asked of others and who has not answered, and what others ask of it."""
    ref = context.said.refs[0] if context.said.refs else None
    if ref is None:
        own = await context.work.parts.own_open(context.actor)
    else:
        own = meant(await context.work.parts.own_by_code(context.actor, ref.code), ref, context)
        if not own:
            raise await no_part(context, ref, "coordination")
    asked = await context.work.inquiries.of_tasks(list({part.task_id for part in own}))
    leading = {part.task_id: part for part in own if part.role is PartRole.LEAD}
    helping = {part.id: part for part in own if part.role is PartRole.COOPERATING}
    lines, again = list[str](), list[list[Button]]()
    for task_id, part in leading.items():
        about = latest([one for one in asked if one.task_id == task_id])
        if about:
            lines.append(how_it_stands(context, part, about))
            again.append(again_button(context, part, [one for one in about if one.is_open]))
    for inquiry in asked:
        for answer in inquiry.answers:
            if answer.part_id in helping and answer.is_open:
                lines.append(await _asked(context, helping[answer.part_id], inquiry, answer))
    if not lines:
        return context.say("coordination-none")
    buttons = tuple(again[0]) if len(again) == 1 else ()
    return Message(tuple(lines), context.t("coordination-title"), buttons)


async def _asked(context: Context, part: Part, inquiry: Inquiry, answer: UnitAnswer) -> str:
    lead = await lead_of(context.work, inquiry)
    return context.t(
        "coordination-asked", code=part.code, lead=lead.unit_code if lead else "", by=by_words(context, answer.by),
        words=inquiry.words, shown="no" if part.restricted else "yes",
    )  # fmt: skip


def latest(inquiries: Sequence[Inquiry]) -> list[UnitAnswer]:
    """Return each unit's answer to what it was asked last, of inquiries from the newest on."""
    found: dict[int, UnitAnswer] = {}
    for one in inquiries:
        for answer in one.answers:
            found.setdefault(answer.unit_id, answer)
    return list(found.values())

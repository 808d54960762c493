"""The leader's answer about dates the notice does not print, which is what makes them count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from core.deadlines import Deadline
from core.drafts import DraftNotice, Opinion, accept_dates
from core.errors import AlreadyFollowed, NoDraft, UnknownCommand
from core.messages import Button, Message
from core.opinions import read_opinion
from core.people import Role
from core.tasks import Kind
from handlers.context import Context
from handlers.notice_approve import approve
from handlers.notice_drafts import LEADER, find_draft, index_of, is_chief, must_be
from handlers.notice_pages import dated_groups
from handlers.notice_submit import chief_question, leader_question, send, send_to
from handlers.notice_words import Words
from handlers.phrasing import day_month, full_date, near_date
from handlers.routing import Answer, answers
from storage.drafts import Draft


@answers("dates", within=timedelta.max)
async def dates_given(context: Context) -> Answer:
    """Read "dong y, rieng 3.7 trong thang 5" as the answer about the dates asked for."""
    if context.question is None or context.incoming.text.lstrip().startswith("/"):
        return None
    draft = await context.work.drafts.get(context.question.data["draft"])
    if draft is None or draft.status not in {"asked", "followed"} or not context.actor.is_any(LEADER):
        await context.settle()
        return None
    return await _read(context, draft)


async def _read(context: Context, draft: Draft) -> Answer:
    opinion = read_opinion(context.incoming.text, today=context.today)
    if opinion is not None:
        return await _decide(context, draft, opinion)
    if context.said.intent in {"agree", "refuse"}:
        return context.say("notice-opinion-unclear", *leader_question(context.t, draft.notice).buttons)
    return None


async def agreed(context: Context) -> Answer:
    """Accept every suggested date, as the leader's button says."""
    return await _pressed(context, Opinion(others="keep"))


async def no_dates(context: Context) -> Answer:
    """Leave the directives without a deadline, as the leader's button says."""
    return await _pressed(context, Opinion(others="none"))


async def _pressed(context: Context, opinion: Opinion) -> Answer:
    must_be(context, LEADER, "agree")
    asked = context.question
    draft = await context.work.drafts.get(asked.data["draft"]) if asked and asked.kind == "dates" else None
    if draft is not None and draft.status in {"asked", "followed"}:
        return await _decide(context, draft, opinion)
    try:
        return await _decide(context, await find_draft(context, ("asked",)), opinion)
    except (NoDraft, AlreadyFollowed):
        return context.say("notice-opinion-closed")


async def agree(context: Context) -> Answer:
    """Agree to what was last asked: the leader to dates, the office chief to a notice."""
    if context.actor.is_any(LEADER) and (answer := await _as_leader(context)) is not None:
        return answer
    if is_chief(context):
        waiting = [d for d in await context.work.drafts.open(context.actor.agency_id) if d.status != "preparing"]
        if waiting and (waiting[0].status == "answered" or not waiting[0].notice.proposed()):
            return await approve(context)
        if waiting:
            return chief_question(context.t, waiting[0].notice, context.today, status=waiting[0].status)
    raise UnknownCommand(context.said.said)


async def refuse(context: Context) -> Answer:
    """Say no to what was last asked: suggested dates stay no deadlines."""
    if context.actor.is_any(LEADER) and (answer := await _as_leader(context)) is not None:
        return answer
    raise UnknownCommand(context.said.said)


async def _as_leader(context: Context) -> Answer:
    try:
        return await _read(context, await find_draft(context, ("asked",)))
    except NoDraft:
        return None


async def _decide(context: Context, draft: Draft, opinion: Opinion) -> Answer:
    """Record the opinion as the basis of the dates it sets, and tell the office chief."""
    if (wrong := _wrong(context, draft, opinion)) is not None:
        return wrong
    basis = f"ý kiến {context.actor.title.removesuffix(' Sở')} {day_month(context.today)}"
    before, after = draft.notice, accept_dates(draft.notice, basis, opinion)
    entry = await context.record("dates", before.number)
    followed = draft.status == "followed"
    undecided = bool(after.proposed()) and opinion.others == "open" and not followed
    await context.work.drafts.save(draft, after, draft.status if undecided or followed else "answered")
    if followed:
        await _set_late(context, before, after, entry)
    said = decided_lines(context.t, before, after, opinion, context.today)
    reply = Message((context.t("notice-opinion-recorded"), *said))
    if undecided:
        reply = _rest(context, after, reply)
    elif context.question is not None and context.question.kind == "dates":
        await context.settle()
    day, ref = context.today, after.reference
    key = "notice-opinion-late" if followed else "notice-opinion-partly" if undecided else "notice-opinion-given"

    def for_chief(t: Words) -> Message:
        lines = (t(key, title=context.actor.title, number=after.short), *decided_lines(t, before, after, opinion, day))
        buttons = (
            Button(t("notice-button-follow"), f"/approve {ref}"),
            Button(t("notice-button-items"), f"/notice items {ref}"),
        )
        return Message(lines, None, () if followed or undecided else buttons)

    await send_to(context, Role.OFFICE_CHIEF, for_chief)
    return reply


def _wrong(context: Context, draft: Draft, opinion: Opinion) -> Message | None:
    for code, day in opinion.dates:
        task = draft.notice.tasks[index_of(draft, code)]
        if task.kind is not Kind.TRACKED or task.needs_unit:
            return context.say("notice-opinion-not-dated", code=task.code, kind=task.kind.value)
        if day is not None and day < context.today:
            return context.say("notice-opinion-past", date=full_date(day))
    if isinstance(opinion.others, date) and opinion.others < context.today:
        return context.say("notice-opinion-past", date=full_date(opinion.others))
    return None


def _rest(context: Context, after: DraftNotice, reply: Message) -> Message:
    question = leader_question(context.t, after)
    return Message(
        (*reply.lines, context.t("notice-opinion-rest", count=len(after.proposed()))), None, question.buttons
    )


def decided_lines(t: Words, before: DraftNotice, after: DraftNotice, opinion: Opinion, day: date) -> list[str]:
    """Return what an opinion decided: single directives first, the others counted."""
    named = [code for code, on in opinion.dates if on is not None]
    none = [code for code, on in opinion.dates if on is None]
    groups = dated_groups(((code, on) for code, on in opinion.dates if on is not None), day)
    lines = [t("notice-decided", codes=", ".join(codes), date=on) for on, codes in groups]
    lines += [t("notice-decided-none", codes=", ".join(none))] if none else []
    others = [task.code for task in before.proposed() if task.code not in named + none]
    if not others or opinion.others == "open":
        return lines
    is_rest = "yes" if lines else "no"
    dues: dict[date, int] = {}
    for task in after.tasks:
        if task.code in others and task.due is not None:
            dues[task.due] = dues.get(task.due, 0) + 1
    if not dues:
        return [*lines, t("notice-decided-rest-none", count=len(others), rest=is_rest)]
    return [
        *lines,
        *(t("notice-decided-rest", count=dues[on], date=near_date(on, day), rest=is_rest) for on in sorted(dues)),
    ]


async def _set_late(context: Context, before: DraftNotice, after: DraftNotice, entry: int) -> None:
    """Give the parts of a notice already followed the dates that came after it, and tell their heads."""
    year = before.issued_on.year if before.issued_on else None
    found = await context.work.notices.find(context.actor.agency_id, before.number, year)
    old = {task.code: task.due for task in before.tasks}
    new = {task.code: task for task in after.tasks if task.due is not None and task.due != old[task.code]}
    changed: dict[int, list[str]] = {}
    for part in await context.work.parts.of_notice(found[0].id) if found else ():
        task = new.get(part.code)
        if task is None or task.due is None or not part.progress.is_open:
            continue
        due = Deadline(task.due, None, task.due_basis)
        await context.work.parts.save(part, replace(part.progress, due=due), entry)
        changed.setdefault(part.unit_id, []).append(part.code)
    offices = await context.work.people.offices(
        context.actor.agency_id, roles={Role.HEAD, Role.OFFICE_CHIEF}, unit_ids=set(changed)
    )
    for office in offices:
        pairs = [(code, day) for code in changed[office.unit_id] if (day := new[code].due) is not None]
        told = partial(_told, context.actor.title, before.short, dated_groups(pairs, context.today))
        await send(context, office.person_id, told)


def _told(title: str, number: str, groups: list[tuple[str, list[str]]], t: Words) -> Message:
    lines = [t("notice-dates-told", title=title, number=number)]
    lines += [t("notice-decided", codes=", ".join(codes), date=f"{on} *") for on, codes in groups]
    return Message(tuple(lines))

"""Sửa mục đang theo dõi: the words or the deadline of a directive under follow-up change, and everybody concerned hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.deadlines import Deadline
from core.errors import AlreadyClosed, DatePassed
from core.messages import Message
from core.people import Role
from core.reading.titles import short_title
from core.settling import Edit, names_edit, read_edits
from core.speech import TaskRef, complete_document, understand
from core.tasks import Kind, Part, PartRole
from core.text import clean
from handlers.context import Context
from handlers.importing import known_agency
from handlers.leaving import readers
from handlers.notice_drafts import office_basis
from handlers.overseeing import decides
from handlers.overtaken import by_another, without_seen
from handlers.phrasing import day_month, full_date, part_due, reference
from handlers.resolve import meant
from handlers.routing import Answer, answers

_WORDS = {"text", "title"}
_MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a directive: its words and name, its deadline, each `None` where it stays."""

    text: str | None = None
    title: str | None = None
    due: Deadline | None = None


async def followed(context: Context, ref: TaskRef) -> list[Part]:
    """Return the parts of the newest directive under follow-up that a reference can mean, none where there is none."""
    unit, context.said = context.said.mentions_unit, replace(context.said, mentions_unit=None)
    parts = meant(await context.work.parts.by_code(context.actor.agency_id, ref.code), ref, context)
    context.said = replace(context.said, mentions_unit=unit)
    still_open = [part for part in parts if part.progress.is_open] or parts
    return [part for part in parts if still_open and part.task_id == still_open[0].task_id]


async def change(context: Context, parts: Sequence[Part]) -> Answer:
    """Change what the words name, "hạn 15/6", "nội dung …"; without words ask what is to be changed."""
    if not any(part.progress.is_open for part in parts):
        first = parts[0]
        raise AlreadyClosed(first.progress.state, first.progress.completed_on, first.progress.document, first.code)
    words, seen = without_seen(context.said.rest)
    if not words.strip():
        await context.ask("change-item", task=parts[0].task_id, ref=reference(parts[0]))
        context.about = reference(parts[0])
        due = part_due(parts[0], context.today)
        leave = context.button("button-leave", "/cancel", opt_out=True)
        return context.say("change-what", leave, code=parts[0].code, title=parts[0].title, due=due or "",
                           dated="yes" if due else "no")  # fmt: skip
    return await _change(context, parts, words, seen)


@answers("change-item", within=timedelta.max)
async def what_given(context: Context) -> Answer:
    """Take "hạn 15/6" or "nội dung …", said right after "sửa 3.4", as what is to be changed there."""
    asked, typed = context.question, clean(context.incoming.text)
    if asked is None or typed.startswith("/") or context.said.refs or not names_edit(typed):
        return None
    if not await decides(context, asked.data["task"]):
        return None
    await context.settle()
    parts = await context.work.parts.of_task(asked.data["task"])
    return await _change(context, parts, typed, None)


async def _change(context: Context, parts: Sequence[Part], words: str, seen: int | None) -> Answer:
    first, ref = parts[0], reference(parts[0])
    agency = await known_agency(context.work, context.actor.agency_id)
    edits = read_edits(words, agency, today=context.today)
    if any(one.units for one in edits):
        return context.say("change-units", code=first.code)
    if not edits or any(one.what not in {"due", *_WORDS} or not (one.day or one.words) for one in edits):
        return context.say("change-how", code=first.code)
    await context.work.notices.lock(first.task_id)
    if (faster := await by_another(context, "change", ref, f"/edit {ref} {words}", seen)) is not None:
        return faster
    wanted = await _wanted(context, first, edits)
    if isinstance(wanted, Message):
        return wanted
    return await _keep(context, await context.work.parts.of_task(first.task_id), wanted)


async def _wanted(context: Context, part: Part, edits: Sequence[Edit]) -> Change | Message:
    """Return what the directive becomes, or what to say where the date is not the agency's to move."""
    change = Change()
    for one in edits:
        match one.what:
            case "text":
                text = one.words[:1].upper() + one.words[1:_MOST_WORDS]
                change = replace(change, text=text, title=change.title or short_title(text, part.product))
            case "title":
                change = replace(change, title=one.words[:120])
            case "due" if one.day is not None:
                if one.day < context.today:
                    raise DatePassed(one.day)
                basis = await _basis(context, part, one.basis)
                if basis is None:
                    return context.say("change-superior", code=part.code)
                change = replace(change, due=Deadline(one.day, None, basis))
            case _:
                return context.say("change-how", code=part.code)
    return change


async def _basis(context: Context, part: Part, typed: str | None) -> str | None:
    """Return on what the new date rests: a paper, or whoever changes it; `None` where only a paper of above can."""
    paper = understand(typed, today=context.today).document if typed else None
    if paper is not None:
        whole = complete_document(paper, year=context.today.year, agency_code=context.actor.agency_code)
        return f"{whole.number} {full_date(whole.dated)}" if whole.dated is not None else whole.number
    if await context.work.notices.is_by_superior(part.task_id):
        return None
    if typed:
        return office_basis(typed, context.today)
    return f"ý kiến {context.actor.title.removesuffix(' Sở')} {day_month(context.today)}"


async def _keep(context: Context, parts: Sequence[Part], wanted: Change) -> Message:
    """Write the change down with what was there before, tell everybody concerned, and say what holds now."""
    first, ref = parts[0], reference(parts[0])
    before = _that_moves(parts)
    detail: dict[str, Any] = {"what": _what(context, wanted)}
    if wanted.text is not None or wanted.title is not None:
        task = await context.work.notices.task(first.task_id)
        new = {"text": wanted.text or task.text, "title": wanted.title or task.title}
        detail |= {"task": task.id, "was": {"text": task.text, "title": task.title}, "is": new}
        await context.work.notices.reword(task.id, new["text"], new["title"])
    entry = await context.record("change", ref, undoable=True, detail=detail)
    context.about = ref
    if wanted.due is not None:
        for part in parts:
            same = part.role is PartRole.COOPERATING or part.progress.due == before.progress.due
            # who got another date of their own keeps it
            if part.progress.is_open and part.kind is not Kind.STANDING and same:
                await context.work.parts.save(part, replace(part.progress, due=wanted.due), entry)
    facts = _facts(context, before, wanted)
    await _tell(context, parts, facts)
    return context.say("change-recorded", context.button("button-undo", "/undo"), menu=True, **facts)


def _that_moves(parts: Sequence[Part]) -> Part:
    """Return the part whose date is the directive's: what most of those that act have, the first of them."""
    still_open = [part for part in parts if part.progress.is_open]
    acting = [part for part in still_open if part.role is not PartRole.COOPERATING] or still_open
    return max(acting, key=lambda part: sum(one.progress.due == part.progress.due for one in acting))


def _what(context: Context, wanted: Change) -> str:
    if wanted.due is not None:
        return context.t("change-to-date", date=full_date(wanted.due.on))
    return context.t("change-to-words")


def _facts(context: Context, part: Part, wanted: Change) -> dict[str, Any]:
    old, first = part_due(part, context.today), part.original_due
    text, title = wanted.text or wanted.title or "", wanted.title or part.title
    if part.restricted:
        text = title = part.title  # its words stay out of messengers
    return {
        "by": context.actor.title, "code": part.code, "title": title,
        "dated": "yes" if wanted.due is not None else "no",
        "until": full_date(wanted.due.on) if wanted.due is not None else "",
        "basis": wanted.due.basis or "" if wanted.due is not None else "",
        "before": old or "", "had": "yes" if old else "no",
        "original": full_date(first) if first is not None else "", "first": "yes" if first is not None else "no",
        "text": text, "worded": "yes" if wanted.text or wanted.title else "no",
    }  # fmt: skip


async def _tell(context: Context, parts: Sequence[Part], facts: dict[str, Any]) -> None:
    """Tell who acts for the units, whom it was handed to, the deputies in charge, the leader and the office chief."""
    concerned = [part for part in parts if part.progress.is_open]
    units = {part.unit_id for part in concerned}
    people = await readers(context.work, concerned)
    oversights = await context.work.people.oversights(context.actor.agency_id)
    people += [person for person, unit in oversights if unit in units]
    chiefs = await context.work.people.offices(context.actor.agency_id, roles={Role.LEADER, Role.OFFICE_CHIEF})
    people += [office.person_id for office in chiefs]
    for person in dict.fromkeys(people):
        if person != context.actor.person_id:
            await context.tell(person, "change-told", about=reference(parts[0]), **facts)

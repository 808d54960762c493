"""More time: asked with a day and a reason, or entered by the office as a paper decided it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from core.errors import AlreadyAsked, DatePassed, NotLater
from core.extensions import Extension, Moved, Outcome, extend, times_granted
from core.messages import Message
from core.people import ACTS_FOR_ALL, UNIT, Role
from core.speech import DocumentRef, complete_document
from core.tasks import Part, PartRole
from core.text import fold
from handlers.acts import kept, must_be_open, not_carried, save
from handlers.context import Context
from handlers.contributing import open_question
from handlers.deciding import grant_unasked, tell_decider
from handlers.more_time import need_time
from handlers.phrasing import day_month, due_or_none, full_date, near_date, reference
from handlers.raised import tell_everyone
from handlers.resolve import actionable, must_name_one, only_known_unit, own_part, recorded_part, unit_apart
from handlers.routing import Answer, answers, command

_WHY = re.compile(r"^(?:vì|do|lý do|ly do|vi|because)[ :]+", re.IGNORECASE)
_INSIDE = "noi bo"
_INSIDE_SAID = re.compile(r"^(?:nội bộ|noi bo)[ ,:;]+", re.IGNORECASE)
_PAPER_SAID = re.compile(
    r"(?:đã |da )?(?:có văn bản|co van ban)(?: (?:gửi|gui) (?:ubnd tỉnh|ubnd tinh|ubnd))?", re.IGNORECASE
)
_BY = re.compile(r"(?:^|[ ,;]+)theo$", re.IGNORECASE)
_WORDS = frozenset({"text", "unknown", "blocked", "progress"})


@command("extend", who=UNIT | {Role.CLERK})
async def extend_(context: Context) -> Answer:
    """Ask for more time with a day and a reason; the office enters what a paper decided, by its number and date."""
    said = context.said
    if not said.refs:
        raise await must_name_one(context, "extend", await actionable(context))
    await only_known_unit(context)
    office = context.actor.is_any({Role.CLERK}) and not context.actor.is_any(ACTS_FOR_ALL)
    find = recorded_part if office else own_part
    part = await find(context, said.refs[0], "extend")
    if part.role is PartRole.COOPERATING and (asked := await open_question(context, part)) is not None:
        return await need_time(context, *asked)
    must_be_open(part)
    if said.date is None:
        return context.say("extend-how", code=part.code)
    until = said.date - timedelta(days=1) if said.before else said.date
    words = kept(_WHY.sub("", unit_apart(context, part).lstrip(" ,;:")))
    # all but a leader and the office chief find only what they act for: their unit's, in another's stead, or handed to them
    own = part.unit_id in context.actor.unit_ids or not context.actor.is_any(ACTS_FOR_ALL)
    if said.document is not None and (office or (context.actor.is_any(ACTS_FOR_ALL) and not own)):
        return await _on_paper(context, part, until, words, said.document)
    if office or (not own and not context.actor.is_any({Role.LEADER})):
        return context.say("extend-paper", code=part.code)
    return await _ask(context, part, until, words)


async def _ask(context: Context, part: Part, until: date, words: str) -> Answer:
    words = await _with_reason(context, part, until, words)
    inside = _INSIDE in fold(words)
    if await context.work.notices.is_by_superior(part.task_id) and not inside and context.said.document is None:
        day = f"{until.day}/{until.month}/{until.year}"
        why = _PAPER_SAID.sub("", words).strip(" ,;:.")
        await context.ask("extension-paper", part=part.id, until=until.isoformat(), words=why)
        if why != words:
            context.about = reference(part)
            return context.say("extend-which-paper", code=part.code, date=full_date(until))
        inside_one = context.button("extend-inside", f"/extend {reference(part)} {day} nội bộ")
        by_paper = context.button("extend-by-paper", f"/extend {reference(part)} {day} đã có văn bản")
        leave = context.button("button-leave", "/cancel", opt_out=True)
        return context.say("extend-superior", inside_one, by_paper, leave, code=part.code)
    if not inside and part.unit_id not in context.actor.unit_ids and context.actor.is_any({Role.LEADER}):
        _must_be_later(context, part, until, Moved.DUE)
        return await grant_unasked(context, part, until, words)
    if not words and context.said.document is not None:
        return await _request(context, part, until, words, inside=inside)
    if not words or fold(words) == "noi bo":
        await context.ask("extension", part=part.id, until=until.isoformat(), inside=inside)
        context.about = reference(part)
        return context.say("extend-why", code=part.code, date=full_date(until))
    return await _request(context, part, until, words, inside=inside)


async def _with_reason(context: Context, part: Part, until: date, words: str) -> str:
    """Return the words of a choice with the reason that was given before it was asked for."""
    asked = context.question
    if asked is None or asked.kind != "extension-paper" or not context.said.exact:
        return words
    same = asked.data["part"] == part.id and asked.data["until"] == until.isoformat()
    return f"{words} {asked.data['words']}".strip() if same else words


@answers("extension")
async def reason_given(context: Context) -> Answer:
    """Take words without a code as why more time is needed."""
    said, asked = context.said, context.question
    if asked is None or said.refs or context.incoming.text.startswith("/") or said.intent not in _WORDS:
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    await context.settle()
    if not parts or not parts[0].progress.is_open:
        return None
    until = date.fromisoformat(asked.data["until"])
    return await _request(context, parts[0], until, kept(said.rest or said.said), inside=asked.data["inside"])


@answers("extension-paper")
async def paper_given(context: Context) -> Answer:
    """Take a number, with or without a date, as the paper by which more time is asked of the province."""
    said, asked = context.said, context.question
    if asked is None or said.refs or context.incoming.text.startswith("/") or said.document is None:
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    await context.settle()
    if not parts or not parts[0].progress.is_open:
        return None
    until = date.fromisoformat(asked.data["until"])
    return await _request(context, parts[0], until, asked.data["words"], inside=False)


async def _request(context: Context, part: Part, until: date, words: str, *, inside: bool) -> Message:
    """Keep the request and tell who has to say something first; raises `AlreadyAsked` while another one is open."""
    what = Moved.PRESENT_BY if inside else Moved.DUE
    words = _INSIDE_SAID.sub("", words) or words if inside else words
    _must_be_later(context, part, until, what)
    if context.said.document is not None:
        document = complete_document(context.said.document, year=until.year, agency_code=context.actor.agency_code)
        dated = day_month(document.dated) if document.dated is not None else ""
        paper = context.t("extend-by-document", number=document.number, date=dated, dated="yes" if dated else "no")
        words = ", ".join(filter(None, [_BY.sub("", words), paper]))
    entry = await context.record("extend", reference(part), undoable=True, detail={"until": until.isoformat()})
    work = context.work.extensions
    asked = await work.ask(part.id, what, until, words, by=context.actor.person_id, entry_id=entry)
    if asked is None:
        raise AlreadyAsked(part.code)
    context.about = reference(part)
    extension = Extension(asked, part.id, what, until, words, context.actor.person_id, context.now)
    deputy = await tell_decider(context, part, extension)
    times = times_granted(await work.of_part(part.id), part.original_due) + 1
    told = context.say(
        "extend-asked", context.button("button-undo", "/undo"), menu=True, code=part.code, times=times,
        until=full_date(until), reason=words, **_stands(context, part, what),
        inside="yes" if inside else "no", deputy="yes" if deputy else "no",
    )  # fmt: skip
    return not_carried(context, part, words, told)


def _stands(context: Context, part: Part, what: Moved) -> dict[str, Any]:
    """Return the date that is to move as it stands: the deadline, or the internal one."""
    if what is Moved.DUE:
        return due_or_none(part, context.today)
    by = part.progress.present_by
    return {"due": near_date(by, context.today) if by is not None else "", "had": "yes" if by is not None else "no"}


async def _on_paper(context: Context, part: Part, until: date, words: str, given: DocumentRef) -> Message:
    """Move the date as a paper decided it; its number and date are the basis."""
    paper = complete_document(given, year=context.today.year, agency_code=context.actor.agency_code)
    if paper.dated is None:
        return context.say("extend-paper", code=part.code)
    _must_be_later(context, part, until, Moved.DUE)
    basis = f"{paper.number} {full_date(paper.dated)}"
    await save(context, "extended", part, extend(part.progress, Moved.DUE, until, basis))
    work, person = context.work.extensions, context.actor.person_id
    open_one = next((one for one in await work.of_part(part.id) if one.is_open and one.what is Moved.DUE), None)
    asked = open_one.id if open_one is not None else None
    if asked is None:
        asked = await work.ask(part.id, Moved.DUE, until, words or basis, by=person, entry_id=context.entry_id)
    if asked is None or not await work.decide(
        asked, Outcome.GRANTED, by=person, entry_id=context.entry_id, until=until, document=paper.number,
        document_on=paper.dated,
    ):  # fmt: skip
        raise AlreadyAsked(part.code)
    times, had = times_granted(await work.of_part(part.id), part.original_due), part.progress.due is not None
    await tell_everyone(context, part, None, "extend-told-paper", until=full_date(until), basis=basis, times=times,
                        had="yes" if had else "no",
                        original=full_date(part.original_due) if part.original_due else "")  # fmt: skip
    return context.say(
        "extend-on-paper", context.button("button-undo", "/undo"), menu=True, code=part.code, unit=part.unit_code,
        until=full_date(until), basis=basis, times=times, had="yes" if had else "no",
    )  # fmt: skip


def _must_be_later(context: Context, part: Part, until: date, what: Moved) -> None:
    if until <= context.today:
        raise DatePassed(until)
    due = part.progress.due.on if part.progress.due is not None else None
    now = part.progress.present_by if what is Moved.PRESENT_BY else due
    if now is not None and until <= now:
        raise NotLater(part.code, now)

"""A unit reports its part done: by its document's number and date where a product is due, else in a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core import tasks
from core.errors import DocumentNeeded, NotAllowed, UserError
from core.messages import Message
from core.people import ACTS_FOR_ALL, ANYONE, UNIT, Role
from core.speech import DocumentRef, TaskRef
from core.submissions import Submission
from core.tasks import Part, State
from core.text import fold
from handlers.acts import must_be_meant, save
from handlers.context import Context
from handlers.contributing import answer_by_finishing
from handlers.finishing import finished, tell_who_confirms
from handlers.mistakes import answer_to
from handlers.phrasing import day_month, full_date, part_due, reference
from handlers.recording import on_behalf, record, records_for_others
from handlers.resolve import actionable, must_name_one, own_part
from handlers.routing import COMMANDS, Answer, answers, command

_FEW = 4
"""Directives closed by one message that nobody has to count."""


@command("done", who=UNIT | {Role.CLERK})
async def done(context: Context) -> Answer:
    """Report the unit's part done, dated by its document where a product is due; the office records it for the unit."""
    refs = context.said.refs
    if not context.actor.is_any(UNIT):
        return await _done_by_clerk(context)
    if not refs:
        return await _done_without_code(context)
    if len(refs) == 1:
        part = await own_part(context, refs[0], "done")
        if records_for_others(context, part) and (part.needs_document or context.said.document is not None):
            return await on_behalf(context, part)
        if not context.said.exact and context.said.document is None:
            # "3.8 xong di" is an order
            must_be_meant(context, "done", [part])
        return await _done_one(context, part, context.said.document)
    return await _done_many(context, refs)


async def _done_by_clerk(context: Context) -> Answer:
    """Take what a clerk says of a unit's work as said for the record, one directive at a time."""
    if len(context.said.refs) != 1:
        return context.say("record-how")
    return await record(context)


async def _done_without_code(context: Context) -> Answer:
    parts = await actionable(context)
    said = fold(context.said.said)
    if "ubnd" in said:
        outward = [part for part in parts if part.product and "ubnd" in fold(part.product)]
        if len(outward) == 1 and context.said.document is None:
            return await ask_document(context, outward, guessed=len(parts) > 1)
        parts = outward or parts
    if len(parts) == 1:
        return await _done_one(context, parts[0], context.said.document)
    which = await must_name_one(context, "done", parts, opt_out=context.t("choice-none-done"))
    if context.question is None or context.question.kind != "document":
        raise which
    await context.settle()
    return answer_to(which, context.catalogue, context.actor.language)


async def _done_one(context: Context, part: Part, document: DocumentRef | None) -> Answer:
    try:
        return await complete(context, part, document)
    except DocumentNeeded:
        return await ask_document(context, [part])


async def _done_many(context: Context, refs: tuple[TaskRef, ...]) -> Answer:
    """Close what can be closed, ask for what lacks a number, and say what went wrong with the rest."""
    if not context.said.exact and context.actor.is_any(ACTS_FOR_ALL):
        must_be_meant(context, "done", [await own_part(context, ref, "done") for ref in refs])
    closed: list[str] = []
    asked: list[Part] = []
    wrong: list[str] = []
    for ref in refs:
        try:
            part = await own_part(context, ref, "done")
            await complete(context, part, None)
            closed.append(part.code)
        except DocumentNeeded:
            asked.append(part)
        except UserError as mistake:
            wrong += answer_to(mistake, context.catalogue, context.actor.language).lines[:1]
    many = "yes" if len(closed) > _FEW else "no"
    told = context.t("done-several", codes=", ".join(closed), count=len(closed), many=many)
    lines = told.split("\n") if closed else [context.t("done-none")]
    hint = [lines.pop()] if closed else []
    if asked:
        lines.append(context.t("document-asked-short", codes=", ".join(part.code for part in asked)))
        await _await_documents(context, asked)
    return Message.of("\n".join([*lines, *wrong, *hint]))


async def ask_document(context: Context, parts: list[Part], *, guessed: bool = False) -> Message:
    """Ask for the number and date of the first part's document, the others waiting for their turn.

    A part that was only `guessed` from the words can be denied.
    """
    await _await_documents(context, parts)
    part = parts[0]
    context.about = reference(part)
    later = context.button("button-number-later", f"/reported {reference(part)}", opt_out=not guessed)
    if guessed:
        other = context.button("button-not-this", "/done", code=part.code)
        return context.say("document-asked-guessed", later, other, code=part.code)
    return context.say("document-asked", later, code=part.code, product=part.product or part.title)


async def _await_documents(context: Context, parts: list[Part]) -> None:
    """Wait for the documents of these parts, after those that the same message asked for already."""
    waiting = context.beside.asked
    waiting += [part.id for part in parts if part.id not in waiting]
    await context.ask("document", parts=waiting)


@answers("document", within=timedelta(days=1))
async def document_given(context: Context) -> Answer:
    """Read "45 27/4" as the number and date that close the part asked about."""
    given, only_number = context.said.document, _only_a_number(context)
    if context.question is None or not (only_number or (context.said.intent == "document" and given is not None)):
        return None
    asked: list[int] = context.question.data["parts"]
    parts = sorted(await context.work.parts.by_ids(asked), key=lambda part: asked.index(part.id))
    waiting = [part for part in parts if part.progress.is_open]
    if not waiting:
        await context.settle()
        return None
    if given is None:
        raise DocumentNeeded(waiting[0].code)
    answer = await complete(context, waiting[0], given)
    if len(waiting) == 1:
        await context.settle()
        return answer
    return [answer, await ask_document(context, waiting[1:])]


def _only_a_number(context: Context) -> bool:
    """Tell whether "45" was typed where "45 27/4" was asked for, and is too high to be one of the choices."""
    said = context.said
    return said.intent == "choice" and said.choice is not None and said.choice > 2 and not said.rest


@command("document", who=ANYONE, menu=False)
async def document(context: Context) -> Answer:
    """Take a bare number and date: a notice's own, the only part it can belong to, or the question whose it is."""
    given = context.said.document
    bare = given.number if given is not None and given.dated is None and given.kind is None else None
    if bare is not None and await context.work.notices.find(context.actor.agency_id, bare):
        context.said = replace(context.said, intent="summary", notice=bare)
        return await COMMANDS["summary"].run(context)
    if not context.actor.is_any(UNIT):
        raise NotAllowed("document")
    waiting = [part for part in await actionable(context) if part.needs_document]
    if given is None or not waiting:
        raise await must_name_one(context, "done", await actionable(context), opt_out=context.t("choice-none-done"))
    reported = [part for part in waiting if part.progress.state is State.REPORTED]
    if len(reported) == 1:
        return await complete(context, reported[0], given)
    dated = ""
    if given.dated is not None:
        dated = full_date(given.dated) if given.year_typed else day_month(given.dated)
    typed = f"{given.number} {dated}".strip()
    buttons = [
        context.button("choice-part", f"/done {reference(part)} {typed}", code=part.code, title=part.title)
        for part in waiting
    ]
    none = context.button("choice-none-done-short", "/cancel", opt_out=True)
    has = "yes" if dated else "no"
    return context.say("document-whose", *buttons, none, document=given.number, date=dated, dated=has)


async def complete(context: Context, part: Part, given: DocumentRef | None) -> Message:
    """Close a part with its document, where one was given, and say so; raises `DocumentNeeded` where one is due."""
    new = await finished(context, part, given)
    number, dated = (new.document, new.document_on) if given is not None else (None, None)
    await save(context, "done", part, new)
    if number is not None:
        await context.work.submissions.add(
            part.id, Submission(number, dated, context.now), context.entry_id, album=context.incoming.album
        )
    if context.question is not None and context.question.kind == "document":
        await context.settle()
    await answer_by_finishing(context, part)
    awaits = new.state is State.SUBMITTED
    if awaits:
        await tell_who_confirms(context, part, new)
    late = not tasks.on_time(new)
    due = part_due(part, context.today)
    said_on = context.said.date if number is None else None
    return context.say(
        "done-recorded",
        context.button("button-undo", "/undo"),
        menu=True,
        code=part.code,
        date=full_date(new.completed_on or context.today),
        standing="none" if due is None else "late" if late else "on-time",
        due=due or "",
        days=(new.completed_on - new.due.on).days if late and new.completed_on and new.due else 0,
        document=number or "",
        dated=full_date(dated) if dated else "",
        has="yes" if number else "no",
        awaits="yes" if awaits else "no",
        mended="yes" if part.progress.being_mended(context.now) else "no",
        role=part.role.value,
        earlier="yes" if said_on is not None and said_on < context.today else "no",
        day=day_month(said_on) if said_on is not None else "",
    )

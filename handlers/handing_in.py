"""Handing in a result: a document's number, words, files or photos, in one message or step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from core import tasks
from core.messages import Button, Incoming, IncomingFile, Message
from core.people import UNIT, Actor
from core.submissions import Submission
from core.tasks import Part, PartRole, State
from core.text import fold
from handlers.acts import save
from handlers.context import Context
from handlers.contributing import give, open_question
from handlers.done import ask_document, complete
from handlers.keeping import fetch_later, keep_files
from handlers.phrasing import label, reference
from handlers.resolve import MOST_CHOICES, actionable, must_name_one, own_part
from handlers.routing import Answer, answers, command
from storage.accounts import Question
from storage.work import Work

_WORDS = frozenset({"text", "unknown"})
_STALE = timedelta(minutes=30)


@command("report", who=UNIT)
async def report(context: Context) -> Answer:
    """Hand in a result: number and date, words, files or photos; asked for where nothing came along."""
    parts = await _meant(context)
    files = context.incoming.files or _waiting(context.question, context)
    if not (files or context.said.document or _words(context)):
        return await _ask(context, parts)
    return await _take(context, parts, files)


async def _meant(context: Context) -> list[Part]:
    if context.said.refs:
        found = [await own_part(context, ref, "report") for ref in context.said.refs]
        return list({part.id: part for part in found}.values())
    parts = await actionable(context)
    if len(parts) != 1:
        raise await must_name_one(context, "report", parts, opt_out=context.t("choice-none"))
    return parts


def _words(context: Context) -> str:
    said = context.said
    return "" if said.document or fold(said.rest) == fold(said.mentions_unit or "") else said.rest


async def _ask(context: Context, parts: list[Part]) -> Message:
    """Ask for the result, and give the address where a browser can hand in what the messenger cannot carry."""
    await context.ask("handing_in", parts=[part.id for part in parts])
    context.about = reference(parts[0])
    lines = [context.t("report-ask", codes=_codes(parts))]
    for part in parts:
        address = context.upload_address(await context.work.uploads.make(part.id, context.actor.account_id))
        if address is not None:
            lines.append(context.t("report-ask-page", code=part.code, address=address))
    return Message.of("\n".join(lines))


@answers("handing_in")
async def given(context: Context) -> Answer:
    """Take what follows the question: files, a number and date, or words; anything else is no answer to it."""
    asked, said = context.question, context.said
    if asked is None or context.now - asked.asked_at > _STALE or context.incoming.text.startswith("/"):
        return None
    takes = bool(context.incoming.files) or said.document is not None or (said.intent in _WORDS and not said.refs)
    parts = [part for part in await context.work.parts.by_ids(asked.data["parts"]) if takes]
    if not parts:
        return None
    await context.settle()
    return await _take(context, parts, context.incoming.files)


async def _take(context: Context, parts: list[Part], files: Sequence[IncomingFile]) -> Answer:
    """Keep the result for each part: a document's number closes it, anything else leaves it open."""
    if len(parts) == 1 and (asked := await open_question(context, parts[0])) is not None:
        if context.question is not None and context.question.kind == "evidence":
            await context.settle()
        return await give(context, *asked, _words(context), files)
    answered: list[Message] = []
    held: list[int] = []
    for part in parts:
        if context.said.document is not None and part.progress.is_open:
            answered.append(await complete(context, part, context.said.document))
            held += await context.work.submissions.of_entry(context.entry_id, part.id)
        else:
            held.append(await _add(context, part))
    await keep_files(context, held, files)
    if context.question is not None and context.question.kind == "evidence":
        await context.settle()
    if answered:
        return [*answered, *([context.say("report-files", files=len(files))] if files else [])]
    waiting = [part for part in parts if part.progress.is_open and _needs_number(part)]
    told = context.say("report-taken", codes=_codes(parts), files=len(files))
    if waiting:
        return (await ask_document(context, waiting)).after(told)
    still_open = [part for part in parts if part.progress.is_open]
    done = [context.button("button-done", f"/done {reference(part)}", code=part.code) for part in still_open]
    return told.with_buttons(*done, context.button("button-undo", "/undo"), menu=True)


def _needs_number(part: Part) -> bool:
    return part.needs_document and part.role is PartRole.LEAD


async def _add(context: Context, part: Part) -> int:
    """Keep words and files as one more version of the result; a part that is closed stays as it is."""
    progress = part.progress
    if progress.is_open:
        reported = _needs_number(part) and progress.state is not State.PRESENTED
        new = tasks.report_without_document(progress) if reported else tasks.advance(progress, None, None)
        await save(context, "report", part, new)
    elif context.entry_id is None:
        await context.record("report", reference(part), undoable=True)
    document = context.said.document
    return await context.work.submissions.add(
        part.id,
        Submission(
            document.number if document else None,
            document.dated if document else None,
            context.now,
            _words(context) or None,
        ),
        context.entry_id,
        album=context.incoming.album,
    )


async def whose(context: Context) -> Answer:
    """Ask of which directive a photo or file without words is the result; `None` for those with nothing to report."""
    asked = context.question is not None and context.question.kind == "handing_in"
    if asked and (answer := await given(context)) is not None:
        return answer
    if context.said.refs:
        return await report(context)
    parts = await actionable(context)
    if not parts:
        return None
    files: list[dict[str, Any]] = [asdict(file) for file in context.incoming.files]
    await context.ask("evidence", files=files, album=context.incoming.album)
    buttons = [Button(label(part, context.today), f"/report {reference(part)}") for part in parts[:MOST_CHOICES]]
    none = context.button("button-keep-nothing", "/cancel", opt_out=True)
    return context.say("report-whose", *buttons, none, kind=context.incoming.kind)


@answers("evidence")
async def chosen(_context: Context) -> Answer:
    """Leave it to the command behind the choice, which finds the files in the question."""
    return None


def _waiting(question: Question | None, context: Context) -> tuple[IncomingFile, ...]:
    """Return the files somebody sent before saying whose they are."""
    if question is None or question.kind != "evidence" or context.now - question.asked_at > _STALE:
        return ()
    return tuple(IncomingFile(**file) for file in question.data["files"])


async def join_album(work: Work, actor: Actor, question: Question | None, incoming: Incoming) -> None:
    """Add a later picture of an album to what its first one was taken for."""
    if question is not None and question.kind == "evidence" and question.data["album"] == incoming.album:
        files = [*question.data["files"], *(asdict(file) for file in incoming.files)]
        data = {**question.data, "files": files}
        await work.questions.ask(actor.person_id, question.channel, question.chat, "evidence", data)
        return
    held = await work.submissions.of_album(actor.person_id, incoming.album or "")
    await fetch_later(work, actor, incoming, held, incoming.files)


def _codes(parts: Sequence[Part]) -> str:
    return ", ".join(part.code for part in parts)

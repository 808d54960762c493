"""Handing in a result: a document's number, words, files or photos, in one message or step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core import tasks
from core.messages import IncomingFile, Message
from core.people import UNIT
from core.speech import DocumentRef
from core.submissions import Submission
from core.tasks import Part, PartRole, State
from core.text import fold
from handlers.acts import save
from handlers.context import Context
from handlers.contributing import give, open_question
from handlers.done import ask_document, complete
from handlers.handed_files import vouched
from handlers.keeping import keep_files
from handlers.phrasing import reference
from handlers.resolve import actionable, must_name_one, own_part
from handlers.routing import Answer, answers, command
from handlers.waiting_files import VOUCHING, let_go, says_stamped, unvouched, vouching, waiting

_WORDS = frozenset({"text", "unknown"})


@command("report", who=UNIT)
async def report(context: Context) -> Answer:
    """Hand in a result: number and date, words, files or photos; asked for where nothing came along."""
    job = unvouched(context)
    if job is not None and not (
        context.said.refs or context.said.rest or context.said.document or context.incoming.files
    ):
        return await vouched(context, job)
    parts = await meant_parts(context)
    asked = None if context.incoming.files else waiting(context)
    files = asked.files if asked is not None else context.incoming.files
    if not (files or context.said.document or _words(context)):
        return await _ask(context, parts)
    return await take(context, parts, files, read=asked.document if asked is not None else None)


@answers(VOUCHING)
async def said_meanwhile(context: Context) -> Answer:
    """Take what the sender types of a stamp, or a number and date along with files that wait for them to look."""
    job, said = unvouched(context), context.said
    if job is None or said.refs or context.incoming.text.startswith("/"):
        return None
    stamped = says_stamped(said.said) if said.document is None else None
    if stamped is not None:
        return await let_go(context) if stamped else await vouched(context, job)
    if said.document is None:
        return None
    words = f"{job['incoming']['text']} {context.incoming.text}".strip()
    await context.ask(VOUCHING, job={**job, "incoming": {**job["incoming"], "text": words}})
    return vouching(context.t, job["incoming"]["kind"])


async def meant_parts(context: Context) -> list[Part]:
    """Return the parts the message names, the only one there is where it names none; raises `WhichTask`."""
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
    if asked is None or context.incoming.text.startswith("/"):
        return None
    takes = bool(context.incoming.files) or said.document is not None or (said.intent in _WORDS and not said.refs)
    parts = [part for part in await context.work.parts.by_ids(asked.data["parts"]) if takes]
    if not parts:
        return None
    await context.settle()
    return await take(context, parts, context.incoming.files)


async def take(
    context: Context,
    parts: list[Part],
    files: Sequence[IncomingFile],
    *,
    read: DocumentRef | None = None,
    closing: bool = False,
    unread: bool = False,
) -> Answer:
    """Keep the result for each part: a document's number, typed or `read` in the file, closes it, `closing` words do
    where no number is due, anything else leaves it open.
    """
    asked = None if context.incoming.files else waiting(context)
    document = context.said.document or read
    if document is not None and document.dated is None and files:
        document = None  # a number alone closes nothing, and its picture shall not be lost over it
    if len(parts) == 1 and (inquiry := await open_question(context, parts[0])) is not None:
        told = await give(context, *inquiry, _words(context), files, read=read)
        if asked is not None:
            await context.settle()
        return told
    answered: list[Message] = []
    held: list[int] = []
    rest: list[Part] = []
    for part in parts:
        if part.progress.is_open and (document is not None or (closing and not _needs_number(part))):
            answered.append(await complete(context, part, document))
            of_entry = await context.work.submissions.of_entry(context.entry_id, part.id)
            held += of_entry or [await _version(context, part, document)]
        else:
            rest.append(part)
            held.append(await _add(context, part, document))
    await keep_files(context, held, files)
    if asked is not None:
        await context.settle()
    kind = asked.kind if asked is not None else context.incoming.kind
    if answered and files:
        last = answered.pop()
        first, *hints = last.lines
        with_files = context.t("report-files", files=len(files), kind=kind)
        answered.append(replace(last, lines=(first, with_files, *hints)))
    if not rest:
        return answered
    waiting_ones = [part for part in rest if part.progress.is_open and _needs_number(part)]
    still_open = [part for part in rest if part.progress.is_open]
    told = context.say(
        "report-taken", codes=_codes(rest), files=len(files), kind=kind, closed="no" if still_open else "yes"
    )
    if waiting_ones:
        dim = [context.say("picture-dim", kind=kind)] if unread else []
        question = await ask_document(context, waiting_ones)
        for message in (*dim, told):
            question = question.after(message)
        return [*answered, question]
    done = [context.button("button-done", f"/done {reference(part)}", code=part.code) for part in still_open]
    return [*answered, told.with_buttons(*done, context.button("button-undo", "/undo"), menu=True)]


def _needs_number(part: Part) -> bool:
    return part.needs_document and part.role is PartRole.LEAD


async def _add(context: Context, part: Part, document: DocumentRef | None) -> int:
    """Keep words and files as one more version of the result; a part that is closed stays as it is."""
    progress = part.progress
    if progress.is_open:
        reported = _needs_number(part) and progress.state is not State.PRESENTED
        new = tasks.report_without_document(progress) if reported else tasks.advance(progress, None, None)
        await save(context, "report", part, new)
    elif context.entry_id is None:
        await context.record("report", reference(part), undoable=True)
    return await _version(context, part, document)


async def _version(context: Context, part: Part, document: DocumentRef | None) -> int:
    number, dated = (document.number, document.dated) if document is not None else (None, None)
    version = Submission(number, dated, context.now, _words(context) or None)
    return await context.work.submissions.add(part.id, version, context.entry_id, album=context.incoming.album)


def _codes(parts: Sequence[Part]) -> str:
    return ", ".join(part.code for part in parts)

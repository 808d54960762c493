"""What becomes of files that were looked at: their number and date are asked about, or they are taken as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import DocumentNeeded, NothingOpen
from core.messages import Button, Message
from core.people import UNIT
from core.reading.results import printed_document
from core.speech import DocumentRef
from core.tasks import Part
from core.text import fold
from documents.evidence import Looked
from handlers.context import Context
from handlers.contributing import contribute
from handlers.contributing import given as contribution_given
from handlers.handed_files import DOING, joined
from handlers.handing_in import meant_parts, take
from handlers.phrasing import full_date, label, reference
from handlers.resolve import MOST_CHOICES, actionable, must_name_one
from handlers.routing import Answer, answers, command
from handlers.waiting_files import let_wait, waiting

_WORDS = {"TTr": "trinh", "KH": "ke hoach", "BC": "bao cao", "QĐ": "quyet dinh", "TB": "thong bao", "PA": "phuong an"}
"""What the product of a directive is called that such a document answers."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the files of one message showed, and the parts a result was asked for when it came."""

    pages: tuple[Looked, ...]
    parts: tuple[int, ...] = ()

    @property
    def is_unread(self) -> bool:
        """Tell whether it is a picture of text that could have been read and was not."""
        return any(page.picture and page.trouble != "no_ocr" for page in self.pages)


async def went_on(context: Context, seen: Seen) -> Answer:
    """Take the message up again, its files known: ask about what was read in them, whose result they are, or take them."""
    said = context.said
    if await joined(context):
        return []
    if not context.incoming.files and said.document is None and said.intent not in DOING:
        return []
    if said.intent == "contribute":
        return await contribute(context)
    if context.question is not None and context.question.kind == "contribution":
        answer = await contribution_given(context)
        if answer is not None:
            return answer
    typed = said.document if said.document is not None and said.document.dated is not None else None
    printed = await _printed(context, seen) if typed is None else None
    parts = await _named(context, seen)
    if not parts:
        return await _whose(context, seen, typed, printed)
    words = said.intent in {"report", "done"} and typed is None and said.document is None and bool(said.rest)
    if printed is not None and not words and any(part.progress.is_open for part in parts):
        return await _confirm(context, parts, printed)
    unread = seen.is_unread and typed is None and printed is None
    return await take(context, parts, context.incoming.files, closing=said.intent == "done", unread=unread)


async def _named(context: Context, seen: Seen) -> list[Part]:
    """Return the parts the message names, or those a result was asked for."""
    if context.said.refs or context.said.intent in {"report", "done"}:
        return await meant_parts(context)
    return [part for part in await context.work.parts.by_ids(list(seen.parts)) if part.progress.is_open]


async def _printed(context: Context, seen: Seen) -> DocumentRef | None:
    """Return the one number and date the pages show, where they can be those of a result due."""
    parts = await actionable(context)
    since = min((date(part.notice_year, 1, 1) for part in parts), default=date(context.today.year, 1, 1))
    code = context.actor.agency_code
    found = [printed_document(page.lines, agency_code=code, since=since, until=context.today) for page in seen.pages]
    numbers = {one for one in found if one is not None}
    if len(numbers) != 1:
        return None
    printed = numbers.pop()
    return DocumentRef(printed.number, printed.dated, None, code, year_typed=True)


async def _confirm(context: Context, parts: Sequence[Part], printed: DocumentRef) -> Message:
    """Ask whether number and date were read right, the directive being known."""
    await let_wait(context, [part.id for part in parts], printed)
    context.about = reference(parts[0])
    codes = ", ".join(part.code for part in parts)
    named = " ".join(reference(part) for part in parts)
    return context.say(
        "picture-confirm",
        context.button("button-read-right", f"/report {named}", code=codes),
        context.button("button-misread", "/misread"),
        _drop(context, context.incoming.kind),
        kind=context.incoming.kind, number=printed.number, date=_date(printed), codes=codes,
    )  # fmt: skip


async def _whose(context: Context, seen: Seen, typed: DocumentRef | None, printed: DocumentRef | None) -> Answer:
    """Ask of which directive it is the result: what was read is asked about too, what was typed goes without saying."""
    parts = await actionable(context)
    kind = context.incoming.kind
    if not parts:
        return context.say("media-photo" if kind == "photo" else "media-file-unit")
    if typed is not None and len(parts) == 1:
        return await take(context, parts, context.incoming.files)
    await let_wait(context, [], typed or printed)
    drop = _drop(context, kind)
    if printed is not None:
        other = [context.button("button-other-directive", "/report")] if len(parts) > 1 else []
        wrong = context.button("button-misread", "/misread")
        buttons = [_choice(context, _likely(parts, printed.number)), *other, wrong, drop]
        return context.say("picture-read", *buttons, kind=kind, number=printed.number, date=_date(printed))
    buttons = [*(_choice(context, part) for part in parts[:MOST_CHOICES]), drop]
    return context.say("picture-unread" if seen.is_unread and typed is None else "report-whose", *buttons, kind=kind)


def _drop(context: Context, kind: str) -> Button:
    return context.button("button-drop-photo" if kind == "photo" else "button-drop-file", "/cancel", opt_out=True)


def _choice(context: Context, part: Part) -> Button:
    return Button(label(part, context.today), f"/report {reference(part)}")


def _date(document: DocumentRef) -> str:
    return full_date(document.dated) if document.dated is not None else ""


def _likely(parts: Sequence[Part], number: str) -> Part:
    """Return the part such a document is most likely the result of, the most urgent of several."""
    words = _WORDS.get(number.partition("/")[2].partition("-")[0])
    due = [part for part in parts if part.needs_document] or parts
    fitting = [part for part in due if words is not None and words in fold(f"{part.product or ''} {part.title}")]
    return (fitting or due)[0]


@command("misread", who=UNIT, menu=False)
async def misread(context: Context) -> Answer:
    """Say that number or date were read wrongly in a picture; they are typed instead."""
    asked = waiting(context)
    if asked is None:
        raise await must_name_one(context, "report", await actionable(context), opt_out=context.t("choice-none"))
    await context.ask("evidence", **replace(asked, document=None).to_json())
    several = not asked.parts and len(await actionable(context)) > 1
    drop = _drop(context, asked.kind)
    return context.say("picture-misread", drop, several="yes" if several else "no")


@answers("evidence")
async def typed_for_it(context: Context) -> Answer:
    """Take the number and date typed for a picture that waits; anything else is no answer to it."""
    asked, said = waiting(context), context.said
    given = said.document
    if asked is None or given is None or context.incoming.text.startswith("/") or said.intent not in DOING:
        return None
    parts = await meant_parts(context) if said.refs else await context.work.parts.by_ids(list(asked.parts))
    named = [part for part in parts if part.progress.is_open]
    meant = named or await actionable(context)
    if not meant:
        raise NothingOpen
    if given.dated is None:
        raise DocumentNeeded(meant[0].code)
    if named or len(meant) == 1:
        return await take(context, meant, asked.files)
    await context.ask("evidence", **replace(asked, document=given).to_json())
    drop = _drop(context, asked.kind)
    buttons = [_choice(context, part) for part in meant[:MOST_CHOICES]]
    return context.say("report-whose", *buttons, drop, kind=asked.kind)

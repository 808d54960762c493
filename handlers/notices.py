"""A notice comes in by chat: a file, or text pasted in one message or several; and its draft is looked at."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from core.errors import ConfidentialNotice, NoDirectives, NotAllowed
from core.messages import Incoming, IncomingFile, Message
from core.people import OFFICE, Role
from core.reading.lines import raw_lines
from core.reading.stamps import secrecy
from core.speech import TaskRef, understand_all
from core.text import fold, nfc
from handlers import notice_amend, notice_approve, notice_dates, notice_settle, notice_shape
from handlers.context import Context
from handlers.importing import Kept, known_agency, read_draft
from handlers.mistakes import answer_to
from handlers.notice_drafts import CONCERNED, find_draft, is_chief, must_be, place_said, words
from handlers.notice_pages import item, listing, overview
from handlers.notice_submit import leader_question, send_back, send_to, submit, submit_named
from handlers.routing import Answer, Handler, answers, command
from storage.work import Work

__all__ = [
    "drafted",
    "notice",
    "notice_approve",
    "notice_dates",
    "notice_settle",
    "notice_shape",
    "pasted",
    "queue_reading",
    "submit",
]

LONG = 200
_LIMIT = 4096
_FULL = 3900
"""A message this long was probably cut by the messenger, which takes 4,096 characters."""
_MOST = 60_000
_MOST_LINES = 3_000
"""What is pasted is read on the spot, so it must be read in a moment; longer ones come as a file."""
_STALE = timedelta(minutes=30)
READING = "read_notice"
_ALBUM_COMES = timedelta(seconds=4)
"""How long after one photo of an album the next may come."""
_SLASH = re.compile(r"\s*/[A-Za-z_]+(?:@\w+)?\s*")
_NUMBERED = re.compile(r"(?m)^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[-–+•]|[a-zđ]\))\s+\S")
_READ = frozenset({"du", "da du", "doc", "doc di", "doc thong bao", "het", "het roi", "xong", "du roi", "read"})


@command("notice", who=CONCERNED, private=True)
async def notice(context: Context) -> Answer:
    """Read a pasted notice, or show and move on the one being prepared."""
    said = words(context.said).partition(" ")[0]
    if (step := _STEPS.get(said)) is not None:
        return await step(context)
    text = _text(context)
    if context.actor.is_any(OFFICE) and _looks_pasted(text):
        return await _take(context, [], text)
    draft = await find_draft(context)
    if not context.actor.is_any(OFFICE):
        return listing(context.t, draft.notice, context.today)
    return list(overview(context.t, draft.notice, context.today, chief=is_chief(context)))


async def _items(context: Context) -> Answer:
    draft = await find_draft(context)
    index = min(max(place_said(context), 1), len(draft.notice.tasks)) - 1
    edits = context.actor.is_any(OFFICE) and (draft.status == "preparing" or is_chief(context))
    page = item(context.t, draft.notice, index, context.today, edits=edits)
    if draft.status == "asked" and context.actor.is_any({Role.LEADER}):
        agree, _, no_dates = leader_question(context.t, draft.notice).buttons
        page = page.with_buttons(*page.buttons, agree, no_dates)
    return page


async def _list(context: Context) -> Answer:
    draft = await find_draft(context)
    return listing(context.t, draft.notice, context.today, place_said(context))


async def drafted(context: Context, ref: TaskRef) -> Message | None:
    """Return a directive as the open draft has it, for those who see drafts; `None` where none has its code."""
    if not context.actor.is_any(CONCERNED):
        return None
    for draft in await context.work.drafts.open(context.actor.agency_id):
        codes = [fold(task.code) for task in draft.notice.tasks]
        if fold(ref.code) in codes and ref.notice in {None, draft.notice.number, draft.notice.short}:
            edits = context.actor.is_any(OFFICE) and (draft.status == "preparing" or is_chief(context))
            return item(context.t, draft.notice, codes.index(fold(ref.code)), context.today, edits=edits)
    return None


async def pasted(context: Context) -> Answer:
    """Take a long text from the office as a notice being pasted; `None` for any other message."""
    text = _text(context)
    if not context.actor.is_any(OFFICE) or not context.incoming.private or not _looks_pasted(text):
        return None
    return await _take(context, [], text)


@answers("paste")
async def next_part(context: Context) -> Answer:
    """Add the next message to what was pasted, or read it when the person says that this was all."""
    if context.question is None or context.incoming.kind != "text":
        return None
    if context.now - context.question.asked_at > _STALE or not context.actor.is_any(OFFICE):
        await context.settle()
        return None
    text = _text(context)
    if fold(text).strip(" .!") in _READ:
        return await _read(context, context.question.data["parts"])
    if text.startswith("/") or (len(text) < 80 and "\n" not in text.strip() and "./." not in text):
        return None
    several = understand_all(context.incoming.text, today=context.today)
    if len(several) > 1 and context.said != several[0]:
        return []  # one pasted message that looked like several acts: it was taken with the first
    return await _take(context, context.question.data["parts"], text)


def _text(context: Context) -> str:
    text = nfc(context.incoming.text)
    slash = _SLASH.match(text) if context.said.intent == "notice" else None
    return text[slash.end() :] if slash is not None else text


def _looks_pasted(text: str) -> bool:
    return len(text) >= LONG or len(_NUMBERED.findall(text)) > 1


async def _take(context: Context, before: list[str], text: str) -> Answer:
    if secrecy(raw_lines(text.splitlines())):
        return await _read(context, [text])
    parts = [*before, text]
    if sum(map(len, parts)) > _MOST or sum(part.count("\n") for part in parts) > _MOST_LINES:
        await context.settle()
        return context.say("notice-paste-too-long")
    ended = "noi nhan" in fold(text) or "./." in text
    if ended and len(text) < _FULL:
        return await _read(context, parts)
    await context.ask("paste", parts=parts)
    read = context.button("notice-button-read", "/notice read")
    return context.say("notice-paste-part", read, number=len(parts), count=sum(map(len, parts)))


async def _read_pasted(context: Context) -> Answer:
    must_be(context, OFFICE, "notice")
    if context.question is None or context.question.kind != "paste":
        return context.say("notice-paste-nothing")
    return await _read(context, context.question.data["parts"])


async def _read(context: Context, parts: list[str]) -> Answer:
    # a messenger that is full cuts in the middle of a word
    lines = "".join(part if len(part) >= _LIMIT else part + "\n" for part in parts).split("\n")
    name = context.t("notice-pasted-name")
    try:
        kept = await read_draft(context.work, context.actor.agency_id, lines, by=context.actor.person_id, name=name)
    except NoDirectives:
        await context.settle()
        return context.say("notice-paste-empty")
    except ConfidentialNotice as stamped:
        # nothing of it stays, not even what the question kept of earlier parts
        await context.settle()
        await context.work.audit.add(
            context.actor.agency_id, context.actor.person_id, context.incoming.channel, "refused", stamped.level
        )
        return answer_to(stamped, context.catalogue, context.actor.language)
    await context.settle()
    await context.record("read", kept.draft.notice.number or name)
    return await _shown(context, kept)


async def _shown(context: Context, kept: Kept) -> Answer:
    old, chief = kept.replaced, is_chief(context)
    if old is not None and old.status != "preparing" and not chief:
        await send_to(
            context, Role.OFFICE_CHIEF, lambda t: Message.of(t("notice-replaced-told", number=kept.draft.notice.short))
        )
    return list(overview(context.t, kept.draft.notice, context.today, chief=chief, replaced=old is not None))


_STEPS: dict[str, Handler] = {
    "items": _items,
    "list": _list,
    "compare": notice_amend.compare,
    "drop": notice_amend.drop,
    "keep": notice_amend.keep,
    "submit": submit_named,
    "return": send_back,
    "agree": notice_dates.agreed,
    "nodates": notice_dates.no_dates,
    "read": _read_pasted,
}


def _asked_table(context: Context) -> dict[str, Any]:
    """Return which directive the file takes apart, where a table was asked for a while ago."""
    asked = context.question
    if asked is None or asked.kind != "split" or context.now - asked.asked_at > _STALE:
        return {}
    return {"split": dict(asked.data)}


async def queue_reading(context: Context, file: IncomingFile) -> Message:
    """Queue the reading of a notice's file and say so; raises `NotAllowed` for those who prepare none."""
    if not context.actor.is_any(OFFICE):
        raise NotAllowed("notice")
    incoming = context.incoming
    await context.work.jobs.add(
        READING,
        {
            "channel": incoming.channel,
            "chat": context.private_chat,
            "ref": file.ref,
            "name": file.name,
            "size": file.size,
            "agency_id": context.actor.agency_id,
            "agency": asdict(await known_agency(context.work, context.actor.agency_id)),
            "person_id": context.actor.person_id,
            "account_id": context.actor.account_id,
            "language": context.actor.language,
            "chief": is_chief(context),
            **({"album": _album(incoming)} if incoming.album else {}),
            **_asked_table(context),
        },
        after=_ALBUM_COMES if incoming.album else timedelta(),
    )
    if incoming.kind == "photo":
        return context.say("notice-photo-received")
    return context.say("notice-file-received", name=file.name)


async def add_page(work: Work, incoming: Incoming) -> None:
    """Let a later photo of an album be one more page of the notice its first one begins."""
    for file in incoming.files:
        await work.jobs.add_to_album(READING, _album(incoming), file.ref, after=_ALBUM_COMES)


def _album(incoming: Incoming) -> str:
    return f"{incoming.channel}:{incoming.sender}:{incoming.album}"

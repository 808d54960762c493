"""A notice's text, pasted in one message or in the several a messenger makes of it."""

from __future__ import annotations

import re
from datetime import timedelta

from core.errors import ConfidentialNotice
from core.messages import Message
from core.people import OFFICE
from core.reading.lines import raw_lines
from core.reading.stamps import secrecy
from core.speech import understand_all
from core.text import fold, nfc
from handlers.context import Context
from handlers.mistakes import answer_to
from handlers.notice_drafts import must_be
from handlers.notice_reading import queue_text
from handlers.routing import Answer, answers

_LONG = 200
_LIMIT = 4096
_FULL = 3900
"""A message this long was probably cut by the messenger, which takes 4,096 characters."""
_MOST = 60_000
_MOST_LINES = 3_000
_SLASH = re.compile(r"\s*/[A-Za-z_]+(?:@\w+)?\s*")
_NUMBERED = re.compile(r"(?m)^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[-–+•]|[a-zđ]\))\s+\S")
_READ = frozenset({"du", "da du", "doc", "doc di", "doc thong bao", "het", "het roi", "xong", "du roi", "read"})


async def pasted(context: Context) -> Answer:
    """Take a long text from the office as a notice being pasted; `None` for any other message."""
    text = pasted_text(context)
    if not context.actor.is_any(OFFICE) or not context.incoming.private or not looks_pasted(text):
        return None
    return await take(context, [], text)


@answers("paste", within=timedelta.max)
async def next_part(context: Context) -> Answer:
    """Add the next message to what was pasted, or read it when the person says that this was all."""
    if context.question is None or context.incoming.kind != "text":
        return None
    if context.asked("paste") is None or not context.actor.is_any(OFFICE):
        await context.settle()
        return None
    text = pasted_text(context)
    if fold(text).strip(" .!") in _READ:
        return await _read(context, context.question.data["parts"])
    if text.startswith("/") or (len(text) < 80 and "\n" not in text.strip() and "./." not in text):
        return None
    several = understand_all(context.incoming.text, today=context.today)
    if len(several) > 1 and context.said != several[0]:
        return []  # one pasted message that looked like several acts: it was taken with the first
    return await take(context, context.question.data["parts"], text)


def pasted_text(context: Context) -> str:
    """Return what was said without a command in front of it."""
    text = nfc(context.incoming.text)
    slash = _SLASH.match(text) if context.said.intent == "notice" else None
    return text[slash.end() :] if slash is not None else text


def looks_pasted(text: str) -> bool:
    """Tell whether a message is a piece of a notice rather than something said."""
    return len(text) >= _LONG or len(_NUMBERED.findall(text)) > 1


async def take(context: Context, before: list[str], text: str) -> Answer:
    """Add a piece to those that came before, and read them once the end has come; of a stamped one nothing is kept."""
    if level := secrecy(raw_lines(text.splitlines())):
        return await _refuse(context, level)
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


async def read_pasted(context: Context) -> Answer:
    """Read what was pasted so far, as the button asks."""
    must_be(context, OFFICE, "notice")
    if context.question is None or context.question.kind != "paste":
        return context.say("notice-paste-nothing")
    return await _read(context, context.question.data["parts"])


async def _read(context: Context, parts: list[str]) -> Answer:
    # a messenger that is full cuts in the middle of a word
    text = "".join(part if len(part) >= _LIMIT else part + "\n" for part in parts)
    await context.settle()
    if level := secrecy(raw_lines(text.splitlines())):
        return await _refuse(context, level)
    return await queue_text(context, text)


async def _refuse(context: Context, level: str) -> Message:
    """Say why nothing is read; nothing of it stays, not even what the question kept of earlier parts."""
    await context.settle()
    actor = context.actor
    await context.work.audit.add(actor.agency_id, actor.person_id, context.incoming.channel, "refused", level)
    return answer_to(ConfidentialNotice(level), context.catalogue, actor.language)

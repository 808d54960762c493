"""What is to be read as a notice, queued: a file, the photos of an album, a pasted text. Reading is a job of its own."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from core.errors import NotAllowed
from core.messages import Incoming, IncomingFile, Message
from core.people import OFFICE
from handlers.context import Context
from handlers.importing import known_agency
from handlers.notice_drafts import is_chief
from storage.work import Work

READING = "read_notice"
_ALBUM_COMES = timedelta(seconds=4)
"""How long after one photo of an album the next may come."""


def _asked_table(context: Context) -> dict[str, Any]:
    """Return which directive the file takes apart, where a table was asked for a while ago."""
    asked = context.asked("split")
    return {} if asked is None else {"split": dict(asked.data)}


async def queue_reading(context: Context, file: IncomingFile) -> Message:
    """Queue the reading of a notice's file and say so; raises `NotAllowed` for those who prepare none."""
    if not context.actor.is_any(OFFICE):
        raise NotAllowed("notice")
    incoming = context.incoming
    named = {"ref": file.ref, "name": file.name, "size": file.size, **_asked_table(context)}
    album = {"album": _album(incoming)} if incoming.album else {}
    await _queue(context, {**named, **album}, after=_ALBUM_COMES if album else timedelta())
    if incoming.kind == "photo":
        return context.say("notice-photo-received")
    return context.say("notice-file-received", name=file.name)


async def queue_text(context: Context, text: str) -> Message:
    """Queue the reading of a pasted text and say so."""
    await _queue(context, {"text": text, "name": context.t("notice-pasted-name")})
    return context.say("notice-paste-reading", count=len(text))


async def _queue(context: Context, what: dict[str, Any], *, after: timedelta = timedelta()) -> None:
    actor = context.actor
    data = {
        "channel": context.incoming.channel,
        "chat": context.private_chat,
        "agency_id": actor.agency_id,
        "agency": asdict(await known_agency(context.work, actor.agency_id)),
        "person_id": actor.person_id,
        "account_id": actor.account_id,
        "language": actor.language,
        "chief": is_chief(context),
    }
    await context.work.jobs.add(READING, {**data, **what}, after=after)


async def add_page(work: Work, incoming: Incoming) -> None:
    """Let a later photo of an album be one more page of the notice its first one begins."""
    for file in incoming.files:
        await work.jobs.add_to_album(READING, _album(incoming), file.ref, after=_ALBUM_COMES)


def _album(incoming: Incoming) -> str:
    return f"{incoming.channel}:{incoming.sender}:{incoming.album}"

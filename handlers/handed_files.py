"""The files of a message on their way: looked at before anything is recorded, and fetched for good afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from core.messages import Incoming
from core.people import Actor
from handlers.context import Context
from handlers.keeping import fetch_later
from handlers.resolve import actionable
from handlers.routing import Answer
from storage.accounts import Question
from storage.work import Work

LOOKING = "look_at_files"
DOING = frozenset({"report", "done", "document", "contribute"})
"""What a caption may ask for that its files are taken along with."""

_ALBUM_COMES = timedelta(seconds=4)
"""How long after one photo of an album the next may come."""


async def hand_over(context: Context) -> Answer:
    """Let the files of a message be looked at before anything is recorded; `None` for those with nothing to report."""
    incoming, actor = context.incoming, context.actor
    awaited: list[int] = []
    if (asked := context.asked("handing_in")) is not None:
        awaited = asked.data["parts"]
    if (asked := context.asked("contribution")) is not None:
        awaited = [asked.data["part"]]
    about = None
    if incoming.replied_to and not context.said.refs:
        about = await context.work.shown.about(incoming.channel, incoming.chat, incoming.replied_to)
    named = context.said.refs or about or awaited or context.said.intent in DOING
    if not named and not await actionable(context):
        return None
    data = {
        "channel": incoming.channel, "chat": context.private_chat, "account_id": actor.account_id,
        "agency_id": actor.agency_id, "person_id": actor.person_id, "language": actor.language,
        "incoming": asdict(replace(incoming, files=(), callback=None)), "files": [asdict(file) for file in incoming.files],
        "parts": awaited, "about": about, "bot_name": context.bot_name,
    }  # fmt: skip
    album = {"album": _album(incoming)} if incoming.album else {}
    await context.work.jobs.add(LOOKING, {**data, **album}, after=_ALBUM_COMES if album else timedelta())
    return []


async def vouched(context: Context, job: dict[str, Any]) -> Answer:
    """Go on with files nobody could look at, their sender having said that they bear no stamp of secrecy."""
    await context.settle()
    await context.work.jobs.add(LOOKING, {**{name: job[name] for name in job if name != "album"}, "vouched": True})
    return []


async def joined(context: Context) -> bool:
    """Add photos that came late to their album to what its first ones were taken for; tell whether there was something."""
    incoming, work = context.incoming, context.work
    if incoming.album is None:
        return False
    looked = tuple(file.ref for file in incoming.files)
    if held := await work.submissions.of_album(context.actor.person_id, incoming.album):
        await fetch_later(work, context.actor, incoming, held, incoming.files, looked, incoming.channel)
        return True
    return await _add_to_question(work, context.actor, context.question, incoming, looked)


async def join_album(work: Work, actor: Actor, question: Question | None, incoming: Incoming) -> None:
    """Add a later picture of an album to what its first one was taken for, or let it be looked at with the others."""
    if held := await work.submissions.of_album(actor.person_id, incoming.album or ""):
        await fetch_later(work, actor, incoming, held, incoming.files, (), incoming.channel)
    elif not await _add_to_question(work, actor, question, incoming, ()):
        for file in incoming.files:
            await work.jobs.add_to_album(LOOKING, _album(incoming), asdict(file), after=_ALBUM_COMES, alone=True)


async def _add_to_question(
    work: Work, actor: Actor, question: Question | None, incoming: Incoming, looked: Sequence[str]
) -> bool:
    if question is None or question.kind != "evidence" or question.data.get("album") != incoming.album:
        return False
    data = question.data
    files = [*data["files"], *(asdict(file) for file in incoming.files)]
    more = {**data, "files": files, "looked": [*data.get("looked", ()), *looked]}
    await work.questions.ask(actor.person_id, question.channel, question.chat, "evidence", more)
    return True


def _album(incoming: Incoming) -> str:
    return f"{incoming.channel}:{incoming.sender}:{incoming.album}"

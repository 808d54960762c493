"""Keeping the files of what somebody hands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from core.messages import Incoming, IncomingFile
from core.people import Actor
from core.submissions import Evidence
from handlers.context import Context
from handlers.waiting_files import waiting
from storage.work import Work


async def keep_files(context: Context, submissions: Sequence[int], files: Sequence[IncomingFile]) -> None:
    """Keep the files of what was handed in: those of the upload page at once, a messenger's as soon as they are fetched."""
    here = [Evidence(file.ref, file.name, file.mime or "", file.size or 0) for file in files if file.kept]
    for submission in submissions:
        await context.work.submissions.add_files(submission, here)
    asked = None if context.incoming.files else waiting(context)
    looked = asked.looked if asked is not None else tuple(file.ref for file in context.incoming.files)
    channel = asked.channel if asked is not None else context.incoming.channel
    there = [file for file in files if not file.kept]
    await fetch_later(context.work, context.actor, context.incoming, submissions, there, looked, channel)


async def fetch_later(
    work: Work, actor: Actor, incoming: Incoming, submissions: Sequence[int], files: Sequence[IncomingFile],
    looked: Sequence[str], channel: str,
) -> None:  # fmt: skip
    """Queue the fetching from the channel they came by; the answer goes to where the sender is now."""
    if files and submissions:
        await work.jobs.add(
            "keep_files",
            {
                "channel": incoming.channel, "chat": incoming.chat, "account_id": actor.account_id, "from": channel,
                "agency_id": actor.agency_id, "person_id": actor.person_id, "language": actor.language,
                "submissions": list(submissions), "looked": list(looked), "files": [asdict(file) for file in files],
            },
        )  # fmt: skip

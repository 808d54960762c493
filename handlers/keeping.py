"""Keeping the files of what somebody hands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from core.messages import Incoming, IncomingFile
from core.people import Actor
from core.submissions import Evidence
from handlers.context import Context
from storage.work import Work


async def keep_files(context: Context, submissions: Sequence[int], files: Sequence[IncomingFile]) -> None:
    """Keep files with what was handed in: those that are here at once, those a messenger has as they are fetched."""
    here = [Evidence(file.ref, file.name, file.mime or "", file.size or 0) for file in files if file.kept]
    for submission in submissions:
        await context.work.submissions.add_files(submission, here)
    await fetch_later(context.work, context.actor, context.incoming, submissions, [f for f in files if not f.kept])


async def fetch_later(
    work: Work, actor: Actor, incoming: Incoming, submissions: Sequence[int], files: Sequence[IncomingFile]
) -> None:
    """Let a messenger's files be fetched and kept with what was handed in."""
    if files and submissions:
        await work.jobs.add(
            "keep_files",
            {
                "channel": incoming.channel, "chat": incoming.chat, "account_id": actor.account_id,
                "agency_id": actor.agency_id, "person_id": actor.person_id, "language": actor.language, "submissions": list(submissions),
                "files": [asdict(file) for file in files],
            },
        )  # fmt: skip

"""The job that fetches the files somebody handed in and keeps them; what cannot be kept is told."""

from __future__ import annotations

import asyncio
from typing import Any

from core.errors import UserError
from core.messages import Message
from core.submissions import Evidence
from documents.errors import UnreadableFile
from documents.evidence import evidence_type, shown_name
from handlers.catalogue import Catalogue
from handlers.reading_job import LIMIT, Fetch, Save, reply
from storage.work import Work


class KeepFilesJob:
    """Brings files from a messenger into the files store; those of a refused kind never get there."""

    timeout: float = 180

    def __init__(self, fetch: Fetch, save: Save, catalogue: Catalogue) -> None:
        self._fetch = fetch
        self._save = save
        self._catalogue = catalogue

    async def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Fetch, look at and keep each file; one that is refused stops no other."""
        kept: list[Evidence] = []
        refused: list[tuple[str, str]] = []
        for file in data["files"]:
            try:
                kept.append(await self._keep(data["channel"], file))
            except UnreadableFile as unreadable:
                refused.append((file["name"], unreadable.kind))
            except UserError:
                refused.append((file["name"], "unavailable"))
        return {"kept": kept, "refused": refused}

    async def _keep(self, channel: str, file: dict[str, Any]) -> Evidence:
        if (file["size"] or 0) > LIMIT:
            raise UnreadableFile("too_big", file["name"])
        content = await self._fetch(channel, file["ref"], LIMIT)
        mime, ending = await asyncio.to_thread(evidence_type, content, file["name"])
        return Evidence(await self._save(content), shown_name(file["name"], ending), mime, len(content))

    async def commit(self, work: Work, data: dict[str, Any], prepared: dict[str, Any]) -> None:
        """Add the files to what was handed in; say which were not kept."""
        for submission in data["submissions"]:
            await work.submissions.add_files(submission, prepared["kept"])
        if prepared["refused"]:
            await work.outbox.say([self._told(data, prepared["refused"])])

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        """Say that the files did not come through."""
        del error
        await work.outbox.say([self._told(data, [(file["name"], "unavailable") for file in data["files"]])])

    def _told(self, data: dict[str, Any], refused: list[tuple[str, str]]) -> Any:
        lines = [
            self._catalogue.text(data["language"], "upload-refused", name=name, kind=kind) for name, kind in refused
        ]
        return reply(data, Message(tuple(lines)))

"""The job that fetches the files somebody handed in and keeps them; what cannot be kept is told."""

from __future__ import annotations

from typing import Any

from core.errors import ConfidentialNotice, UserError
from core.messages import Message
from core.submissions import Evidence
from documents.errors import UnreadableFile
from documents.evidence import evidence_type, look_at, shown_name
from handlers.catalogue import Catalogue
from handlers.discarding_job import discard_later
from handlers.reading_job import LIMIT, Fetch, Save, reply
from storage.work import Work


class KeepFilesJob:
    """Brings files from a messenger into the files store; those of a refused kind or stamped secret never get there."""

    timeout: float = 3600
    """Longer than a picture may be looked at: scans that came before it are read first."""

    def __init__(self, fetch: Fetch, save: Save, catalogue: Catalogue) -> None:
        self._fetch = fetch
        self._save = save
        self._catalogue = catalogue

    async def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Fetch, look at and keep each file; one that is refused stops no other."""
        kept: list[Evidence] = []
        refused: list[tuple[str, str, str]] = []
        stamped: dict[str, str] = {}
        for file in data["files"]:
            try:
                kept.append(await self._keep(data, file))
            except UnreadableFile as unreadable:
                refused.append((file["ref"], file["name"], unreadable.kind))
            except ConfidentialNotice as secret:
                stamped[file["ref"]] = secret.level
            except UserError:
                refused.append((file["ref"], file["name"], "unavailable"))
        return {"kept": kept, "refused": refused, "stamped": stamped}

    async def _keep(self, data: dict[str, Any], file: dict[str, Any]) -> Evidence:
        if (file["size"] or 0) > LIMIT:
            raise UnreadableFile("too_big", file["name"])
        content = await self._fetch(data.get("from", data["channel"]), file["ref"], LIMIT)
        if file["ref"] in data.get("looked", ()):
            mime, ending = evidence_type(content, file["name"])
        else:
            looked = await look_at(content, file["name"])
            mime, ending = looked.mime, looked.ending
        return Evidence(await self._save(content), shown_name(file["name"], ending), mime, len(content))

    async def commit(self, work: Work, data: dict[str, Any], prepared: dict[str, Any]) -> bool:
        """Add the files to what was handed in; say which were not kept, and let go of those."""
        for submission in data["submissions"]:
            await work.submissions.add_files(submission, prepared["kept"])
        refused, stamped = prepared["refused"], prepared["stamped"]
        if refused:
            await work.outbox.say([reply(data, self._told(data, [(name, kind) for _, name, kind in refused]))])
        if stamped:
            level = next(iter(stamped.values()))
            await work.audit.add(data["agency_id"], data["person_id"], data["channel"], "refused", level)
            text = self._catalogue.text(data["language"], "stamped-later", level=level)
            await work.outbox.say([reply(data, Message.of(text))])
        gone = [ref for ref, _, kind in refused if kind != "unavailable"]
        await discard_later(work, data.get("from", data["channel"]), [*gone, *stamped])
        return bool(stamped)

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        """Say that the files did not come through."""
        del error
        told = self._told(data, [(file["name"], "unavailable") for file in data["files"]])
        await work.outbox.say([reply(data, told)])

    def _told(self, data: dict[str, Any], refused: list[tuple[str, str]]) -> Message:
        return Message(
            tuple(
                self._catalogue.text(data["language"], "upload-refused", name=name, kind=kind) for name, kind in refused
            )
        )

"""The job that fetches a notice's file, reads it and answers with its draft."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import Awaitable, Callable
from typing import Any

from core.deadlines import today
from core.documents import Document
from core.errors import ConfidentialNotice, NoDirectives, UnreadableNotice, UserError
from core.messages import Message
from core.people import Role
from core.reading.model import KnownAgency
from documents.apart import document_apart
from documents.errors import UnreadableFile
from documents.package import album
from documents.pages import Pages
from handlers.catalogue import Catalogue
from handlers.discarding_job import discard_later
from handlers.importing import agency_of, keep_draft
from handlers.mistakes import answer_to
from handlers.notice_pages import overview
from handlers.notice_pictures import lines_to_see
from handlers.notice_shape import split_by_file
from storage.outbox import Outgoing, Urgency
from storage.work import Work

Fetch = Callable[[str, str, int], Awaitable[bytes]]
"""Brings the bytes of a file: by channel, reference and the most bytes wanted."""

Save = Callable[[bytes], Awaitable[str]]
"""Keeps bytes and returns the reference they are kept under."""

Read = Callable[[bytes, str, KnownAgency], Awaitable[tuple[Pages, Document]]]
"""Makes a document of a file's bytes, its name and the agency it is for."""

LIMIT = 20 * 1024 * 1024
_FETCHING = 120


class ReadNoticeJob:
    """Reads one file somebody sent, or a text they pasted; whatever is wrong with it is answered, not raised."""

    timeout: float = 3600
    """Longer than a file may be read: scans that came before it are read first."""

    def __init__(
        self, fetch: Fetch, save: Save, catalogue: Catalogue, *, limit: int = LIMIT, read: Read = document_apart
    ) -> None:
        self._fetch = fetch
        self._save = save
        self._catalogue = catalogue
        self._limit = limit
        self._read = read

    async def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Fetch, keep and read the file, outside any transaction; its own faults are data, a wire's are raised."""
        if (data.get("size") or 0) > self._limit:
            return {"fault": "too_big"}
        try:
            content = await self._content(data)
            agency = agency_of(data["agency"])
            pages, document = await self._read(content, data["name"], agency)
        except UnreadableFile as unreadable:
            return {"fault": unreadable.kind}
        except ConfidentialNotice as stamped:
            return {"stamped": stamped.level}
        known = {unit.code for unit in agency.units} | {agency.code}
        lines = await asyncio.to_thread(lines_to_see, pages, document.notice.tasks, known)
        file_ref = await self._save(content) if "text" not in data else None
        return {"document": document, "file_ref": file_ref, "lines": lines}

    async def _content(self, data: dict[str, Any]) -> bytes:
        """Fetch the file, or the photos of an album as one; a pasted text is here already."""
        if "text" in data:
            return codecs.BOM_UTF8 + str(data["text"]).encode()  # whatever it begins with, it is text
        async with asyncio.timeout(_FETCHING):
            parts = [
                await self._fetch(data["channel"], ref, self._limit) for ref in (data["ref"], *data.get("more", ()))
            ]
        if len(parts) == 1:
            return parts[0]
        if sum(map(len, parts)) > self._limit:
            raise UnreadableFile("too_big", data["name"])
        return album(parts)

    async def commit(self, work: Work, data: dict[str, Any], prepared: dict[str, Any]) -> bool:
        """Keep the draft and queue the answer, or the sentence about what is wrong; of a secret nothing is kept."""
        if "text" not in data and ("stamped" in prepared or "fault" in prepared):
            await discard_later(work, data["channel"], [data["ref"], *data.get("more", ())])
        if "stamped" in prepared:
            level = prepared["stamped"]
            await work.audit.add(data["agency_id"], data["person_id"], data["channel"], "refused", level)
            said = answer_to(ConfidentialNotice(level), self._catalogue, data["language"])
            await work.outbox.say([reply(data, said)])
            return True
        await self._commit(work, data, prepared)
        return False

    async def _commit(self, work: Work, data: dict[str, Any], prepared: dict[str, Any]) -> None:
        try:
            if "fault" in prepared:
                raise UnreadableNotice(prepared["fault"], data["name"])
            if prepared["document"].is_empty:
                if "text" in data:
                    empty = Message.of(self._catalogue.text(data["language"], "notice-paste-empty"))
                    await work.outbox.say([reply(data, empty)])
                    return
                raise NoDirectives(data["name"])
            if "split" in data:
                said = await split_by_file(work, self._words(data["language"]), data, prepared["document"].notice.tasks)
                await work.outbox.say([reply(data, said)])
                return
            kept = await keep_draft(
                work,
                data["agency_id"],
                prepared["document"],
                agency_of(data["agency"]),
                by=data["person_id"],
                file_ref=prepared["file_ref"],
                lines=prepared["lines"],
            )
        except UserError as mistake:
            await work.outbox.say([reply(data, answer_to(mistake, self._catalogue, data["language"]))])
            return
        notice = kept.draft.notice
        await work.audit.add(
            data["agency_id"], data["person_id"], data["channel"], "read", notice.number or data["name"]
        )
        old = kept.replaced
        shown = overview(
            self._words(data["language"]), notice, today(work.now), chief=data["chief"], replaced=old is not None
        )
        rows = [reply(data, message) for message in shown]
        if old is not None and old.status != "preparing" and not data["chief"]:
            rows += await self._tell_chief(work, data, notice.short)
        await work.outbox.say(rows)

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        """Say what is wrong where that is the person's to mend, else that the file did not come through."""
        mistake = error if isinstance(error, UserError) else UnreadableNotice("unavailable", data["name"])
        await work.outbox.say([reply(data, answer_to(mistake, self._catalogue, data["language"]))])

    def _words(self, language: str) -> Callable[..., str]:
        return lambda key, **arguments: self._catalogue.text(language, key, **arguments)

    async def _tell_chief(self, work: Work, data: dict[str, Any], number: str) -> list[Outgoing]:
        rows = []
        for office in await work.people.offices(data["agency_id"], roles={Role.OFFICE_CHIEF}):
            for way in (await work.accounts.reach(office.person_id))[:1]:
                message = Message.of(self._words(way.language)("notice-replaced-told", number=number))
                rows.append(Outgoing.notice(way, office.person_id, message))
        return rows


def reply(data: dict[str, Any], message: Message) -> Outgoing:
    """Return the row that answers whoever a job is for."""
    return Outgoing(
        data["channel"],
        data["chat"],
        Urgency.REPLY,
        message,
        account_id=data["account_id"],
        person_id=data["person_id"],
    )

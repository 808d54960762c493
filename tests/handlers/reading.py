"""Does the reading that waits, in this process: what the separate one does is tested in tests/documents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from core.documents import Document, read_document
from core.reading.model import KnownAgency
from documents.notice_file import read_file
from documents.pages import Pages
from handlers.catalogue import Catalogue
from handlers.notice_reading import READING
from handlers.reading_job import ReadNoticeJob
from storage.database import Database
from storage.schema import jobs


async def read_here(data: bytes, name: str, agency: KnownAgency) -> tuple[Pages, Document]:
    pages = read_file(data, name)
    return pages, read_document(pages.lines, agency)


async def read_waiting(database: Database, now: datetime, catalogue: Catalogue, content: bytes | None = None) -> None:
    """Do the reading of every pasted text that waits and, where `content` is given, of every file, as if it were that."""

    async def fetch(channel: str, ref: str, limit: int) -> bytes:
        assert content is not None
        return content

    async def save(kept: bytes) -> str:
        return f"kept-{len(kept)}"

    async with database.read(now) as work:
        found = (
            await work.connection.execute(
                select(jobs.c.id, jobs.c.data).where(jobs.c.status == "open", jobs.c.kind == READING)
            )
        ).all()
    rows = [row for row in found if content is not None or "text" in row.data]
    job = ReadNoticeJob(fetch, save, catalogue, read=read_here)
    for row in rows:
        prepared = await job.prepare(row.data)
        async with database.work(now) as work:
            await job.commit(work, row.data, prepared)
            await work.connection.execute(update(jobs).where(jobs.c.id == row.id).values(status="done"))

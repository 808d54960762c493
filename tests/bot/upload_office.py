"""An office whose head can be given addresses to hand in files by, with the page served."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp

from bot.links import Links
from bot.upload_page import UploadPage
from bot.web import make_app, serve
from core.messages import Incoming
from handlers.catalogue import Catalogue
from handlers.dispatch import Dispatcher
from storage.database import Database
from storage.files import Folder
from tests.documents.made import W
from tests.office import MORNING, open_office

HEAD, OTHER = "tp-qltm", "tp-qlnl"
PDF = b"%PDF-1.7 ke hoach"
JPEG = b"\xff\xd8\xff\xe0 anh"
SECRET = b"a key for tests, long enough"


def docx(*, macros: bool = False) -> bytes:
    """Bytes that are a Word file as far as anybody looks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        if macros:
            archive.writestr("word/vbaProject.bin", "Sub AutoOpen()")
    return packed.getvalue()


def workbook() -> bytes:
    """Bytes that are an Excel file as far as anybody looks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


def stamped_docx() -> bytes:
    """A Word file whose first page bears a stamp."""
    words = ("SỞ CÔNG THƯƠNG", "Số: 45/TTr-SCT", "TỐI MẬT", "Kính trình Ủy ban nhân dân tỉnh")
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return packed.getvalue()


class Hours:
    """Business time that stands still."""

    def __init__(self) -> None:
        self.moment = MORNING

    def now(self) -> datetime:
        return self.moment


@dataclass
class Office:
    """The page and what is behind it."""

    database: Database
    clock: Hours
    dispatcher: Dispatcher
    page: UploadPage
    links: Links
    files: Folder
    folder: Path
    http: aiohttp.ClientSession
    origin: str
    said: int = 0

    async def says(self, who: str, text: str) -> str:
        """Let somebody say something, and return all that is answered."""
        self.said += 1
        before = await self.heard(who)
        await self.dispatcher.receive(Incoming("plain", f"say:{self.said}", who, who, text))
        return (await self.heard(who)).removeprefix(before)

    async def heard(self, who: str) -> str:
        """Return all that was ever said to somebody."""
        async with self.database.read(self.clock.now()) as work:
            rows = await work.connection.exec_driver_sql(f"SELECT content FROM outbox WHERE chat = '{who}' ORDER BY id")
            return "\n".join(str(row[0]) for row in rows)

    async def address(self, who: str = HEAD, code: str = "3.5") -> str:
        """Return the path of the address somebody gets for a directive."""
        found = re.findall(r"https://so\.example(/u/[\w-]+)", await self.says(who, f"/report {code}"))
        return str(found[-1])

    async def link(self, who: str) -> str:
        """Return the path by which somebody on a wire that carries no files reads the newest one handed in."""
        async with self.database.read(self.clock.now()) as work:
            rows = await work.connection.exec_driver_sql("SELECT ref, name, mime FROM submission_files ORDER BY id")
            ref, name, mime = rows.all()[-1]
        made = self.links.make(ref, name, mime, "plain", who)
        assert made is not None
        return made.removeprefix("https://so.example")

    async def kept(self, code: str = "3.5") -> list[tuple[str, str]]:
        """Return name and type of every file handed in for a directive."""
        async with self.database.read(self.clock.now()) as work:
            agency = (await work.people.agencies())[0].id
            parts = await work.parts.by_code(agency, code)
            return [(one.name, one.mime) for part in parts for one in await work.submissions.files_of_part(part.id)]

    async def post(self, path: str, *files: tuple[str, bytes], nonce: str = "n" * 24, **fields: str) -> tuple[int, str]:
        """Send the form, and return status and page."""
        form = aiohttp.FormData({"nonce": nonce, **fields}, quote_fields=False, default_to_multipart=True)
        for name, content in files:
            form.add_field("file", io.BytesIO(content), filename=name)
        async with self.http.post(path, data=form) as response:
            return response.status, await response.text()

    async def get(self, path: str) -> tuple[int, str]:
        """Open a page."""
        async with self.http.get(path) as response:
            return response.status, await response.text()


@asynccontextmanager
async def upload_office(database: Database, folder: Path) -> AsyncIterator[Office]:
    """Set it all up on an empty database."""
    await open_office(database)
    clock, catalogue, files = Hours(), Catalogue(), Folder(folder / "files")
    async with database.work(clock.now()) as work:
        for office in await work.people.offices((await work.people.agencies())[0].id):
            await work.accounts.add_linked("plain", office.key, office.key, office.person_id)
    dispatcher = Dispatcher(database, clock, catalogue)
    page = UploadPage(SECRET, "https://so.example/", database, clock, dispatcher, files, catalogue)
    dispatcher.upload_address = page.address

    async def ready() -> bool:
        return True

    async def may_read(channel: str, chat: str, ref: str) -> bool:
        async with database.read(clock.now()) as work:
            return await work.uploads.may_read(channel, chat, ref)

    links = Links(SECRET, "https://so.example/", files.read, stands=may_read)
    runner, port = await serve(make_app([page.routes, links.routes], ready=ready), "127.0.0.1", 0)
    origin = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession(origin) as http:
        yield Office(database, clock, dispatcher, page, links, files, folder / "files", http, origin)
    await runner.cleanup()

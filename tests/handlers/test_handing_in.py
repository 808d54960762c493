"""What is sent as a result is kept whole: later pictures of an album too, and what cannot be kept is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.fetching import FileGone
from core.errors import UnreadableNotice
from core.messages import Incoming, IncomingFile
from core.workdays import WorkCalendar
from documents.ocr import tesseract
from handlers.catalogue import Catalogue
from handlers.handed_files import LOOKING
from handlers.keeping_job import KeepFilesJob
from handlers.looking_job import LookAtFilesJob
from storage.database import Database
from tests.bot.upload_office import HEAD, JPEG, PDF, Office, upload_office
from tests.documents.photos import Paper, photo

SENT = {"one": JPEG, "two": JPEG + b"2", "plan": PDF, "game": b"MZ\x90 a program"}
SECRET = Paper(stamp="MẬT", stamp_turned=-7, seal=True)
pytestmark = pytest.mark.usefixtures("files_read_once")
recognising = pytest.mark.skipif(tesseract() is None, reason="no tesseract with Vietnamese")


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with upload_office(database, tmp_path) as made:
        yield made


async def fetch(_channel: str, ref: str, _limit: int) -> bytes:
    if ref == "secret":
        return photo(SECRET)
    if ref not in SENT:
        raise UnreadableNotice("unavailable", ref) from FileGone()
    return SENT[ref]


async def sends(office: Office, *refs: str, text: str = "", album: str | None = None) -> None:
    office.said += 1
    files = tuple(IncomingFile(ref, f"{ref}.jpg") for ref in refs)
    await office.dispatcher.receive(
        Incoming("plain", f"say:{office.said}", HEAD, HEAD, text, "photo", files=files, album=album)
    )


async def keeps(office: Office) -> None:
    """Do every job that waits, and those it leads to; photos of an album have all come by now."""
    looking, keeping = (
        LookAtFilesJob(fetch, Catalogue(), WorkCalendar()),
        KeepFilesJob(fetch, office.files.save, Catalogue()),
    )
    done = {LOOKING: looking, "keep_files": keeping}
    for _ in range(3):
        async with office.database.work(office.clock.now()) as work:
            await work.connection.exec_driver_sql("UPDATE jobs SET run_at = created_at")
            for one in await work.jobs.hold("tests", timedelta(minutes=1), 10):
                if (job := done.get(one.kind)) is not None:
                    forget = await job.commit(work, one.data, await job.prepare(one.data))
                    await work.jobs.end(one, forget=bool(forget))


async def test_an_album_with_words_is_one_result(office: Office) -> None:
    await sends(office, "one", text="nop 3.5", album="a")
    await sends(office, "two", album="a")
    await keeps(office)
    assert await office.kept() == [("one.jpg", "image/jpeg"), ("two.jpg", "image/jpeg")]
    assert (await office.heard(HEAD)).count("Đã nhận kết quả mục 3.5") == 1


async def test_an_album_without_words_waits_for_its_directive(office: Office) -> None:
    await sends(office, "one", album="b")
    await sends(office, "two", album="b")
    await keeps(office)
    assert (await office.heard(HEAD)).count("Hoặc chọn mục" if tesseract() else "là kết quả của mục nào") == 1
    await office.says(HEAD, "/report 3.7")
    await keeps(office)
    assert [name for name, _ in await office.kept("3.7")] == ["one.jpg", "two.jpg"]


async def test_what_is_refused_is_told_and_the_rest_is_kept(office: Office) -> None:
    await sends(office, "plan", "game", "lost", text="nop 3.5 45 27/4")
    await keeps(office)
    assert await office.kept() == [("plan.pdf", "application/pdf")]
    heard = await office.heard(HEAD)
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in heard
    assert "game.jpg" in heard
    assert "đây là chương trình" in heard
    assert "lost.jpg" in heard
    assert "không tải được" in heard


async def test_a_file_over_the_limit_is_told_and_never_fetched(office: Office) -> None:
    office.said += 1
    files = (IncomingFile("never asked for", "to.pdf", 20 * 1024 * 1024 + 1), IncomingFile("plan", "plan.pdf"))
    await office.dispatcher.receive(Incoming("plain", f"say:{office.said}", HEAD, HEAD, "nop 3.5", "file", files=files))
    await keeps(office)
    assert await office.kept() == [("plan.pdf", "application/pdf")]
    assert "tệp lớn hơn 20 MB" in await office.heard(HEAD)


async def test_a_closed_directive_takes_one_more_version(office: Office) -> None:
    await office.says(HEAD, "xong 3.5 45 27/4")
    await sends(office, "plan", text="nop 3.5 ban chinh thuc")
    await keeps(office)
    assert await office.kept() == [("plan.pdf", "application/pdf")]
    async with office.database.read(office.clock.now()) as work:
        agency = (await work.people.agencies())[0].id
        part = next(one for one in await work.parts.by_code(agency, "3.5") if one.unit_code == "QLTM")
        assert (part.progress.document or "").startswith("45")
        assert len(await work.submissions.of_part(part.id)) == 2


async def test_a_file_of_a_message_never_counts_as_kept(office: Office) -> None:
    """Only the upload page may say that bytes lie in the store already; a wire's file is fetched and looked at."""
    forged = IncomingFile("a" * 64, "la.pdf", 1, "application/pdf")
    office.said += 1
    await office.dispatcher.receive(
        Incoming("plain", f"say:{office.said}", HEAD, HEAD, "nop 3.5", "file", files=(forged,))
    )
    await keeps(office)
    assert await office.kept() == []


@recognising
async def test_a_secret_that_comes_late_to_its_album_is_let_go_of(office: Office) -> None:
    await sends(office, "one", text="nop 3.5", album="c")
    await keeps(office)
    await sends(office, "secret", album="c")
    await keeps(office)
    assert await office.kept() == [("one.jpg", "image/jpeg")]
    assert "mang dấu MẬT. Trợ lý không lưu, đã xóa phía hệ thống" in await office.heard(HEAD)
    async with office.database.read(office.clock.now()) as work:
        rows = await work.connection.exec_driver_sql("SELECT data FROM jobs WHERE kind = 'keep_files' ORDER BY id")
        assert [str(row[0]) == "{}" for row in rows] == [False, True]
        rows = await work.connection.exec_driver_sql("SELECT data FROM jobs WHERE kind = 'discard_files'")
        assert ["secret" in str(row[0]) for row in rows] == [True]


async def test_a_photo_that_comes_after_its_album_was_taken_belongs_to_it(office: Office) -> None:
    await sends(office, "one", text="nop 3.5", album="d")
    await keeps(office)
    await sends(office, "two", album="d")
    await keeps(office)
    assert [name for name, _ in await office.kept()] == ["one.jpg", "two.jpg"]
    assert (await office.heard(HEAD)).count("Đã nhận kết quả") == 1


async def test_a_photo_that_comes_after_its_album_was_asked_about_waits_with_it(office: Office) -> None:
    await sends(office, "one", album="e")
    await keeps(office)
    await sends(office, "two", album="e")
    await keeps(office)
    await office.says(HEAD, "/report 3.7")
    await keeps(office)
    assert [name for name, _ in await office.kept("3.7")] == ["one.jpg", "two.jpg"]

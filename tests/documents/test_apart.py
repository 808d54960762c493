"""Strangers' files are read in a process of their own, which may do what it likes and harms nobody."""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
from pathlib import Path

import psutil
import pypdfium2
import pytest

from core.documents import read_document
from core.reading.model import KnownAgency, KnownUnit
from documents import apart
from documents.apart import cutout, document_apart, read_apart
from documents.errors import UnreadableFile
from documents.notice_file import lines_of
from documents.ocr import tesseract
from documents.pages import Spot

from .made import p, page, pdf, r, word_file

DATA = Path(__file__).parents[1] / "data" / "notice-718"
NOTICE = DATA / "notice-718.docx"


async def kind_of_trouble(data: bytes, **more) -> str:
    with pytest.raises(UnreadableFile) as caught:
        await read_apart(data, "tệp lạ", **more)
    assert caught.value.name == "tệp lạ"
    return caught.value.kind


async def test_it_says_what_the_file_says():
    data = NOTICE.read_bytes()
    assert list((await read_apart(data, "718.docx")).lines) == lines_of(data, "718.docx")


async def test_it_understands_the_notice_as_this_process_would():
    agency = KnownAgency("SCT", "Sở Công Thương", ("Sở",), (KnownUnit("QLTM", "Phòng Quản lý Thương mại", ("QLTM",)),))
    data = NOTICE.read_bytes()
    pages, document = await document_apart(data, "718.docx", agency)
    assert document == read_document(pages.lines, agency)
    assert len(document.notice.tasks) == 10
    assert (await document_apart(data, "718.docx", None))[1] == read_document(pages.lines, None)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"MZ" + bytes(500), "program"),
        (pdf([page("chữ")], sealed=True), "encrypted"),
        (word_file(p(r("chữ")), members=[("word/vbaProject.bin", "x")]), "macro"),
        (b"", "empty"),
    ],
)
async def test_what_cannot_be_read_says_why(data, kind):
    assert await kind_of_trouble(data) == kind


async def test_a_file_that_takes_too_long_is_given_up_and_nothing_is_left_running():
    slow = ("Giao phòng " * 30_000).encode()
    began = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        await document_apart(slow, "a.txt", None, patience=1.5)
    assert caught.value.kind == "slow"
    assert time.monotonic() - began < 15
    assert ours() == []


def ours() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "documents.confined" in " ".join(child.cmdline())
    ]


async def test_who_gives_up_waiting_leaves_nothing_running():
    task = asyncio.create_task(document_apart(("Giao phòng " * 30_000).encode(), "a.txt", None))
    while not ours():
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ours() == []


CHILD = """
import json, os, socket, sys
sys.path.insert(0, {root!r})
from documents import confined
order = json.loads(sys.stdin.buffer.readline())
sys.stdin.buffer.read(order["size"])
confined._confine()
found = {{"environment": sorted(os.environ)}}
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=2)
    found["network"] = True
except OSError:
    found["network"] = False
try:
    hog = bytearray(3_000_000_000)
    found["memory"] = True
except MemoryError:
    found["memory"] = False
print(json.dumps({{"lines": [json.dumps(found)]}}))
"""


async def test_it_has_no_secrets_and_bounded_memory_and_where_the_system_lets_us_no_network(tmp_path, monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@db")
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    script = tmp_path / "child.py"
    script.write_text(CHILD.format(root=str(Path(apart.__file__).parents[1]), port=port))
    monkeypatch.setattr(apart, "_COMMAND", (str(script),))
    found = json.loads((await read_apart(b"x", "a")).lines[0])
    server.close()
    assert found["memory"] is False
    assert not {"TELEGRAM_BOT_TOKEN", "DATABASE_URL", "SECRET_KEY"} & set(found["environment"])
    assert set(found["environment"]) <= {
        *apart._PASSED_ON,
        "PYTHONPATH",
        "PYTHONIOENCODING",
        "HOME",
        "OMP_THREAD_LIMIT",
        "OPENBLAS_NUM_THREADS",
        "LC_CTYPE",
    }
    if os.geteuid() == 0:
        assert found["network"] is False


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("import os; os.kill(os.getpid(), 11)", "broken"),
        ("print('no answer')", "broken"),
        ("import sys; sys.stdout.write('x' * 13_000_000)", "too_big"),
        ("import json; print(json.dumps({'trouble': 'what nobody words'}))", "broken"),
        ("import json; print(json.dumps({'lines': 5}))", "broken"),
        ("import time; time.sleep(60)", "slow"),
    ],
    ids=["crashed", "babbles", "never stops", "odd trouble", "odd lines", "sleeps"],
)
async def test_a_reader_that_went_mad_is_not_believed(tmp_path, monkeypatch, script, kind):
    path = tmp_path / "child.py"
    path.write_text(script)
    monkeypatch.setattr(apart, "_COMMAND", (str(path),))
    assert await kind_of_trouble(b"x" * 1_000_000, patience=5) == kind


@pytest.mark.skipif(tesseract() is None, reason="no tesseract with Vietnamese")
async def test_scans_are_recognised_one_at_a_time_and_say_how_far_they_are():
    data = pdf_of_pictures()
    told: list[tuple[int, int]] = []
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            programs = [child.name() for child in psutil.Process().children(recursive=True) if child.is_running()]
            most = max(most, programs.count("tesseract"))
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    one, two = await asyncio.gather(
        read_apart(data, "một.pdf", told=lambda at, of: told.append((at, of))), read_apart(data, "hai.pdf")
    )
    watching.cancel()
    assert one == two
    assert one.recognised
    assert told == [(1, 1)]
    assert most == 1
    spot = next(spot for spot in one.spots if spot)
    assert (await cutout(data, "một.pdf", spot)).startswith(b"\x89PNG")
    with pytest.raises(UnreadableFile):
        await cutout(data, "một.pdf", Spot(7, (0, 0, 1, 1), 0))


def pdf_of_pictures() -> bytes:
    """The last page of the scan of notice 718 alone."""
    scan = pypdfium2.PdfDocument(DATA / "notice-718-scan.pdf")
    alone = pypdfium2.PdfDocument.new()
    alone.import_pages(scan, [2])
    out = io.BytesIO()
    alone.save(out)
    alone.close()
    scan.close()
    return out.getvalue()

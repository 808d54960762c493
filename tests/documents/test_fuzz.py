"""Whatever bytes come, there are lines or a word on what is wrong with them, in bounded time."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.documents import read_document
from documents.errors import UnreadableFile
from documents.notice_file import lines_of
from documents.tracking import task_lines

from .made import p, page, pdf, r, table, word_file
from .noise import AGENCY, PHRASES, invented

DATA = Path(__file__).parents[1] / "data" / "notice-718"
LONGEST = 20.0


def workbook() -> bytes:
    book = Workbook()
    for row in (["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Xây dựng kế hoạch", "QLTM", "30/4/2023"]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SEEDS = {
    "word": word_file(table(["TT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "QLTM"]) + p(r("Giao phòng QLTM"))),
    "pdf": pdf([page("Giao phòng QLTM tham mưu", "trước ngày 30/4/2023.")]),
    "workbook": workbook(),
    "text": (DATA / "notice-718.txt").read_bytes()[:2000],
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(1200),
}
relaxed = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def read(data: bytes) -> None:
    """Read the bytes; anything but lines or an UnreadableFile is a failure, and so is a long silence."""
    began = time.process_time()
    try:
        lines = lines_of(data, "tệp lạ")
    except UnreadableFile:
        lines = ["refused"]
    assert any(line.strip() for line in lines)
    assert time.process_time() - began < LONGEST


def spoiled(data: bytes, seed: int) -> bytes:
    """The file with some of its bytes changed, lost, doubled or moved."""
    chance = random.Random(seed)
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found)) if found else 0
        length = chance.choice((1, 1, 2, 4, 30, 200))
        match chance.randrange(5):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + length]
            case 2:
                found[at:at] = found[at : at + length] * chance.choice((1, 2, 50))
            case 3:
                found[at : at + length] = chance.randbytes(length)
            case _:
                found[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", bytes(4), b"9999", b"<w:p", b"\r\n\r\n"))
    return bytes(found)


@pytest.mark.parametrize("kind", SEEDS)
@given(seed=st.integers(0, 2**32))
@relaxed
def test_a_spoiled_file_is_read_or_refused(kind: str, seed: int) -> None:
    read(spoiled(SEEDS[kind], seed))


@given(seed=st.integers(0, 2**32), name=st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml"]))
@relaxed
def test_a_word_file_with_a_spoiled_part_is_read_or_refused(seed: int, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / "notice-718.docx") as source, zipfile.ZipFile(out, "w") as made:
        for entry in source.infolist():
            data = source.read(entry)
            made.writestr(entry.filename, spoiled(data, seed) if entry.filename == name else data)
    read(out.getvalue())


TAGS = ("p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "numPr", "ins", "del", "sdt", "sdtContent", "txbxContent", "vanish", "tab", "br", "vMerge", "gridSpan", "tcPr")  # fmt: skip
TREES = st.recursive(
    st.text("Giao phòng 1.)-ạđ", max_size=12),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.sampled_from(["", ' w:val="restart"', ' w:val="99999999"']), st.lists(inner, max_size=4)),
    max_leaves=25,
)  # fmt: skip


def as_xml(tree) -> str:
    if isinstance(tree, str):
        return tree
    tag, attributes, inner = tree
    return f"<w:{tag}{attributes}>{''.join(map(as_xml, inner))}</w:{tag}>"


@given(tree=st.lists(TREES, max_size=6))
@relaxed
def test_a_word_file_put_together_anyhow_is_read_or_refused(tree) -> None:
    read(word_file("".join(map(as_xml, tree))))


@given(data=st.binary(max_size=3000), start=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\x89PNG\r\n\x1a\n"]))  # fmt: skip
@relaxed
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    read(start + data)


@given(rows=st.lists(st.lists(st.sampled_from(["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn", "1", "I", "", "-", "Giao\nQLTM", "a;b"]), max_size=6), max_size=8))  # fmt: skip
@relaxed
def test_any_table_gives_lines_or_none(rows) -> None:
    lines = task_lines(rows)
    assert lines is None or all(lines)


@given(words=st.lists(st.sampled_from(PHRASES) | st.text(max_size=6), max_size=80))
@relaxed
def test_nothing_is_invented_from_noise(words) -> None:
    lines = " ".join(words).split("\n")
    assert invented(read_document(lines, AGENCY), lines) == []

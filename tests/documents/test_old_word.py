"""Word files of before 2007, read by the program there is for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.reading.reader import read_notice
from documents.errors import UnreadableFile
from documents.notice_file import lines_of
from documents.old_office import antiword

OLD = (Path(__file__).parents[1] / "data" / "notice-718" / "notice-718.doc").read_bytes()


@pytest.mark.skipif(antiword() is None, reason="no antiword")
def test_an_old_word_file_reads_like_the_new_one():
    notice = read_notice(lines_of(OLD, "718.doc"), None)
    assert (notice.number, f"{notice.issued_on}", notice.signed_by) == ("718/TB-SCT", "2023-04-04", "Phạm Thị Hường")
    assert [task.code for task in notice.tasks] == [
        "3.1",
        "3.2",
        "3.2.1",
        "3.2.2",
        "3.3",
        "3.4",
        "3.5",
        "3.6",
        "3.7",
        "3.8",
    ]


def test_without_a_program_for_it_that_is_said(monkeypatch):
    monkeypatch.setattr("documents.old_office.antiword", lambda: None)
    monkeypatch.setattr("documents.old_office.libreoffice", lambda: None)
    with pytest.raises(UnreadableFile) as caught:
        lines_of(OLD, "718.doc")
    assert caught.value.kind == "no_doc"


@pytest.mark.parametrize(("title", "kind"), [("_VBA_PROJECT", "macro"), ("PowerPoint Document", "unsupported")])
def test_macros_and_other_programs_are_told_apart(title, kind):
    name = title.encode("utf-16-le") + b"\x00\x00"
    entry = name.ljust(64, b"\x00") + len(name).to_bytes(2, "little") + bytes(62)
    with pytest.raises(UnreadableFile) as caught:
        lines_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry, "a.doc")
    assert caught.value.kind == kind


def test_a_sealed_one_is_told_by_its_flag():
    at = OLD.find("WordDocument".encode("utf-16-le"))
    sector = int.from_bytes(OLD[at + 116 : at + 120], "little")
    flags = ((sector + 1) << 9) + 11
    sealed = OLD[:flags] + bytes([OLD[flags] | 1]) + OLD[flags + 1 :]
    with pytest.raises(UnreadableFile) as caught:
        lines_of(sealed, "a.doc")
    assert caught.value.kind == "encrypted"

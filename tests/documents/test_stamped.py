"""A stamp of secrecy is found however it was pressed on, and no other one is taken for it."""

from __future__ import annotations

import pytest

from core.errors import ConfidentialNotice
from core.reading.stamps import pressed
from documents.apart import document_apart, first_page_apart
from documents.errors import NeedsRecognising, UnreadableFile
from documents.first_page import MOST_LOOKED_AT, first_page
from documents.ocr import tesseract
from documents.package import album
from tests.documents.made import pdf
from tests.documents.photos import Paper, as_jpeg, as_pdf, photographed

recognising = pytest.mark.skipif(tesseract() is None, reason="no tesseract with Vietnamese")


@pytest.mark.parametrize(
    ("read", "level"),
    [
        ("MẬT", "MẬT"), ("MẶT", "MẬT"), ("M Ậ T", "MẬT"), ("MẠẬT", "MẬT"), ("|MẬT|", "MẬT"), ("TÕI MÁT", "TỐI MẬT"),
        ("TUYẾỆT MẶT", "TUYỆT MẬT"), ("TUYỆI MẬT", "TUYỆT MẬT"), ("TỐI MẬ", "TỐI MẬT"),
        ("HỎA TỐC", None), ("KHẨN", None), ("THƯỢNG KHẨN", None), ("ĐẾN", None), ("SỞ CÔNG THƯƠNG", None), ("", None),
        ("BÍ MẬT KINH DOANH", None), ("CÔNG VĂN ĐẾN", None), ("MAI", None),
    ],
)  # fmt: skip
def test_what_is_read_off_a_stamp(read: str, level: str | None) -> None:
    assert pressed(read) == level


@recognising
@pytest.mark.parametrize(
    ("stamp", "turned", "photo"),
    [
        ("MẬT", 4.0, {}),
        ("MẬT", -23.0, {"askew": -2.5, "noise": 40.0, "blur": 1.2}),
        ("TỐI MẬT", -8.0, {}),
        ("TỐI MẬT", 12.0, {"noise": 40.0}),
        ("TUYỆT MẬT", 0.0, {"askew": 3.0, "blur": 1.2}),
        ("TUYỆT MẬT", -12.0, {"noise": 40.0}),
    ],
)
def test_a_red_stamp_is_found_in_a_photo(stamp: str, turned: float, photo: dict[str, float]) -> None:
    picture = photographed(Paper(stamp=stamp, stamp_turned=turned, seal=True).drawn(), **photo)
    with pytest.raises(ConfidentialNotice) as caught:
        first_page(as_jpeg(picture, 65), "anh.jpg", recognise=True)
    assert caught.value.level == stamp


@recognising
def test_a_stamp_copied_in_black_is_found() -> None:
    picture = photographed(Paper(stamp="TỐI MẬT", stamp_colour=(25, 25, 25)).drawn())
    with pytest.raises(ConfidentialNotice):
        first_page(as_jpeg(picture), "anh.jpg", recognise=True)


@recognising
@pytest.mark.parametrize("stamp", [None, "HỎA TỐC", "KHẨN"])
def test_seals_and_other_stamps_are_no_secret(stamp: str | None) -> None:
    page = first_page(as_jpeg(photographed(Paper(stamp=stamp, seal=True).drawn())), "anh.jpg", recognise=True)
    assert "Số: 45/TTr-SCT" in page.lines
    assert any("ngày 27 tháng 4 năm 2023" in line for line in page.lines)


@recognising
def test_words_about_secrets_are_no_stamp() -> None:
    body = ("Tăng cường công tác bảo vệ bí mật nhà nước, lập danh mục văn bản", "mật, tối mật, tuyệt mật của cơ quan.")
    assert first_page(as_jpeg(Paper(body=body, seal=True).drawn()), "anh.jpg", recognise=True).recognised


@recognising
async def test_a_scanned_pdf_is_looked_at_apart() -> None:
    page = await first_page_apart(as_pdf(Paper().drawn()), "quet.pdf")
    assert any("ngày 27 tháng 4 năm 2023" in line for line in page.lines)
    with pytest.raises(ConfidentialNotice):
        await first_page_apart(as_pdf(Paper(stamp="MẬT").drawn()), "quet.pdf")


@recognising
async def test_a_stamp_on_a_later_page_is_found() -> None:
    letter, secret = Paper(seal=True).drawn(), Paper(stamp="TỐI MẬT", stamp_turned=9, seal=True).drawn()
    assert (await first_page_apart(as_pdf(letter, letter, letter), "quet.pdf")).recognised
    with pytest.raises(ConfidentialNotice) as caught:
        await first_page_apart(as_pdf(letter, letter, secret), "quet.pdf")
    assert caught.value.level == "TỐI MẬT"
    far = as_pdf(letter, *[Paper(body=()).drawn()] * MOST_LOOKED_AT, secret)
    assert (await first_page_apart(far, "tap.pdf")).recognised


@recognising
async def test_no_photo_of_a_notice_is_passed_over() -> None:
    photos = [as_jpeg(Paper(stamp=stamp, seal=True).drawn()) for stamp in (None, "MẬT")]
    with pytest.raises(ConfidentialNotice):
        await document_apart(album(photos), "anh", None)


@recognising
async def test_a_notice_with_a_red_stamp_is_not_read_either() -> None:
    with pytest.raises(ConfidentialNotice):
        await document_apart(as_pdf(Paper(stamp="TUYỆT MẬT", stamp_turned=-12).drawn()), "quet.pdf", None)


def test_a_stamp_that_is_printed_needs_no_recognising() -> None:
    lines = [(72.0, 80.0 + 20 * at, 11.0, words) for at, words in enumerate(
        ("SỞ CÔNG THƯƠNG", "Số: 45/TTr-SCT", "MẬT", "Sở Công Thương kính trình Ủy ban nhân dân tỉnh xem xét"))]  # fmt: skip
    with pytest.raises(ConfidentialNotice):
        first_page(pdf([lines]), "to-trinh.pdf", recognise=False)
    plain = [one for one in lines if one[3] != "MẬT"]
    assert first_page(pdf([plain]), "to-trinh.pdf", recognise=False).lines == tuple(one[3] for one in plain)
    with pytest.raises(ConfidentialNotice):
        first_page(pdf([plain, plain, lines]), "to-trinh.pdf", recognise=False)


def test_a_picture_is_not_recognised_unasked() -> None:
    with pytest.raises(NeedsRecognising):
        first_page(as_jpeg(Paper().drawn()), "anh.jpg", recognise=False)


def test_without_tesseract_it_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("documents.ocr", "documents.first_page"):
        monkeypatch.setattr(f"{module}.tesseract", lambda: None)
    with pytest.raises(UnreadableFile) as caught:
        first_page(as_jpeg(Paper().drawn()), "anh.jpg", recognise=True)
    assert caught.value.kind == "no_ocr"

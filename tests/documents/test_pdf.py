"""PDF files with text: in the order in which a person reads them, and nothing that is no part of the text."""

from __future__ import annotations

import pytest

from documents.errors import NeedsRecognising, UnreadableFile
from documents.notice_file import lines_of

from .made import page, pdf

LONG = "Giao phòng Quản lý Thương mại chủ trì xây dựng kế hoạch phát triển thương mại"
HEAD = [
    (70, 80, 12, "UBND TỈNH QUẢNG NGÃI"), (290, 81, 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (90, 97, 12, "SỞ CÔNG THƯƠNG"), (330, 98, 12, "Độc lập - Tự do - Hạnh phúc"),
]  # fmt: skip


def test_the_columns_of_the_head_are_read_one_after_the_other():
    row = [(90, 122, 12, "Số: 718/TB-SCT"), (330, 123, 12, "Quảng Ngãi, ngày 04 tháng 4 năm 2023")]
    body = page("THÔNG BÁO", top=160, left=250) + page(LONG, LONG, top=200)
    assert lines_of(pdf([[*HEAD, *row, *body]]), "a.pdf") == [
        "UBND TỈNH QUẢNG NGÃI", "SỞ CÔNG THƯƠNG", "Số: 718/TB-SCT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Quảng Ngãi, ngày 04 tháng 4 năm 2023",
        "THÔNG BÁO", LONG, LONG,
    ]  # fmt: skip


def test_the_order_in_the_file_does_not_matter():
    body = page(LONG, "Kế hoạch trình trước ngày 30/4/2023.", top=200)
    straight = lines_of(pdf([[*HEAD, *body]]), "a.pdf")
    assert lines_of(pdf([[*reversed(body), *reversed(HEAD)]]), "a.pdf") == straight
    assert lines_of(pdf([[HEAD[0], body[1], HEAD[1], body[0], *HEAD[2:]]]), "a.pdf") == straight


def test_recipients_stand_apart_from_the_signature_beside_them():
    last = [
        *page(LONG, "triển khai thực hiện./.", top=200),
        (85, 260, 12, "Nơi nhận:"), (85, 274, 12, "- Các phòng;"), (85, 288, 12, "- Trung tâm;"), (85, 302, 12, "- Lưu: VT."),
        (380, 262, 14, "TL. GIÁM ĐỐC"), (365, 280, 14, "CHÁNH VĂN PHÒNG"), (380, 350, 14, "Phạm Thị Hường"),
    ]  # fmt: skip
    assert lines_of(pdf([last]), "a.pdf") == [
        LONG, "triển khai thực hiện./.", "Nơi nhận:", "- Các phòng;", "- Trung tâm;", "- Lưu: VT.",
        "TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Phạm Thị Hường",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["2", "- 2 -", "2/5", "Trang 2"])
@pytest.mark.parametrize("top", [40, 815])
def test_the_number_of_a_page_is_left_out(number, top):
    assert lines_of(pdf([[*page(LONG, LONG), (290, top, 12, number)]]), "a.pdf") == [LONG, LONG]


def test_a_number_that_stands_in_the_text_stays():
    assert lines_of(pdf([page(LONG, "2023", LONG, top=300)]), "a.pdf") == [LONG, "2023", LONG]


def test_footnotes_are_left_out_and_small_recipients_are_not():
    notes = page(
        "1 Quyết định số 12/QĐ-UBND ngày 31/01/2023 của",
        "UBND tỉnh về kế hoạch.",
        "2 Theo báo cáo của Sở.",
        high=9,
        top=740,
    )
    assert lines_of(pdf([[*page(LONG, LONG), *notes]]), "a.pdf") == [LONG, LONG]
    small = page("Nơi nhận:", "- Các phòng;", "- Lưu: VT.", high=11, top=640)
    assert lines_of(pdf([[*page(LONG, LONG), *small]]), "a.pdf") == [
        LONG,
        LONG,
        "Nơi nhận:",
        "- Các phòng;",
        "- Lưu: VT.",
    ]


def test_the_number_and_day_of_a_signed_document_are_put_where_they_belong():
    row = [(90, 122, 12, "Số:        /TB-SCT"), (330, 122, 12, "Quảng Ngãi, ngày      tháng 4 năm 2023")]
    stamps = [
        (115, 122, 12, "718"),
        (435, 121, 12, "04"),
        (450, 30, 7, "vanthu@quangngai.gov.vn"),
        (450, 38, 7, "05.4.2023 07:25:14"),
    ]
    lines = lines_of(pdf([[*HEAD, *row, *page(LONG, LONG, top=200)]], stamps=stamps), "a.pdf")
    assert lines[2] == "Số: 718 /TB-SCT"
    assert lines[5] == "Quảng Ngãi, ngày 04 tháng 4 năm 2023"
    assert not any("@" in line or "07:25" in line for line in lines)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf([page(LONG)], sealed=True), "encrypted"),
        (b"%PDF-1.7\nnothing of the kind", "broken"),
        (pdf([page(LONG)])[:400], "broken"),
        (pdf([page(LONG)] * 301), "too_many_pages"),
        (pdf([[]] * 41), "too_many_scans"),
    ],
    ids=["sealed", "no PDF", "cut short", "too long", "too many scans"],
)
def test_what_cannot_be_read_says_why(data, kind):
    with pytest.raises(UnreadableFile) as caught:
        lines_of(data, "tệp lạ")
    assert (caught.value.kind, caught.value.name) == (kind, "tệp lạ")


def test_ten_thousand_pages_are_refused_at_once():
    whole = pdf([page("một")] * 10_000)
    with pytest.raises(UnreadableFile) as caught:
        lines_of(whole, "a.pdf")
    assert caught.value.kind == "too_many_pages"


def test_a_picture_of_text_is_not_taken_for_an_empty_file():
    with pytest.raises(NeedsRecognising) as caught:
        lines_of(pdf([[(100, 100, 12, "stamp")], []]), "a.pdf")
    assert caught.value.pages == 2


def test_a_number_parted_at_the_end_of_a_line_stays_on_two_lines():
    lines = ["17/09/2024; số 5442/UBND-KGVX ngày 10/10/2024 và số 6138/UBND-", "KGVX ngày 13/11/2024", LONG]
    assert lines_of(pdf([page(*lines)]), "a.pdf") == lines

"""Number and date off a result's first page: the agency's own and possible ones, or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from core.reading.results import Printed, printed_document

DATED = "Quảng Ngãi, ngày 27 tháng 4 năm 2023"
DAY = date(2023, 4, 27)


def read(*lines: str) -> Printed | None:
    return printed_document(lines, agency_code="SCT", since=date(2023, 4, 4), until=date(2023, 4, 28))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 45/TTr-SCT", "45/TTr-SCT"),
        ("Số:45 / TTr - SCT", "45/TTr-SCT"),
        ("Số 05/BC-SCT", "05/BC-SCT"),
        ("Số: 812/QĐ-SCT", "812/QĐ-SCT"),
        ("SỐ: 118/SCT-QLTM", "118/SCT-QLTM"),
        ("Số: 45/TIr-SCT", "45/TTr-SCT"),
        ("Số; 45/TTr-SCT", "45/TTr-SCT"),
        ("Số: 45/TTr-SCT-QLTM", "45/TTr-SCT-QLTM"),
    ],
)
def test_the_agencys_own_number_is_read(line: str, number: str) -> None:
    assert read("UBND TỈNH QUẢNG NGÃI", "SỞ CÔNG THƯƠNG", line, DATED, "TỜ TRÌNH") == Printed(number, DAY)
    assert read(f"{line}     {DATED}") == Printed(number, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "Số: 45/TTr-UBND", "Số: 45/TTr-STC", "Số: 4S/TTr-SCT", "Số:      /TTr-SCT", "Số: 45/TTr", "Số: 45", "45/TTr-SCT",
        "Số: 0/TTr-SCT", "Số: 45/XYZ-SCT", "Số: 45/SCTX", "Theo Công văn số: 45/TTr-SCT",
    ],
)  # fmt: skip
def test_a_number_that_does_not_fit_is_none(line: str) -> None:
    assert read("SỞ CÔNG THƯƠNG", line, DATED) is None


@pytest.mark.parametrize(
    "dated",
    [
        "Quảng Ngãi, ngày 31 tháng 4 năm 2023",
        "Quảng Ngãi, ngày 27 tháng 14 năm 2023",
        "Quảng Ngãi, ngày    tháng 4 năm 2023",
        "Quảng Ngãi, ngày 29 tháng 4 năm 2023",
        "Quảng Ngãi, ngày 03 tháng 4 năm 2023",
        "Quảng Ngãi, ngày 27 tháng 4 năm 2032",
        "27/4/2023",
    ],
)
def test_a_date_that_cannot_be_is_none(dated: str) -> None:
    assert read("Số: 45/TTr-SCT", dated) is None


def test_two_numbers_are_a_doubt() -> None:
    assert read("Số: 45/TTr-SCT", "Số: 46/TTr-SCT", DATED) is None


def test_what_the_body_cites_is_another_documents() -> None:
    assert read(*["một dòng"] * 20, "Số: 45/TTr-SCT", DATED) is None

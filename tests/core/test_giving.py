"""What somebody gives outside a notice is understood however it is typed, and invents neither unit nor date."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from core.errors import UnknownUnit
from core.giving import Source, numbered, read_given
from core.papers import paper_called
from core.reading.model import KnownAgency, KnownUnit

AGENCY = KnownAgency("SCT", "Sở Công Thương", (), (
    KnownUnit("QLCN", "Phòng Quản lý Công nghiệp", ("phòng QLCN", "P.QLCN")),
    KnownUnit("QLTM", "Phòng Quản lý Thương mại", ("phòng QLTM", "P.QLTM")),
    KnownUnit("VP", "Văn phòng Sở", ("Văn phòng",)),
))  # fmt: skip
TODAY = date(2023, 5, 8)
MONTHLY = {"every": "month", "weekday": None, "day": 25}


@pytest.mark.parametrize(
    ("said", "lead", "cooperating", "due", "text"),
    [
        ("QLTM, phối hợp VP: trình kế hoạch trước 15/5", ["QLTM"], ["VP"], date(2023, 5, 14), "Trình kế hoạch trước 15/5"),
        ("qltm, phoi hop vp: trinh ke hoach han 15/5", ["QLTM"], ["VP"], date(2023, 5, 15), "Trinh ke hoach han 15/5"),
        ("giao phòng QLTM chủ trì, phối hợp với Văn phòng, QLCN rà soát chợ", ["QLTM"], ["VP", "QLCN"], None, "Rà soát chợ"),
        ("QLTM va QLCN bao cao so lieu trong 5 ngay", ["QLTM", "QLCN"], [], date(2023, 5, 13), "Bao cao so lieu trong 5 ngay"),
        ("Phòng Quản lý Thương mại: rà soát giá", ["QLTM"], [], None, "Rà soát giá"),
        ("quản lý thương mại: rà soát giá", ["QLTM"], [], None, "Rà soát giá"),
        ("báo cáo số liệu xuất khẩu tháng 4", [], [], None, "Báo cáo số liệu xuất khẩu tháng 4"),
        ("VP: phương án quản lý thương mại", ["VP"], [], None, "Phương án quản lý thương mại"),
        ("QLTM: rà soát chợ từ 10/5", ["QLTM"], [], None, "Rà soát chợ từ 10/5"),
    ],
)  # fmt: skip
def test_units_and_day(said: str, lead: list[str], cooperating: list[str], due: date | None, text: str) -> None:
    task = read_given(said, AGENCY, today=TODAY).task
    assert (list(task.lead), list(task.cooperating), task.due, task.text) == (lead, cooperating, due, text)
    assert len(task.title) <= 60


@pytest.mark.parametrize(
    ("said", "due", "at"),
    [
        ("VP: chuẩn bị phòng họp 8h ngày mai", date(2023, 5, 9), time(8)),
        ("VP: gửi giấy mời trước 17h chiều nay", TODAY, time(17)),
        ("VP: gui giay moi truoc 16 gio 30 ngay 12/5", date(2023, 5, 12), time(16, 30)),
        ("VP: gửi giấy mời trước 16 giờ ngày 12/5", date(2023, 5, 12), time(16)),
    ],
)
def test_an_hour_belongs_to_its_day(said: str, due: date, at: time) -> None:
    task = read_given(said, AGENCY, today=TODAY).task
    assert (task.due, task.due_time) == (due, at)


@pytest.mark.parametrize(
    ("said", "recurrence"),
    [
        ("QLTM: báo cáo hàng tuần thứ Sáu", {"every": "week", "weekday": 5, "day": None}),
        ("QLTM: bao cao hang tuan thu sau", {"every": "week", "weekday": 5, "day": None}),
        ("QLTM: báo cáo hàng tháng ngày 25", MONTHLY),
        ("QLTM: báo cáo hằng tháng, trước ngày 25", {**MONTHLY, "day": 24}),
        ("QLTM: bao cao hang thang truoc ngay 25", {**MONTHLY, "day": 24}),
        ("QLTM: báo cáo hàng quý", {"every": "quarter", "weekday": None, "day": None}),
        ("QLTM: báo cáo trước ngày 25 hàng tháng", {"every": "month", "weekday": None, "day": 24}),
    ],
)
def test_what_returns(said: str, recurrence: dict[str, Any]) -> None:
    task = read_given(said, AGENCY, today=TODAY).task
    assert (task.recurrence, task.due) == (recurrence, None)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("theo CV 123/UBND-KT ngày 05/5: QLTM: rà soát", Source("123/UBND-KT", date(2023, 5, 5))),
        ("theo QĐ 45/QĐ-UBND của UBND tỉnh: QLTM rà soát", Source("45/QĐ-UBND", None, "UBND tỉnh")),
        ("can cu cong van so 12/SCT-VP ngay 4/5, qltm ra soat", Source("12/SCT-VP", date(2023, 5, 4))),
        ("QLTM rà soát theo CV 123/UBND-KT ngày 05/5", None),
    ],
)
def test_the_paper_it_comes_from(said: str, source: Source | None) -> None:
    given = read_given(said, AGENCY, today=TODAY)
    assert given.source == source
    assert given.task.lead == ("QLTM",)
    assert given.task.due is None
    # what another authority wants is not the agency's to put off
    assert given.task.by_superior == (source is not None and "UBND" in source.number)


def test_a_unit_there_is_not() -> None:
    with pytest.raises(UnknownUnit) as raised:
        read_given("QLXX: rà soát", AGENCY, today=TODAY)
    assert raised.value.known == ("QLCN", "QLTM", "VP")


def test_numbers_go_on() -> None:
    assert numbered([]) == "V1"
    assert numbered(["V2", "V10", "VI", "V.3"]) == "V11"


def test_papers_are_called_by_kind_and_number() -> None:
    numbers = ("718/TB-SCT", "123/UBND-KT", "45/QĐ-UBND", "16/CT-UBND", "718", "GV/SCT")
    assert [paper_called(one) for one in numbers] == ["TB 718", "CV 123", "QĐ 45", "CT 16", "TB 718", None]

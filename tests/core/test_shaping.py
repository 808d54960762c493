from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.drafts import DraftNotice, DraftTask
from core.reading.model import KnownAgency, KnownUnit
from core.shaping import list_of, merged, split_by_table, table_of

ISSUED = date(2023, 4, 4)
AGENCY = KnownAgency(
    "SCT",
    "Sở Công Thương",
    ("Sở",),
    (
        KnownUnit("QLCN", "Phòng Quản lý Công nghiệp", ("phòng QLCN", "P.QLCN")),
        KnownUnit("QLTM", "Phòng Quản lý Thương mại", ("phòng QLTM",)),
        KnownUnit("QLNL", "Phòng Quản lý Năng lượng", ("phòng QLNL",)),
    ),
)
CODES = [unit.code for unit in AGENCY.units]
TABLE = (
    "STT\tNội dung\tĐơn vị chủ trì\tPhối hợp\tThời hạn\n"
    "1\tKế hoạch phát triển điện lực của tỉnh\tphòng QLNL\tQLCN\tTrước 15/5/2023\n"
    "2\tĐề án phát triển cụm công nghiệp\tP.QLCN\t\ttháng 6/2023\n"
    "3\tChương trình xúc tiến thương mại nội địa\tSở Xây dựng\t\t"
).splitlines()


def task(code: str, text: str = "Việc", **values: Any) -> DraftTask:
    return DraftTask(**{"code": code, "text": text, "title": text, **values})


def notice(*tasks: DraftTask) -> DraftNotice:
    return DraftNotice("718/TB-SCT", ISSUED, "Sở", "Kết luận", tasks=tasks)


def test_directives_put_together_keep_all_words_and_units_and_the_earliest_date() -> None:
    late, early = date(2023, 6, 30), date(2023, 5, 31)
    draft = notice(
        task("3.1", lead=("QLCN",), due=late, cooperating=("QLNL",), product="kế hoạch"),
        task("3.2", lead=("QLTM",)),
        task("3.3", "Việc khác", lead=("QLNL",), due=early, deadline_text="trong tháng 5", product="báo cáo"),
    )
    after, made = merged(draft, [2, 0])
    assert [one.code for one in after.tasks] == ["3.1", "3.2"]
    assert (made.text, made.lead, made.cooperating) == ("Việc\nViệc khác", ("QLCN", "QLNL"), ())
    assert (made.due, made.deadline_text, made.product) == (early, "trong tháng 5", "kế hoạch; báo cáo")


@pytest.mark.parametrize("between", ["\t", " | ", "     "])
def test_a_table_gives_out_a_directive_for_each_row(between: str) -> None:
    first, second, third = table_of([line.replace("\t", between) for line in TABLE], AGENCY, ISSUED)
    assert (first.lead_units, first.cooperating_units, first.due) == (("QLNL",), ("QLCN",), date(2023, 5, 14))
    assert first.text.startswith("Kế hoạch phát triển điện lực của tỉnh – phòng QLNL")
    assert (second.lead_units, second.due, second.deadline_text) == (("QLCN",), date(2023, 6, 30), "tháng 6/2023")
    assert (third.due, third.lead_units) == (None, ("Sở Xây dựng",))


def test_words_are_no_table_but_may_be_a_list() -> None:
    lines = [
        "1. Kế hoạch phát triển điện lực: giao phòng QLNL tham mưu trước ngày 15/5/2023.",
        "2. Xây dựng đề án cụm công nghiệp: giao phòng QLCN chủ trì.",
    ]
    assert table_of(lines, AGENCY, ISSUED) == ()
    assert [one.lead_units for one in list_of(lines, AGENCY)] == [("QLNL",), ("QLCN",)]
    assert list_of(["Kính gửi các đồng chí."], AGENCY) == ()


def test_rows_stand_behind_what_they_take_apart_but_for_those_that_are_there() -> None:
    there = task("3.2.1", "Đề án phát triển cụm công nghiệp – P.QLCN – tháng 6/2023", lead=("QLCN",))
    draft = notice(task("3.2", "Triển khai 09 nội dung"), there, task("3.3"))
    made, new = split_by_table(draft, draft.tasks[0], table_of(TABLE, AGENCY, ISSUED), CODES)
    assert [one.code for one in made.tasks] == ["3.2", "3.2.1", "3.2.2", "3.2.3", "3.3"]
    assert [one.lead for one in new] == [("QLNL",), ()]
    assert new[1].unknown_units == ("Sở Xây dựng",)

"""Tables that give out work, in Word and in Excel."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from core.reading.columns import field_of
from core.reading.model import KnownAgency, KnownUnit
from core.reading.reader import read_notice
from documents.notice_file import lines_of
from documents.tracking import task_lines

from .made import p, r, table, word_file

AGENCY = KnownAgency(
    "SCT",
    "Sở Công Thương tỉnh Quảng Ngãi",
    units=(
        KnownUnit("QLTM", "Phòng Quản lý Thương mại"),
        KnownUnit("QLCN", "Phòng Quản lý Công nghiệp"),
        KnownUnit("VP", "Văn phòng Sở"),
    ),
)
HEAD = ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn hoàn thành"]
ROWS = [
    ["1", "Xây dựng kế hoạch phát triển thương mại điện tử", "QLTM", "QLCN\nVăn phòng Sở", "Trước ngày 30/4/2023"],
    ["2", "Báo cáo kết quả bình ổn giá.", "Phòng QLTM", "", "15/5/2023"],
    ["3", "Rà soát các cụm công nghiệp", "QLCN", "", "Quý II/2023"],
]


def found(lines):
    return [(task.code, task.lead_units, task.cooperating_units, task.due) for task in read_notice(lines, AGENCY).tasks]


EXPECTED = [
    ("1", ("QLTM",), ("QLCN", "VP"), date(2023, 4, 29)),
    ("2", ("QLTM",), (), date(2023, 5, 15)),
    ("3", ("QLCN",), (), date(2023, 6, 30)),
]


def workbook(*rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place in merged:
        book.active.merge_cells(place)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_of_a_word_table_is_a_task():
    lines = lines_of(word_file(p(r("BẢNG PHÂN CÔNG NHIỆM VỤ")) + table(HEAD, *ROWS)), "a.docx")
    assert found(lines) == EXPECTED


def test_a_row_of_a_workbook_is_a_task():
    rows = [[int(row[0]), *row[1:]] for row in ROWS]
    rows[1][4] = date(2023, 5, 15)
    assert found(lines_of(workbook(["BẢNG THEO DÕI"], [], HEAD, *rows), "a.xlsx")) == EXPECTED


def test_a_cell_over_several_rows_counts_for_each():
    rows = [[row[0], row[1], "QLTM" if row is ROWS[0] else None, None, row[4]] for row in ROWS]
    tasks = found(lines_of(workbook(HEAD, *rows, merged=["C2:C4"]), "a.xlsx"))
    assert [task[1] for task in tasks] == [("QLTM",)] * 3
    down = ('<w:vMerge w:val="restart"/>', "<w:vMerge/>", "<w:vMerge/>")
    cells = [
        [row[0], row[1], ("QLTM" if row is ROWS[0] else "", merge), "", row[4]]
        for row, merge in zip(ROWS, down, strict=True)
    ]
    assert [task[1] for task in found(lines_of(word_file(table(HEAD, *cells)), "a.docx"))] == [("QLTM",)] * 3


def test_titles_in_two_rows_and_sections_between_the_tasks():
    wide = '<w:gridSpan w:val="2"/>'
    head = [
        ["TT", "Nhiệm vụ", ("Đơn vị thực hiện", wide), "Thời gian"],
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"],
    ]
    rows = [
        ["I", "Lĩnh vực thương mại", "", "", ""],
        ROWS[0],
        ROWS[1],
        ["II", "Lĩnh vực công nghiệp", "", "", ""],
        ["1", *ROWS[2][1:]],
    ]
    tasks = found(lines_of(word_file(table(*head, *rows)), "a.docx"))
    assert [task[1:] for task in tasks] == [task[1:] for task in EXPECTED]
    assert [task[0] for task in tasks] == ["I.1", "I.2", "II.1"]


def test_who_leads_and_who_helps_may_share_a_column():
    lines = task_lines([["TT", "Nội dung", "Đơn vị thực hiện"], ["1", "Rà soát chợ", "Chủ trì: QLTM; phối hợp: QLCN"]])
    assert found(lines) == [("1", ("QLTM",), ("QLCN",), None)]


def test_a_row_nobody_was_given_is_still_a_task():
    (task,) = read_notice(task_lines([HEAD, ["1", "Việc còn bỏ trống người làm", "", "", "30/4/2023"]]), AGENCY).tasks
    assert (task.due, task.warnings) == (date(2023, 4, 30), ("no_unit",))


@pytest.mark.parametrize(
    "rows",
    [
        [["UBND TỈNH", "CỘNG HÒA"], ["SỞ CÔNG THƯƠNG", "Độc lập"]],
        [["STT", "Chỉ tiêu", "Năm 2022", "Năm 2023"], ["1", "Xuất khẩu", "12", "13"]],
        [["Thời gian", "Đơn vị"], ["8h00", "QLTM"]],
        [],
        [[]],
    ],
)
def test_other_tables_give_out_no_work(rows):
    assert task_lines(rows) is None


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("STT", "number"),
        ("Nội dung nhiệm vụ", "content"),
        ("NỘI DUNG\nCÔNG VIỆC", "content"),
        ("Ðơn vị chũ trì", "lead"),
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("Đơn vị phối hợp thực hiện", "cooperating"),
        ("Thời hạn (ngày/tháng)", "deadline"),
        ("Ghi chú", None),
        ("", None),
        ("Nội dung " * 20, None),
    ],
)
def test_titles_of_columns_are_known_however_they_are_written(title, field):
    assert field_of(title) == field


def test_a_workbook_without_such_a_table_is_read_row_by_row():
    assert lines_of(workbook(["Giao phòng QLTM", "tham mưu"], ["1.", 2.0]), "a.xlsx") == [
        "Giao phòng QLTM | tham mưu",
        "1. | 2",
        "",
    ]

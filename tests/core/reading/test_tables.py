"""Tables that give out work and arrive as plain text, in the layouts they arrive in."""

from datetime import date

import pytest

from core.reading.columns import columns_of
from core.reading.reader import read_notice
from core.reading.tables import parted, read_tables

HEAD = """SỞ CÔNG THƯƠNG
Số: 12/TB-SCT
Quảng Ngãi, ngày 03 tháng 4 năm 2023
THÔNG BÁO
Phân công nhiệm vụ

Giám đốc Sở phân công nhiệm vụ như sau:
"""
FOOT = """
Thông báo này thay cho giấy giao việc./.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn An
"""
THREE = [
    ("1", ("Phòng Quản lý thương mại",), ("Văn phòng Sở",), date(2023, 4, 29)),
    ("2", ("Phòng Quản lý công nghiệp",), (), date(2023, 5, 15)),
    ("3", ("Văn phòng Sở",), ("Phòng Quản lý thương mại", "Phòng Quản lý công nghiệp"), date(2023, 6, 30)),
]


def tasks_of(text, *, whole=False):
    return read_notice((text if whole else HEAD + text + FOOT).split("\n"), None).tasks


def found(text):
    return [(task.code, task.lead_units, task.cooperating_units, task.due) for task in tasks_of(text)]


BARS = """
STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn
1 | Xây dựng kế hoạch phát triển thương mại điện tử | Phòng Quản lý thương mại | Văn phòng Sở | Trước ngày 30/4/2023
2 | Rà soát các cụm công nghiệp | Phòng Quản lý công nghiệp | | 15/5/2023
3 | Tổ chức hội nghị sơ kết | Văn phòng Sở | Phòng Quản lý thương mại; Phòng Quản lý công nghiệp | Quý II/2023
"""
MARKDOWN = """
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Hạn hoàn thành | Ghi chú |
|----|----------|---------|----------|----------------|---------|
| 1 | Xây dựng kế hoạch phát triển thương mại điện tử | Phòng Quản lý thương mại | Văn phòng Sở | Trước ngày 30/4/2023 | |
| 2 | Rà soát các cụm công nghiệp | Phòng Quản lý công nghiệp | | 15/5/2023 | UBND tỉnh giao ngày 20/3/2023 |
| 3 | Tổ chức hội nghị sơ kết | Văn phòng Sở | Phòng Quản lý thương mại, Phòng Quản lý công nghiệp | Quý II/2023 | |
"""
TABS = """
Thời hạn hoàn thành\tĐơn vị thực hiện\tĐơn vị phối hợp\tNội dung nhiệm vụ\tSTT
Trước ngày 30/4/2023\tPhòng Quản lý thương mại\tVăn phòng Sở\tXây dựng kế hoạch phát triển thương mại điện tử\t1
15/5/2023\tPhòng Quản lý công nghiệp\t\tRà soát các cụm công nghiệp\t2
Quý II/2023\tVăn phòng Sở\tPhòng Quản lý thương mại; Phòng Quản lý công nghiệp\tTổ chức hội nghị sơ kết\t3
"""
BROKEN_BARS = """
STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn
(1) | (2) | (3) | (4) | (5)
1 | Xây dựng kế hoạch
phát triển thương mại điện tử | Phòng Quản lý thương mại | Văn phòng Sở | Trước ngày 30/4/2023
2 | Rà soát các cụm công nghiệp | Phòng Quản lý công nghiệp | |
 | | | | 15/5/2023

- 2 -

STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn
3 | Tổ chức hội nghị | Văn phòng Sở | Phòng Quản lý thương mại; | Quý II/2023
 | sơ kết | | Phòng Quản lý công nghiệp |
"""
TOP = """
STT   Nội dung công việc              Đơn vị           Đơn vị            Thời hạn
                                      chủ trì          phối hợp          hoàn thành
1     Xây dựng kế hoạch phát triển    Phòng Quản lý    Văn phòng Sở      Trước ngày
      thương mại điện tử              thương mại                         30/4/2023
2     Rà soát các cụm công nghiệp     Phòng Quản lý                      15/5/2023
                                      công nghiệp
3     Tổ chức hội nghị sơ kết         Văn phòng Sở     Phòng Quản lý     Quý II/2023
                                                       thương mại
                                                       Phòng Quản lý
                                                       công nghiệp
"""
MIDDLE = """
                                          Đơn vị           Đơn vị
   TT           Nội dung                                                  Thời hạn
                                         chủ trì          phối hợp

         Xây dựng kế hoạch phát       Phòng Quản lý
    1    triển thương mại điện tử       thương          Văn phòng Sở    Trước ngày
         của toàn ngành năm nay           mại                           30/4/2023
         Rà soát toàn bộ các cụm      Phòng Quản lý
    2    công nghiệp trên địa bàn         công                          15/5/2023
         tỉnh và lập danh mục            nghiệp
                                                       Phòng Quản lý
                                                       thương mại;
    3    Tổ chức hội nghị sơ kết      Văn phòng Sở                      Quý II/2023
                                                       Phòng Quản lý
                                                       công nghiệp
"""
STACKED = """
STT
Nội dung nhiệm vụ
Phòng, đơn vị chủ trì
Phòng, đơn vị phối hợp
Thời hạn
Ghi chú
1
Xây dựng kế hoạch phát triển thương mại điện tử
Phòng Quản lý thương mại
Văn phòng Sở
Trước ngày 30/4/2023

2
Rà soát các cụm công nghiệp
Phòng Quản lý công nghiệp

15/5/2023
Giao từ ngày 10/02/2023
3
Tổ chức hội nghị sơ kết
Văn phòng Sở
Phòng Quản lý thương mại, Phòng Quản lý công nghiệp
Quý II/2023

"""
STACKED_WITHOUT_BLANKS = "\n" + "\n".join(line for line in STACKED.split("\n") if line) + "\n"
STACKED_APART = "\n" + STACKED.replace("\n\n", "\n-\n").strip().replace("\n", "\n\n") + "\n"
ONE_COLUMN = """
TT | Công việc | Đơn vị thực hiện | Thời gian hoàn thành
1 | Xây dựng kế hoạch phát triển thương mại điện tử | Phòng Quản lý thương mại chủ trì; Văn phòng Sở phối hợp | Trước ngày 30/4/2023
2 | Rà soát các cụm công nghiệp | Phòng Quản lý công nghiệp | 15/5/2023
3 | Tổ chức hội nghị sơ kết | Chủ trì: Văn phòng Sở. Phối hợp: Phòng Quản lý thương mại, Phòng Quản lý công nghiệp | Quý II/2023
"""
TWO_TITLE_ROWS = """
TT | Nội dung | Trách nhiệm | | Thời gian
 | | Chủ trì | Phối hợp |
1 | Xây dựng kế hoạch phát triển thương mại điện tử | Phòng Quản lý thương mại | Văn phòng Sở | Trước ngày 30/4/2023
2 | Rà soát các cụm công nghiệp | Phòng Quản lý công nghiệp | | 15/5/2023
3 | Tổ chức hội nghị sơ kết | Văn phòng Sở | Phòng Quản lý thương mại; Phòng Quản lý công nghiệp | Quý II/2023
"""
UNNUMBERED = """
Nội dung                                         Chủ trì                      Phối hợp                                             Hạn
Xây dựng kế hoạch phát triển thương mại          Phòng Quản lý thương mại     Văn phòng Sở                                         Trước ngày 30/4/2023
điện tử
Rà soát các cụm công nghiệp                      Phòng Quản lý công nghiệp                                                         15/5/2023
Tổ chức hội nghị sơ kết                          Văn phòng Sở                 Phòng Quản lý thương mại, Phòng Quản lý công nghiệp  Quý II/2023
"""


@pytest.mark.parametrize(
    "text",
    [
        BARS,
        MARKDOWN,
        TABS,
        BROKEN_BARS,
        TOP,
        MIDDLE,
        STACKED,
        STACKED_WITHOUT_BLANKS,
        STACKED_APART,
        ONE_COLUMN,
        TWO_TITLE_ROWS,
        UNNUMBERED,
    ],
    ids=[
        "bars",
        "markdown",
        "tabs, other order",
        "bars over lines and pages",
        "columns of blanks",
        "numbers in the middle",
        "one cell a line",
        "one cell a line, empty ones lost",
        "one cell a line, an empty line behind each",
        "lead and partner in one cell",
        "two rows of titles",
        "no numbers",
    ],
)
def test_a_row_is_a_directive_in_every_layout(text):
    assert found(text) == THREE


def test_a_wrapped_cell_is_put_together_word_for_word():
    for text in (TOP, BROKEN_BARS, UNNUMBERED):
        assert tasks_of(text)[0].text == "Xây dựng kế hoạch phát triển thương mại điện tử"
    assert [task.text for task in tasks_of(MIDDLE)] == [
        "Xây dựng kế hoạch phát triển thương mại điện tử của toàn ngành năm nay",
        "Rà soát toàn bộ các cụm công nghiệp trên địa bàn tỉnh và lập danh mục",
        "Tổ chức hội nghị sơ kết",
    ]


def test_as_above_repeats_the_cell_and_an_empty_cell_repeats_nothing():
    tasks = tasks_of("""
TT | Nội dung | Chủ trì | Thời hạn
1 | Lập danh mục chợ hạng một | Phòng Quản lý thương mại | 30/4/2023
2 | Lập danh mục chợ hạng hai | nt | Như trên
3 | Lập danh mục chợ hạng ba | " | - nt -
4 | Lập danh mục chợ tạm | |
""")
    assert [(task.lead_units, task.due) for task in tasks] == [
        (("Phòng Quản lý thương mại",), date(2023, 4, 30))
    ] * 3 + [((), None)]
    assert set(tasks[3].warnings) == {"no_unit", "no_deadline"}


def test_a_heading_row_names_the_unit_of_the_rows_below_and_restarted_numbers_take_its_numeral():
    tasks = tasks_of("""
TT | Nội dung | Thời hạn
I | Phòng Quản lý thương mại |
1 | Lập danh mục chợ | 30/4/2023
2 | Kiểm tra giá cả hàng hóa | 15/5/2023
II | Văn phòng Sở |
1 | Tổng hợp, trình Giám đốc Sở | 31/5/2023
""")
    assert [(task.code, task.lead_units) for task in tasks] == [
        ("I.1", ("Phòng Quản lý thương mại",)),
        ("I.2", ("Phòng Quản lý thương mại",)),
        ("II.1", ("Văn phòng Sở",)),
    ]


def test_a_heading_between_columns_of_blanks():
    tasks = tasks_of("""
TT    Nội dung công việc              Đơn vị chủ trì        Thời hạn
I     CÔNG TÁC CHUẨN BỊ HỘI NGHỊ TỔNG KẾT CUỐI NĂM
1     Xây dựng chương trình           Văn phòng Sở          30/4/2023
II. CÔNG TÁC TỔ CHỨC HỘI NGHỊ VÀ HẬU CẦN PHỤC VỤ
2     Mời đại biểu dự hội nghị        Văn phòng Sở          15/5/2023

III. TỔ CHỨC THỰC HIỆN
1. Giao Văn phòng Sở đôn đốc việc thực hiện thông báo này trước ngày 30/5/2023.
""")
    assert [(task.code, task.due) for task in tasks] == [
        ("1", date(2023, 4, 30)),
        ("2", date(2023, 5, 15)),
        ("III.1", date(2023, 5, 29)),
    ]


def test_body_and_appendix_both_count_and_repeated_numbers_are_told_apart():
    text = (
        HEAD
        + """
I. NỘI DUNG
Nội dung, tiến độ cụ thể theo Phụ lục kèm theo.
II. TỔ CHỨC THỰC HIỆN
1. Giao Văn phòng Sở theo dõi, đôn đốc, báo cáo Giám đốc Sở trước ngày 30/6/2023.
"""
        + FOOT
        + """
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
(Kèm theo Thông báo số 12/TB-SCT ngày 03/4/2023)
"""
        + BARS
    )
    notice = read_notice(text.split("\n"), None)
    assert [task.code for task in notice.tasks] == ["II.1", "PL.1", "PL.2", "PL.3"]
    assert (notice.number, notice.signed_by) == ("12/TB-SCT", "Nguyễn Văn An")


def test_the_rows_of_a_table_under_a_section_are_called_by_their_numbers():
    tasks = tasks_of(
        "I. YÊU CẦU CHUNG\n1. Giao Văn phòng Sở tổng hợp kết quả trước ngày 10/4/2023.\nII. NHIỆM VỤ CỤ THỂ"
        + STACKED
        + "III. TỔ CHỨC THỰC HIỆN\n1. Giao Văn phòng Sở đôn đốc các đơn vị thực hiện."
    )
    assert [task.code for task in tasks] == ["I.1", "1", "2", "3", "III.1"]


def test_a_date_in_the_words_that_differs_from_the_column_is_warned_of():
    (task,) = tasks_of("""
TT | Nội dung | Chủ trì | Thời hạn
1 | Trả lời doanh nghiệp trước ngày 10/4/2023 | Văn phòng Sở | 15/4/2023
""")
    assert task.due == date(2023, 4, 15)
    assert "several_deadlines" in task.warnings


def test_dates_of_notes_and_results_are_no_deadlines():
    tasks = tasks_of("""
TT | Nội dung | Chủ trì | Ngày giao | Kết quả thực hiện | Ghi chú
1 | Kiểm tra các chợ trên địa bàn | Văn phòng Sở | 10/3/2023 | Đã báo cáo ngày 20/3/2023 | Họp ngày 25/5/2023
""")
    assert [(task.due, task.warnings) for task in tasks] == [(None, ("no_deadline",))]


def test_the_product_column_is_what_has_to_be_handed_in():
    (task,) = tasks_of("""
TT | Nội dung | Chủ trì | Thời hạn | Sản phẩm
1 | Kiểm tra các chợ trên địa bàn | Văn phòng Sở | 30/5/2023 | Báo cáo kiểm tra
""")
    assert (task.product, task.requires_report) == ("Báo cáo kiểm tra", True)


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH QUẢNG NGÃI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ CÔNG THƯƠNG | Độc lập - Tự do - Hạnh phúc\nSố: 12/TB-SCT | Quảng Ngãi, ngày 03 tháng 4 năm 2023",
        "STT | Chỉ tiêu | Năm 2022 | Năm 2023\n1 | Giá trị xuất khẩu | 12 | 13\n2 | Giá trị nhập khẩu | 5 | 6",
        "STT | Đơn vị | Số nhiệm vụ được giao | Đã hoàn thành | Quá hạn\n1 | Văn phòng Sở | 12 | 10 | 2",
        "TT\tHọ và tên\tChức vụ\tĐơn vị\n1\tNguyễn Văn An\tGiám đốc\tVăn phòng Sở",
        "Thời gian | Nội dung | Người thực hiện\n8h00 - 8h15 | Khai mạc hội nghị | Văn phòng Sở\n8h15 - 9h00 | Thảo luận các nội dung | Đại biểu",
        "Thứ | Nội dung | Chủ trì | Thời gian | Địa điểm\nHai | Họp giao ban Sở | Giám đốc | 05/6/2023 | Phòng họp số 1",
        "Nơi nhận:                              KT. GIÁM ĐỐC\n- Như trên;                            PHÓ GIÁM ĐỐC\n- Lưu: VT.                             Trần Văn Bình",
        "STT | Nội dung | Đơn vị chủ trì | Thời hạn\n1 | | |\n2 | | |",
        "STT   Nội dung chi         Số tiền      Nguồn\n1     Chi hội nghị         12.000.000   Ngân sách\n2     Chi in ấn            3.000.000    Ngân sách",
        "Nội dung\nThời gian\nĐơn vị\nđều đã được các bên thống nhất.",
    ],
)
def test_what_only_looks_like_it_gives_out_nothing(text):
    assert read_tables(text.split("\n")).rows == ()


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Phòng A chủ trì; Phòng B phối hợp", ("Phòng A", "Phòng B")),
        ("Phòng A chủ trì, phối hợp với Phòng B, Phòng C", ("Phòng A", "Phòng B, Phòng C")),
        ("Phòng A (chủ trì), Phòng B (phối hợp)", ("Phòng A", "Phòng B")),
        ("Chủ trì: Phòng A; phối hợp: Phòng B", ("Phòng A", "Phòng B")),
        ("Phòng A", ("Phòng A", "")),
    ],
)
def test_one_cell_may_name_both(cell, parts):
    assert parted(cell) == parts


def test_the_surest_title_names_a_column():
    titles = [
        "TT",
        "Lãnh đạo chỉ đạo",
        "Nội dung",
        "Đơn vị chủ trì",
        "Ngày giao",
        "Ngày hoàn thành",
        "Thời hạn",
        "Kết quả",
    ]
    assert columns_of(titles) == {"number": 0, "content": 2, "lead": 3, "deadline": 6}

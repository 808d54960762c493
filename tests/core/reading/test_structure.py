"""Numbering, headings, backgrounds and closings, through whole small notices."""

from datetime import date

import pytest

from core.reading.reader import read_notice

HEAD = """UBND TỈNH QUẢNG NGÃI
SỞ CÔNG THƯƠNG
Số: 12/TB-SCT
Quảng Ngãi, ngày 05 tháng 5 năm 2023
THÔNG BÁO
Kết luận cuộc họp tháng 5

Giám đốc Sở kết luận như sau:
"""


def read(body, agency, head=HEAD):
    return read_notice((head + body).splitlines(), agency)


def codes(body, agency):
    return [task.code for task in read(body, agency).tasks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Giao phòng QLTM rà soát hồ sơ.\n2. Giao phòng QLNL báo cáo UBND tỉnh.", ["1", "2"]),
        ("8. Giao phòng QLTM rà soát hồ sơ.\n10. Giao phòng QLNL báo cáo UBND tỉnh.", ["8", "10"]),
        ("1. Phòng QLTM:\na) Rà soát hồ sơ.\nb) Lập kế hoạch.\nđ) Tổng hợp, báo cáo.", ["1a", "1b", "1đ"]),
        ("1. Phòng QLTM\n- Rà soát hồ sơ;\n- Lập kế hoạch.\n2. Văn phòng Sở\n- Bố trí xe.", ["1.1", "1.2", "2.1"]),
        ("1.1 Giao phòng QLTM rà soát hồ sơ.\n1.2 Giao phòng QLNL rà soát.", ["1.1", "1.2"]),
        ("Một là, giao phòng QLTM rà soát hồ sơ.\nHai là, giao phòng QLNL rà soát hồ sơ.", ["1", "2"]),
        ("I. Đánh giá\n1. Đã hoàn thành 90% kế hoạch.\nII. Nhiệm vụ\n1. Giao phòng QLTM rà soát hồ sơ.", ["1"]),
        (
            "I. Thương mại\n1. Giao phòng QLTM rà soát hồ sơ.\nII. Năng lượng\n1. Giao phòng QLNL rà soát hồ sơ.",
            ["I.1", "II.1"],
        ),
        ("Giao phòng QLTM rà soát hồ sơ trước ngày 20/5/2023./.", ["p1"]),
        (
            "II. Nhiệm vụ\n1. Phòng QLTM:\na) Rà soát hồ sơ.\nb) Lập kế hoạch.\nIII. Kỷ cương\n1. Phòng QLNL báo cáo.",
            ["II.1a", "II.1b", "III.1"],
        ),
        ("1. Phòng QLTM rà soát hồ sơ.\nGiao Văn phòng Sở theo dõi, báo cáo hằng tuần./.", ["1", "p1"]),
        ("1. Về hồ sơ\nGiao phòng QLTM rà soát hồ sơ.", ["1"]),
        ("1. Thống nhất nội dung báo cáo.\n2. Đồng ý đề nghị của Công đoàn.\n3. Giao phòng QLTM rà soát.", ["3"]),
        ("I. MỤC ĐÍCH, YÊU CẦU\n1. Nâng cao nhận thức.\nII. NHIỆM VỤ\n1. Phòng QLTM rà soát hồ sơ.", ["1"]),
        (
            "1. Phòng QLTM:\n(1) Rà soát hồ sơ.\n(2) Lập kế hoạch.\n2. Phòng QLNL báo cáo.",
            ["1.1", "1.2", "2"],
        ),
        ("1. Phòng QLTM:\na) Chợ:\n(i) Rà soát hồ sơ.\n(ii) Lập kế hoạch.\nb) Báo cáo.", ["1a.1", "1a.2", "1b"]),
        ("1. Phòng QLTM:\ni) Rà soát hồ sơ.\nii) Lập kế hoạch.\niii) Báo cáo UBND tỉnh.", ["1.1", "1.2", "1.3"]),
        ("1. Phòng QLTM:\nh) Rà soát hồ sơ.\ni) Lập kế hoạch.\nk) Báo cáo UBND tỉnh.", ["1h", "1i", "1k"]),
        ("- Phòng QLTM:\n(1) Rà soát hồ sơ.\n(2) Lập kế hoạch.\n- Phòng QLNL báo cáo.", ["p1.1", "p1.2", "p2"]),
        ("(1) Giao phòng QLTM rà soát hồ sơ.\n(2) Giao phòng QLNL báo cáo UBND tỉnh.", ["1", "2"]),
        ("1. Phòng QLTM trình hồ sơ, gồm:\n(1) Dự thảo quyết định;\n(2) Tờ trình.\n2. Phòng QLNL báo cáo.", ["1", "2"]),
        ("1. Phòng QLTM trình hồ sơ:\n(1) Tờ trình;\n(2) Dự thảo quyết định.\n2. Phòng QLNL báo cáo.", ["1", "2"]),
        (
            "Yêu cầu các đơn vị thực hiện các nội dung sau:\nPhòng QLTM rà soát hồ sơ.\nPhòng QLNL lập kế hoạch.",
            ["p1", "p2"],
        ),
    ],
)
def test_numbering(body, expected, agency):
    assert codes(body, agency) == expected


def test_a_dash_may_name_its_own_unit(agency):
    tasks = read("6. Phòng QLTM chịu trách nhiệm:\n- Rà soát hồ sơ.\n- Phòng QLNL tiếp tục chỉ đạo.", agency).tasks
    assert [task.lead_units for task in tasks] == [("QLTM",), ("QLNL",)]


def test_a_lead_in_hands_down_its_deadline(agency):
    body = "1. Giao phòng QLTM hoàn thành trước ngày 20/5/2023 các việc sau:\na) Rà soát hồ sơ.\nb) Lập danh mục."
    assert {task.deadline_text for task in read(body, agency).tasks} == {"hoàn thành trước ngày 20/5/2023"}


def test_a_description_belongs_to_the_entry_before_it(agency):
    body = "1. Phòng QLTM\n- Rà soát hồ sơ.\n- Thời gian hoàn thành: trước ngày 20/5/2023."
    (task,) = read(body, agency).tasks
    assert (task.code, task.due.isoformat()) == ("1.1", "2023-05-19")


def test_assessments_sanctions_and_closings_are_no_tasks(agency):
    body = """1. Trong tháng 4 sản xuất tăng 5% so với cùng kỳ năm trước, tuy nhiên còn chậm.
2. Giao phòng QLTM rà soát hồ sơ.
3. Quá 24 tháng mà không triển khai, Sở sẽ tổng hợp, báo cáo.
Nay thông báo để các phòng, đơn vị triển khai thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT."""
    (task,) = read(body, agency).tasks
    assert (task.code, task.text) == ("2", "Giao phòng QLTM rà soát hồ sơ.")


def test_listed_parts_without_units_stay_one_task(agency):
    assert codes("1. Giao phòng QLTM rà soát: (1) hồ sơ đất đai; (2) hồ sơ xây dựng.", agency) == ["1"]


def test_a_dash_inside_a_wrapped_name_begins_nothing(agency):
    body = """1. Giao phòng Kế hoạch - Tài chính
- Tổng hợp chủ trì, các phòng phối
hợp rà soát toàn bộ hồ sơ của các
dự án đang triển khai trên địa bàn
tỉnh và tổng hợp khó khăn, vướng
mắc của các dự án để báo cáo UBND
tỉnh xem xét, giải quyết theo đúng
thẩm quyền trước ngày 20/5/2023."""
    (task,) = read(body, agency).tasks
    assert task.lead_units == ("KHTCTH",)
    assert "Tài chính - Tổng hợp" in task.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            (
                "A. TÌNH HÌNH 10 THÁNG\n1. Thu ngân sách đạt 112%, tăng 21% so với cùng kỳ.\n2. Tồn tại: giải ngân mới đạt 58%.\n"
                "B. NHIỆM VỤ\n1. Phòng QLTM\n1.1. Rà soát hồ sơ.\n1.2. Lập kế hoạch.\n2. Phòng QLNL\n2.1. Báo cáo tiến độ."
            ),
            ["1.1", "1.2", "2.1"],
        ),
        ("Đề nghị các phòng thực hiện:\n- Phòng QLTM rà soát hồ sơ.\n- Phòng QLNL lập kế hoạch.", ["p1", "p2"]),
        (
            "1. Phòng QLTM rà soát hồ sơ.\nĐơn vị nào chậm, Sở sẽ xem xét xử lý trong tháng 6.\n2. Phòng QLNL lập kế hoạch.",
            ["1", "2"],
        ),
    ],
)
def test_parts_by_capital_letters_dashes_without_a_number_and_threats(body, expected, agency):
    tasks = read(body, agency).tasks
    assert [task.code for task in tasks] == expected
    assert all(task.due is None or task.suggested_due for task in tasks)


def test_a_unit_in_brackets_at_the_end_has_it(agency):
    (task,) = read("1. Hồ sơ nhập ngũ thực hiện theo Kế hoạch số 102/KH-UBND (Phòng Hành chính phường).", agency).tasks
    assert task.lead_units == ("Phòng Hành chính phường",)


def test_an_entry_below_a_heading_that_fills_its_line(agency):
    heading = "1. Phòng Quản lý Công nghiệp chủ trì, phối hợp với các phòng thực hiện các việc"
    filled = "và các đơn vị trực thuộc Sở theo dõi chặt chẽ tình hình tại các cụm công nghiệp;"
    body = "\n".join([heading, f"a) Rà soát {filled[2:]}", f"b) Lập kế hoạch {filled}", *[filled] * 20])
    assert codes(body, agency)[:2] == ["1a", "1b"]


@pytest.mark.parametrize("place", ["Â‡ tháng 5", "... tháng 5"])
def test_a_head_whose_day_was_not_recognised_leaves_the_month(place, agency):
    head = HEAD.replace("05 tháng 5", place).replace("THÔNG BÁO", "CHÍ THỊ")
    notice = read("1. Giao phòng QLTM báo cáo trước ngày 20/6.", agency, head)
    assert (notice.issued_on, notice.title, "no_date" in notice.warnings) == (None, "Kết luận cuộc họp tháng 5", True)
    (task,) = notice.tasks
    assert (task.due, "year_inferred" in task.warnings) == (date(2023, 6, 19), True)


def test_a_unit_the_roster_lacks_is_kept_and_warned_of(agency):
    (task,) = read("1. Giao phòng Thanh tra rà soát hồ sơ.", agency).tasks
    assert (task.lead_units, "unknown_unit" in task.warnings) == (("phòng Thanh tra",), True)


def test_a_recurring_report(agency):
    (task,) = read(
        "1. Giao phòng QLTM định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu gửi báo cáo về Văn phòng Sở.", agency
    ).tasks
    assert (task.recurrence.every, task.recurrence.weekday, task.due, task.requires_report) == ("week", 5, None, True)


def test_header_of_an_official_letter_in_two_columns(agency):
    notice = read_notice(
        [
            "    ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "    TỈNH QUẢNG NGÃI                    Độc lập - Tự do - Hạnh phúc",
            "",
            "   Số: 507 /UBND-KT               Quảng Ngãi, ngày 24 tháng 01 năm 2025",
            "V/v góp ý dự thảo Quyết định sửa",
            "   đổi một số điều",
            "",
            "               Kính gửi: Sở Công Thương",
            "",
            "   Theo đề nghị của Bộ Công Thương tại Công văn số 202/BCT-KH ngày 21/01/2025,",
            "Chủ tịch UBND tỉnh giao Sở Công Thương chủ trì, phối hợp với các cơ quan liên quan",
            "góp ý; tổng hợp, báo cáo Bộ Công Thương (trước ngày 10/02/2025)./.",
            "",
            "Nơi nhận:                          TL. CHỦ TỊCH",
            "- Như trên;                        CHÁNH VĂN PHÒNG",
            "- Lưu: VT.",
            "                                   Trần Văn An",
        ],
        agency,
    )
    assert (notice.number, notice.issued_on.isoformat(), notice.issuer) == (
        "507/UBND-KT",
        "2025-01-24",
        "UBND tỉnh Quảng Ngãi",
    )
    assert notice.title == "V/v góp ý dự thảo Quyết định sửa đổi một số điều"
    assert notice.signed_by == "Trần Văn An"
    (task,) = notice.tasks
    assert (task.lead_units, task.deadline_text, task.requires_report) == (("SCT",), "trước ngày 10/02/2025", True)
    assert task.text.startswith("Chủ tịch UBND tỉnh giao Sở Công Thương")


def test_what_is_missing_is_warned_of(agency):
    assert read_notice(["Chào đồng chí"], agency).warnings == ("no_number", "no_date", "no_tasks")


@pytest.mark.parametrize(
    ("paragraph", "dated"),
    [
        ("Các nhiệm vụ nêu trên hoàn thành trước ngày 20/5/2023.", ["1", "2", "3"]),
        ("Các nội dung tại mục 2 và mục 3 hoàn thành trước ngày 20/5/2023.", ["2", "3"]),
        ("Nhiệm vụ của phòng hoàn thành trước ngày 20/5/2023.", ["3"]),
    ],
)
def test_a_deadline_several_share(paragraph, dated, agency):
    body = f"1. Phòng QLTM rà soát.\n2. Phòng QLNL rà soát.\n3. Văn phòng Sở bố trí xe.\n{paragraph}\n4. Phòng QLCN rà soát."
    tasks = read(body, agency).tasks
    assert [task.code for task in tasks] == ["1", "2", "3", "4"]
    assert [task.code for task in tasks if task.due == date(2023, 5, 19)] == dated

from datetime import date, time

import pytest

from core.reading.cell_deadlines import column_deadline, suggested_due
from core.reading.deadlines import read_deadline
from core.reading.model import Recurrence

ISSUED = date(2023, 4, 4)


@pytest.mark.parametrize(
    ("text", "phrase", "due"),
    [
        ("trình phê duyệt trước ngày 30/4/2023: Giao phòng QLTM", "trước ngày 30/4/2023", date(2023, 4, 29)),
        ("gửi trước 30/11/2024 để tổng hợp", "trước 30/11/2024", date(2024, 11, 29)),
        ("Hoàn thành trước ngày17/7/2026", "Hoàn thành trước ngày17/7/2026", date(2026, 7, 16)),
        ("chậm nhất trước ngày 15/8/2026", "chậm nhất trước ngày 15/8/2026", date(2026, 8, 14)),
        ("trước ngày 30-8-2024", "trước ngày 30-8-2024", date(2024, 8, 29)),
        ("trước ngày 08 tháng 4 năm 2026", "trước ngày 08 tháng 4 năm 2026", date(2026, 4, 7)),
        ("báo cáo trước ngày 01/01/2024", "trước ngày 01/01/2024", date(2023, 12, 31)),
        ("chậm nhất ngày 11/8/2026", "chậm nhất ngày 11/8/2026", date(2026, 8, 11)),
        ("chậm nhất đến ngày 01 tháng 7 năm 2028", "chậm nhất đến ngày 01 tháng 7 năm 2028", date(2028, 7, 1)),
        ("chậm nhất trong tháng 20/7/2026", "chậm nhất trong tháng 20/7/2026", date(2026, 7, 20)),
        ("từ ngày 15/4/2023 đến ngày 20/5/2023", "đến ngày 20/5/2023", date(2023, 5, 20)),
        ("Thời gian hoàn thành 11/8/24", "Thời gian hoàn thành 11/8/24", date(2024, 8, 11)),
        ("trong tháng 9 năm 2026", "trong tháng 9 năm 2026", date(2026, 9, 30)),
        ("tham mưu ttrong tháng 7/2026", "ttrong tháng 7/2026", date(2026, 7, 31)),
        ("trong tháng 10/2025 và tháng 11/2025", "trong tháng 10/2025 và tháng 11/2025", date(2025, 11, 30)),
        ("trước tháng 6/2023", "trước tháng 6/2023", date(2023, 5, 31)),
        ("xong trong quý II/2026", "xong trong quý II/2026", date(2026, 6, 30)),
        ("trong quý 01/2024", "trong quý 01/2024", date(2024, 3, 31)),
        ("hết quý III/2023", "hết quý III/2023", date(2023, 9, 30)),
        ("trong 6 tháng đầu năm 2023", "trong 6 tháng đầu năm 2023", date(2023, 6, 30)),
        ("hoàn thành trong năm 2023", "hoàn thành trong năm 2023", date(2023, 12, 31)),
        ("hoàn thành trong tuần", "hoàn thành trong tuần", date(2023, 4, 7)),
        ("trong vòng 10 ngày kể từ ngày ban hành", "trong vòng 10 ngày kể từ ngày ban hành", date(2023, 4, 14)),
        ("gửi trước ngày 26/01/2024 (nhằm ngày 24 tháng Chạp)", "trước ngày 26/01/2024", date(2024, 1, 25)),
    ],
)
def test_printed_deadlines(text, phrase, due):
    deadline = read_deadline(text, ISSUED)
    assert (deadline.text, deadline.due, deadline.warnings) == (phrase, due, ())


@pytest.mark.parametrize(
    ("text", "due", "hour"),
    [
        ("trước 10 giờ 00 ngày 03/5/2023", date(2023, 5, 3), time(10)),
        ("trước 14 giờ, ngày 05/12/2023", date(2023, 12, 5), time(14)),
        ("trước 14h ngày 03/5/2023", date(2023, 5, 3), time(14)),
        ("nộp trước 17h30 ngày 20/4/2023", date(2023, 4, 20), time(17, 30)),
    ],
)
def test_an_hour_counts_on_its_day(text, due, hour):
    deadline = read_deadline(text, ISSUED)
    assert (deadline.due, deadline.due_time) == (due, hour)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 175/QĐ-SCT ngày 31/01/2023",
        "họp dự kiến tổ chức trong tháng 6 năm 2026",
        "dự kiến gặp mặt vào ngày 01/8/2024",
        "Vào lúc 08 giờ 00 phút, ngày 09/11/2024",
        "lập tiến độ chi tiết theo tuần, tháng đến hết năm 2026",
        "giai đoạn 2026 - 2030, đến năm 2030, tầm nhìn đến năm 2045",
        "Quá 24 tháng kể từ ngày Quyết định có hiệu lực",
        "số liệu tính đến ngày 31/3/2023",
        "bố trí lực lượng ứng trực 24/24 giờ",
        "gửi báo cáo định kỳ theo mẫu",
        "chú trọng giáo dục thường xuyên cho học viên",
        "thực hiện theo đúng quy định của pháp luật",
        "khẩn trương, kịp thời hoàn thành ngay",
        "phấn đấu đạt chỉ tiêu hàng năm",
    ],
)
def test_time_words_that_set_no_deadline(text):
    deadline = read_deadline(text, ISSUED)
    assert (deadline.text, deadline.due, deadline.recurrence) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "recurrence", "hour"),
    [
        ("Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu, gửi báo cáo", Recurrence("week", 5), time(16)),
        ("báo cáo vào thứ Sáu hằng tuần", Recurrence("week", 5), None),
        ("gửi trước ngày 20 hàng tháng", Recurrence("month", day=19), None),
        ("báo cáo vào ngày 25 hằng tháng", Recurrence("month", day=25), None),
        ("trước 14h hàng ngày", Recurrence("day"), time(14)),
        ("định kỳ hằng quý", Recurrence("quarter"), None),
        ("định kỳ 03 tháng/1lần", Recurrence("quarter"), None),
        ("Định kỳ 6 tháng, hàng năm hoặc đột xuất báo cáo", Recurrence("half_year"), None),
    ],
)
def test_recurring_deadlines(text, recurrence, hour):
    deadline = read_deadline(text, ISSUED)
    assert (deadline.recurrence, deadline.due_time, deadline.due) == (recurrence, hour, None)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("báo cáo trước ngày 15/5", "year_inferred"),
        ("báo cáo trước ngày 31/4/2023", "bad_date"),
        ("báo cáo trước ngày 15/3/2023", "past_due"),
        ("báo cáo trong ngày 04/4/2023", "due_on_issue_day"),
        ("Trong Quý I/2024 và trước ngày 20/3/2024", "several_deadlines"),
        ("trong thời hạn 03 ngày làm việc kể từ ngày kết thúc cuộc họp", "relative_deadline"),
        ("Ngay sau kỳ nghỉ Tết, các cơ quan tập trung giải quyết", "relative_deadline"),
    ],
)
def test_odd_deadlines_warn(text, warning):
    assert warning in read_deadline(text, ISSUED).warnings


def test_the_exact_one_of_two_deadlines_counts():
    assert read_deadline("Trong Quý I và trước ngày 20/3/2024", ISSUED).due == date(2024, 3, 19)


def test_a_missing_year_in_december_may_be_the_next():
    assert read_deadline("trước ngày 15/01", date(2023, 12, 20)).due == date(2024, 1, 14)


def test_continuing_and_referring_deadlines_keep_their_words():
    assert read_deadline("Thường xuyên theo dõi tình hình", ISSUED).standing
    referring = read_deadline("tham mưu kịp thời, đúng thời gian quy định các nội dung", ISSUED)
    assert (referring.text, referring.by_reference, referring.decided) == ("đúng thời gian quy định", True, False)


@pytest.mark.parametrize(
    ("title", "due"),
    [
        ("Kết luận tại cuộc họp giao ban quý I và triển khai nhiệm vụ quý II/2023", date(2023, 6, 30)),
        ("Kết luận tại cuộc họp giao ban tháng 3 và triển khai nhiệm vụ tháng 4/2023", date(2023, 4, 30)),
        ("Kết luận về công tác 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", date(2023, 12, 31)),
        ("Kết luận về nhiệm vụ năm 2023", date(2023, 12, 31)),
        ("Kết luận cuộc họp về nhiệm vụ quý I/2023", None),
        ("V/v đôn đốc tiến độ hạ tầng cụm công nghiệp", None),
        (None, None),
    ],
)
def test_only_the_period_a_title_sets_tasks_for_is_suggested(title, due):
    assert suggested_due(title, ISSUED) == due


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("Từ tháng 2/2024 đến tháng 9/2025", date(2025, 9, 30)),
        ("15/12/2023-15/02/2024", date(2024, 2, 15)),
        ("Tháng 4 đến tháng 5/2024", date(2024, 5, 31)),
        ("Quý I đến tháng 9/2024", date(2024, 9, 30)),
        ("Cả năm 2024", date(2024, 12, 31)),
        ("Tháng 4, 5/2024", date(2024, 5, 31)),
        ("Tháng 3/ 2024", date(2024, 3, 31)),
        ("Quý II/2024", date(2024, 6, 30)),
        ("31/03/2024", date(2024, 3, 31)),
        ("Trước ngày 31/3/2024", date(2024, 3, 30)),
        ("", None),
        ("Thường xuyên", None),
    ],
)
def test_cells_of_a_table_hold_bare_deadlines(cell, due):
    assert column_deadline(cell, ISSUED).due == due


def test_a_deadline_missed_before_the_notice_gives_way_to_the_new_one():
    deadline = read_deadline(
        "được giao trước ngày 30/01/2023 nhưng chưa xong, yêu cầu hoàn thành trước ngày 05/5/2023", ISSUED
    )
    assert (deadline.due, deadline.warnings) == (date(2023, 5, 4), ("several_deadlines",))


def test_the_shorter_of_two_periods_counts():
    assert read_deadline("Định kỳ 6 tháng, hàng năm báo cáo UBND tỉnh", ISSUED).recurrence == Recurrence("half_year")
    assert read_deadline("báo cáo hằng ngày trước 16 giờ", ISSUED).due_time == time(16)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("gửi trươc l5/6/2023.", date(2023, 6, 14)),
        ("gửi trước ngày 15/6/2O23", date(2023, 6, 14)),
        ("trước 16h thứ Sáu (16/6/2023)", date(2023, 6, 16)),
        ("từ ngày 10 đến ngày 15/6/2023", date(2023, 6, 15)),
        ("Thời hạn: Quý III/2023.", date(2023, 9, 30)),
        ("Thời gian thực hiện: Quý II, III/2023", date(2023, 9, 30)),
        ("báo cáo kết quả trong tháng 5/2023.", date(2023, 5, 31)),
        ("trong các tháng 5, 6/2023", date(2023, 6, 30)),
        ("không chậm quá ngày 30/6/2023", date(2023, 6, 30)),
        ("hợp đồng hết hạn ngày 15/8/2023", None),
        ("chuẩn bị Hội nghị tổ chức vào ngày 20/5/2023", None),
        ("áp dụng từ ngày 01/7/2023 đến ngày 31/12/2023", None),
        ("gieo sạ vụ Hè Thu từ 15/4 đến 15/5", None),
        ("tại Báo cáo ngày 12/5/2023 của Sở Tài chính", None),
        ("kết quả trong tháng 5 và phương hướng", None),
    ],
)
def test_dates_set_and_dates_only_named(text, due):
    assert read_deadline(text, date(2023, 4, 4)).due == due


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("báo cáo trước ngày 25 của tháng cuối quý", "quarter"),
        ("gửi trước ngày 15/12 hằng năm", "year"),
        ("kiểm tra 06 tháng/lần", "half_year"),
        ("Công bố hằng tháng kết quả xếp hạng", "month"),
        ("Hàng tuần (chiều thứ Năm) báo cáo", "week"),
    ],
)
def test_further_ways_to_say_how_often(text, every):
    found = read_deadline(text, date(2023, 4, 4))
    assert (found.due, found.recurrence.every) == (None, every)

"""Dates as people type them; 5 July 2023 is a Wednesday."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.speech import typed_date

WEDNESDAY = date(2023, 7, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.7", (2023, 7, 15)),
        ("15/7", (2023, 7, 15)),
        ("15-7", (2023, 7, 15)),
        ("15/7/2023", (2023, 7, 15)),
        ("15.7.24", (2024, 7, 15)),
        ("2023-07-15", (2023, 7, 15)),
        ("ngày 15 tháng 7", (2023, 7, 15)),
        ("15 tháng 7 năm 2024", (2024, 7, 15)),
        ("đến 15.7", (2023, 7, 15)),
        ("trước ngày 15/7", (2023, 7, 15)),
        ("27/4", (2023, 4, 27)),
        ("5/1", (2024, 1, 5)),
        ("25 tháng này", (2023, 7, 25)),
        ("ngày 5 tháng sau", (2023, 8, 5)),
        ("hôm nay", (2023, 7, 5)),
        ("chiều nay", (2023, 7, 5)),
        ("mai", (2023, 7, 6)),
        ("ngày mai", (2023, 7, 6)),
        ("mốt", (2023, 7, 7)),
        ("ngày kia", (2023, 7, 7)),
        ("hôm qua", (2023, 7, 4)),
        ("thứ 6", (2023, 7, 7)),
        ("thu sau", (2023, 7, 7)),
        ("thứ Sáu tuần sau", (2023, 7, 14)),
        ("thứ 4", (2023, 7, 12)),
        ("thứ tư này", (2023, 7, 5)),
        ("t6", (2023, 7, 7)),
        ("cn", (2023, 7, 9)),
        ("chủ nhật", (2023, 7, 9)),
        ("thứ Sáu 14/7", (2023, 7, 14)),
        ("thursday", (2023, 7, 6)),
        ("Wednesday", (2023, 7, 12)),
        ("next Thursday", (2023, 7, 13)),
        ("friday next week", (2023, 7, 14)),
        ("cuối tuần", (2023, 7, 7)),
        ("trong tuần", (2023, 7, 7)),
        ("tuần sau", (2023, 7, 14)),
        ("cuoi tuan sau", (2023, 7, 14)),
        ("cuối tháng", (2023, 7, 31)),
        ("tháng sau", (2023, 8, 31)),
        ("cuoi thang sau", (2023, 8, 31)),
        ("tháng 8", (2023, 8, 31)),
        ("trong thang 5", (2023, 5, 31)),
        ("trong tháng 2/2024", (2024, 2, 29)),
        ("tháng năm", (2023, 5, 31)),
        ("quý III", (2023, 9, 30)),
        ("quý II", (2023, 6, 30)),
        ("cuối quý", (2023, 9, 30)),
        ("quy 1/2024", (2024, 3, 31)),
        ("cuối năm", (2023, 12, 31)),
        ("ngày 15", (2023, 7, 15)),
        ("ngày 3", (2023, 8, 3)),
        ("10 ngày nữa", (2023, 7, 15)),
        ("2 tuần nữa", (2023, 7, 19)),
    ],
)  # fmt: skip
def test_a_date(text, day):
    assert typed_date(text, today=WEDNESDAY) == date(*day)


@pytest.mark.parametrize(
    "text", ["", "xin chao", "31/2", "32/1", "15/13", "45 27/4", "3.5.1", "tháng 13", "99999/1", "ngày 45"]
)
def test_no_date(text):
    assert typed_date(text, today=WEDNESDAY) is None


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("27/4", date(2023, 5, 4), date(2023, 4, 27)),
        ("30/12", date(2024, 1, 2), date(2023, 12, 30)),
        ("2/1", date(2024, 1, 2), date(2024, 1, 2)),
        ("ngày 27", date(2023, 5, 4), date(2023, 4, 27)),
        ("27/4/2022", date(2023, 5, 4), date(2022, 4, 27)),
    ],
)
def test_a_documents_date_is_never_to_come(text, today, day):
    assert typed_date(text, today=today, past=True) == day


@pytest.mark.parametrize(
    ("text", "day"), [("15/1", date(2024, 1, 15)), ("29/2", date(2024, 2, 29)), ("quý I", date(2024, 3, 31))]
)
def test_a_plan_made_in_december_is_for_the_next_year(text, day):
    assert typed_date(text, today=date(2023, 12, 28)) == day


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_full_date_is_what_it_says(day, today):
    for text in (f"{day.day}/{day.month}/{day.year}", f"{day.day:02}.{day.month:02}.{day.year}", day.isoformat()):
        assert typed_date(text, today=today) == day


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_without_a_year_looking_back_never_gives_the_future(today, month, day):
    found = typed_date(f"{day}/{month}", today=today, past=True)
    assert found is not None
    assert 0 <= (today - found).days <= 366

"""What returns is due when it says, in every kind of month, and no period comes twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.periods import period_after, period_from


@pytest.mark.parametrize(
    ("recurrence", "day", "key", "due"),
    [
        ({"every": "week", "weekday": 5}, date(2023, 5, 8), "2023-W19", date(2023, 5, 12)),
        ({"every": "week", "weekday": 5}, date(2023, 5, 12), "2023-W19", date(2023, 5, 12)),
        ({"every": "week", "weekday": None}, date(2023, 5, 13), "2023-W20", date(2023, 5, 19)),
        ({"every": "week", "weekday": 1}, date(2024, 12, 31), "2025-W02", date(2025, 1, 6)),
        ({"every": "month", "day": 25}, date(2023, 5, 26), "2023-06", date(2023, 6, 25)),
        ({"every": "month", "day": 31}, date(2023, 2, 1), "2023-02", date(2023, 2, 28)),
        ({"every": "month", "day": None}, date(2023, 12, 31), "2023-12", date(2023, 12, 31)),
        ({"every": "month", "day": 5}, date(2023, 12, 6), "2024-01", date(2024, 1, 5)),
        ({"every": "quarter", "day": None}, date(2023, 7, 1), "2023-Q3", date(2023, 9, 30)),
        ({"every": "quarter", "day": 20}, date(2023, 6, 21), "2023-Q3", date(2023, 9, 20)),
        ({"every": "half_year"}, date(2023, 7, 1), "2023-H2", date(2023, 12, 31)),
        ({"every": "year"}, date(2023, 1, 1), "2023", date(2023, 12, 31)),
        ({"every": "day"}, date(2023, 5, 13), "2023-05-15", date(2023, 5, 15)),
    ],
)
def test_the_period_under_way(recurrence: dict[str, Any], day: date, key: str, due: date) -> None:
    period = period_from(recurrence, day)
    assert (period.key, period.due) == (key, due)


@pytest.mark.parametrize("every", ["day", "week", "month", "quarter", "half_year", "year"])
@pytest.mark.parametrize("day", [None, 1, 15, 29, 30, 31])
def test_periods_follow_each_other_under_keys_of_their_own(every: str, day: int | None) -> None:
    recurrence = {"every": every, "weekday": None, "day": day}
    period = period_from(recurrence, date(2023, 1, 1))
    seen = {period.key}
    for _ in range(60):
        following = period_after(recurrence, period.due, period.due)
        assert following.due > period.due
        assert following.key not in seen
        assert period_from(recurrence, period.due + timedelta(days=1)) == following
        seen.add(following.key)
        period = following


def test_what_nobody_was_there_to_begin_is_left_out() -> None:
    monthly = {"every": "month", "day": 25}
    assert period_after(monthly, date(2023, 1, 25), date(2023, 5, 8)).due == date(2023, 5, 25)

"""Vietnam's working calendar against the days offices really kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import CalendarDay, WorkCalendar
from tests.core.parts import PATIENT, days

CALENDAR = WorkCalendar()
working_days = days.filter(CALENDAR.is_working)


def run(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_nobody_works_at_tet_and_everybody_the_days_around_it(first: date, last: date) -> None:
    assert not any(CALENDAR.is_working(day) for day in run(first, last))
    before, after = CALENDAR.last_working_on_or_before(first), CALENDAR.next_working_after(last)
    assert (before, after) == (first - timedelta(days=1), last + timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2022, 12, 31), date(2023, 1, 2)),
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2023, 9, 1), date(2023, 9, 4)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2024, 4, 18), date(2024, 4, 18)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2024, 8, 31), date(2024, 9, 3)),
        (date(2025, 1, 1), date(2025, 1, 1)),
        (date(2025, 4, 7), date(2025, 4, 7)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2025, 8, 30), date(2025, 9, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 4, 25), date(2026, 4, 27)),
        (date(2026, 4, 30), date(2026, 5, 3)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_public_holidays_join_the_weekends_and_swapped_days_beside_them(first: date, last: date) -> None:
    assert not any(CALENDAR.is_working(day) for day in run(first, last))
    assert CALENDAR.next_working_after(last) - last <= timedelta(days=2)


@pytest.mark.parametrize("saturday", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_a_swapped_saturday_is_worked(saturday: date) -> None:
    assert saturday.weekday() == 5
    assert CALENDAR.is_working(saturday)
    assert not CALENDAR.is_working(saturday + timedelta(days=1))


def test_an_ordinary_week_is_monday_to_friday() -> None:
    week = run(date(2023, 6, 26), date(2023, 7, 2))
    assert [CALENDAR.is_working(day) for day in week] == [True] * 5 + [False] * 2


def test_a_day_somebody_set_beats_the_public_calendar() -> None:
    calendar = WorkCalendar(
        [
            CalendarDay(date(2023, 5, 1), working=True),
            CalendarDay(date(2023, 6, 28), working=False, name="mất điện"),
            CalendarDay(date(2026, 1, 2), working=True),
        ]
    )
    assert calendar.is_working(date(2023, 5, 1))
    assert not calendar.is_working(date(2023, 6, 28))
    assert calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))


@pytest.mark.parametrize(
    ("due", "day", "step"),
    [
        (date(2023, 4, 29), date(2023, 4, 19), -7),
        (date(2023, 4, 29), date(2023, 4, 27), -1),
        (date(2023, 4, 29), date(2023, 4, 28), 0),
        (date(2023, 4, 29), date(2023, 5, 4), 1),
        (date(2023, 6, 30), date(2023, 6, 30), 0),
        (date(2023, 6, 30), date(2023, 7, 3), 1),
        (date(2023, 6, 30), date(2023, 7, 5), 3),
        (date(2024, 5, 5), date(2024, 5, 4), 0),
        (date(2023, 1, 22), date(2023, 1, 19), 0),
        (date(2023, 1, 22), date(2023, 1, 27), 1),
    ],
)
def test_steps_are_counted_from_the_last_working_day_of_the_deadline(due: date, day: date, step: int) -> None:
    assert CALENDAR.step(due, day) == step


@PATIENT
@given(working_days, st.integers(-40, 40))
def test_counting_is_the_inverse_of_adding(day: date, steps: int) -> None:
    reached = CALENDAR.add(day, steps)
    assert CALENDAR.is_working(reached)
    assert CALENDAR.between(day, reached) == steps
    assert CALENDAR.add(reached, -steps) == day


@PATIENT
@given(days, st.integers(-20, 20))
def test_a_step_leads_to_the_day_it_is_counted_on(due: date, steps: int) -> None:
    day_zero = CALENDAR.last_working_on_or_before(due)
    assert CALENDAR.step(due, CALENDAR.add(day_zero, steps)) == steps


@PATIENT
@given(days, days, days)
def test_spans_add_up_and_turn_around(first: date, second: date, third: date) -> None:
    assert CALENDAR.between(first, second) == -CALENDAR.between(second, first)
    assert CALENDAR.between(first, third) == CALENDAR.between(first, second) + CALENDAR.between(second, third)


@PATIENT
@given(days)
def test_the_nearest_working_days_have_no_working_day_between(day: date) -> None:
    before, after = CALENDAR.last_working_on_or_before(day), CALENDAR.next_working_after(day)
    assert before <= day < after
    assert [one for one in run(before, after) if CALENDAR.is_working(one)] == [before, after]


@PATIENT
@given(days, st.booleans())
def test_any_single_day_can_be_set_and_only_that_one_changes(day: date, working: bool) -> None:
    calendar = WorkCalendar([CalendarDay(day, working)])
    assert calendar.is_working(day) is working
    assert all(
        calendar.is_working(other) is CALENDAR.is_working(other)
        for other in (day - timedelta(days=1), day + timedelta(days=1))
    )

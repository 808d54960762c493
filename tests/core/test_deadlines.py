"""Until which second a deadline is met, whatever clock the machine runs on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import HANOI, Deadline, TimeState, days_overdue, local, time_state, today
from tests.core.parts import PATIENT, deadlines, hanoi, moments

SECOND = timedelta(seconds=1)
LAST_SECOND_OF_29_APRIL = datetime(2023, 4, 29, 16, 59, 59, tzinfo=UTC)
"""23:59:59 in Hanoi."""


def test_strictly_before_30_april_is_met_until_the_last_second_of_the_29th() -> None:
    strict = Deadline(date(2023, 4, 30) - timedelta(days=1))
    assert time_state(strict, LAST_SECOND_OF_29_APRIL) is TimeState.DUE_SOON
    assert time_state(strict, LAST_SECOND_OF_29_APRIL + SECOND) is TimeState.OVERDUE


def test_on_30_april_at_the_latest_is_met_until_the_last_second_of_the_30th() -> None:
    latest = Deadline(date(2023, 4, 30))
    assert time_state(latest, LAST_SECOND_OF_29_APRIL + timedelta(days=1)) is TimeState.DUE_SOON
    assert time_state(latest, LAST_SECOND_OF_29_APRIL + timedelta(days=1) + SECOND) is TimeState.OVERDUE


def test_an_hour_is_met_on_the_second_and_missed_after_it() -> None:
    ten = Deadline(date(2023, 4, 28), time(10))
    assert not ten.missed_by(datetime(2023, 4, 28, 2, 59, 59, tzinfo=UTC))
    assert not ten.missed_by(datetime(2023, 4, 28, 3, 0, 0, tzinfo=UTC))
    assert ten.missed_by(datetime(2023, 4, 28, 3, 0, 1, tzinfo=UTC))


def test_the_day_in_hanoi_begins_at_17_00_utc() -> None:
    assert today(datetime(2023, 4, 27, 16, 59, 59, tzinfo=UTC)) == date(2023, 4, 27)
    assert today(datetime(2023, 4, 27, 17, 0, 0, tzinfo=UTC)) == date(2023, 4, 28)
    assert local(datetime(2023, 4, 27, 17, 0, 0, tzinfo=UTC)).isoformat() == "2023-04-28T00:00:00+07:00"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (25, TimeState.ON_TIME),
        (26, TimeState.DUE_SOON),
        (29, TimeState.DUE_SOON),
        (30, TimeState.OVERDUE),
    ],
)
def test_due_soon_begins_three_calendar_days_before(day: int, state: TimeState) -> None:
    assert time_state(Deadline(date(2023, 4, 29)), hanoi(2023, 4, day)) is state


def test_how_soon_is_soon_can_be_chosen() -> None:
    due = Deadline(date(2023, 4, 29))
    assert time_state(due, hanoi(2023, 4, 22), soon=7) is TimeState.DUE_SOON
    assert time_state(due, hanoi(2023, 4, 28), soon=0) is TimeState.ON_TIME


def test_without_a_deadline_nothing_is_ever_late() -> None:
    assert time_state(None, hanoi(2030, 1, 1)) is TimeState.NO_DEADLINE
    assert days_overdue(None, date(2030, 1, 1)) == 0


def test_days_overdue_are_calendar_days_after_the_deadline() -> None:
    due = Deadline(date(2023, 6, 30))
    assert [days_overdue(due, date(2023, 6, day)) for day in (1, 30)] == [0, 0]
    assert [days_overdue(due, date(2023, 7, day)) for day in (1, 5)] == [1, 5]


@PATIENT
@given(deadlines, moments, st.integers(-12, 14))
def test_the_clock_of_the_machine_makes_no_difference(due: Deadline, now: datetime, offset: int) -> None:
    elsewhere = now.astimezone(timezone(timedelta(hours=offset)))
    assert time_state(due, elsewhere) is time_state(due, now)
    assert today(elsewhere) == now.astimezone(HANOI).date()


@PATIENT
@given(deadlines)
def test_a_deadline_is_met_before_its_moment_and_missed_after(due: Deadline) -> None:
    assert not due.missed_by(due.moment - SECOND)
    assert due.missed_by(due.moment + SECOND)
    assert today(due.moment - SECOND) == due.on


@PATIENT
@given(deadlines, moments, st.timedeltas(timedelta(), timedelta(days=400)))
def test_time_never_runs_back(due: Deadline, now: datetime, later: timedelta) -> None:
    order = [TimeState.ON_TIME, TimeState.DUE_SOON, TimeState.OVERDUE]
    assert order.index(time_state(due, now)) <= order.index(time_state(due, now + later))

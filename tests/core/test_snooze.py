"""What was put off stays away until its day, comes back on it, and never hides a day that must be heard of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reminders.digest import digest
from core.reminders.ladder import DEFAULT, Ladder
from core.reminders.snooze import is_told_all_the_same
from core.tasks import Part
from core.workdays import WorkCalendar
from tests.core.parts import PATIENT, days, hanoi, part

CALENDAR = WorkCalendar()
DUE = date(2023, 6, 30)  # a Friday


def listed(day: date, until: date | None, *others: Part, missed: tuple[date, ...] = (), due: date = DUE) -> list[str]:
    snoozed = {} if until is None else {1: until}
    now = hanoi(day.year, day.month, day.day, 7, 30)
    made = digest([part(due=due), *others], now, CALENDAR, missed=missed, snoozed=snoozed)
    return [] if made is None else [one.code for one in made.parts]


def test_it_is_left_out_until_its_day_and_comes_back_without_a_step() -> None:
    assert listed(date(2023, 6, 27), None) == ["3.5"]  # three working days before
    assert listed(date(2023, 6, 27), date(2023, 6, 28)) == []
    assert listed(date(2023, 6, 28), None) == []  # no step
    assert listed(date(2023, 6, 28), date(2023, 6, 28)) == ["3.5"]
    assert listed(date(2023, 6, 29), date(2023, 6, 28)) == ["3.5"]  # the next step as ever


def test_a_day_off_means_the_next_day_that_is_worked() -> None:
    assert listed(date(2023, 6, 19), date(2023, 6, 17)) == ["3.5"]  # a Monday, put off to the Saturday
    assert listed(date(2023, 6, 20), date(2023, 6, 17)) == []


def test_others_still_bring_the_message_but_not_what_is_put_off() -> None:
    other = part("3.6", DUE, id=2)
    assert listed(date(2023, 6, 29), date(2023, 7, 7), other) == ["3.6"]


@pytest.mark.parametrize("day", [DUE, date(2023, 7, 3), date(2023, 7, 4), date(2023, 7, 7), date(2023, 7, 14)])
def test_the_last_day_the_first_late_one_and_what_goes_up_are_never_silenced(day: date) -> None:
    assert listed(day, date(2023, 8, 30)) == ["3.5"]


@pytest.mark.parametrize("day", [date(2023, 7, 5), date(2023, 7, 6), date(2023, 7, 10)])
def test_other_days_of_delay_may_be_put_off(day: date) -> None:
    assert listed(day, None) == ["3.5"]
    assert listed(day, date(2023, 8, 30)) == []


def test_a_day_missed_on_which_it_had_to_be_told_is_made_up_for() -> None:
    assert listed(date(2023, 7, 6), date(2023, 8, 30), missed=(date(2023, 7, 5),)) == []
    assert listed(date(2023, 7, 6), date(2023, 8, 30), missed=(date(2023, 7, 4), date(2023, 7, 5))) == ["3.5"]
    assert listed(date(2023, 6, 15), date(2023, 6, 14), missed=(date(2023, 6, 14),)) == ["3.5"]


def test_with_a_ladder_of_ones_own_the_day_before_it_goes_up_is_heard_of() -> None:
    ladder = Ladder.from_json({"overseer": [4]})
    told = [day for day in range(1, 15)
            if is_told_all_the_same(part(due=DUE), CALENDAR.add(DUE, day), CALENDAR, ladder)]  # fmt: skip
    assert told == [1, 3, 4, 5, 10]


def test_the_day_it_is_to_be_presented_is_heard_of() -> None:
    one = part(due=DUE, present_by=date(2023, 6, 23))
    assert is_told_all_the_same(one, date(2023, 6, 23), CALENDAR, DEFAULT)
    assert not is_told_all_the_same(one, date(2023, 6, 22), CALENDAR, DEFAULT)


@PATIENT
@given(due=days, ahead=st.integers(-30, 30), off=st.integers(-5, 40))
def test_putting_off_hides_nothing_that_must_be_told_and_adds_nothing_but_its_day(
    due: date, ahead: int, off: int
) -> None:
    day = CALENDAR.last_working_on_or_before(due + timedelta(days=ahead))
    until = day + timedelta(days=off)
    usual, now = listed(day, None, due=due), listed(day, until, due=due)
    if is_told_all_the_same(part(due=due), day, CALENDAR, DEFAULT) or until < day:
        assert set(now) >= set(usual)
    if off > 0 and not is_told_all_the_same(part(due=due), day, CALENDAR, DEFAULT):
        assert now == []
    if off == 0:
        assert now == ["3.5"]

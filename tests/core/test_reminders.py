"""On which mornings a head hears of what, worst first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import Deadline, TimeState, today
from core.partition import is_overdue
from core.reminders.digest import SILENT, Digest, digest, is_reminded
from core.reminders.hours import EVERYBODY, slot_is_open
from core.reminders.ladder import DEFAULT, Audience, first_working_day_of_week, of_audience
from core.tasks import Kind, Part, PartRole, State
from core.workdays import CalendarDay, WorkCalendar
from tests.core.parts import PATIENT, days, hanoi, moments, part, progresses

CALENDAR = WorkCalendar()
DUE = date(2023, 6, 30)
parts_of_a_unit = st.lists(
    st.builds(
        lambda number, progress, kind, role: replace(
            part(f"3.{number}", id=number, kind=kind, role=role), progress=progress
        ),
        st.integers(1, 30),
        progresses(),
        st.sampled_from(Kind),
        st.sampled_from(PartRole),
    ),
    max_size=8,
    unique_by=lambda made: made.id,
)


def codes(parts: tuple[Part, ...]) -> list[str]:
    return [one.code for one in parts]


def at_half_past_seven(day: date) -> datetime:
    return hanoi(day.year, day.month, day.day, 7, 30)


def on_a_step(part: Part, day: date) -> bool:
    due = part.progress.due
    return due is not None and any(due.on in span for span in of_audience(DEFAULT, Audience.HEAD, [day], CALENDAR))


def test_the_ladder_of_a_head() -> None:
    steps = [step for step in range(-12, 16) if on_a_step(part(due=DUE), CALENDAR.add(DUE, step))]
    assert steps == [-7, -3, -1, *range(16)]
    assert frozenset(steps) == DEFAULT.head


def test_after_the_fifteenth_working_day_it_is_weekly() -> None:
    after = [CALENDAR.add(DUE, step) for step in range(16, 36)]
    heard = [day for day in after if on_a_step(part(due=DUE), day)]
    assert CALENDAR.add(DUE, 16) == date(2023, 7, 24)
    assert heard == [date(2023, 7, 24), date(2023, 7, 31), date(2023, 8, 7), date(2023, 8, 14)]


def test_after_a_holiday_monday_the_week_begins_on_tuesday() -> None:
    assert not first_working_day_of_week(date(2023, 9, 4), CALENDAR)
    assert first_working_day_of_week(date(2023, 9, 5), CALENDAR)
    assert not first_working_day_of_week(date(2023, 9, 6), CALENDAR)
    assert first_working_day_of_week(date(2023, 5, 4), CALENDAR)


def test_a_week_with_a_single_worked_saturday_begins_on_it() -> None:
    rest_of_week = [CalendarDay(date(2023, 6, 19) + timedelta(days=day), working=False) for day in range(5)]
    calendar = WorkCalendar([*rest_of_week, CalendarDay(date(2023, 6, 24), working=True)])
    assert first_working_day_of_week(date(2023, 6, 24), calendar)


@PATIENT
@given(days)
def test_a_week_has_at_most_one_first_working_day(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    worked = [one for one in week if CALENDAR.is_working(one)]
    assert [one for one in week if first_working_day_of_week(one, CALENDAR)] == worked[:1]


def test_without_a_deadline_there_is_no_step() -> None:
    assert not on_a_step(part(), DUE)
    assert not is_reminded(part(), DUE)


@pytest.mark.parametrize("state", State)
def test_who_waits_for_others_and_what_is_closed_is_left_in_peace(state: State) -> None:
    quiet = {State.PRESENTED, State.SUBMITTED, State.PAUSED, State.DONE, State.DROPPED}
    assert is_reminded(part(due=DUE, state=state), date(2023, 7, 5)) is (state not in quiet)


def test_a_blocked_part_is_left_alone_until_the_day_it_is_expected() -> None:
    blocked = part(due=DUE, state=State.BLOCKED, expected_on=date(2023, 7, 10))
    assert is_reminded(blocked, DUE)
    assert not is_reminded(blocked, date(2023, 7, 3))
    assert not is_reminded(blocked, date(2023, 7, 10))
    assert is_reminded(blocked, date(2023, 7, 11))
    assert is_reminded(part(due=DUE, state=State.BLOCKED), date(2023, 7, 3))


@pytest.mark.parametrize(
    ("kind", "role", "heard"),
    [
        (Kind.TRACKED, PartRole.LEAD, True),
        (Kind.TRACKED, PartRole.IMPLEMENTING, True),
        (Kind.TRACKED, PartRole.COOPERATING, False),
        (Kind.STANDING, PartRole.LEAD, False),
        (Kind.UNTRACKED, PartRole.LEAD, False),
    ],
)
def test_only_parts_of_ones_own_that_come_to_an_end_are_reminded(kind: Kind, role: PartRole, heard: bool) -> None:
    assert is_reminded(part(due=DUE, kind=kind, role=role), DUE) is heard


def test_the_morning_of_28_april_tells_of_what_is_due_on_saturday_29() -> None:
    made = digest([part(due=date(2023, 4, 29))], at_half_past_seven(date(2023, 4, 28)), CALENDAR)
    assert made == Digest((), (part(due=date(2023, 4, 29)),), ())


def test_worst_first_then_today_then_soon_and_what_is_far_is_not_listed() -> None:
    parts = [
        part("3.1", due=date(2023, 7, 6)),
        part("3.2", due=date(2023, 7, 5)),
        part("3.3", due=date(2023, 7, 3)),
        part("3.4", due=date(2023, 9, 30)),
        part("3.5", due=date(2023, 6, 30)),
        part("3.6", due=date(2023, 7, 14)),
        part("3.7"),
        part("3.8", due=date(2023, 6, 30)),
    ]
    made = digest(parts, at_half_past_seven(date(2023, 7, 5)), CALENDAR)
    assert made is not None
    assert codes(made.overdue) == ["3.5", "3.8", "3.3"]
    assert codes(made.due_today) == ["3.2"]
    assert codes(made.due_soon) == ["3.1", "3.6"]
    assert codes(made.parts) == ["3.5", "3.8", "3.3", "3.2", "3.1", "3.6"]


def test_one_part_on_a_step_brings_all_that_is_overdue_with_it() -> None:
    forgotten, fresh = part("3.1", due=date(2023, 4, 29)), part("3.2", due=date(2023, 7, 5))
    wednesday = at_half_past_seven(date(2023, 7, 5))
    assert digest([forgotten], wednesday, CALENDAR) is None
    made = digest([forgotten, fresh], wednesday, CALENDAR)
    assert made is not None
    assert (codes(made.overdue), codes(made.due_today)) == (["3.1"], ["3.2"])


def test_with_no_part_on_a_step_there_is_no_message() -> None:
    assert digest([], at_half_past_seven(DUE), CALENDAR) is None
    assert digest([part(due=DUE)], at_half_past_seven(CALENDAR.add(DUE, -2)), CALENDAR) is None
    assert digest([part(due=DUE, state=State.PRESENTED)], at_half_past_seven(DUE), CALENDAR) is None


def test_an_hour_that_has_passed_makes_it_overdue_the_same_day() -> None:
    ten = part(due=Deadline(DUE, time(10)))
    before, after = (
        digest([ten], hanoi(2023, 6, 30, 9, 59), CALENDAR),
        digest([ten], hanoi(2023, 6, 30, 10, 1), CALENDAR),
    )
    assert before == Digest((), (ten,), ())
    assert after == Digest((ten,), (), ())


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2023, 4, 28, 0, 29, 59, tzinfo=UTC), False),
        (datetime(2023, 4, 28, 0, 30, tzinfo=UTC), True),
        (datetime(2023, 4, 28, 12, 59, 59, tzinfo=UTC), True),
        (datetime(2023, 4, 28, 13, 0, tzinfo=UTC), False),
        (datetime(2023, 4, 29, 1, 0, tzinfo=UTC), False),
        (datetime(2023, 5, 3, 1, 0, tzinfo=UTC), False),
        (datetime(2023, 5, 4, 1, 0, tzinfo=UTC), True),
        (datetime(2024, 5, 4, 1, 0, tzinfo=UTC), True),
    ],
)
def test_messages_leave_from_half_past_seven_to_eight_in_the_evening_of_working_days(
    moment: datetime, due: bool
) -> None:
    assert slot_is_open(EVERYBODY, moment, CALENDAR) is due


@PATIENT
@given(parts_of_a_unit, moments)
def test_a_message_lists_each_part_once_and_every_late_one(parts: list[Part], now: datetime) -> None:
    made = digest(parts, now, CALENDAR)
    reminded = [one for one in parts if is_reminded(one, today(now))]
    if made is None:
        assert not any(on_a_step(one, today(now)) for one in reminded)
        return
    ids = [one.id for one in made.parts]
    assert ids
    assert len(ids) == len(set(ids))
    assert set(made.overdue) == {one for one in reminded if is_overdue(one.progress, now)}
    assert all(one in reminded for one in made.parts)
    assert all(one.time_state(now) is not TimeState.OVERDUE for one in made.due_today + made.due_soon)
    near = {one.id for one in reminded if one.time_state(now) is TimeState.DUE_SOON}
    assert near <= set(ids)


@PATIENT
@given(parts_of_a_unit, moments)
def test_each_section_begins_with_the_earliest_deadline(parts: list[Part], now: datetime) -> None:
    made = digest(parts, now, CALENDAR)
    for section in (made.overdue, made.due_today, made.due_soon) if made else ():
        dates = [one.progress.due.on for one in section if one.progress.due is not None]
        assert dates == sorted(dates)
        assert len(dates) == len(section)
        assert not any(one.progress.state in SILENT for one in section)

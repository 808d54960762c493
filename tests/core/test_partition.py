"""Four numbers that add up to the total, whatever happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import Deadline
from core.partition import Partition, count, days_late, is_overdue, stopped_in_time, tally, together
from core.tasks import Part, Progress, State
from tests.core.parts import PATIENT, hanoi, moments, part, progresses

DUE = Deadline(date(2023, 4, 29))
IN_TIME, TOO_LATE = hanoi(2023, 4, 28), hanoi(2023, 5, 4)
TEN_O_CLOCK = Deadline(date(2023, 5, 4), time(10))

tasks_of_many_leads = st.lists(st.lists(progresses(), min_size=1, max_size=3), max_size=6)


def as_parts(tasks: list[list[Progress]]) -> list[Part]:
    return [
        replace(part(task_id=number, unit_id=unit), progress=progress)
        for number, leads in enumerate(tasks)
        for unit, progress in enumerate(leads)
    ]


def test_the_government_counted_21914_tasks_in_2017() -> None:
    done_on_time = Progress(State.DONE, DUE, completed_on=date(2023, 4, 29))
    done_late = Progress(State.DONE, DUE, completed_on=date(2023, 4, 30))
    open_in_time = Progress(State.IN_PROGRESS, Deadline(date(2023, 5, 4)))
    open_overdue = Progress(State.IN_PROGRESS, DUE)
    year = Counter({done_on_time: 14068, done_late: 1983, open_in_time: 5640, open_overdue: 223})

    total = tally(as_parts([[progress] for progress in year.elements()]), TOO_LATE)

    assert total == Partition(done_on_time=14068, done_late=1983, open_in_time=5640, open_overdue=223)
    assert (total.done, total.open, total.total) == (14068 + 1983, 5640 + 223, 21914)


@PATIENT
@given(tasks_of_many_leads, moments)
def test_whatever_happened_the_figures_add_up(tasks: list[list[Progress]], now: datetime) -> None:
    total = tally(as_parts(tasks), now)
    followed = [leads for leads in tasks if any(p.state is not State.DROPPED for p in leads)]
    unfinished = [leads for leads in followed if any(p.is_open for p in leads)]
    assert total.done_on_time + total.done_late + total.open_in_time + total.open_overdue == total.total
    assert (total.total, total.open, total.done) == (len(followed), len(unfinished), len(followed) - len(unfinished))
    assert total.presented + total.reported + total.submitted <= total.open
    assert total.no_deadline <= total.open_in_time
    assert all(getattr(total, figure.name) >= 0 for figure in fields(total))


@PATIENT
@given(tasks_of_many_leads, moments)
def test_counting_apart_and_adding_is_counting_together(tasks: list[list[Progress]], now: datetime) -> None:
    apart = sum((tally(as_parts([leads]), now) for leads in tasks), Partition())
    assert apart == tally(as_parts(tasks), now)


@PATIENT
@given(st.lists(progresses(), min_size=1, max_size=5), moments)
def test_a_task_is_overdue_while_any_of_its_leads_is(leads: list[Progress], now: datetime) -> None:
    assert count(together(leads, now), now).open_overdue == int(any(is_overdue(lead, now) for lead in leads))


@PATIENT
@given(st.lists(progresses(State.DONE), min_size=1, max_size=5), moments)
def test_a_finished_task_is_late_when_any_of_its_leads_was(leads: list[Progress], now: datetime) -> None:
    assert count(together(leads, now), now).done_late == max(count(lead, now).done_late for lead in leads)


@PATIENT
@given(progresses(), moments)
def test_every_task_is_one_of_the_four_or_dropped(progress: Progress, now: datetime) -> None:
    assert count(progress, now).total == int(progress.state is not State.DROPPED)


def test_dropped_tasks_are_not_counted() -> None:
    assert tally([part(state=State.DROPPED, due=DUE)], TOO_LATE) == Partition()


def test_a_dropped_lead_does_not_hold_a_finished_task_open() -> None:
    leads = [Progress(State.DROPPED, DUE), Progress(State.DONE, DUE, completed_on=date(2023, 4, 28))]
    assert count(together(leads, TOO_LATE), TOO_LATE) == Partition(done_on_time=1)


def test_two_leads_are_one_task() -> None:
    both = [part(unit_id=1, due=DUE), part(unit_id=2, due=DUE, state=State.DONE, completed_on=date(2023, 4, 27))]
    assert tally(both, IN_TIME) == Partition(open_in_time=1)
    assert tally(both, TOO_LATE) == Partition(open_overdue=1)


@pytest.mark.parametrize("state", [State.PRESENTED, State.SUBMITTED])
def test_a_lead_that_waits_for_others_does_not_hide_a_late_one(state: State) -> None:
    waiting = Progress(state, DUE, presented_on=date(2023, 4, 27), completed_on=date(2023, 4, 27))
    working = Progress(State.IN_PROGRESS, Deadline(date(2023, 5, 2)))
    assert count(together([waiting, working], TOO_LATE), TOO_LATE).open_overdue == 1


def test_of_two_leads_due_the_same_day_the_one_with_the_hour_is_late_first() -> None:
    whole_day = Progress(State.IN_PROGRESS, Deadline(TEN_O_CLOCK.on))
    at_eleven = hanoi(2023, 5, 4, 11)
    assert count(together([whole_day, Progress(due=TEN_O_CLOCK)], at_eleven), at_eleven).open_overdue == 1


def test_presented_in_time_is_never_overdue() -> None:
    presented = Progress(State.PRESENTED, DUE, presented_on=DUE.on)
    assert stopped_in_time(presented)
    assert count(presented, hanoi(2025, 1, 1)) == Partition(open_in_time=1, presented=1)


def test_presented_late_is_overdue() -> None:
    presented = Progress(State.PRESENTED, DUE, presented_on=DUE.on + timedelta(days=1))
    assert not stopped_in_time(presented)
    assert count(presented, TOO_LATE) == Partition(open_overdue=1, presented=1)


@PATIENT
@given(progresses(State.PRESENTED).filter(stopped_in_time), moments)
def test_no_day_makes_what_was_presented_in_time_late(presented: Progress, now: datetime) -> None:
    assert not is_overdue(presented, now)


def test_what_awaits_confirmation_is_judged_by_its_own_date() -> None:
    in_time = Progress(State.SUBMITTED, DUE, completed_on=date(2023, 4, 27))
    late = replace(in_time, completed_on=date(2023, 5, 2))
    assert count(in_time, TOO_LATE) == Partition(open_in_time=1, submitted=1)
    assert count(late, TOO_LATE) == Partition(open_overdue=1, submitted=1)


def test_a_returned_report_is_in_time_while_it_can_be_mended() -> None:
    returned = Progress(State.RETURNED, DUE, completed_on=date(2023, 4, 27), missing="quyết định", mend_by=TOO_LATE)
    assert count(returned, TOO_LATE) == Partition(open_in_time=1)
    assert count(returned, TOO_LATE + timedelta(seconds=1)) == Partition(open_overdue=1)


def test_reported_without_a_number_is_not_done_and_grows_late() -> None:
    reported = Progress(State.REPORTED, DUE)
    assert count(reported, IN_TIME) == Partition(open_in_time=1, reported=1)
    assert count(reported, TOO_LATE) == Partition(open_overdue=1, reported=1)


def test_without_a_deadline_a_task_is_in_time_and_shown_apart() -> None:
    assert count(Progress(State.IN_PROGRESS), hanoi(2026, 1, 1)) == Partition(open_in_time=1, no_deadline=1)
    assert count(Progress(State.DONE, completed_on=date(2026, 1, 1)), hanoi(2026, 1, 1)) == Partition(done_on_time=1)


def test_days_late_are_calendar_days_and_stop_on_the_day_of_the_document() -> None:
    assert days_late(Progress(State.IN_PROGRESS, DUE), IN_TIME) == 0
    assert days_late(Progress(State.IN_PROGRESS, DUE), TOO_LATE) == 5
    assert days_late(Progress(State.DONE, DUE, completed_on=date(2023, 5, 2)), hanoi(2023, 7, 5)) == 3
    assert days_late(Progress(State.DONE, DUE, completed_on=date(2023, 4, 27)), hanoi(2023, 7, 5)) == 0
    assert days_late(Progress(State.IN_PROGRESS), TOO_LATE) == 0

"""The moves of a part: which are open, which are refused, and what each leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import tasks
from core.deadlines import Deadline, TimeState
from core.errors import AlreadyClosed, DateInFuture, DocumentNeeded
from core.tasks import CLOSED, Progress, State
from tests.core.parts import PATIENT, days, hanoi, moments, part, progresses

NOW = hanoi(2023, 5, 4, 8, 10)
TODAY = date(2023, 5, 4)
DUE = Deadline(date(2023, 4, 29))
WORKING = Progress(State.IN_PROGRESS, DUE, note="đang lấy ý kiến")
OPEN = tuple(state for state in State if state not in CLOSED)
PAPER, PAPER_DATE = "45/TTr-SCT", date(2023, 4, 27)

Move = Callable[[Progress], Progress]
MOVES: dict[str, Move] = {
    "advance": lambda p: tasks.advance(p, "sắp xong", 90),
    "block": lambda p: tasks.block(p, "thiếu số liệu", date(2023, 5, 15)),
    "present": lambda p: tasks.present(p, TODAY, NOW),
    "report": tasks.report_without_document,
    "complete": lambda p: tasks.complete(p, NOW, needs_document=False),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("state", sorted(CLOSED))
def test_a_closed_part_refuses_every_move_and_says_how_it_was_closed(state: State, move: Move) -> None:
    closed = Progress(state, DUE, completed_on=PAPER_DATE, document=PAPER)
    with pytest.raises(AlreadyClosed) as caught:
        move(closed)
    assert (caught.value.state, caught.value.completed_on, caught.value.document) == (state, PAPER_DATE, PAPER)


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("state", OPEN)
def test_steps_may_be_skipped_every_open_part_takes_every_move(state: State, move: Move) -> None:
    assert move(Progress(state, DUE)).due == DUE


@pytest.mark.parametrize("state", State)
def test_acknowledging_never_steps_back_and_never_finishes(state: State) -> None:
    before = Progress(state, DUE, note="a")
    after = tasks.acknowledge(before)
    assert after == (replace(before, state=State.ACKNOWLEDGED) if state is State.ASSIGNED else before)


@pytest.mark.parametrize("state", OPEN)
def test_a_report_of_how_it_goes_keeps_a_later_state(state: State) -> None:
    after = tasks.advance(Progress(state, DUE), "đã họp", None)
    assert after.state is (State.IN_PROGRESS if state in {State.ASSIGNED, State.ACKNOWLEDGED} else state)
    assert after.note == "đã họp"


def test_words_and_percent_stay_until_new_ones_come() -> None:
    once = tasks.advance(WORKING, "xong dự thảo", 60)
    assert (once.note, once.percent) == ("xong dự thảo", 60)
    assert tasks.advance(once, None, None) == once
    assert tasks.advance(once, None, 0).percent == 0


def test_a_block_keeps_its_reason_and_the_day_it_is_expected() -> None:
    blocked = tasks.block(WORKING, "chờ thẩm định giá", date(2023, 5, 15))
    assert (blocked.state, blocked.note, blocked.expected_on) == (
        State.BLOCKED,
        "chờ thẩm định giá",
        date(2023, 5, 15),
    )
    assert tasks.block(WORKING, "", None).note == "đang lấy ý kiến"


def test_presenting_stops_the_clock_on_that_day() -> None:
    presented = tasks.present(WORKING, PAPER_DATE, NOW)
    assert (presented.state, presented.presented_on) == (State.PRESENTED, PAPER_DATE)
    with pytest.raises(DateInFuture) as caught:
        tasks.present(WORKING, TODAY + timedelta(days=1), NOW)
    assert caught.value.on == date(2023, 5, 5)


def test_reported_without_a_number_is_still_open() -> None:
    reported = tasks.report_without_document(WORKING)
    assert reported.state is State.REPORTED
    assert reported.is_open
    assert reported.completed_on is None


@pytest.mark.parametrize(("document", "document_on"), [(None, None), (PAPER, None), (None, PAPER_DATE)])
def test_where_a_product_is_due_only_its_number_and_date_close(document: str | None, document_on: date | None) -> None:
    with pytest.raises(DocumentNeeded):
        tasks.complete(WORKING, NOW, needs_document=True, document=document, document_on=document_on)


def test_the_document_dates_the_work_and_the_clock_dates_the_report() -> None:
    done = tasks.complete(WORKING, NOW, needs_document=True, document=PAPER, document_on=PAPER_DATE)
    assert done == replace(
        WORKING,
        state=State.DONE,
        completed_on=PAPER_DATE,
        recorded_at=NOW,
        document=PAPER,
        document_on=PAPER_DATE,
    )
    assert not done.is_open


def test_a_paper_of_27_april_reported_on_4_may_is_on_time() -> None:
    done = tasks.complete(WORKING, NOW, needs_document=True, document=PAPER, document_on=PAPER_DATE)
    assert tasks.on_time(done)
    assert not tasks.on_time(tasks.complete(WORKING, NOW, needs_document=False))


def test_without_a_product_today_is_the_day_and_today_is_hanois() -> None:
    night = datetime(2023, 4, 29, 17, 30, tzinfo=UTC)
    assert tasks.complete(WORKING, night, needs_document=False).completed_on == date(2023, 4, 30)
    assert tasks.complete(WORKING, night - timedelta(hours=1), needs_document=False).completed_on == date(2023, 4, 29)


def test_a_document_of_tomorrow_is_refused() -> None:
    with pytest.raises(DateInFuture):
        tasks.complete(WORKING, NOW, needs_document=True, document=PAPER, document_on=TODAY + timedelta(days=1))
    done = tasks.complete(WORKING, NOW, needs_document=True, document=PAPER, document_on=TODAY)
    assert done.completed_on == TODAY


def test_where_the_agency_confirms_a_report_waits_open_with_its_date() -> None:
    submitted = tasks.complete(
        WORKING, NOW, needs_document=True, document=PAPER, document_on=PAPER_DATE, confirming=True
    )
    assert (submitted.state, submitted.is_open, submitted.completed_on) == (State.SUBMITTED, True, PAPER_DATE)


def test_without_a_deadline_nothing_is_late() -> None:
    assert tasks.on_time(Progress(State.DONE, completed_on=date(2030, 1, 1)))


def test_a_part_knows_how_it_stands() -> None:
    assert part(due=DUE).time_state(NOW) is TimeState.OVERDUE
    assert part().time_state(NOW) is TimeState.NO_DEADLINE


@PATIENT
@given(progresses(*OPEN), moments, st.none() | days)
def test_nothing_is_completed_after_today_and_the_deadline_stays(
    before: Progress, now: datetime, dated: date | None
) -> None:
    document = PAPER if dated else None
    if dated is not None and dated > now.date():
        with pytest.raises(DateInFuture):
            tasks.complete(before, now, needs_document=False, document=document, document_on=dated)
        return
    after = tasks.complete(before, now, needs_document=False, document=document, document_on=dated)
    assert after.completed_on == (dated or now.date())
    assert (after.state, after.due, after.recorded_at) == (State.DONE, before.due, now)


@PATIENT
@given(progresses(), st.lists(st.sampled_from(sorted(MOVES)), max_size=6))
def test_after_any_moves_only_completing_closes(before: Progress, moves: list[str]) -> None:
    progress = before
    for name in moves:
        try:
            progress = MOVES[name](progress)
        except AlreadyClosed:
            assert not progress.is_open
    assert progress.is_open is (before.is_open and "complete" not in moves)
    assert progress.due == before.due

"""A channel that refuses is left alone, longer each time, and tried carefully."""

from __future__ import annotations

from bot.breaker import Breaker


def test_it_waits_as_long_as_it_is_told_and_longer_each_time_in_a_row() -> None:
    breaker, now, pauses = Breaker(), 0.0, []
    assert breaker.wait(now) == 0
    for _ in range(9):
        pauses.append(breaker.refused(5.0, breaker.turn, now))
        assert breaker.wait(now) == pauses[-1]
        assert breaker.probing
        now += pauses[-1]
    assert pauses == [5, 5, 5, 8, 16, 32, 60, 60, 60]


def test_the_many_that_fail_together_count_once() -> None:
    breaker = Breaker()
    turn = breaker.turn
    assert {breaker.refused(1.0, turn, 0.0) for _ in range(20)} == {1.0}


def test_a_longer_order_is_obeyed() -> None:
    breaker = Breaker()
    assert breaker.refused(300.0, breaker.turn, 0.0) == 300


def test_an_arrival_ends_the_care_but_an_older_one_does_not() -> None:
    breaker = Breaker()
    turn = breaker.turn
    breaker.refused(1.0, turn, 0.0)
    breaker.arrived(turn)
    assert breaker.probing
    breaker.arrived(breaker.turn)
    assert not breaker.probing


def test_three_doubts_in_a_row_pause_and_one_more_pauses_again() -> None:
    breaker = Breaker()
    for _ in range(2):
        breaker.doubted(breaker.turn, 0.0)
    breaker.arrived(breaker.turn)
    for _ in range(2):
        breaker.doubted(breaker.turn, 0.0)
    assert breaker.wait(0.0) == 0
    breaker.doubted(breaker.turn, 0.0)
    assert breaker.wait(0.0) == 1
    breaker.doubted(breaker.turn, 1.0)
    assert breaker.wait(1.0) == 2


def test_after_a_lost_answer_something_harmless_asks_before_a_message_is_put_at_risk() -> None:
    breaker = Breaker()
    breaker.doubted(breaker.turn, 0.0)
    assert breaker.must_knock
    breaker.knocked(answered=False, now=0.0)
    assert breaker.must_knock
    assert breaker.wait(0.0) == 1
    breaker.knocked(answered=False, now=1.0)
    assert breaker.wait(1.0) == 2
    breaker.knocked(answered=True, now=3.0)
    assert not breaker.must_knock
    assert breaker.since == 0.0, "an answer to nothing proves no delivery"
    breaker.arrived(breaker.turn)
    assert breaker.since is None
    assert breaker.is_proven


def test_an_arrival_in_between_is_proof_enough() -> None:
    breaker = Breaker()
    breaker.doubted(breaker.turn, 0.0)
    breaker.arrived(breaker.turn)
    assert not breaker.must_knock

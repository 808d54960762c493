"""The pace: even, reached, and never above the rate and one in any second."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Capabilities
from bot.pacing import Pacer
from bot.telegram import TelegramChannel


def departures(pacer: Pacer, chats: list[str], delays: list[float], start: float = 1000.0) -> list[tuple[float, str]]:
    """Let messages leave as soon as they may, each timer late by its delay."""
    now, left = start, []
    for chat, delay in zip(chats, delays, strict=True):
        now += pacer.wait(chat, now) + delay
        now += pacer.wait(chat, now)
        pacer.take(chat, now)
        left.append((now, chat))
    return left


def most_within(moments: list[float], span: float) -> int:
    """Return the most in any window, closed at both ends: what a strict server could count."""
    return max(sum(start <= at <= start + span for at in moments) for start in moments)


@given(
    rate=st.sampled_from([1.0, 5.0, 28.0, 28.5, 29.9, 30.0]),
    delays=st.lists(st.sampled_from([0.0, 0.0001, 0.003, 0.02, 0.3]), min_size=2, max_size=90),
)
def test_no_sliding_second_holds_more_than_the_rate(rate: float, delays: list[float]) -> None:
    chats = [str(number) for number in range(len(delays))]
    moments = [at for at, _ in departures(Pacer(rate), chats, delays)]
    assert most_within(moments, 1.0) <= math.ceil(rate)


def test_at_the_limit_of_thirty_next_to_nothing_is_wasted() -> None:
    chats = [str(number) for number in range(3000)]
    moments = [at for at, _ in departures(Pacer(29.6), chats, [0.001] * 3000)]
    assert most_within(moments, 1.0) == 30
    assert 2999 / (moments[-1] - moments[0]) >= 0.98 * 30


def test_one_that_left_late_is_counted_when_it_left() -> None:
    pacer = Pacer(1.0)
    departure = pacer.take("1", 0.0)
    departure[0] = 0.5
    assert pacer.wait("2", 1.0) == pytest.approx(0.513)


def test_after_a_refusal_it_goes_slower_for_a_while() -> None:
    pacer = Pacer(29.6)
    pacer.refused(0.0)
    moments = [at for at, _ in departures(pacer, [str(n) for n in range(300)], [0.0] * 300, start=0.0)]
    assert 299 / (moments[-1] - moments[0]) == pytest.approx(27.75, rel=0.01)
    assert most_within(moments, 1.0) <= 29


@given(
    st.lists(st.tuples(st.sampled_from(["1", "2", "-9"]), st.sampled_from([0.0, 0.01, 0.7])), min_size=2, max_size=60)
)
def test_each_chat_keeps_its_own_pace(steps: list[tuple[str, float]]) -> None:
    left = departures(Pacer(28.0, 1.0, 20 / 60), [chat for chat, _ in steps], [delay for _, delay in steps])
    for chat, span, most in (("1", 1.0, 4), ("1", 10.0, 13), ("-9", 60.0, 21)):
        moments = [at for at, to in left if to == chat]
        assert not moments or most_within(moments, span) <= most


def test_late_timers_do_not_slow_the_rate() -> None:
    chats = [str(number) for number in range(281)]
    moments = [at for at, _ in departures(Pacer(28.0), chats, [0.002] * 281)]
    assert moments[-1] - moments[0] == pytest.approx(10.0, rel=0.06)


def test_a_private_chat_takes_a_short_burst_and_a_group_none() -> None:
    pacer = Pacer(None, 1.0, 20 / 60)
    for _ in range(3):
        assert pacer.wait("5", 0.0) == 0
        pacer.take("5", 0.0)
    assert pacer.wait("5", 0.0) == pytest.approx(1.0)
    pacer.take("-5", 0.0)
    assert pacer.wait("-5", 0.0) == pytest.approx(3.0)
    assert pacer.wait("6", 0.0) == 0
    assert pacer.resting(0.0) == pytest.approx({"5": 1.0, "-5": 3.0})
    assert pacer.resting(100.0) == {}


def test_telegrams_own_limits_are_kept() -> None:
    arrivals = [
        at + (1.0 if number % 20 == 0 else 0.0)  # every twentieth is long under way
        for number, (at, _) in enumerate(departures(Pacer.of(TelegramChannel.can), ["-100718"] * 90, [0.0] * 90))
    ]
    assert most_within(arrivals, 60.0) == 20
    to_one = [at for at, _ in departures(Pacer.of(TelegramChannel.can), ["501"] * 33, [0.0] * 33)]
    assert most_within(to_one[3:], 0.999) == 1, "one a second, after a short burst"
    assert to_one[-1] - to_one[0] == pytest.approx(30.0)
    many = [str(number) for number in range(300)]
    to_all = [at for at, _ in departures(Pacer.of(TelegramChannel.can), many, [0.0] * 300)]
    assert 29 <= most_within(to_all, 1.0) <= 30


def test_after_a_refusal_there_are_no_bursts_for_a_while() -> None:
    pacer = Pacer(None, 1.0)
    pacer.refused(0.0)
    pacer.take("5", 0.0)
    assert pacer.wait("5", 0.0) == pytest.approx(1.0)
    pacer.take("5", 700.0)
    assert pacer.wait("5", 700.0) == 0


def test_without_rates_nothing_waits() -> None:
    pacer = Pacer.of(Capabilities(True, True, True, 4096))
    pacer.take("5", 0.0)
    assert pacer.wait("5", 0.0) == 0
    assert pacer.room(0.0, 32) == 32


def test_with_a_rate_one_leaves_at_a_time() -> None:
    pacer = Pacer.of(Capabilities(True, True, True, 4096, rate=10))
    assert pacer.room(0.0, 32) == 1
    pacer.take("5", 0.0)
    assert pacer.wait(None, 0.0) == pytest.approx(0.1)
    assert pacer.room(0.0, 32) == 0
    assert pacer.until_room(0.0) == pytest.approx(0.08)
    assert pacer.room(0.09, 32) == 1, "it is fetched a moment before"
    assert pacer.room(0.1, 0) == 0


def test_what_was_late_is_made_up_for_a_little_faster_and_not_in_a_burst() -> None:
    delays = [0.0] * 3000
    delays[100::590] = [0.29] * 5  # the process stands still, each twenty seconds
    moments = [at for at, _ in departures(Pacer(29.6), [str(number) for number in range(3000)], delays)]
    assert 2999 / (moments[-1] - moments[0]) >= 0.98 * 30
    assert most_within(moments, 1.0) == 30
    assert most_within(moments, 0.1) <= 10
    longer = [at for at, _ in departures(Pacer(29.6), [str(number) for number in range(100)], [0.0] * 50 + [0.9] * 50)]
    assert most_within(longer, 0.1) <= 10, "what is further behind than that is let go"


def test_after_a_rest_there_is_nothing_to_make_up_for() -> None:
    pacer = Pacer(10.0)
    for at in (0.0, 60.0):
        pacer.take("5", at)
        assert pacer.wait(None, at) == pytest.approx(0.1)


def test_a_slow_database_is_asked_earlier_and_for_more() -> None:
    pacer = Pacer.of(Capabilities(True, True, True, 4096, rate=10))
    pacer.take("0", 0.0)
    pacer.fetched(0.15)
    assert pacer.room(0.0, 32) == 2
    moments = []
    for number in range(1, 6):
        wait = pacer.wait(None, 0.0)
        moments.append(wait)
        pacer.take(str(number), wait)
    assert moments == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5]), "each still leaves at its own moment"
    for _ in range(60):
        pacer.fetched(0.001)
    assert pacer.room(0.5, 32) == 1 - (pacer.wait(None, 0.5) > 0.02)
    pacer.fetched(9.0)
    assert pacer.room(0.5, 32) <= 3, "what is fetched counts as leaving: never more than 0.3 seconds' worth"

"""Offices, the days they are held, and whose parts they make a person's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import (
    ACTS_FOR_ALL,
    ACTS_FOR_OWN_UNIT,
    ANYONE,
    GETS_DIGEST,
    LEADERSHIP,
    OFFICE,
    SEES_PROGRESS,
    UNIT,
    Actor,
    Membership,
    Role,
)
from tests.core.parts import days


def actor(*memberships: Membership) -> Actor:
    return Actor(1, 1, 1, "SCT", "tp-qltm", "Trưởng phòng QLTM", "vi", memberships)


HEAD = Membership(3, "QLTM", Role.HEAD)
DEPUTY_ELSEWHERE = Membership(4, "QLNL", Role.DEPUTY_HEAD)
OFFICER = Membership(5, "KHTCTH", Role.OFFICER)


def test_an_office_is_held_from_its_first_to_its_last_day() -> None:
    office = Membership(3, "QLTM", Role.HEAD, date(2023, 1, 1), date(2023, 6, 30))
    assert [office.holds_on(day) for day in (date(2022, 12, 31), date(2023, 1, 1))] == [False, True]
    assert [office.holds_on(day) for day in (date(2023, 6, 30), date(2023, 7, 1))] == [True, False]


@given(days, st.none() | days, st.none() | days)
def test_an_open_end_holds_for_ever(day: date, since: date | None, until: date | None) -> None:
    office = Membership(3, "QLTM", Role.HEAD, since, until)
    assert office.holds_on(day) is ((since or date.min) <= day <= (until or date.max))


@given(days, days)
def test_a_successor_takes_over_without_a_gap_or_an_overlap(day: date, last: date) -> None:
    before = Membership(3, "QLTM", Role.HEAD, None, last)
    after = Membership(3, "QLTM", Role.HEAD, last + timedelta(days=1))
    assert before.holds_on(day) is not after.holds_on(day)


def test_own_units_are_those_one_heads_each_once_in_order() -> None:
    twice = actor(DEPUTY_ELSEWHERE, OFFICER, HEAD, Membership(4, "QLNL", Role.HEAD))
    assert twice.unit_ids == (4, 3)
    assert twice.roles == {Role.DEPUTY_HEAD, Role.OFFICER, Role.HEAD}


@pytest.mark.parametrize("role", Role)
def test_only_heads_their_deputies_and_the_office_chief_have_parts_of_their_own(role: Role) -> None:
    own = actor(Membership(3, "QLTM", role)).unit_ids
    assert own == ((3,) if role in {Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICE_CHIEF} else ())


def test_the_first_office_names_the_unit() -> None:
    assert actor(HEAD, OFFICER).unit_code == "QLTM"
    assert actor().unit_code == ""
    assert actor().roles == frozenset()


def test_any_of_several_offices_is_enough() -> None:
    both = actor(HEAD, OFFICER)
    assert both.is_any(GETS_DIGEST)
    assert not both.is_any(LEADERSHIP)
    assert not actor().is_any(ANYONE)


def test_the_clerk_sees_and_prepares_but_acts_for_nobody() -> None:
    assert Role.CLERK in SEES_PROGRESS & OFFICE
    assert Role.CLERK not in ACTS_FOR_ALL | ACTS_FOR_OWN_UNIT | UNIT | GETS_DIGEST


def test_the_administrator_sees_no_content_by_that_office() -> None:
    assert Role.ADMIN not in SEES_PROGRESS | UNIT | ACTS_FOR_ALL | ACTS_FOR_OWN_UNIT | LEADERSHIP | OFFICE


def test_only_the_leader_and_the_office_chief_act_for_every_unit() -> None:
    assert {Role.LEADER, Role.OFFICE_CHIEF} == ACTS_FOR_ALL
    assert LEADERSHIP <= SEES_PROGRESS

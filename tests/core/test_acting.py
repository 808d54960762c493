"""Who acts for a unit: heads and deputies, and whoever stands in; somebody is always reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.acting import Delegation, who_acts
from core.people import ACTS_FOR_OWN_UNIT, GETS_DIGEST, Role
from tests.core.parts import PATIENT

DAY = date(2023, 6, 22)
HEAD, SECOND, OFFICER, CHIEF = 1, 2, 3, 4


@dataclass(frozen=True)
class Office:
    person_id: int
    unit_id: int
    unit_code: str
    role: Role


UNIT = [Office(HEAD, 7, "QLTM", Role.HEAD), Office(SECOND, 7, "QLTM", Role.DEPUTY_HEAD),
        Office(OFFICER, 7, "QLTM", Role.OFFICER)]  # fmt: skip


def lent(absent: int, deputy: int, first: date = DAY, last: date = DAY, unit: int = 7) -> Delegation:
    return Delegation(absent * 100 + deputy, unit, "QLTM", absent, deputy, first, last)


def reminded(offices: list[Office], delegations: list[Delegation], day: date = DAY) -> set[int]:
    return {one.person_id for one in who_acts(offices, delegations, day) if one.reminded}


def acts(offices: list[Office], delegations: list[Delegation], day: date = DAY) -> set[int]:
    return {one.person_id for one in who_acts(offices, delegations, day)}


def test_heads_and_deputies_act_and_heads_are_reminded() -> None:
    assert acts(UNIT, []) == {HEAD, SECOND}
    assert reminded(UNIT, []) == {HEAD}


def test_who_stands_in_is_reminded_instead_both_days_included() -> None:
    away = [lent(HEAD, SECOND, DAY, DAY + timedelta(8))]
    for day in (DAY, DAY + timedelta(8)):
        assert reminded(UNIT, away, day) == {SECOND}
        assert acts(UNIT, away, day) == {HEAD, SECOND}, "who is away may still act"
    for day in (DAY - timedelta(1), DAY + timedelta(9)):
        assert reminded(UNIT, away, day) == {HEAD}


def test_an_officer_stands_in_like_a_head() -> None:
    (stand_in,) = (one for one in who_acts(UNIT, [lent(HEAD, OFFICER)], DAY) if one.person_id == OFFICER)
    assert (stand_in.role, stand_in.reminded, stand_in.standing_in) == (Role.HEAD, True, True)


def test_who_stands_in_and_goes_away_too_is_stood_in_for() -> None:
    assert reminded(UNIT, [lent(HEAD, SECOND), lent(SECOND, OFFICER)]) == {OFFICER}


def test_two_who_stand_in_for_each_other_are_both_reminded() -> None:
    assert reminded(UNIT, [lent(HEAD, SECOND), lent(SECOND, HEAD)]) == {HEAD, SECOND}


def test_a_delegation_is_for_its_own_unit() -> None:
    both = [*UNIT, Office(HEAD, 8, "QLNL", Role.HEAD)]
    acting = who_acts(both, [lent(HEAD, SECOND)], DAY)
    assert {(one.unit_id, one.person_id) for one in acting if one.reminded} == {(7, SECOND), (8, HEAD)}


offices = st.lists(st.builds(Office, st.integers(1, 5), st.integers(7, 9), st.just("X"), st.sampled_from(Role)))
delegations = st.lists(
    st.builds(lent, st.integers(1, 5), st.integers(1, 5), st.just(DAY), st.just(DAY), st.integers(7, 9)), max_size=6
)


@PATIENT
@given(offices, delegations)
def test_a_unit_with_a_head_always_has_somebody_who_is_reminded(
    offices: list[Office], delegations: list[Delegation]
) -> None:
    acting = who_acts(offices, delegations, DAY)
    assert len({(one.unit_id, one.person_id) for one in acting}) == len(acting)
    heads = {office.unit_id for office in offices if office.role in GETS_DIGEST}
    assert heads <= {one.unit_id for one in acting if one.reminded}
    own = {(office.unit_id, office.person_id) for office in offices if office.role in ACTS_FOR_OWN_UNIT}
    named = {(one.unit_id, one.deputy_id) for one in delegations}
    assert {(one.unit_id, one.person_id) for one in acting} == own | named

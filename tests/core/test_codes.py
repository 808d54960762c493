"""Invite codes however typed, and how often one may guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import (
    ALPHABET,
    DRAWN,
    TRIES,
    WINDOW,
    after_wrong,
    body_of,
    digest,
    is_typeable,
    link,
    may_try,
    shown,
)

_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
REAL = datetime(2023, 4, 28, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "SCT 7K2M 9Q4D",
        "sct 7k2m 9q4d",
        "SCT-7K2M-9Q4D",
        "sct7k2m9q4d",
        "7K2M 9Q4D",
        "  7k2m–9q4d. ",
        "Mã: SCT 7K2M 9Q4D",
        "/start SCT-7K2M-9Q4D",
    ],
)
def test_a_code_is_read_however_it_is_typed(said: str) -> None:
    assert body_of(said) == "7K2M9Q4D"


@pytest.mark.parametrize(
    "said",
    ["", "xin chào", "SCT 7K2M", "SCT 7K2M 9Q4O", "SCT 7K2M 9Q40", "nhan vien phong", "7K2M9Q4D" * 40, "😀"],
)
def test_what_is_no_code_is_left_alone(said: str) -> None:
    assert body_of(said) is None


@given(st.text(max_size=300))
def test_no_text_raises_and_every_body_found_is_of_the_alphabet(said: str) -> None:
    body = body_of(said)
    assert body is None or (len(body) == 8 and set(body) <= set(ALPHABET))


@given(
    st.text(DRAWN, min_size=8, max_size=8).filter(is_typeable),
    st.sampled_from(["SCT", "SỞ CT", "ubnd-qn", "Đ", "省", "x" * 40]),
    st.sampled_from(_FORMS),
)
def test_a_shown_code_and_its_link_read_back(body: str, agency: str, form: Literal["NFC", "NFD"]) -> None:
    code = shown(agency, body)
    assert body_of(code) == body
    assert body_of(unicodedata.normalize(form, code.lower())) == body
    payload = link("nhacviec_bot", code).partition("?start=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert body_of(payload) == body


def test_codes_are_shown_in_groups_of_four() -> None:
    assert shown("SCT", "7K2M9Q4D") == "SCT 7K2M 9Q4D"
    assert link("sct_bot", "SCT 7K2M 9Q4D") == "https://t.me/sct_bot?start=SCT-7K2M-9Q4D"


def test_letters_a_vietnamese_keyboard_melts_are_never_drawn() -> None:
    assert not set(DRAWN) & set("AEIOUYW01L")
    assert set(DRAWN) < set(ALPHABET)
    assert is_typeable("7K2M9Q4D")
    assert not is_typeable("D7K2M4Q9")
    assert not is_typeable("7KD2MD4Q")
    assert not is_typeable("BCDFGHJK")
    assert not is_typeable("TGSP3786")


def test_digests_differ_and_do_not_hold_the_code() -> None:
    assert len(digest("7K2M9Q4D")) == 32
    assert digest("7K2M9Q4D") != digest("7K2M9Q4C")
    assert b"7K2M" not in digest("7K2M9Q4D")


def test_five_wrong_codes_are_enough_for_a_quarter_of_an_hour() -> None:
    count, since = 0, None
    for minute in range(TRIES):
        assert may_try(count, since, REAL + timedelta(minutes=minute)) is None
        count, since = after_wrong(count, since, REAL + timedelta(minutes=minute))
    assert since == REAL
    assert may_try(count, since, REAL + timedelta(minutes=5)) == timedelta(minutes=10)
    assert may_try(count, since, REAL + WINDOW) is None
    assert after_wrong(count, since, REAL + WINDOW) == (1, REAL + WINDOW)

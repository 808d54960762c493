import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, flat, fold, nfc


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đôn Đốc", "don doc"),
        ("PHÒNG QUẢN LÝ THƯƠNG MẠI", "phong quan ly thuong mai"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("TTKC&XTTM", "ttkc&xttm"),
    ],
)
def test_fold_drops_marks_tones_and_case(text, folded):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_clean_makes_one_composed_line_without_invisible_characters():
    decomposed = unicodedata.normalize("NFD", "tiến  độ")
    assert clean(f"\ufeff {decomposed}\u200b\t\u202e3.5\n\x00 ") == "tiến độ 3.5"


@given(st.text())
def test_fold_is_idempotent_and_blind_to_composition(text):
    assert fold(fold(text)) == fold(text)
    assert fold(nfc(text)) == fold(text)


@given(st.text())
def test_clean_is_idempotent(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_flat_keeps_every_offset(text):
    assert len(flat(text)) == len(text)

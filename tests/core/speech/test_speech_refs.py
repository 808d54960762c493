"""Codes of directives as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.speech import TaskRef, read_ref, task_refs, understand

TODAY = date(2023, 7, 5)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("3.5", "3.5"),
        ("3,5", "3.5"),
        ("mục 3.5", "3.5"),
        ("muc3.5", "3.5"),
        ("3.2.1", "3.2.1"),
        ("3.1.a", "3.1.a"),
        ("3.5 3.7", "3.5 3.7"),
        ("3.5 và 3.7", "3.5 3.7"),
        ("3.5, 3.7", "3.5 3.7"),
        ("3.5,3.7", "3.5 3.7"),
        ("3,5 3,7", "3.5 3.7"),
        ("3,5, 3,7", "3.5 3.7"),
        ("3,5,3,7", "3.5 3.7"),
        ("3.5/3.7", "3.5 3.7"),
        ("3.5;3.7 & 3.8", "3.5 3.7 3.8"),
        ("xong 3.5 3.5", "3.5 3.5"),
        ("xong mục a", "a"),
        ("mục đ", "đ"),
        ("mục 1a", "1a"),
        ("mục II.3", "II.3"),
        ("muc ii.3", "II.3"),
        ("(3.5)", "3.5"),
        ("718/3.5", "718/3.5"),
        ("718/TB-SCT/3.5", "718/TB-SCT/3.5"),
        ("718/tb-sct 3.5", "718/TB-SCT/3.5"),
        ("sct/718-2023/3.5", "SCT/718-2023/3.5"),
        ("902/1", "902/1"),
        ("xem 902/1", "902/1"),
        ("xong 902/1 và 902/2", "902/1 902/2"),
        ("không đồng ý 902-2023/1", "902-2023/1"),
        ("trả lại sct/902/tb-sct/12 thiếu", "SCT/902/TB-SCT/12"),
        ("đã thu 120/20 hồ sơ", ""),
        ("xong 20/7", ""),
        ("xem 902/1%", ""),
        ("số 902/1", ""),
        ("80.5%", ""),
        ("tăng 3,5%", ""),
        ("ngày 3.5", ""),
        ("trước 15.7", ""),
        ("27.4.2023", ""),
        ("15/7", ""),
        ("mục tiêu", ""),
        ("xong a", ""),
        ("2023", ""),
    ],
)  # fmt: skip
def test_the_codes_in_a_text(text, codes):
    assert " ".join(map(str, task_refs(text))) == codes


@pytest.mark.parametrize("code", ["a", "1a", "3", "II.3", "3.1.a", "IV", "đ"])
def test_lettered_codes_stand_in_a_commands_place(code):
    assert understand(f"/done {code}", today=TODAY).refs == (TaskRef(code),)


def test_a_letter_that_is_only_courtesy_is_no_code():
    assert understand("xong a", today=TODAY).refs == ()


@pytest.mark.parametrize("text", ["xong 3.5 tb 718", "3.5 của TB 718 xong rồi", "TB 718 mục 3.5 xong"])
def test_a_notice_named_apart_belongs_to_the_code(text):
    assert understand(text, today=TODAY).refs == (TaskRef("3.5", "718"),)


def test_free_text_may_mention_other_directives():
    heard = understand("vuong 3.4 vi phai cho 3.6 va 2,3 huyen", today=TODAY)
    assert (heard.refs, heard.rest) == ((TaskRef("3.4"),), "vi phai cho 3.6 va 2,3 huyen")


CODES = st.one_of(
    st.lists(st.integers(1, 99), min_size=2, max_size=4).map(lambda parts: ".".join(map(str, parts))),
    st.builds("{}.{}.{}".format, st.integers(1, 20), st.integers(1, 20), st.sampled_from("abcdđeghk")),
)
NOTICES = st.builds("{}{}".format, st.integers(1, 9999), st.sampled_from(["", "/TB-SCT", "/TB-UBND", "/TB-VPCP"]))


@given(
    CODES, st.none() | NOTICES, st.none() | st.integers(2015, 2040), st.none() | st.sampled_from(["SCT", "UBND", "STC"])
)
def test_a_reference_reads_back_as_written(code, notice, year, agency):
    ref = TaskRef(code, notice, year if notice else None, agency)
    assert read_ref(str(ref)) == ref
    assert understand(f"/done {ref}", today=TODAY).refs == (ref,)
    assert understand(f"xong {ref}", today=TODAY).refs == (ref,)

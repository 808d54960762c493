import html
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.paging import pages


def telegram(text: str) -> int:
    return len(html.escape(text).encode("utf-16-le")) // 2


def test_what_fits_is_one_page() -> None:
    assert pages(["3.5 KH Đề án", "", "hạn 30/4"], 2000) == [["3.5 KH Đề án", "", "hạn 30/4"]]


def test_nothing_is_one_empty_page() -> None:
    assert pages([], 10) == [[]]


def test_a_page_breaks_at_a_line_end() -> None:
    assert pages(["một hai", "ba bốn", "năm"], 14) == [["một hai", "ba bốn"], ["năm"]]
    assert pages(["một hai", "ba bốn", "năm"], 13) == [["một hai"], ["ba bốn", "năm"]]


def test_a_blank_line_does_not_open_or_close_a_page() -> None:
    assert pages(["aaaa", "", "bbbb"], 5) == [["aaaa"], ["bbbb"]]


def test_a_long_line_breaks_at_a_space() -> None:
    assert pages(["Trình Ủy ban nhân dân tỉnh"], 12) == [["Trình Ủy ban"], ["nhân dân"], ["tỉnh"]]


def test_a_word_longer_than_a_page_is_broken_without_parting_a_letter_from_its_tone() -> None:
    word = unicodedata.normalize("NFD", "ệ" * 4)
    assert [page[0] for page in pages([word], 4)] == [word[:3], word[3:6], word[6:9], word[9:]]


def test_the_length_is_the_channels_own() -> None:
    assert pages(["👍👍", "👍"], 5, telegram) == [["👍👍"], ["👍"]]
    assert pages(["&&", "&"], 8, telegram) == [["&"], ["&"], ["&"]]


@given(st.lists(st.text("aă &👍", max_size=40), max_size=12), st.integers(8, 40))
def test_no_page_is_too_long_and_no_letter_is_lost(lines: list[str], limit: int) -> None:
    made = pages(lines, limit, telegram)
    assert all(telegram("\n".join(page)) <= limit for page in made)
    said = "".join("".join(page) for page in made)
    assert said.replace(" ", "") == "".join(lines).replace(" ", "")

"""Whatever is typed, nothing raises, and nothing takes long."""

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.speech import COMMANDS, complete_document, typed_date, understand, understand_all

TODAY = date(2024, 2, 29)
INTENTS = {*COMMANDS, "question", "document", "choice", "unknown", "text"}
PIECES = st.sampled_from([
    "3.5", "3,7", "718/3.5", "xong", "chua", "chờ", "số", "ký", "/done", "#", "?", "80%", "45", "27/4", "ngày",
    "đến", "15.7", "mục", "a", "tb 718", "qltm", "phòng", "quá hạn", "sct", "7k2m", "9q4d", "@bot", "báo cáo",
    "sếp", "dạ", "\n", ",", ".", "31/2", "thứ 6", "tháng", "quý", "0", "99", "-", "/", "(", ")", "👍", "\u200b",
    "\u0301", "ẻ", "<b>", "\u202e", "٣.٥", "III", "%s", "{0}", "ttr", "/QĐ-",
])  # fmt: skip


@example("@")
@example("/")
@example("3.")
@example("\u0301")
@example("ngày 0")
@example("0/0")
@example("quý 4/99")
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join)
    )
)
def test_no_input_raises(text):
    for bot_name in (None, "Nhắc việc SCT", text[:20]):
        for heard in (
            understand(text, today=TODAY, bot_name=bot_name),
            *understand_all(text, today=TODAY, bot_name=bot_name),
        ):
            assert heard.intent in INTENTS
            assert len(heard.nearest) <= 3
            assert heard.choice is None or 0 <= heard.choice <= 99
            assert heard.percent is None or 0 <= heard.percent <= 100
            if heard.document is not None:
                complete_document(heard.document, year=2023, agency_code="SCT")
    typed_date(text, today=TODAY)
    typed_date(text, today=TODAY, past=True)


@pytest.mark.parametrize(
    "piece",
    ["a", "3.5 ", "co ", "/done 3.5,", "?", "xong ", "@", "1/", "chua ", "cho ", "muc ", "da trinh ", "/", "ngay ", "phong ", "ệ",
     "\n", "3.5 xong\n", "bao cao sep ", "viec ", "tb 718 ", "1 ", "x\u200b", "\u0301", "👍", "-", "a-", "ii.", "con ", "anh oi "],
)  # fmt: skip
def test_a_hundred_kilobytes_take_no_time(piece):
    text = piece * (100_000 // len(piece))
    before = time.process_time()
    understand(text, today=TODAY, bot_name="Nhắc việc SCT")
    understand_all(text, today=TODAY)
    assert time.process_time() - before < 0.5


def test_the_hot_path_is_short():
    def each(text: str) -> float:
        before = time.process_time()
        for _ in range(300):
            understand(text, today=TODAY)
        return (time.process_time() - before) / 300

    assert min(each("/done 3.5") for _ in range(3)) < 60e-6
    assert min(each("xin gia han 3.4 den 15.7 bdt chua gui so lieu") for _ in range(3)) < 2e-3

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.reading.printed import as_json
from core.reading.reader import read_notice

NOISE = st.lists(st.text(alphabet=st.characters(codec="ascii"), max_size=60), max_size=25)
WORDS = st.sampled_from(
    [
        "Giao", "giao", "phòng QLTM", "các phòng", "QLCN, QLNL", "Văn phòng Sở", "chủ trì", "phối hợp với", "trước ngày", "30/4/2023", "31/02",
        "trong quý II", "hằng tháng", "(1)", "(2)", "1.", "3.1.", "a)", "-", "I.", "THÔNG BÁO", "Số: 1/TB-SCT", "V/v", "Kính gửi:", "Nơi nhận:", "./.", ";", ":", "",
        "*", "UBND tỉnh", "báo cáo", "trình", "Quyết định số 5/QĐ", "99", "0", "9999", "năm 0000", "ngày 99 tháng 99 năm 9999", "thứ Sáu", "\x00", "\u0301", "𝔊", "İ",
    ]
)  # fmt: skip
PROSE = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=30)


@settings(deadline=None, max_examples=150)
@given(st.one_of(PROSE, st.lists(st.text(max_size=80), max_size=20)))
@example(["1. UBND tỉnh Giao", "Giao UBND tỉnh Giao phối hợp với"])
def test_any_text_is_read_without_an_error(agency, lines):
    notice = read_notice(lines, agency)
    codes = [task.code for task in notice.tasks]
    assert len(set(codes)) == len(codes)
    assert json.loads(json.dumps(as_json(notice)))["tasks"] == as_json(notice)["tasks"]
    for task in notice.tasks:
        assert len(task.short_title) <= 60
        assert not (task.suggested_due and task.due is None)
        assert not set(task.lead_units) & set(task.cooperating_units)


@settings(deadline=None, max_examples=100)
@given(NOISE)
def test_nothing_is_invented_from_noise(agency, lines):
    notice = read_notice(lines, agency)
    assert notice.tasks == ()
    assert notice.recipients_unknown == ()


SPEECH = st.sampled_from(
    [
        "Trời hôm nay mưa to", "đường trơn", "chợ đông", "giá rau tăng nhẹ", "bà con phấn khởi", "cuộc họp giao ban", "giao đất cho Trường", "báo cáo định kỳ",
        "giáo dục thường xuyên", "đến năm 2030, tầm nhìn đến năm 2045", "ngày 29/11/2022", "Quyết định số 15/QĐ-UBND", "24/24 giờ", "sản lượng tăng 5% so với cùng kỳ",
        "Sở Công Thương", "UBND tỉnh", "phòng QLTM", "được biết", "là đơn vị đầu mối", "và", ",", ".", ";",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(SPEECH, min_size=2, max_size=9).map(" ".join), max_size=20))
@example(["Trời hôm nay mưa to", "Quyết định số 15/QĐ-UBND ; Sở Công Thương"])
def test_nothing_is_invented_from_talk_that_asks_for_nothing(agency, lines):
    assert read_notice(lines, agency).tasks == ()


HOSTILE = {
    "one long line": lambda size: ["1. Giao phòng QLTM rà soát hồ sơ, " * size],
    "many orders in one line": lambda size: ["1. " + "giao phòng QLTM báo cáo; " * size],
    "units without end": lambda size: ["Giao phòng QLTM, " + "Sở Y tế và Đào tạo, " * size],
    "one code": lambda size: ["1. Giao phòng QLTM rà soát hồ sơ.", ""] * size,
    "one paragraph": lambda size: ["1. Giao phòng QLTM", *["rà soát hồ sơ của các dự án và"] * (size * 4)],
    "brackets": lambda size: ["1. Giao phòng QLTM " + "(1) (a " * size],
    "a table": lambda size: [
        "TT | Nội dung | Đơn vị chủ trì | Thời hạn",
        *["1 | Rà soát hồ sơ | phòng QLTM | 30/4/2023"] * size,
    ],
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_reading_takes_time_in_proportion_to_length(shape, agency):
    def seconds(size):
        lines = HOSTILE[shape](size)
        begun = time.process_time()
        read_notice(lines, agency)
        return time.process_time() - begun

    small = min(seconds(100) for _ in range(3))
    large = min(seconds(800) for _ in range(2))
    assert large < 24 * small + 0.05

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading import as_json, read_notice

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

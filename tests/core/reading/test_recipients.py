import pytest

from core.reading.confidence import doubts
from core.reading.recipients import read_recipient


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("xây dựng kế hoạch, trình UBND tỉnh trước ngày 30/4/2023", "UBND tỉnh"),
        ("báo cáo Sở Công Thương tổng hợp", "Sở Công Thương"),
        ("trình Thủ tướng Chính phủ trong tháng 8", "Thủ tướng Chính phủ"),
        ("gửi báo cáo về Văn phòng Sở chậm nhất ngày 5/5/2023", "Văn phòng Sở"),
        ("rà soát chương trình của Sở Tài chính", None),
        ("giải trình các ý kiến", None),
    ],
)
def test_whom_it_goes_to(text, to, directory):
    assert read_recipient(text, directory) == to


def test_doubts_name_field_and_reason():
    assert doubts(["no_unit", "year_inferred"], inherited=False, unnumbered=True) == (
        "deadline:year_inferred",
        "code:not_printed",
    )
    assert doubts([], inherited=True, unnumbered=False) == ("units:inherited",)
    assert doubts(["no_deadline"], inherited=False, unnumbered=False) == ()

"""Stamps of secrecy, and what only looks like one."""

import pytest

from core.errors import ConfidentialNotice
from core.reading.reader import read_notice

BODY = """Giám đốc Sở kết luận như sau:
1. Giao phòng QLTM rà soát hồ sơ bí mật nhà nước, văn bản mật của cơ quan.
2. Hạn chế
Giao phòng QLNL báo cáo UBND tỉnh trước ngày 20/5/2023.
"""


def notice(stamp):
    return [
        "UBND TỈNH QUẢNG NGÃI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ CÔNG THƯƠNG                Độc lập - Tự do - Hạnh phúc",
        "Số: 12/TB-SCT                 Quảng Ngãi, ngày 05 tháng 5 năm 2023",
        stamp,
        "THÔNG BÁO",
        "Kết luận về công tác bảo vệ bí mật nhà nước",
        *BODY.splitlines(),
    ]


@pytest.mark.parametrize(
    ("stamp", "level"),
    [
        ("MẬT", "MẬT"),
        ("   | MẬT. |", "MẬT"),
        ("[MẬT]", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("  TỐI MẬT          Quảng Ngãi", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("TUYET MAT", "TUYỆT MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
    ],
)
def test_a_secret_notice_is_not_read(stamp, level, agency):
    with pytest.raises(ConfidentialNotice) as caught:
        read_notice(notice(stamp), agency)
    assert caught.value.level == level


@pytest.mark.parametrize(
    "stamp", ["", "HỎA TỐC", "Mật", "Văn bản mật của cơ quan", "BẢO MẬT", "DANH MỤC BÍ MẬT NHÀ NƯỚC"]
)
def test_speaking_of_secrets_is_no_stamp(stamp, agency):
    read = read_notice(notice(stamp), agency)
    assert (len(read.tasks), read.restricted) == (2, False)


@pytest.mark.parametrize(
    "stamp",
    ["HẠN CHẾ", "Tài liệu hạn chế", "(Không phổ biến)", "TÀI LIỆU LƯU HÀNH NỘI BỘ", "| Xem xong trả lại |", "Hạn chế"],
)
def test_a_notice_not_to_be_passed_on_is_marked(stamp, agency):
    assert read_notice(notice(stamp), agency).restricted

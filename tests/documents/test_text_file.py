import pytest

from core.text import nfc
from documents.notice_file import lines_of

TEXT = "Số: 718/TB-SCT\nQuảng Ngãi, ngày 04 tháng 4 năm 2023\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_in_any_unicode_encoding(encoding, end):
    assert lines_of(TEXT.replace("\n", end).encode(encoding), "dán.txt") == TEXT.splitlines()


def test_text_in_the_old_code_page():
    (line,) = lines_of("Đơn vi\u0323 chu\u0309 tri\u0300".encode("cp1258"), "cũ.txt")
    assert nfc(line) == "Đơn vị chủ trì"


def test_a_name_does_not_decide():
    assert lines_of(TEXT.encode(), "thực ra là chữ.docx") == TEXT.splitlines()

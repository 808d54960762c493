import pytest

from core.text import nfc
from documents.errors import UnreadableFile
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


LEGACY = (
    "Së C«ng Th\u00ad¬ng giao phßng Qu¶n lý Th\u00ad¬ng m¹i chñ tr×, phèi hîp víi c¸c ®¬n vÞ thùc hiÖn\nkÕ ho¹ch tr\u00adíc ngµy 30/4/2023 vµ b¸o c¸o Gi¸m ®èc Së theo quy ®Þnh.",
    "Sôû Coâng Thöông giao phoøng Quaûn lyù Thöông maïi chuû trì, phoái hôïp vôùi caùc ñôn vò thöïc hieän\nkeá hoaïch tröôùc ngaøy 30/4/2023 vaø baùo caùo Giaùm ñoác Sôû theo quy ñònh.",
)
MEANT = [
    "Sở Công Thương giao phòng Quản lý Thương mại chủ trì, phối hợp với các đơn vị thực hiện",
    "kế hoạch trước ngày 30/4/2023 và báo cáo Giám đốc Sở theo quy định.",
]


@pytest.mark.parametrize("text", LEGACY, ids=["TCVN3", "VNI"])
def test_text_in_the_fonts_of_before_unicode(text):
    assert lines_of(text.encode("cp1252"), "cũ.txt") == MEANT
    assert lines_of(text.encode(), "chép từ tệp Word cũ.txt") == MEANT


def test_text_in_letters_nobody_knows_says_so():
    with pytest.raises(UnreadableFile) as caught:
        lines_of("Приказ: выполнить до 30 апреля".encode("koi8-r") * 3, "lạ.txt")
    assert caught.value.kind == "odd_letters"


@pytest.mark.parametrize("text", ["Café déjà vu à Paris", "Giao phòng QLTM làm", "à á â ã è é ê ì í ò ó ô õ ù ú ý" * 9])
def test_text_in_unicode_is_left_alone(text):
    assert lines_of(text.encode(), "a.txt") == [text]

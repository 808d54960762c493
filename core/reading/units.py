"""Reading lists of units: the roster's by their names, others by the words they begin with."""

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.directory import Directory
from core.text import clean, flat

RefKind = Literal["known", "named", "group", "all"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A unit or a group of units as words name it; `unit` is the roster's code where known."""

    unit: str
    kind: RefKind


PREDICATE = (
    r"(?:(?:căn cứ|theo) (?:chức năng|thẩm quyền|quy định|nhiệm vụ|tình hình)|chủ trì|chủ động|phối hợp|tham mưu|triển khai|tổ chức|thực hiện|theo dõi|chịu trách nhiệm|có trách nhiệm"
    r"|khẩn trương|tiếp tục|tập trung|rà soát|tổng hợp|báo cáo|hướng dẫn|kiểm tra|đôn đốc|nghiên cứu|(?<!đầu tư )xây dựng|đề xuất|chỉ đạo|tăng cường|đẩy mạnh|đẩy nhanh|phân công|bố trí|cần|phải"
    r"|tích cực|kịp thời|thường xuyên|quán triệt|nghiêm túc|nâng cao|làm việc|liên hệ|cung cấp|chuẩn bị|hoàn thành|hoàn thiện|tìm kiếm|lập|(?<![Cc]hương )(?<!giải )(?<!quy )trình|gửi|xem xét|xử lý|giải quyết"
    r"|thông báo|ban hành|đảm bảo|bảo đảm|bám sát|sớm|làm|là|đầu mối|nộp|cử|có|hỗ trợ|tham gia|dự thảo|soạn thảo|thẩm định|đăng ký|đánh giá|thống kê|tuyên truyền|tháo gỡ|giám sát|vận động"
    r"|quyết liệt|nhanh chóng|ngay|trước|trong|để|nhằm|tại|với|cùng|kết hợp|đề nghị|yêu cầu|xác định|lựa chọn|cân đối|tính toán|khắc phục|điều chỉnh|cập nhật|công bố|công khai|khảo sát|nắm|phát huy|duy trì|vận hành)(?!\w)"
)
_HEAD = re.compile(
    r"(?:Văn phòng|VP|Phòng|phòng|P\.\s?|Trung tâm|trung tâm|TTKC|TT\.?|Ban Quản lý|Ban quản lý|BQL|Ban QL|Ban|ban(?= [A-ZĐ])|Sở|Bộ Chỉ huy|Bộ Tư lệnh|Bộ|UBND|Ủy ban|Uỷ ban|HĐND|Công an|Chi cục|Cục|Tổng cục|Vụ|Viện"
    r"|Thuế|Hải quan|Kho bạc|Ngân hàng|Bảo hiểm|BHXH|Liên minh|Liên đoàn|Hội|Tỉnh đoàn|Tỉnh Đoàn|Mặt trận|MTTQ|Thanh tra|Công ty|CTCP|Tổng [Cc]ông ty|Tập đoàn|Bưu điện|Viễn thông|Điện lực|Đài|Báo(?= [A-ZĐ])"
    r"|Trường|Bệnh viện|Quỹ|Hạt|Đội|Tổ(?= )|Kho|Chủ đầu tư|chủ đầu tư|Doanh nghiệp|Chủ tịch|Giám đốc|Thủ trưởng|Trưởng|Chánh|Người đứng đầu|Nhà máy|Chi nhánh|Văn phòng)(?!\w)"
)
_TITLES = re.compile(
    r"(?:(?:các )?(?:đồng chí|đ/c|ông|bà)\s+)?(?:(?:Thủ trưởng|Lãnh đạo|lãnh đạo|Phó Trưởng(?= [Pp]hòng)|Trưởng(?= [Pp]hòng)|Phó Giám đốc(?= (?:Trung tâm|TT))|Giám đốc(?= (?:Trung tâm|TT))|Phó Chánh(?= Văn)|Chánh(?= Văn))\s+)?"
)
_GROUP = re.compile(
    r"(?:(?:[Cc]ác|[Tt]oàn thể|[Tt]ất cả|[Nn]hững|[Tt]ừng|[Mm]ỗi)[ \x03]|(?:Thủ trưởng|Trưởng|Giám đốc|Chủ tịch UBND|Chủ tịch Ủy ban nhân dân|Lãnh đạo|UBND|Ủy ban nhân dân|Phó Giám đốc) các |[Cc]ơ quan|[Đđ]ịa phương|[Đđ]ơn vị(?! (?:chủ trì|phối hợp)))"
)
_FACTORED = re.compile(
    r"(?:[Cc]ác )?((?:UBND|Ủy ban nhân dân) các (?:phường|xã|huyện|thị xã|thành phố)|[Pp]hòng|Sở|Bộ|Ban|Trung tâm|Chi cục|UBND (?:phường|xã|huyện)|Công ty)(?: chuyên môn)?\s*:?\s+(?=[A-ZĐ])"
)
_ALL = re.compile(
    r"phong,? (?:ban|don vi)|\bcac phong\b|truong cac phong|truc thuoc|thuoc so\b|chuyen mon|toan the|tat ca|cong chuc|vien chuc|thuoc co quan"
)
_STOP = re.compile(rf"[;:()\n]|\.(?=\s|$)|[.,]?\s+(?={PREDICATE})|\s+và\s+(?={PREDICATE})|\s+[–-]\s+(?=[a-zđ])|$")
_COMMA_NAMES = re.compile(
    r"Văn hóa, Thể thao và Du lịch|Văn hoá, Thể thao và Du lịch|Kế hoạch và Đầu tư|Nông nghiệp và Môi trường|Nông nghiệp và (?:Phát triển nông thôn|PTNT)|Giáo dục và Đào tạo"
    r"|Thông tin và Truyền thông|Khoa học và Công nghệ|Tài nguyên và Môi trường|Thương binh và Xã hội|Dân tộc và Tôn giáo|Xúc tiến thương mại|Khuyến công và Xúc tiến thương mại"
    r"|Phát thanh và Truyền hình|Xây dựng và [Tt]hoát nước|Công nghiệp và (?:Tiểu thủ|Thương mại)|Địa chất và Khoáng sản|Thể thao và Du lịch|Hạ tầng và Đô thị"
)
_AND = re.compile(r"\s*(?:,|;|/|\s+và|\s+cùng(?: với)?|,\s*và)\s+|/")
INTERNAL = re.compile(r"^(?:phong|p\.|van phong|vp|trung tam|tt|ban|bql|to |doi |[a-z&]{2,10}$)")


_NOUNS = re.compile(
    r"(?:[Cc]ơ quan|[Đđ]ơn vị) (?:đầu mối(?: giao kế hoạch)?|cung cấp(?: dịch vụ)?|có liên quan|có chức năng|chủ trì(?= (?:quản lý|[Dd]ự án|nhiệm vụ))|thực hiện(?= dự án))|các tổ chức"
)


def _veiled(text: str) -> str:
    """The text with the commas, "và" and verbs inside known names hidden, offsets unchanged."""
    text = _NOUNS.sub(lambda match: match[0].replace(" ", "\x03"), text)
    return _COMMA_NAMES.sub(lambda match: match[0].replace(",", "\x01").replace(" và ", "\x02\x02\x02\x02"), text)


class Mentions:
    """Reads lists of units in one text."""

    def __init__(self, text: str, directory: Directory) -> None:
        self.text = text
        self._veil = _veiled(text)
        self._flat = flat(text)
        self._directory = directory

    def units(self, start: int) -> tuple[list[Ref], int]:
        """The units listed from `start` on and where the list ends; none gives `start` back."""
        refs: list[Ref] = []
        position = end = start
        while len(refs) < 60:
            found = self._one(position)
            if not found:
                break
            more, end = found
            refs += more
            separator = _AND.match(self._veil, end)
            if not separator:
                break
            position = separator.end()
        return list(dict.fromkeys(refs)), end

    def _one(self, start: int) -> tuple[list[Ref], int] | None:
        titles = _TITLES.match(self._veil, start)
        position = titles.end() if titles else start
        if known := self._directory.at(self.text, self._flat, position):
            return [Ref(known[0], "known")], known[1]
        if match := _FACTORED.match(self._veil, position):
            found = self._factored(match)
            if len(found[0]) > 1 or match[0].lstrip()[:3].lower() == "các" or " các " in match[0]:
                return found
        if _GROUP.match(self._veil, start):
            return self._group(start)
        if _HEAD.match(self._veil, position):
            return self._named(position)
        return None

    def _ref(self, words: str) -> Ref:
        code = self._directory.code(words)
        return Ref(code, "known") if code else Ref(clean(words), "named")

    def _name_end(self, start: int) -> int:
        stop = _STOP.search(self._veil, start)
        end = stop.start() if stop else len(self.text)
        for match in re.finditer(r"\s+và\s+|,\s+|\s*/\s*", self._veil[start:end]):
            return start + match.start()
        return end

    def _named(self, start: int) -> tuple[list[Ref], int] | None:
        end = self._name_end(start)
        head = _HEAD.match(self._veil, start)
        if head and end <= head.end():
            return None
        words = self.text[start:end].strip(" ,.-–")
        return ([self._ref(words)], end) if 2 < len(words) <= 120 else None

    def _factored(self, match: re.Match[str]) -> tuple[list[Ref], int]:
        head = re.sub(r"\bcác ", "", match[1])
        refs: list[Ref] = []
        position, end = match.end(), match.end()
        while position < len(self.text) and self.text[position].isupper() and len(refs) < 60:
            if known := self._directory.at(self.text, self._flat, position):
                refs.append(Ref(known[0], "known"))
                end = known[1]
            elif refs and _HEAD.match(self._veil, position):
                break
            else:
                end = self._name_end(position)
                refs.append(self._ref(f"{head} {self.text[position:end].strip(' ,.')}"))
            separator = _AND.match(self._veil, end)
            if not separator:
                break
            position = separator.end()
        return refs, end

    def _group(self, start: int) -> tuple[list[Ref], int] | None:
        stop = _STOP.search(self._veil, start + 1)
        end = stop.start() if stop else len(self.text)
        split = re.search(
            r"(?:,|\s+và)\s+(?=[Cc]ác (?:[A-ZĐ]|cơ quan|đơn vị)|(?:UBND|Sở|Phòng|Văn phòng|Chủ tịch|Công ty|Ban|Công an)\b(?! (?:đầu tư)))",
            self._veil[start:end],
        )
        if split:
            end = start + split.start()
        words = self.text[start:end].strip(" ,.-–")
        if not words or len(words) > 240:
            return None
        return [Ref(clean(words), "all" if _ALL.search(flat(words)) else "group")], end

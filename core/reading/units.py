"""Recognising units: the roster's by their names, others by the words they begin with."""

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from core.reading.model import KnownAgency
from core.text import clean, flat, fold

ACCEPT, MARGIN = 85, 15
_PLAIN = re.compile(r"[^a-z0-9]+")
_TITLE = re.compile(
    r"^(?:cac )?(?:dong chi |d/c |cac dong chi )?(?:(?:thu truong|lanh dao|pho truong(?= phong)|truong(?= phong|\s+ban)|pho giam doc(?= trung tam)|giam doc(?= trung tam)|pho chanh(?= van phong)|chanh(?= van phong)|truong|tp\.?(?= [a-z])) )?"
)
_KINDS = ("van phong", "phong", "trung tam", "ban quan ly", "ban", "chi cuc", "thanh tra", "so", "don vi")
_SHORT_KINDS = {"p": "phong", "tt": "trung tam", "bql": "ban quan ly", "vp": "van phong"}


def _kind_and_rest(words: str) -> tuple[str | None, str]:
    tokens = _PLAIN.sub(" ", fold(words)).split()
    text = " ".join(tokens)
    for kind in _KINDS:
        if text == kind or text.startswith(kind + " "):
            return kind, text[len(kind) :].strip()
    if tokens and tokens[0] in _SHORT_KINDS and len(tokens) > 1:
        return _SHORT_KINDS[tokens[0]], " ".join(tokens[1:])
    return None, text


@dataclass(frozen=True, slots=True)
class _Name:
    code: str
    words: str
    kind: str | None
    rest: str

    @property
    def short(self) -> bool:
        return " " not in self.rest


class Directory:
    """Finds the agency's units in words; without an agency it finds none."""

    def __init__(self, agency: KnownAgency | None) -> None:
        self.agency = agency
        self._names: list[_Name] = []
        self._own: tuple[str, ...] = ()
        if agency:
            self._own = tuple(sorted({fold(name) for name in (agency.name, *agency.aliases)}, key=len, reverse=True))
            for code, names in [(agency.code, (agency.name, *agency.aliases))] + [
                (unit.code, (unit.code, unit.name, *unit.aliases)) for unit in agency.units
            ]:
                self._names += [_Name(code, clean(name), *_kind_and_rest(name)) for name in names if clean(name)]
        self._exact = {_PLAIN.sub("", fold(name.words)): name.code for name in self._names}
        self._pattern = self._compiled()

    def _compiled(self) -> re.Pattern[str] | None:
        spellings = {flat(name.words) for name in self._names}
        spellings |= {f"phong {flat(name.words)}" for name in self._names if name.short and name.kind is None}
        if not spellings:
            return None
        bodies = [
            re.sub(r"(?:\\[ \-–&.]|[–&])+", r"[\\s\\-–.&]*", re.escape(words))
            for words in sorted(spellings, key=len, reverse=True)
        ]
        return re.compile(r"(?:" + "|".join(bodies) + r")(?![\w&])")

    def at(self, text: str, flattened: str, start: int) -> tuple[str, int] | None:
        """The unit whose name stands exactly at `start`, and the name's end."""
        match = self._pattern.match(flattened, start) if self._pattern else None
        if not match:
            return None
        code = self._exact.get(_PLAIN.sub("", match[0])) or self._exact.get(
            _PLAIN.sub("", match[0]).removeprefix("phong")
        )
        end = match.end()
        tail = re.match(r"\s+(?:thuộc )?", text[end:])
        if code is None or tail is None:
            return (code, end) if code else None
        after = end + tail.end()
        for own in self._own:
            if flattened.startswith(own, after) and not flattened[after + len(own) : after + len(own) + 1].isalnum():
                return code, after + len(own)
        alien = len(match[0].split()) <= 2 and re.match(r"[A-ZĐÀ-Ỹ]|tỉnh\b|huyện\b", text[after:])
        return None if alien and match[0] != fold(code) else (code, end)

    def code(self, words: str) -> str | None:
        """The roster's code for a unit's name however written, or None where none or several come close."""
        folded = _TITLE.sub("", fold(clean(words)).strip(" .,;:"), count=1)
        for own in self._own:
            for tail in (f" thuoc {own}", f" {own}"):
                if (
                    folded.endswith(tail)
                    and len(folded) > len(tail) + 4
                    and self._exact.get(_PLAIN.sub("", folded)) is None
                ):
                    folded = folded.removesuffix(tail)
        compact = _PLAIN.sub("", folded)
        if not compact:
            return None
        if found := self._exact.get(compact) or self._exact.get(compact.removeprefix("phong")):
            return found
        kind, rest = _kind_and_rest(folded)
        return self._partly(kind, rest) or self._closest(kind, rest)

    def _partly(self, kind: str | None, rest: str) -> str | None:
        """A unit whose name, alone among its kind, holds all these words."""
        tokens = set(rest.split())
        if kind is None or len(tokens) < 2:
            return None
        codes = {name.code for name in self._names if name.kind == kind and tokens <= set(name.rest.split())}
        return codes.pop() if len(codes) == 1 else None

    def _closest(self, kind: str | None, rest: str) -> str | None:
        scores: dict[str, float] = {}
        for name in self._names:
            if (kind and name.kind and kind != name.kind) or len(rest) < 3 or name.short != (" " not in rest):
                continue
            if not name.short and kind is None and name.kind is not None:
                continue
            score = fuzz.ratio(rest, name.rest)
            scores[name.code] = max(score, scores.get(name.code, 0.0))
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < ACCEPT:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return ranked[0][0] if ranked[0][1] - second >= MARGIN else None


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

"""Reading lists of units: the roster's by their names, others by the words they begin with."""

import re
from dataclasses import dataclass
from typing import Literal

from core.reading.directory import Directory
from core.reading.vocabulary import COLLECTIVES, COMPOUND, GROUP, HEAD, LOWER, NOUNS, PLACE, PREDICATE, SIMPLE, UPPER
from core.text import clean, flat

RefKind = Literal["known", "named", "group", "all"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A unit or a group of units as words name it; `unit` is the roster's code where known."""

    unit: str
    kind: RefKind


_TITLES = re.compile(
    r"(?:(?:[Cc]ác )?(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)\s+)?(?:(?:Thủ trưởng|Lãnh đạo|lãnh đạo|Phó Trưởng(?= [Pp]hòng)|Trưởng(?= [Pp]hòng)|Phó Giám đốc(?= (?:Trung tâm|TT))|Giám đốc(?= (?:Trung tâm|TT))|Phó Chánh(?= Văn)|Chánh(?= Văn))\s+)?"
)
_PERSON = re.compile(
    rf"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)\s+(?!Phó|Giám|Chủ|Trưởng|Chánh|Bí|Cục|Vụ|Hiệu|Thủ|Lãnh|Bộ)(?:[{UPPER}]\w*\s+){{1,4}}?[{UPPER}]\w*(?:\s*[-–,]\s*(?=Phó|Giám|Chủ|Trưởng|Chánh|Bí|Cục|Vụ|Ủy|Hiệu|Chuyên|chuyên)|(?=\s*[:,;.]|\s+[a-zđ]|$))"
)
_FACTORED = re.compile(
    r"(?:[Cc]ác )?((?:(?:Chủ tịch|Giám đốc|Thủ trưởng|Bộ trưởng|Lãnh đạo) (?:các )?)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) các (?:phường|xã|huyện|quận|thị xã|thành phố|tỉnh)|[Pp]hòng|(?:Giám đốc (?:các )?)?Sở|sở|(?:Bộ trưởng (?:các )?)?Bộ|bộ|Ban|(?:Giám đốc (?:các )?)?Trung tâm|Chi cục|(?:Chủ tịch )?UBND (?:phường|xã|huyện|quận)|Ủy ban nhân dân (?:phường|xã|huyện)|Công ty|Khoa)(?: chuyên môn)?\s*:?\s+(?=[A-ZĐ])"
)
_ALL = re.compile(
    r"^(?:cac )?phong,? (?:ban\b|don vi)|^(?:thu truong |lanh dao |truong )?cac phong\b|truong cac phong|truc thuoc(?! trung uong)|thuoc so\b|chuyen mon|toan the|tat ca|cong chuc|vien chuc|thuoc (?:co quan|cuc|ban)\b"
)
_STOP = re.compile(
    rf"[;:()\n]|\.(?=\s|$)|[.,]?\s+(?={PREDICATE})|\s+và\s+(?={PREDICATE})|\s+[–-]\s+(?=[a-zđ])|,\s+(?=[a-zđ])(?!phòng [A-ZĐ])|$"
)
_GROUP_STOP = re.compile(rf"[;:()\n]|\.(?=\s|$)|[.,]?\s+(?={PREDICATE})|\s+và\s+(?={PREDICATE})|\s+[–-]\s+(?=[a-zđ])|$")
_SPLIT = re.compile(
    r"(?:,|\s+và)\s+(?=[Cc]ác (?:[A-ZĐ]|cơ[ \x03]quan|đơn[ \x03]vị|chủ|nhà|doanh|tổ)|(?:UBND|Ủy ban|Sở|Phòng|Văn phòng|Chủ tịch|Thủ trưởng|Giám đốc|Lãnh đạo|Hiệu trưởng|Công ty|Ban|Công an)\b(?! (?:đầu tư)))"
)
_AND = re.compile(r"(?:\s*\([^()]{1,60}\))?(?:\s*(?:,|;|/|\s+và|\s+cùng(?: với)?|,\s*và)\s+|/)(?:và\s+)?")
_OWN_VERB = re.compile(
    r"(?:Hội đồng|Đoàn|Tổ|Tổ công tác|Đội|Nhóm|Ban Chỉ đạo|Ban chỉ đạo|Ban [Tt]ổ chức|Ban|Phòng|Trung tâm)\s+(?:kiểm tra|thẩm định|thẩm tra|đánh giá|tự đánh giá|thực hiện|giám sát|công tác|tổ chức|chỉ đạo|vận động|hỗ trợ|giải quyết|rà soát|biên tập|soạn thảo|đại diện|thi công)\b"
)
_LOWER_RUN = re.compile(rf"(?<=\w)(?:\s+[{LOWER}]\w*){{17}}")
_PLACE_ENDS = re.compile(
    rf"(?<=\s)(?!Sở|Bộ|Ban|Phòng|Cục|Vụ|Viện|Hội|Đội|Tổ|Đoàn|Khoa|Trạm|Chi|Thuế)[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+(?= (?!{PLACE}\b|tỉnh\b|và\b|của\b|thuộc\b|trực\b|các\b|khu\b|chi nhánh\b|miền\b|số\b|vùng\b|phía\b)[{LOWER}])"
)
_SIMPLE_HEAD = re.compile(r"(?:Sở|Bộ|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Công an|HĐND|Chủ tịch|Thủ trưởng)\b")
_TAIL = re.compile(
    r"(?:tổng hợp|kiểm tra|thanh tra|giám sát|tổ chức|hỗ trợ|nghiên cứu|phát triển|xúc tiến|đánh giá|thẩm định|kiểm soát|khai thác|vận hành|bảo trì|cung cấp|giải ngân|đào tạo|công khai|thống kê|đăng ký|xét nghiệm|huấn luyện|tuyên truyền|bảo quản|thi công|xây dựng|điều hành|kiểm định)(?!\w)"
)
"""Verbs that also end units' names: "Phòng Kế hoạch tổng hợp"."""
_ROLES = r"(?:chủ trì|phối hợp|tham mưu|có trách nhiệm|chịu trách nhiệm|khẩn trương|chủ động|tiếp tục|theo dõi|là |làm đầu mối|cần |phải )"
_AFTER_TAIL = re.compile(rf"\s+{_ROLES}|\s*[:)]|(?:,|\s+và)\s+(?:{HEAD.pattern})|\s+trước\s+(?:ngày|\d)")
_SUMS_UP = re.compile(r"(?:Kế hoạch|Hành chính|Kinh tế|Nghiên cứu|Nội chính|Pháp chế) $")
_NAMED_BELOW = re.compile(
    r"[Cc]ác (?:cơ[ \x03]quan|đơn[ \x03]vị|phòng|ban|sở|ngành|doanh nghiệp)(?:(?:, | và )(?:cơ[ \x03]quan|đơn[ \x03]vị|phòng|ban|ngành|địa phương))*\s*:\s*"
)
_PLACES = re.compile(rf"[Cc]ác ({PLACE}|tỉnh)\s*:?\s+(?=[{UPPER}])")
_BRACKETS = re.compile(rf"\s*\([^()]{{1,120}}\)(?=\s*,?\s*{PREDICATE})")
_SEAT_ENDS = re.compile(
    rf"(?<=\s)(?:tỉnh|huyện|thành phố|thị xã|quận|phường|xã|thị trấn|Trung ương|Việt Nam|(?:số )?\d{{1,3}}|[IVX]{{1,4}})(?= (?!ủy|uỷ|đội|đoàn|hội|viên|lộ|thông|và\b|hoặc\b|của\b|thuộc\b|về\b|trực\b|khu\b|chi nhánh\b|miền\b|giáo|{PLACE}\b|tỉnh\b)[{LOWER}])"
)
"""The place of a unit or its number, behind which the name does not go on."""
_NEEDS_OBJECT = re.compile(
    r"(?:Hỗ trợ|Xúc tiến|Quản lý|Nghiên cứu|Tư vấn|Dịch vụ|Đào tạo|Phục vụ|Ứng dụng|Kiểm định|Thẩm định|Quy hoạch|Giám sát|Kiểm soát|Khai thác|Phát triển) $"
)
INTERNAL = re.compile(r"^(?:phong|p\.|van phong|vp|trung tam|tt|ban|bql|to |doi |[a-z&]{2,10}$)")


def _veiled(text: str) -> str:
    """The text with the commas, dashes, "và" and verbs inside known names hidden, offsets unchanged."""
    text = NOUNS.sub(lambda match: match[0].replace(" ", "\x03"), text)
    text = COLLECTIVES.sub(lambda match: match[0].replace(",", "\x01").replace(" và ", " \x02\x02 "), text)
    return COMPOUND.sub(
        lambda match: (
            match[0].replace(",", "\x01").replace(" và ", " \x02\x02 ").replace("-", "\x04").replace("–", "\x04")
        ),
        text,
    )


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
        if refs and (aside := _BRACKETS.match(self._veil, end)):
            end = aside.end()
        return list(dict.fromkeys(refs)), end

    def first_end(self, start: int) -> int:
        """Where the first unit of the list from `start` on ends; `start` where none stands there."""
        found = self._one(start)
        return found[1] if found else start

    def _one(self, start: int) -> tuple[list[Ref], int] | None:
        if person := _PERSON.match(self._veil, start):
            return self._person(start, person)
        titles = _TITLES.match(self._veil, start)
        position = titles.end() if titles else start
        if known := self._directory.at(self.text, self._flat, position):
            return [Ref(known[0], "known")], known[1]
        if match := _FACTORED.match(self._veil, position):
            found = self._factored(match)
            if found[0] and (match[0].lstrip()[:3].lower() == "các" or " các " in match[0] or self._enumerates(found)):
                return found
        if (named := _NAMED_BELOW.match(self._veil, start)) and (
            self._directory.at(self.text, self._flat, named.end()) or HEAD.match(self._veil, named.end())
        ):
            return self._one(named.end())
        if match := _PLACES.match(self._veil, start):
            return self._places(match)
        if GROUP.match(self._veil, start):
            return self._group(start)
        if HEAD.match(self._veil, position):
            return self._named(start, position)
        return None

    def _enumerates(self, found: tuple[list[Ref], int]) -> bool:
        """Whether "phòng A, B" lists units rather than giving one a name with a comma or "và" of its own."""
        names = found[0]
        return len(names) > 1 and (
            all(ref.kind == "known" for ref in names)
            or all(SIMPLE.search(_veiled(ref.unit)) or COMPOUND.search(ref.unit) for ref in names)
            or bool(re.match(rf"UBND {PLACE} ", names[0].unit))
        )

    def _person(self, start: int, person: re.Match[str]) -> tuple[list[Ref], int]:
        end = person.end()
        if HEAD.match(self._veil, end):
            end = self._name_end(end)
        return [Ref(clean(self.text[start:end]).strip(" ,.-–"), "named")], end

    def _ref(self, words: str) -> Ref:
        code = self._directory.code(words)
        return Ref(code, "known") if code else Ref(clean(words), "named")

    def _name_end(self, start: int, *, listed: bool = False) -> int:
        begin = own.end() if (own := _OWN_VERB.match(self._veil, start)) else start
        end = self._stops(start, begin)
        for match in re.finditer(r"\s+và\s+|,\s+|\s*/\s*", self._veil[start:end]):
            if not listed and self._goes_on(start, start + match.start(), start + match.end(), end):
                continue
            end = start + match.start()
            break
        head = HEAD.match(self._veil, start)
        if place := _PLACE_ENDS.search(self._veil, head.end() if head else start, end):
            end = place.end()
        if seat := _SEAT_ENDS.search(self._veil, head.end() if head else start, end):
            end = seat.end()
        if run := _LOWER_RUN.search(self._veil, start, end):
            # no verb we know ends the name: it ends with the word its last capital begins
            end = run.start() + 1 + len(run[0].split()[0])
        return end

    def _stops(self, start: int, begin: int) -> int:
        """Where the first mark or verb after `begin` stands that is no part of the name."""
        while stop := _STOP.search(self._veil, begin):
            tail = _TAIL.match(self._veil, stop.end())
            if not tail or "," in stop[0] or not self._belongs(start, stop.end(), tail):
                return stop.start()
            begin = tail.end()
        return len(self.text)

    def _belongs(self, start: int, at: int, tail: re.Match[str]) -> bool:
        """Whether the verb at `at` is the last word of the name: another follows, or nothing does."""
        if _SIMPLE_HEAD.match(self._veil, start):
            return False
        if _AFTER_TAIL.match(self._veil, tail.end()) or (start == 0 and not self._veil[tail.end() :].strip()):
            return True
        if _NEEDS_OBJECT.search(self._veil[start:at]):
            return True
        return (
            tail[0] == "xây dựng" or (tail[0] == "tổng hợp" and bool(_SUMS_UP.search(self._veil[start:at])))
        ) and bool(re.match(rf"\s+{PREDICATE}", self._veil[tail.end() :]))

    def _goes_on(self, start: int, before: int, after: int, end: int) -> bool:
        """Whether a comma or "và" belongs to the name: "Phòng Văn hóa và Thông tin", "Phòng Kinh tế, Hạ tầng và Đô thị"."""
        rest = self._veil[after:end]
        if not rest or HEAD.match(rest) or GROUP.match(rest) or re.match(rf"{PLACE} |{PREDICATE}|tỉnh ", rest):
            return False
        name = self._veil[start:before]
        if SIMPLE.search(name) or not re.match(
            r"(?:Sở|Bộ|Phòng|phòng|Ban|Trung tâm|Chi cục|Cục|Vụ|Viện|Khoa|Tổ|Văn phòng|Hội|Công ty|Trạm|Hạt|Đội|Xí nghiệp|Bệnh viện|Quỹ|Xưởng|Đoàn)\b",
            name,
        ):
            return False
        if "và" in self._veil[before:after]:
            return not re.match(r"[A-ZĐ&]{2,}\b", rest) and len(rest.split(",")[0].split()) <= 8
        second = re.match(rf"([{UPPER}][^,;:]{{2,30}}?) (?:và|\x02\x02) (?=[{UPPER}][{LOWER}])", rest)
        return bool(second) and not HEAD.match(rest[second.end() :] if second else "")

    def _named(self, start: int, position: int) -> tuple[list[Ref], int] | None:
        end = self._name_end(position)
        head = HEAD.match(self._veil, position)
        words = self.text[position:end].strip(" ,.-–")
        if head and end <= head.end() and words not in {"Văn phòng", "Kế toán", "Thư viện", "chủ đầu tư", "Chủ đầu tư"}:
            return None
        if not 2 < len(words) <= 160:
            return None
        ref = self._ref(words)
        title = self.text[start:position].strip()
        # a deputy in charge of something is a person, not the unit the post belongs to
        return (
            [Ref(f"{title} {words}", "named")]
            if ref.kind == "named" and title and re.match(r"(?:Phó )?(?:Giám đốc|Chủ tịch|Chánh|Trưởng)\b", words)
            else [ref]
        ), end

    def _factored(self, match: re.Match[str]) -> tuple[list[Ref], int]:
        head = re.sub(r"\bcác ", "", match[1])
        head = head[0].upper() + head[1:] if head in {"sở", "bộ"} else head
        refs: list[Ref] = []
        position, end = match.end(), match.end()
        while position < len(self.text) and self.text[position].isupper() and len(refs) < 60:
            if known := self._directory.at(self.text, self._flat, position):
                refs.append(Ref(known[0], "known"))
                end = known[1]
            elif (
                refs and HEAD.match(self._veil, position) and not re.match(r"Công an|Thanh tra", self._veil[position:])
            ):
                break
            else:
                end = self._name_end(position, listed=True)
                refs.append(self._ref(f"{head} {self.text[position:end].strip(' ,.')}"))
            separator = _AND.match(self._veil, end)
            if not separator:
                break
            position = separator.end()
            if again := re.match(rf"{PLACE} (?=[{UPPER}])", self._veil[position:]):
                head = re.sub(rf"{PLACE}$", again[0].strip(), head)
                position += again.end()
        return refs, end

    def _places(self, match: re.Match[str]) -> tuple[list[Ref], int]:
        """The places of "các huyện: A, B", committees where the list before them names committees."""
        before = self.text[max(0, match.start() - 80) : match.start()]
        kind = f"UBND {match[1]}" if re.search(r"(?:UBND|Ủy ban nhân dân)[^.;]*(?:,|và)\s*$", before) else match[1]
        refs: list[Ref] = []
        position = end = match.end()
        while position < len(self.text) and self.text[position].isupper() and len(refs) < 60:
            if HEAD.match(self._veil, position):
                break
            end = self._name_end(position, listed=True)
            refs.append(self._ref(f"{kind} {self.text[position:end].strip(' ,.')}"))
            separator = _AND.match(self._veil, end)
            if not separator:
                break
            position = separator.end()
        return refs, end

    def _group(self, start: int) -> tuple[list[Ref], int] | None:
        stop = _GROUP_STOP.search(self._veil, start + 1)
        end = stop.start() if stop else len(self.text)
        if split := _SPLIT.search(self._veil, start + 1, end):
            end = split.start()
        words = self.text[start:end].strip(" ,.-–")
        if not words or len(words) > 240:
            return None
        return [Ref(clean(words), "all" if _ALL.search(flat(words)) else "group")], end

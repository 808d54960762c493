"""Who leads, carries out and cooperates, as an item's words give it."""

import re
from dataclasses import dataclass, field

from core.reading.directives import is_imperative
from core.reading.directory import Directory
from core.reading.units import INTERNAL, Mentions, Ref
from core.reading.vocabulary import FUNCTION, HEAD, LOWER, PREDICATE
from core.text import clean, flat

_GIVEN = re.compile(
    r"(?<![\wÀ-ỹ])(?:[Gg]iao(?! (?:ban(?! (?:quản|tổ|chỉ|cán))|đất|dịch|thông|lưu|ước|khoán|diện|hàng|mùa)\b)(?: nhiệm vụ)?(?: cho)?|[Pp]hân công|GIAO)\s+(?:cho\s+|thêm\s+)?|(?<![\wÀ-ỹ])(?:[Đđ]ề nghị|[Yy]êu cầu)\s+|(?<![\wÀ-ỹ])[Đđ]ồng ý giao\s+"
)
_LABEL_LEAD = re.compile(
    r"(?:(?:[Đđ]ơn vị|[Cc]ơ quan|[Pp]hòng)\s+)?(?:[Cc]hủ trì|[Cc]hủ công|[Tt]ham mưu|[Ll]àm đầu mối|[Đđ]ầu mối|[Tt]hực hiện)\s*:\s*"
)
_LABEL_COOP = re.compile(r"(?:(?:[Đđ]ơn vị|[Cc]ơ quan|[Pp]hòng)\s+)?[Pp]hối hợp(?: thực hiện)?\s*:\s*")
_AFTER_BREAK = re.compile(r"[:;(–—]\s*|\s-\s+")
_TAKEN = re.compile(r"(?:được|đã|do|vừa|sẽ|mà|theo)(?:\s+[^\s.;:()]+){0,9}\s*$|\bviệc\s*$")
_AUTHORITY = re.compile(
    r"(?:Chủ tịch|UBND|Ủy ban|Giám đốc|Sở|Bộ trưởng|Thủ tướng|Lãnh đạo|Bí thư|đồng chí|Bộ|Cục|tỉnh|kết luận|chỉ đạo|đồng thời|và)(?:[\s\w]*)$"
)
_PURPOSE = re.compile(
    r"^\W*(?:Để|Nhằm|Trước tình hình|Căn cứ|Trong thời gian|Trong đó|Đối với|Từ|Với|Trên cơ sở|Trước mắt|Thời gian tới|Theo|Thực hiện|Xét|Về|Riêng|Nhất trí|Thống nhất|Đồng ý)\b"
)
_COOPERATE = re.compile(
    r"[\s,:]*(?:và\s+)?(?:chủ động\s+|tích cực\s+|tăng cường\s+)*(?:[Pp]hối hợp|kết hợp|cùng)(?:,? hỗ trợ)?(?:\s+(?:chặt chẽ|tốt|đồng bộ))?(?:\s+(?:với|cùng với|cùng|làm việc với))?\s+"
)
_COOPERATE_LATER = re.compile(r"\s[^.;:,]{0,40},\s*phối hợp\s+(?:với|cùng)\s+")
_LATER_SENTENCE = re.compile(
    r"(?<=[.;] )(?:(?:Chủ động|Tích cực|Thường xuyên|chủ động|tích cực),? )?[Pp]hối hợp(?: chặt chẽ)?(?: (?:với|cùng))? "
)
_OPENING = re.compile(
    r"^(?:(?:Khẩn trương|Chủ động|Tích cực|Tiếp tục|Tăng cường)\s*,?\s*)*(?:[Cc]hủ trì,?\s+)?[Pp]hối hợp(?: chặt chẽ)? (?:với|cùng)\s+"
)
_COOP = re.compile(r"\s*,?\s*(?:tích cực |chủ động )?(?:phối hợp|hỗ trợ|tham gia)\b")
_WATCH = re.compile(r"\s*,?\s*(?:theo dõi|đôn đốc|giám sát|kiểm tra)\b")
_IMPL = re.compile(r"\s*,?\s*(?:tổ chức )?(?:triển khai(?:,? thực hiện)?|thực hiện)\b")
_ROLE = re.compile(
    r"\s*,?\s*(?:(?:theo|căn cứ) chức năng,? nhiệm vụ(?: được giao)?,?|chịu trách nhiệm(?: (?:chính|chủ trì|tham mưu))?|có trách nhiệm|chủ trì|tham mưu|(?:là |làm )?(?:cơ quan |đơn vị )?đầu mối|tổng hợp|theo dõi"
    r"|(?:và )?(?:tổ chức )?triển khai(?:,? thực hiện)?|(?:và )?thực hiện|và(?= (?:triển|tổ|thực|tham))|khẩn trương|tiếp tục)(?!\w)"
)
_SUBJECT_END = re.compile(rf"\s*[,:]?\s*(?:sẽ |(?:khẩn trương|kịp thời|tích cực),? )?(?={PREDICATE})|\s*:\s*|\s*$")
_LOWER_WORD = re.compile(rf"\s+(?!{FUNCTION})(?=[{LOWER}])")
"""What begins a verb we do not know: a name would have gone on with any other word."""
_WHEN = re.compile(
    r"(?:Định kỳ|Hằng|Hàng|Trước|Trong|Chiều|Sáng|Vào|Chậm nhất|Đến|Từ|Ngay|Sau|Để|Nhằm|Căn cứ|Trên cơ sở|Thường xuyên|Theo)\s"
)
_IN_BRACKETS = re.compile(r"[(:]\s*$")
_ACTS_ALONE = re.compile(
    r"\s*,?\s*(?:chủ trì|chịu trách nhiệm|có trách nhiệm|làm đầu mối|tham mưu|(?:triển khai )?thực hiện)(?!\w)"
)
_DUTY = re.compile(r"(?:có (?:trách nhiệm|văn bản|kế hoạch|phương án)|chịu trách nhiệm|làm )")
_APART = re.compile(r"(?:Riêng|Đối với|Về phía)(?: đối với)?\s+")
_TOPIC = re.compile(r"(?:Về|Đối với|Lĩnh vực|Liên quan|Công tác|Riêng)\s[^.:;]{3,140}:\s*")
_COUNTABLE = re.compile(r"(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) ")
_ELSEWHERE = re.compile(
    r"(?:đơn vị|cơ quan|phòng)[^.;]{0,60}(?:được |đã )(?:được )?(?:giao|phân công|nêu)[^.;]{0,40}(?:tại|theo|trong)\s",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Assignment:
    """The units of one item by part; `everyone` stands for all units of the agency."""

    lead: list[Ref] = field(default_factory=list)
    implementing: list[Ref] = field(default_factory=list)
    cooperating: list[Ref] = field(default_factory=list)
    everyone: bool = False
    elsewhere: bool = False
    explicit_at: int | None = None
    ends_at: int | None = None
    subject: bool = False
    """Whether the words begin with the units that act."""

    def trails(self, text: str) -> int | None:
        """Where the clause naming the units begins, if nothing but that clause follows."""
        if self.explicit_at is None or self.ends_at is None or len(text[self.ends_at :].strip(" .;,)*")) > 12:
            return None
        return self.explicit_at if self.explicit_at > 20 else None

    @property
    def given(self) -> bool:
        """Whether somebody has to act."""
        return bool(self.lead or self.implementing or self.everyone)

    def add(self, refs: list[Ref], part: str) -> None:
        """Take units into a part; groups cooperate unnamed."""
        for ref in refs:
            if ref.kind == "all" and (part == "lead" or (part == "implementing" and not self.lead)):
                self.everyone = True
            elif part == "cooperating" and ref.kind in {"group", "all"} and not _COUNTABLE.match(ref.unit):
                continue
            elif ref.kind != "all":
                {"lead": self.lead, "implementing": self.implementing, "cooperating": self.cooperating}[part].append(
                    ref
                )

    def tidy(self) -> "Assignment":
        """Each unit once, in its strongest part; a sole implementing unit leads."""
        if not self.lead and not self.everyone and self.implementing:
            self.lead, self.implementing = self.implementing, []
        self.lead = list(dict.fromkeys(self.lead))
        self.implementing = [ref for ref in dict.fromkeys(self.implementing) if ref not in self.lead]
        self.cooperating = [
            ref for ref in dict.fromkeys(self.cooperating) if ref not in self.lead and ref not in self.implementing
        ]
        return self

    def unknown(self) -> bool:
        """Whether a unit that ought to be on the roster is named and is not."""
        acting = any(ref.kind == "named" for ref in (*self.lead, *self.implementing))
        return acting or any(ref.kind == "named" and INTERNAL.match(flat(ref.unit)) for ref in self.cooperating)


def _part(text: str, position: int) -> tuple[str, int]:
    """The part that the words after a list of units give them, and where those words end."""
    if match := _COOP.match(text, position):
        return "cooperating", match.end()
    part = "implementing" if _IMPL.match(text, position) else "lead"
    while match := _ROLE.match(text, position):
        if match.end() == position:
            break
        position = match.end()
    return part, position


class _Reader:
    def __init__(self, text: str, directory: Directory) -> None:
        self.text = text
        self.mentions = Mentions(text, directory)
        self.found = Assignment()

    def clause(self, start: int, *, known_only: bool = False, certain: bool = False) -> bool:
        """Read "units part, units part, phối hợp với units" from `start`; False where no unit stands there."""
        refs, end = self.mentions.units(start)
        if not refs or (known_only and not all(ref.kind == "known" for ref in refs)):
            return False
        if (
            not known_only
            and not (certain and all(ref.kind == "named" for ref in refs))
            and all(ref.kind in {"group", "named"} for ref in refs)
            and not (all(ref.kind == "named" for ref in refs) and _LOWER_WORD.match(self.text, end))
            and not re.match(
                rf"[\s,;:.)]*(?:{PREDICATE}|$)|\s*[:.;)]|\s+(?:liên quan|đang|về|từ|theo)", self.text[end:]
            )
        ):
            return False
        part, position = _part(self.text, end)
        if part == "cooperating" and not self.found.given and (acts := self._acts_with(end)):
            part, position = "lead", acts
        self.found.add(refs, part)
        for _ in range(12):
            if match := _COOPERATE.match(self.text, position) or _COOPERATE_LATER.match(self.text, position):
                more, end = self.mentions.units(match.end())
                if not more:
                    break
                self.found.add(more, "cooperating")
                _, position = _part(self.text, end)
                continue
            separator = re.match(r"\s*[,;]\s*(?:và\s+|còn\s+)?|\s+và\s+", self.text[position:])
            if not separator:
                break
            begin = position + separator.end()
            more, end = self.mentions.units(begin)
            if not more or not (
                _COOP.match(self.text, end) or _IMPL.match(self.text, end) or _ROLE.match(self.text, end)
            ):
                break
            if any(ref.kind in {"named", "group"} for ref in more) and ";" in separator[0]:
                break
            watches = bool(_WATCH.match(self.text, end))
            part, position = _part(self.text, end)
            if not watches:
                self.found.add(more, part)
        self.found.ends_at = position
        return True

    def _acts_with(self, end: int) -> int | None:
        """Where the words "phối hợp với" begin that give the units before them a partner, and so the lead."""
        partner = _COOPERATE.match(self.text, end)
        return end if partner and self.mentions.units(partner.end())[0] else None

    def given(self) -> bool:
        """Read every "giao X …", "đề nghị X …", "yêu cầu X …"."""
        any_found = False
        for match in _GIVEN.finditer(self.text):
            before = self.text[max(0, match.start() - 70) : match.start()]
            sentence = re.split(r"[.;:]\s", self.text[max(0, match.start() - 600) : match.start()])[-1]
            verb = match[0].strip().lower()
            if verb.startswith(("giao", "phân")) and _TAKEN.search(re.split(r"[.;:(]", before)[-1]):
                continue
            starts = not sentence.strip(' (*"“') or bool(re.search(r"[.;:(]\s*$", before))
            if not verb.startswith(("giao", "phân", "đồng")) and not (
                starts
                or _AUTHORITY.search(before.rstrip(" ,"))
                or (before.rstrip().endswith(",") and _PURPOSE.match(sentence.lstrip()))
            ):
                continue
            if self.clause(match.end(), certain=starts and match[0][0].isupper()):
                any_found = True
                self.found.explicit_at = match.start()
        return any_found

    def labelled(self) -> bool:
        """Read "chủ trì: X; phối hợp: Y"."""
        any_found = False
        for pattern, part in ((_LABEL_LEAD, "lead"), (_LABEL_COOP, "cooperating")):
            for match in pattern.finditer(self.text):
                refs, _ = self.mentions.units(match.end())
                self.found.add(refs, part)
                if refs:
                    any_found = True
                    self.found.explicit_at = min(match.start(), self.found.explicit_at or match.start())
        return any_found and self.found.given

    def trailing(self) -> bool:
        """Read "…: phòng X chủ trì, …" and "(phòng X)" where the roster knows X."""
        for match in _AFTER_BREAK.finditer(self.text):
            refs, end = self.mentions.units(match.end())
            if (
                refs
                and all(ref.kind == "known" for ref in refs)
                and (
                    _ROLE.match(self.text, end)
                    or _COOP.match(self.text, end)
                    or re.match(r"\s*\)?\s*[.;]?\s*$", self.text[end:])
                )
            ):
                self.found.explicit_at = match.start()
                return self.clause(match.end(), known_only=True)
            if (
                refs
                and all(ref.kind in {"known", "named"} for ref in refs)
                and _IN_BRACKETS.search(match[0])
                and _ACTS_ALONE.match(self.text, end)
                and self.clause(match.end())
            ):
                self.found.explicit_at = match.start()
                return True
        return False

    def subject(self) -> bool:
        """Read "X chủ trì …" at the head of the item."""
        topic = _TOPIC.match(self.text)
        apart = _APART.match(self.text)
        starts = [0, *(match.end() for match in (apart, topic) if match)]
        if _WHEN.match(self.text):
            starts += [match.end() for match in re.finditer(r",\s+", self.text[:200])]
        if not any(self._acts(start) and self.clause(start) for start in starts):
            return False
        self.found.subject = True
        if not self.found.given and self.found.cooperating:
            # nobody else acts: they do it together
            self.found.lead, self.found.cooperating = self.found.cooperating, []
        return True

    def _acts(self, start: int) -> bool:
        refs, end = self.mentions.units(start)
        if _SUBJECT_END.match(self.text, end):
            return bool(refs)
        return bool(refs and refs[-1].kind in {"known", "named"} and _LOWER_WORD.match(self.text, end))

    def later(self) -> None:
        """Read "…; X làm …", and after a sentence that gives nobody anything "… . X làm …"."""
        for match in re.finditer(r"([;.])\s+(?:và\s+|đồng thời,?\s+|[Gg]iao\s+)?", self.text):
            if match[1] == "." and self.found.given:
                continue
            refs, end = self.mentions.units(match.end())
            if not refs or not all(ref.kind in {"known", "named"} for ref in refs):
                continue
            words = self.text[end:].lstrip(" ,")
            if _COOP.match(self.text, end):
                self.found.add(refs, "cooperating")
            elif not _WATCH.match(self.text, end) and (is_imperative(words[:40]) or _DUTY.match(words)):
                self.found.add(refs, "lead")

    def partners(self) -> None:
        """Read the sentences of their own that say "Phối hợp với X …"."""
        for match in _LATER_SENTENCE.finditer(self.text):
            refs, _ = self.mentions.units(match.end())
            self.found.add(refs, "cooperating")

    def opening(self) -> None:
        """Read "Phối hợp với X …" at the head of an item whose lead stands elsewhere."""
        if match := _OPENING.match(self.text):
            refs, _ = self.mentions.units(match.end())
            self.found.add(refs, "cooperating")


def read_assignment(text: str, directory: Directory) -> Assignment:
    """Who has to act by these words; empty where they name nobody.

    Where units stand in another document `elsewhere` says so, and nobody is to be inferred.
    """
    reader = _Reader(text, directory)
    if not (reader.given() or reader.labelled() or reader.trailing() or reader.subject()):
        reader.opening()
    reader.later()
    reader.partners()
    reader.found.elsewhere = not reader.found.given and bool(_ELSEWHERE.search(text))
    return reader.found.tidy()


def addressed(text: str, directory: Directory) -> Assignment:
    """Whom a lead-in asks to act; who only speaks in it ("Giám đốc Sở kết luận") is asked nothing."""
    reader = _Reader(text, directory)
    reader.given()
    return reader.found.tidy()


def listed(lead: str, cooperating: str, directory: Directory) -> Assignment:
    """The units that cells of a table name, one after another."""
    found = Assignment()
    for cell, part in ((lead, "lead"), (cooperating, "cooperating")):
        for piece in re.split(rf"\s*[;\n]\s*|\s+-\s+(?={HEAD.pattern})", cell.strip(" -+;.")):
            refs, end = Mentions(piece, directory).units(0)
            whole = clean(piece).strip(" .,-")
            found.add(
                refs if refs and end >= len(piece.rstrip(" .,")) else [Ref(whole, "named")] if whole else [], part
            )
    return found.tidy()


def heading_units(text: str, directory: Directory) -> Assignment:
    """The units of a heading that consists of nothing but their names."""
    mentions = Mentions(
        re.sub(r"^(?:Đối với|Về phía|Nhiệm vụ của|Trách nhiệm của)\s+", "", text.rstrip(" :.;")), directory
    )
    refs, end = mentions.units(0)
    found = Assignment()
    if refs and end >= len(mentions.text.rstrip()):
        found.add(refs, "lead")
    return found

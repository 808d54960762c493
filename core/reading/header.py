"""What stands above the directives: number, date, issuer and title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.reading.lines import columns, joined
from core.reading.model import KnownAgency
from core.text import clean, flat

_NUMBER = re.compile(
    r"\bSố\s*:?\s*(\d{1,5})\s*/\s*((?:\d{4}\s*/\s*)?[A-ZĐ]{1,6}[A-ZĐa-z0-9]*(?:\s*-\s*[A-ZĐa-z0-9&]+)*)", re.IGNORECASE
)
_DATED = re.compile(r"(?<=[\wÀ-ỹ]),?\s+ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_HELD = re.compile(
    r"ngày\s+(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})", re.IGNORECASE
)
_UNDATED = re.compile(r",\s*ngày(?:[\s.…_]*|\s+[^\s\d]{1,3}\s+)tháng\s*(\d{1,2})?[\s.…_]*năm\s*(\d{4})")
_GENRE = re.compile(
    r"^(THÔNG BÁO|CH[ỈÍÌI] THỊ|KẾT LUẬN|BIÊN BẢN(?: HỌP)?|CÔNG ĐIỆN|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHƯƠNG TRÌNH|GIẤY MỜI|TỜ TRÌNH|BÁO CÁO)(?:\s+(.+))?$"
)
_OPENER = re.compile(
    r"^(?:ngày \d|sáng ngày|chiều ngày|thực hiện|căn cứ|theo|xét|sau khi|để|vừa qua|tại |trên cơ sở|qua |trong |nhằm|tiếp |vào |hôm nay|từ |kính gửi|\d{1,2}[.)]|[IVX]+\.)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^V/v[:.]?\s*(.+)$", re.IGNORECASE)
_WIRED = re.compile(r"\bđiện\s*:$")
_NATION = re.compile(r"^(?:cong hoa xa hoi|doc lap)")
_AUTHORITY = re.compile(
    r"^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|SỞ|BỘ|BAN|CỤC|CHI CỤC|VĂN PHÒNG|TRUNG TÂM|TỈNH|THÀNH PHỐ|HUYỆN|TỔNG CỤC|THANH TRA)\b[\sA-ZĐÀ-Ỹ,.&-]*$"
)


@dataclass(frozen=True, slots=True)
class Header:
    """The identity of a notice as printed, and the index of the first raw line of its body."""

    number: str | None
    issued_on: date | None
    title: str | None
    authorities: tuple[str, ...]
    body_from: int
    around: date | None = None
    """The beginning of the month it is of, where the day is left open."""


def day(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def held_on(raw: Sequence[str]) -> date | None:
    """The day minutes were taken: the first date of their body."""
    match = _HELD.search(" ".join(map(clean, raw)))
    return day(int(match[3]), int(match[2]), int(match[1])) if match else None


def _issued(raw: Sequence[str]) -> date | None:
    head = " ".join(piece for line in raw for piece in columns(line))
    for match in _DATED.finditer(head):
        if found := day(int(match[3]), int(match[2]), int(match[1])):
            return found
    return None


def _around(raw: Sequence[str]) -> date | None:
    match = _UNDATED.search(" ".join(map(clean, raw)))
    return day(int(match[2]), int(match[1] or 1), 1) if match else None


def _below_genre(raw: Sequence[str], start: int, first: str | None) -> tuple[str | None, int]:
    words = [first] if first else []
    index, gap = start, False
    while index < len(raw) and len(words) < 8:
        text = clean(raw[index])
        if not text:
            gap = True
        elif (
            (_OPENER.match(text) and not text[0].islower())
            or len(text) > 220
            or (gap and words and not text[0].islower())
            or re.fullmatch(r"[-_–—*]+", text)
        ):
            break
        else:
            words.append(text)
            gap = False
            if text.endswith((".", ";", ":")):
                index += 1
                break
        index += 1
    title = joined(words).rstrip(" .;:")
    return title or None, index


def _subject(raw: Sequence[str], start: int, first: str) -> str:
    words = [first]
    for line in raw[start:]:
        pieces = columns(line)
        if not pieces or len(words) > 8 or first.endswith("."):
            break
        text = pieces[0]
        if flat(text).startswith("kinh gui") or _NATION.match(flat(text)) or _OPENER.match(text) or _DATED.search(text):
            break
        words.append(text)
    return "V/v " + joined(words).rstrip(" .;:|")


def _addressed(raw: Sequence[str], start: int) -> int:
    """The index of the first line after the addressees."""
    last = ":"
    for index in range(start + 1, min(len(raw), start + 40)):
        text = clean(raw[index])
        if not text:
            continue
        if (
            text[0].isupper()
            and "|" not in raw[index]
            and (_OPENER.match(text) or (last.endswith(".") and len(text) > 40))
        ):
            return index
        last = text
    return start + 1


def read_header(raw: Sequence[str]) -> Header:
    """The head of a notice; what it lacks is None, and a text without one begins at its first line."""
    top = raw[:60]
    number = title = None
    body_from, seen, minutes = 0, -1, False
    authorities: list[str] = []
    for index, line in enumerate(top):
        pieces = columns(line)
        if title is None:
            authorities += [piece for piece in pieces if _AUTHORITY.match(piece) and not _NATION.match(flat(piece))]
        if (
            number is None
            and (match := _NUMBER.search(line))
            and (match.start() == 0 or not line[: match.start()].strip(" |\t"))
        ):
            number = f"{match[1]}/{''.join(match[2].split())}"
            seen = index
        for piece in pieces:
            if title is None and (match := _GENRE.match(piece)):
                minutes = match[1].startswith("BIÊN BẢN")
                title, body_from = _below_genre(raw, index + 1, match[2])
                wired = next(
                    (at for at in range(body_from, min(body_from + 6, len(raw))) if _WIRED.search(clean(raw[at]))), 0
                )
                body_from = _addressed(raw, wired) if wired else body_from
            elif title is None and (match := _SUBJECT.match(piece)):
                title = _subject(raw, index + 1, match[1])
            elif flat(piece).startswith("kinh gui"):
                body_from = _addressed(raw, index)
        if body_from:
            break
    if not body_from and seen >= 0:
        body_from = next((i for i in range(seen + 1, len(top)) if _OPENER.match(clean(top[i]))), seen + 1)
    issued = _issued(top[: body_from + 1] if body_from else top[:12])
    if issued is None and minutes:
        issued = held_on(raw[body_from : body_from + 12])
    return Header(number, issued, title, tuple(authorities), body_from, issued or _around(top))


def _spoken(caps: str) -> str:
    """An authority's name in capitals as it is written in a sentence."""
    words = clean(caps).split()
    small = {"VÀ", "NHÂN", "DÂN"}
    spelled = [
        word if word in {"UBND", "HĐND"} else word.lower() if word in small and index else word.capitalize()
        for index, word in enumerate(words)
    ]
    text = " ".join(spelled)
    return (
        re.sub(r"^(?:Ủy|Uỷ) [Bb]an nhân dân", "UBND", text)
        .replace("UBND Tỉnh", "UBND tỉnh")
        .replace("UBND Thành Phố", "UBND thành phố")
    )


def issuer_of(header: Header, agency: KnownAgency | None, text: str) -> str | None:
    """Who issued the notice: the roster's agency where number or heading are its own, else the heading's words."""
    symbol = re.split(r"[/-]", header.number)[-1] if header.number else ""
    spoken = [_spoken(name) for name in header.authorities]
    place = next((f"tỉnh {name.removeprefix('UBND tỉnh ')}" for name in spoken if name.startswith("UBND tỉnh ")), None)
    place = place or next((name.replace("Tỉnh", "tỉnh", 1) for name in spoken if name.startswith("Tỉnh ")), None)
    elsewhere = agency and place and " tỉnh " in agency.name and place not in agency.name
    if agency and not elsewhere:
        own = {flat(name) for name in (agency.name, *agency.aliases) if len(name) > 3}
        if flat(symbol) == flat(agency.code) or any(flat(name) in own for name in spoken) or not (symbol or spoken):
            return agency.name
    parts = [name for name in spoken if not name.startswith("Tỉnh ")]
    if parts:
        last = parts[-1]
        return last if not place or place in last else f"{last} {place}"
    initials = "".join(rf"{letter}\w*\s+" for letter in symbol).removesuffix(r"\s+")
    if 2 <= len(symbol) <= 6 and symbol.isalpha() and (match := re.search(rf"\b{initials}", text)):
        province = re.search(r"\btỉnh ((?:[A-ZĐÀ-Ỹ]\w+[ ]?){1,3})", text)
        return f"{match[0]} tỉnh {province[1].strip()}" if province else match[0]
    return None

"""The outline of a notice: which lines begin an item, which continue it, what belongs to which heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from core.reading.inner import inner_entry
from core.reading.lines import Line, joined
from core.text import flat, fold

INNER = 10
"""The depth of an entry numbered (1) or (i), whatever it stands below."""
_NEAR = 20


class Marker(Enum):
    """What an item begins with."""

    SECTION = "I."
    NUMBER = "1."
    LETTER = "a)"
    DASH = "-"
    HEADING = ":"
    NONE = ""


_SECTION = re.compile(r"^(?:(?:PHẦN|Phần|MỤC|Mục)\s+)?([IVX]{1,5})\s*[.)/:]\s*(?=\S)")
_NUMBER = re.compile(
    r"^(?:(?:Mục|Nhiệm vụ|Điều|Khoản)\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})(\s?[.):/](?!\d)|[-–](?=\s+[A-ZĐÀ-Ỹ]))?\s*(?=[^\d\s.,%/:;)])"
)
_LETTER = re.compile(r"^([a-zđ])\s?[.)]\s*(?=\S)")
_DASH = re.compile(r"^(?:[-–—−•●▪◦]\s*|[+*]\s+|\+\s*)(?=[^\s\d\-–—*]|\d)")
_ORDINAL = re.compile(
    r"^(?:(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là|thứ (nhất|hai|ba|tư|năm|sáu|bảy|tám|chín))\s*[,:]?\s*",
    re.IGNORECASE,
)
_ORDINALS = {
    "một": 1,
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_PART = re.compile(r"^([A-HĐ])\s*[.)/]\s*(?=[A-ZĐÀ-Ỹ]{2,}\b)")
"""A part of the notice named by a capital letter, its title in capitals."""
_UNFINISHED_CAPS = re.compile(r"(?:^|\s)(?:VÀ|CỦA|VỚI|CHO|TẠI|VỀ|THEO|CÁC|ĐỂ|TRONG)$")
_UNFINISHED = re.compile(
    r"(?:^|\s)(?:Phòng|Sở|Bộ|UBND|Công ty|Trung tâm|Chi cục|và|của|với|cho|tại|về|theo|các|những|do|để|số|ngày|trước ngày|trong|hoặc)$"
)
_CLOSING = re.compile(
    r"^(?:nay thong bao|tren day la|thong bao nay|chi thi nay|ket luan nay|cong van nay|nhan duoc (?:thong bao|chi thi|cong van|van ban)"
    r"|trong qua trinh (?:to chuc )?(?:trien khai )?thuc hien,? |can cu (?:y kien|noi dung|ket luan)[^.]{0,60}(?:tren|nay)"
    r"|yeu cau (?:thu truong|cac|giam doc|chu tich|truong)[^.]{0,260}(?:thong bao|chi thi|van ban|noi dung|ket luan|y kien)[^.]{0,30}(?:nay|tren)"
    r"|(?:(?:ubnd|uy ban nhan dan) tinh|so|giam doc so|chu tich ubnd tinh) (?:thong bao|yeu cau|de nghi)[^.]{0,200}(?:biet|nghiem tuc|khan truong)[^.]{0,40}thuc hien"
    r"|[^.]{0,60}de nghi [^.]{0,40} nghiem tuc (?:to chuc )?trien khai thuc hien"
    r"|giao van phong[^.]{0,60} theo doi, don doc[^.]{0,60}(?:thong bao|ket luan|noi dung)[^.]{0,20}(?:nay|tren)"
    r"|tong hop, bao cao ket qua thuc hien thong bao nay"
    r"|(?:yeu cau|de nghi) (?:thu truong|lanh dao|truong|cac|giam doc|chu tich|can bo)[^.]{0,200} nghiem tuc (?:trien khai,? )?(?:to chuc )?thuc hien[\s./]*$"
    r"|cuoc hop ket thuc|bien ban (?:nay )?duoc|hoi nghi ket thuc)"
)
_END = re.compile(r"^(?:noi nhan\b|nguoi ghi bien ban|t/?m\.? |thu ky cuoc hop|chu toa)")


@dataclass(slots=True)
class Item:
    """One entry of the outline; `paragraphs` hold its words without the marker."""

    marker: Marker
    label: str
    lines: list[list[str]] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)
    depth: int = 0

    @property
    def paragraphs(self) -> list[str]:
        """The item's paragraphs, each on one line."""
        return [text for text in map(joined, self.lines) if text]

    @property
    def text(self) -> str:
        """All of the item's own words on one line."""
        return joined(piece for paragraph in self.lines for piece in paragraph)


@dataclass(slots=True)
class Outline:
    """The words before the first item, and the items."""

    preamble: list[str]
    items: list[Item]


def body_end(lines: Sequence[Line]) -> int:
    """The index of the line that ends the body: the recipients or the signature."""
    for index, line in enumerate(lines):
        if _END.match(flat(line.text)) and (line.gap or index == 0 or lines[index - 1].closed):
            return index
    return len(lines)


def is_closing(paragraph: str) -> bool:
    """Whether a paragraph only closes the notice."""
    return bool(_CLOSING.match(flat(paragraph)))


def _next_in_row(numbers: tuple[int, ...], last: tuple[int, ...] | None) -> bool:
    if last is None:
        return numbers[-1] == 1
    if len(numbers) > len(last):
        return numbers[: len(last)] == last and numbers[-1] == 1
    return numbers[:-1] == last[: len(numbers) - 1] and 1 <= numbers[-1] - last[len(numbers) - 1] <= 2


class _Scan:
    """Reads lines one after another and keeps what an ambiguous marker is judged by."""

    def __init__(self) -> None:
        self.last: tuple[int, ...] | None = None
        self.ordinal = 0
        self.inner = 0
        self.ahead: Sequence[Line] = ()
        self.before: Line | None = None
        self.current: Item | None = None

    def _below_heading(self) -> bool:
        """Whether only one line of a numbered or lettered item came so far."""
        item = self.current
        return (
            item is not None
            and item.marker in {Marker.NUMBER, Marker.SECTION, Marker.LETTER}
            and len(item.lines) == 1
            and len(item.lines[0]) == 1
        )

    def _breaks(self, line: Line) -> bool:
        """Whether a marker here may be one: the line before is finished, or is a heading, or not filled."""
        before = self.before
        if before is None or before.closed:
            return True
        if self._below_heading():
            return not before.full
        if before.text.isupper() and not _UNFINISHED_CAPS.search(before.text):
            return True
        return before.short or ((line.gap or len(before.text) > 130) and not before.full)

    def item(self, line: Line) -> tuple[Item, str] | None:
        """The item this line begins and the words after its marker, or None where the line continues."""
        text = line.text
        breaks = self._breaks(line)
        if (match := _PART.match(text)) and text.isupper():
            self.last = None
            return Item(Marker.SECTION, match[1]), text[match.end() :]
        if match := _SECTION.match(text):
            if breaks or line.gap:
                self.last = None
                return Item(Marker.SECTION, match[1]), text[match.end() :]
        elif match := _NUMBER.match(text):
            numbers = tuple(map(int, match[1].split(".")))
            capital = text[match.end()].isupper() or not text[match.end()].isalpha()
            dotted = bool(match[2]) or (len(numbers) > 1 and capital)
            in_row = _next_in_row(numbers, self.last)
            later = self.last is None or numbers > self.last or numbers == (1,)
            if dotted and 0 not in numbers and (in_row if not breaks else (capital or in_row) and (later or line.gap)):
                self.last = numbers
                return Item(Marker.NUMBER, match[1], depth=len(numbers)), text[match.end() :]
        elif (entry := inner_entry(text, self.before, self.inner, self.ahead)) and breaks:
            self.inner, words = entry
            return Item(Marker.NUMBER, str(self.inner), depth=INNER), words
        elif match := _LETTER.match(text):
            first = match[1] == "a" and text[match.end()].isupper() and self._below_heading()
            if breaks or (first and self.before is not None and not _UNFINISHED.search(self.before.text)):
                return Item(Marker.LETTER, match[1]), text[match.end() :]
        elif match := _DASH.match(text):
            if breaks or (self.current and self.current.marker is Marker.DASH and self.before and not self.before.full):
                return Item(Marker.DASH, "+" if text[0] in "+*" else "-"), text[match.end() :]
        elif (match := _ORDINAL.match(text)) and breaks:
            number = _ORDINALS[(match[1] or match[2]).lower()]
            if number in {1, self.ordinal + 1}:
                self.ordinal = number
                return Item(Marker.NUMBER, str(number), depth=9), text[match.end() :]
        return None

    def continues(self, line: Line) -> bool:
        """Whether an unmarked line goes on with the paragraph before it."""
        before = self.before
        if before is None:
            return False
        if is_closing(line.text):
            return not before.closed
        if _UNFINISHED.search(before.text) and not line.gap:
            return True
        if not before.closed:
            return before.full or not line.text[0].isupper() or (not line.gap and before.text.endswith((",", "-")))
        return before.full and not line.gap and not (line.first and line.text[0].isupper())


def _flat_items(lines: Sequence[Line]) -> Iterator[Item]:
    scan = _Scan()
    current = Item(Marker.NONE, "")
    for index, line in enumerate(lines):
        scan.ahead = lines[index + 1 : index + 1 + _NEAR]
        begun = scan.item(line)
        if begun:
            if begun[0].depth != INNER and begun[0].marker is not Marker.DASH:
                scan.inner = 0
            if current.lines or current.marker is not Marker.NONE:
                yield current
            current, words = begun
            current.lines.append([words])
        elif not current.lines:
            current.lines.append([line.text])
        elif scan.continues(line):
            current.lines[-1].append(line.text)
        elif current.marker is not Marker.NONE and _is_heading(line, lines, index):
            yield current
            current = Item(Marker.HEADING, _initials(line.text), lines=[[line.text]])
        elif is_closing(line.text):
            yield current
            current = Item(Marker.NONE, "", lines=[[line.text]])
        else:
            current.lines.append([line.text])
        scan.before, scan.current = line, current
    if current.lines:
        yield current


def _is_heading(line: Line, lines: Sequence[Line], index: int) -> bool:
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return line.text.endswith(":") and len(line.text) <= 60 and bool(_DASH.match(following))


def _initials(text: str) -> str:
    return (
        "BC"
        if "bao cao" in fold(text)
        else "".join(word[0] for word in text.split()[:3] if word[0].isalpha()).upper() or "M"
    )


def outline(lines: Sequence[Line]) -> Outline:
    """The tree of items in the body of a notice; closing paragraphs are left out."""
    found = Outline([], [])
    section: Item | None = None
    numbers: list[Item] = []
    letter: Item | None = None
    dash: Item | None = None
    inner: Item | None = None
    above: Item | None = None
    for item in _flat_items(lines):
        if item.marker is Marker.NONE:
            if not found.items:
                found.preamble.extend(item.paragraphs)
            continue
        top = section.children if section else found.items
        if item.marker is Marker.SECTION:
            section, numbers, letter, dash, inner = item, [], None, None, None
            found.items.append(item)
        elif item.marker is Marker.HEADING:
            numbers, letter, dash, inner = [item], None, None, None
            item.depth = 0
            top.append(item)
        elif item.depth == INNER:
            if item.label == "1" or inner is None:
                above = dash if dash and dash.text.endswith(":") else letter or (numbers[-1] if numbers else None)
            (above.children if above else top).append(item)
            inner, dash = item, None
        elif item.marker is Marker.NUMBER:
            inner = None
            while numbers and (numbers[-1].depth >= item.depth or not _under(numbers[-1], item)):
                numbers.pop()
            (numbers[-1].children if numbers else top).append(item)
            numbers.append(item)
            letter = dash = None
        elif item.marker is Marker.LETTER:
            (numbers[-1].children if numbers else top).append(item)
            letter, dash, inner = item, None, None
        elif item.label == "+" and dash and dash.label != "+":
            dash.lines.extend(item.lines)
        else:
            if above is not None and above.marker is Marker.DASH:
                inner = above = None
            owner = inner or letter or (numbers[-1] if numbers else None)
            (owner.children if owner else top).append(item)
            dash = item
    return found


def _under(parent: Item, child: Item) -> bool:
    if child.depth == 9:
        return True
    return parent.marker is Marker.NUMBER and child.label.startswith(parent.label + ".")

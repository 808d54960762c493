"""A table in plain text cut into cells, and what its lines are told by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.reading.columns import WORDS, Field
from core.reading.structure import is_closing
from core.text import clean, flat

RULE = re.compile(r"^[\s|+:=_\-–—─│┼├┤┬┴┌┐└┘]+$")
ANCHOR = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?|[IVX]{1,6}|[A-H])[.)]{0,2}$")
_GROUP = re.compile(r"^(?:[IVX]{1,6}|[A-HĐ])\s*[.)/:-]\s*\S")
PAGE = re.compile(r"^(?:[-–—]\s*)?(?:[Tt]rang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?$")
_LONGEST_TITLES = 300
_NAMES = re.compile(r"quan ly|van phong|thanh tra")
"""Titles' words that make units' names together."""
_END = re.compile(
    r"^(?:noi nhan\b|nguoi ghi|t/?m\.? |kt\.? |tl\.? |thu ky|chu toa|thong bao nay|bien ban (?:nay )?duoc|phu luc|tren day la)"
)
_UNIT_BEGINS = re.compile(
    r"^(?:Phòng|Sở|Ban|Văn phòng|Trung tâm|UBND|Chi cục|Cục|Công an|Bộ|Các|Vụ|Viện|Hội|Trường|Đội|Tổ|Khoa|P\.)\s"
)
_UNIT_OPEN = re.compile(
    r"(?:Trưởng|Giám đốc|Chánh|Thanh tra|Lãnh đạo|Chủ tịch|Thủ trưởng|Chỉ huy|của|và|các|thuộc|tại|với|trì|hợp|[-,;:/])$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of work: its columns, its rows of cells, and the lines `start` to `end` it takes up."""

    columns: dict[Field, int]
    rows: list[list[str]]
    start: int
    end: int


def are_titles(cells: Sequence[str]) -> bool:
    """Whether the cells hold nothing but the words titles of columns are made of."""
    whole = " ".join(cells)
    if len(whole) > _LONGEST_TITLES:
        return False
    text = flat(whole)
    words = re.split(r"[\s,/-]+", text)
    return bool(text) and not _NAMES.search(text) and all(word.strip(".():") in WORDS for word in words if word)


def ends(line: str) -> bool:
    """Whether the line closes the notice, or begins what stands below its body."""
    text = clean(line)
    return bool(_END.match(flat(text))) or is_closing(text)


def names_joined(pieces: Sequence[str]) -> str:
    """The lines of a cell with units: a line that begins another unit's name begins a new entry."""
    whole = ""
    for piece in filter(None, map(clean, pieces)):
        another = whole and _UNIT_BEGINS.match(piece) and not _UNIT_OPEN.search(whole)
        whole = f"{whole}; {piece}" if another else f"{whole} {piece}".strip()
    return whole


def group(line: str, number: int, content: int, width: int) -> list[str]:
    """A line over the whole table as a row: its numeral and its title in their columns."""
    text = clean(line)
    row = [""] * width
    if match := re.match(r"^([IVX]{1,6}|[A-HĐ])\s*[.)/:-]?\s+(?=\S)", text):
        row[number], text = match[1], text[match.end() :]
    row[content] = text
    return row


def is_group(line: str) -> bool:
    """Whether a line over the whole table may head the rows below it."""
    text = clean(line)
    return bool(_GROUP.match(text)) or (text.isupper() and len(text) < 120) or (text.endswith(":") and len(text) < 80)

"""Tables of tasks in plain text: rows whose columns name what, who and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.reading.aligned import aligned
from core.reading.bordered import bordered
from core.reading.columns import Field
from core.reading.grids import ANCHOR, Grid, names_joined
from core.reading.stacked import stacked
from core.text import clean, flat

_DITTO = re.compile(r"^[-–(\s]*(?:nt|n\.t\.?|nhu tren|nhu muc tren|nhu dong tren|\"|''|”|“|″|〃|-?//-?|\" \")[-–)\s]*$")
_EMPTY = re.compile(r"^[-–—./x\s]*$", re.IGNORECASE)
_SECTION = re.compile(r"^(?:(?:PHẦN|Phần|MỤC|Mục)\s+)?([IVX]{1,5})\s*[.)/:]\s*\S")
_ITEM = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})[.)/]\s+\S.*:$")
_APPENDIX = re.compile(r"^(?:phu luc|bieu|danh muc kem theo)(?:\s+(?:so\s+)?(\d{1,2}|[ivx]{1,4}))?\b")
_TOTAL = re.compile(r"^(?:tong cong|tong so|cong)\b")
_CLOCK = re.compile(
    r"^\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2}(?:\s*(?:[-–]|đến)\s*\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2})?$", re.IGNORECASE
)
_TOGETHER = (
    re.compile(
        r"^(?:(?:đơn vị |cơ quan )?chủ trì\s*:\s*)?(?P<lead>.+?)[\s;,.(]+(?:đơn vị |cơ quan )?phối hợp\s*(?:với|:|cùng)\s*(?P<more>.+?)[.)]?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<lead>.+?)\s*\(?(?:chủ trì|chủ công)\)?\s*[;,.]\s*(?:và\s+)?(?P<more>.+?)\s*\(?(?:phối hợp|kết hợp)\)?[.]?$",
        re.IGNORECASE,
    ),
)
_CHAIR = re.compile(r"^(?:đơn vị |cơ quan )?chủ trì\s*:\s*|[\s,(]+chủ trì\)?$", re.IGNORECASE)
_LONGEST_NAMES = 400
_GIVEN: tuple[Field, ...] = ("lead", "cooperating", "deadline")
_KEPT: tuple[Field, ...] = ("lead", "cooperating", "deadline", "product")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of tasks, its cells by what their columns hold.

    `section` is the part of the document its number counts in, `heading` the title of its group of rows.
    """

    code: str
    section: str
    cells: dict[Field, str]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all tables of work, and the lines with those tables blanked."""

    rows: tuple[Row, ...]
    rest: list[str]


def read_tables(raw: Sequence[str]) -> Tables:
    """The tables that give out work among the lines; lists, letterheads and figures are none."""
    rows: list[Row] = []
    rest = list(raw)
    place = _Place()
    index = 0
    while index < len(raw):
        grid = _grid(raw, index) if raw[index].strip() else None
        if grid is None:
            place.read(clean(raw[index]))
            index += 1
            continue
        if found := rows_of(grid, place.label):
            rows += found
            rest[grid.start : grid.end] = [""] * (grid.end - grid.start)
        index = max(grid.end, index + 1)
    return Tables(tuple(rows), rest)


def _grid(raw: Sequence[str], index: int) -> Grid | None:
    return bordered(raw, index) or aligned(raw, index) or stacked(raw, index)


class _Place:
    """What the codes of a table are told apart by: its appendix, its section, the item it stands under."""

    def __init__(self) -> None:
        self._appendix = self._section = self._item = ""

    def read(self, text: str) -> None:
        """Take in a line outside of tables."""
        if not text:
            return
        item = _ITEM.match(text)
        self._item = item[1] if item else ""
        if match := _APPENDIX.match(flat(text[:40])):
            self._appendix, self._section = f"PL{(match[1] or '').upper()}", ""
        elif match := _SECTION.match(text):
            self._section = match[1]

    @property
    def label(self) -> str:
        """The prefix of codes that would else be printed twice."""
        return self._item or ".".join(filter(None, (self._appendix, self._section)))


def rows_of(grid: Grid, section: str) -> list[Row]:
    """The rows that give out work, each with its own code; empty where the table is of another kind."""
    rows: list[Row] = []
    group = heading = led = ""
    before: dict[Field, str] = {}
    restarts = _restarts(grid)
    for cells in grid.rows:
        named: dict[Field, str] = {
            field: clean(cells[place]) if place < len(cells) else "" for field, place in grid.columns.items()
        }
        number = named.pop("number", "").strip("(). ")
        text = named.get("content", "")
        for field in _KEPT:
            if _DITTO.match(flat(named.get(field, "no"))):
                named[field] = before.get(field, "")
            elif field in named and _EMPTY.match(named[field]):
                named[field] = ""
        given = [field for field in _GIVEN if named.get(field)]
        if not any((number, text, *given)) or all(cell.strip("() ").isdigit() for cell in cells if cell):
            continue
        if _TOTAL.match(flat(text or number)) and not given:
            continue
        if _heads(number, text, given, numbered="number" in grid.columns):
            group, heading, led = number, text, named.get("lead", "")
            continue
        if rows and not number and "number" in grid.columns and not _stands_alone(text, given):
            last = rows[-1].cells
            for field, cell in named.items():
                pieces = [last.get(field, ""), cell]
                last[field] = names_joined(pieces) if field in {"lead", "cooperating"} else clean(" ".join(pieces))
            continue
        if not text:
            continue
        if "lead" in named and not named["lead"]:
            named["lead"] = led
        if "lead" in named and not named.get("cooperating"):
            named["lead"], more = parted(named["lead"])
            named["cooperating"] = more
        own = (
            number
            if re.fullmatch(r"[\w.]{1,8}", number)
            else rows[-1].code
            if rows and not number and "number" in grid.columns
            else str(len(rows) + 1)
        )
        if restarts and group and not own.startswith(f"{group}."):
            own = f"{group}.{own}"
        rows.append(Row(own, section, named, heading))
        before = named
    return [] if _is_programme(rows) or not any(map(_tells, rows)) else rows


def parted(cell: str) -> tuple[str, str]:
    """Who leads and who cooperates, where one cell names both."""
    for pattern in _TOGETHER if len(cell) <= _LONGEST_NAMES else ():
        if match := pattern.match(cell):
            return _CHAIR.sub("", match["lead"]).strip(" ,;(."), match["more"].strip(" ,;().")
    return _CHAIR.sub("", cell).strip(" ,;"), ""


def _heads(number: str, text: str, given: Sequence[Field], *, numbered: bool) -> bool:
    """Whether a row only heads those below it; one with a numeral may name the unit that leads them."""
    if re.fullmatch(r"[IVX]{1,6}|[A-HĐ]", number):
        return not set(given) - {"lead"}
    return not given and bool(text) and not number and (text.isupper() or text.endswith(":") or not numbered)


def _stands_alone(text: str, given: Sequence[Field]) -> bool:
    return bool(given) and bool(text) and (text[0].isupper() or text[0] in "-–+")


def _restarts(grid: Grid) -> bool:
    place = grid.columns.get("number")
    if place is None:
        return False
    numbers = [cells[place].strip("(). ") for cells in grid.rows if ANCHOR.match(cells[place])]
    return sum(number in {"1", "01"} for number in numbers) > 1


def _is_programme(rows: Sequence[Row]) -> bool:
    """Whether the times are hours of one day: a meeting's programme, which gives out nothing."""
    times = [row.cells["deadline"] for row in rows if row.cells.get("deadline")]
    return bool(times) and all(map(_CLOCK.match, times))


def _tells(row: Row) -> bool:
    words = [word for word in row.cells.get("content", "").split() if any(map(str.isalpha, word))]
    return len(words) > 1 and any(row.cells.get(field) for field in ("lead", "deadline"))

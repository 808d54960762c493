"""Tables that give out work, with columns for content, unit and deadline: each row put as a notice would say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.reading.columns import Field, columns_of, gives_work
from core.text import clean

_LOOK = 8
_CODE = re.compile(r"^\d{1,3}(?:\.\d{1,3}){0,3}$")
_ROMAN = re.compile(r"^[IVX]{1,6}$")
_LETTER = re.compile(r"^[a-zđ]$")
_SPAN = re.compile(r"^(?:quý|tháng|tuần|năm|6 tháng|nửa)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"^(.+?)[\s;,:(]+(?:đơn vị |cơ quan )?phối hợp\s*(?:với)?\s*:?\s*(.+?)\)?$", re.IGNORECASE)
_CHAIR = re.compile(r"^(?:đơn vị |cơ quan )?chủ trì\s*:?\s*", re.IGNORECASE)
_OPENING = "Yêu cầu thực hiện các nhiệm vụ sau:"

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Columns:
    places: dict[Field, int]
    body_from: int

    def cell(self, row: Sequence[str], field: Field) -> str:
        place = self.places.get(field)
        return _flowing(row[place]) if place is not None and place < len(row) else ""


def task_lines(rows: Rows) -> list[str] | None:
    """The rows as lines the reader of notices understands, None for a table that gives out no work.

    Merged cells hold their words in each of their places. The number in the first column is the task's code.
    """
    columns = _columns(rows)
    if columns is None:
        return None
    above = (" ".join(dict.fromkeys(filter(None, map(_flowing, row)))) for row in rows[: _first(rows, columns)])
    lines = [*filter(None, above), _OPENING]
    tasks = 0
    counted = 0
    for row in rows[columns.body_from :]:
        said = list(dict.fromkeys(filter(None, map(_flowing, row))))
        number = columns.cell(row, "number").rstrip(" .)")
        content = columns.cell(row, "content")
        if not said or said == [number] or all(cell.isdigit() for cell in said):
            continue  # nothing, or the numbers of the columns
        heading = len(said) == 1 or (len(said) == 2 and said[0].rstrip(" .)") == number and not _CODE.match(number))
        if heading or (_ROMAN.match(number) and not _given(columns, row)):
            title = content or said[-1]
            lines.append(f"{number}. {title}" if _ROMAN.match(number) else title)
            counted = 0
            continue
        if not content:
            continue
        counted += 1
        tasks += 1
        lines.append(_marker(number, counted) + _sentence(columns, row, content))
    return lines if tasks else None


def _columns(rows: Rows) -> _Columns | None:
    for at, row in enumerate(rows[:_LOOK]):
        own = columns_of(row)
        if "content" not in own:
            continue
        below = rows[at + 1] if at + 1 < len(rows) else ()
        two = [
            f"{cell} {below[place]}" if place < len(below) and below[place] != cell else cell
            for place, cell in enumerate(row)
        ]
        double = columns_of(two)
        # a second row of titles names what the first only groups
        deep = len(double) > len(own) and len(columns_of(below)) > 1
        found = double if deep else own
        if gives_work(found) and len(rows) > at + 1 + deep:
            return _Columns(found, at + 1 + deep)
    return None


def _first(rows: Rows, columns: _Columns) -> int:
    """The row of the titles: what stands above it is said before the tasks."""
    return next(at for at in range(columns.body_from) if len(columns_of(rows[at])) > 1 or at == columns.body_from - 1)


def _given(columns: _Columns, row: Sequence[str]) -> bool:
    return any(columns.cell(row, field) for field in ("lead", "cooperating", "deadline"))


def _flowing(cell: str) -> str:
    """The lines of a cell as one: names one below the other become a list."""
    parts = [part for part in map(clean, cell.splitlines()) if part]
    return "; ".join(part.lstrip("-–+• ").rstrip(" ;,") for part in parts) if _is_list(parts) else " ".join(parts)


def _is_list(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and (
        all(part[0] in "-–+•" for part in parts)
        or all(len(part) < 45 and part[0].isupper() and not part.endswith((",", ":")) for part in parts)
    )


def _marker(number: str, counted: int) -> str:
    if _CODE.match(number):
        return f"{number}. "
    return f"{number}) " if _LETTER.match(number) else f"{counted}. "


def _sentence(columns: _Columns, row: Sequence[str], content: str) -> str:
    lead, cooperating, deadline = (columns.cell(row, field) for field in ("lead", "cooperating", "deadline"))
    if not cooperating and (both := _TOGETHER.match(lead)):
        lead, cooperating = both[1], both[2]
    said = content.rstrip(" .;:,")
    names = _names(_CHAIR.sub("", lead))
    if names and cooperating:
        said += f": Giao {names} chủ trì, {_names(cooperating)} phối hợp"
    elif names:
        said += f": Giao {names} chủ trì"
    elif cooperating:
        said += f", {_names(cooperating)} phối hợp"
    if deadline:
        said += (
            f". Thời hạn: {'trong ' if _SPAN.match(deadline) else ''}{deadline[0].lower()}{deadline[1:]}"
            if names
            else f", thời hạn {deadline}"
        )
    return said.rstrip(" .;,") + "."


def _names(cell: str) -> str:
    return re.sub(r"\s*[;\n]\s*", ", ", cell).strip(" .,;")

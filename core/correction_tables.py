"""Corrections set out as a table: where, what was printed, what it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from core.reading.lines import columns
from core.text import clean, flat

Words = tuple[str, str, str]
CodeOf = Callable[[str], str]

_PRINTED: Final = re.compile(
    r"(?:^| )(?:da (?:in|ban hanh|viet|ghi|phat hanh|neu)|in sai|truoc (?:khi )?(?:dinh chinh|sua)|ban dau|noi dung (?:cu|sai))\b|^sai$"
)
_RIGHT: Final = re.compile(
    r"(?:^| )(?:dinh chinh|sua (?:lai|thanh|doi)|noi dung (?:dung|moi)|doc (?:lai|la)|nay (?:sua|la))\b|^dung$"
)
_OTHER: Final = re.compile(
    r"^(?:s?tt|so tt|vi tri|muc|dieu|khoan|diem|nhiem vu|trang|dong|ghi chu|noi dung|tai|so)(?:[ ,/]+[a-z]+){0,4}$"
)
_LONGEST_TITLE: Final = 60
_MOST_COLUMNS: Final = 6
_BARE: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
_QUOTED: Final = " \"'“”„‟«»″.;,"


def tabled(lines: Sequence[str], code_of: CodeOf) -> tuple[Words, ...]:
    """Return the corrections of the tables in these lines; `code_of` finds the directive named in a cell's folded words.

    A row is a line whose cells bars, tabs or wide gaps part, or a paragraph for each cell.
    """
    return tuple(_in_rows(lines, code_of)) or tuple(_in_paragraphs(lines, code_of))


def _in_rows(lines: Sequence[str], code_of: CodeOf) -> Iterator[Words]:
    titles: list[str] = []
    for line in lines:
        cells = columns(line)
        if _places(cells) is not None:
            titles = cells
        elif titles and len(cells) == len(titles):
            yield from _row(titles, cells, code_of)
        elif cells and titles and len(cells) == 1:
            titles = []


def _in_paragraphs(lines: Sequence[str], code_of: CodeOf) -> Iterator[Words]:
    cells = [clean(line) for line in lines if line.strip()]
    at = next((at for at in range(len(cells) - 1) if _places(cells[at : at + 2]) is not None), None)
    if at is None:
        return
    first, end = at, at + 2
    while first > 0 and end - first < _MOST_COLUMNS and _OTHER.match(flat(cells[first - 1])):
        first -= 1
    while end < len(cells) and end - first < _MOST_COLUMNS and _OTHER.match(flat(cells[end])):
        end += 1
    titles = cells[first:end]
    for start in range(end, len(cells) - len(titles) + 1, len(titles)):
        row = cells[start : start + len(titles)]
        if any(cell.endswith("./.") or flat(cell).startswith("noi nhan") for cell in row):
            return
        yield from _row(titles, row, code_of)


def _places(cells: Sequence[str]) -> tuple[int, int] | None:
    """Return in which columns stand what was printed and what it should be; `None` where these are no such titles."""
    folded = [flat(cell) for cell in cells]
    if not 2 <= len(cells) <= _MOST_COLUMNS or any(len(cell) > _LONGEST_TITLE for cell in cells):
        return None
    printed = [at for at, cell in enumerate(folded) if _PRINTED.search(cell)]
    right = [at for at, cell in enumerate(folded) if _RIGHT.search(cell) and at not in printed]
    return (printed[0], right[0]) if len(printed) == len(right) == 1 else None


def _row(titles: Sequence[str], cells: Sequence[str], code_of: CodeOf) -> Iterator[Words]:
    places = _places(titles)
    if places is None:
        return
    printed, right = places
    others = [cell for at, cell in enumerate(cells) if at not in places]
    bare = next((cell for cell in others if _BARE.fullmatch(cell.strip(_QUOTED))), "").strip(_QUOTED)
    code = next(filter(None, (code_of(flat(cell)) for cell in others)), bare)
    old, new = cells[printed].strip(_QUOTED), cells[right].strip(_QUOTED)
    if old and new and old != new:
        yield code, old, new

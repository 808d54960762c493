"""Tables pasted one cell a line: first the titles, then the cells of each row."""

import re
from collections.abc import Sequence

from core.reading.columns import Field, columns_of, field_of, gives_work
from core.reading.grids import ANCHOR, PAGE, Grid, are_titles, ends, names_joined
from core.reading.lines import joined
from core.text import clean

_COUNT = re.compile(r"^\(?(\d{1,3})[.)]{0,2}$")
_NUMERAL = re.compile(r"^(?:[IVX]{1,6}|[A-HĐ])[.)]?$")
_MARKED = re.compile(r"^(?:[IVX]{1,6}|\d{1,2})[.)/]\s+\S")
_TIME = re.compile(
    r"\d{1,2}/\d{1,4}|\b(?:ngày|tháng|quý|tuần|năm|hạn|thường xuyên|định kỳ|h[àằ]ng|theo|ngay)\b", re.IGNORECASE
)
_MOST = 12
_LOOK = 5000


def stacked(raw: Sequence[str], at: int) -> Grid | None:
    """The table whose first title is line `at`, None where no table begins there."""
    if field_of(raw[at]) != "number":
        return None
    titles: list[str] = []
    index = at
    while index < len(raw) and len(titles) < _MOST:
        text = clean(raw[index])
        if text and not (are_titles([text]) and not re.search(r"[.;:]$", text)):
            break
        if text:
            titles.append(text)
        index += 1
    columns = columns_of(titles)
    if len(titles) < 3 or columns.get("number") != 0 or not gives_work(columns):
        return None
    gaps = sum(not line.strip() for line in raw[at:index])
    while index < len(raw) and not raw[index].strip():
        index += 1
    if index >= len(raw) or not ANCHOR.match(clean(raw[index])):
        return None
    numbers = [*range(index, min(len(raw), index + _LOOK))]
    if gaps >= len(titles) - 1:
        # an empty line behind each tells nothing
        numbers = [place for place in numbers if raw[place].strip() or not raw[place - 1].strip()]
    lines, after = _body([raw[place] for place in numbers], 0, len(titles))
    end = numbers[after] if after < len(numbers) else numbers[-1] + 1
    return Grid(columns, [_row(number, cells, columns, len(titles)) for number, cells in lines], at, end)


def _body(raw: Sequence[str], start: int, width: int) -> tuple[list[tuple[str, list[str]]], int]:
    """Each row's number and the lines below it; empty ones are kept, for they are empty cells."""
    rows: list[tuple[str, list[str]]] = []
    last, index = 0, start
    while index < len(raw):
        text = clean(raw[index])
        count = _COUNT.match(text)
        own = rows[-1][1] if rows else []
        full = len(own) >= width - 1
        if count and int(count[1]) in {last + 1, 1 if full else last + 1}:
            last = int(count[1])
            rows.append((text, []))
        elif _NUMERAL.match(text) and (full or not rows or _ended(own)):
            rows.append((text, []))
        elif not rows or ends(text) or (_MARKED.match(text) and _ended(own)):
            break
        elif full and (not text or (PAGE.match(text) and not count)):
            pass
        elif full and _over(raw, index, last):
            break
        else:
            own.append(text)
        index += 1
    return rows, index


def _ended(cells: Sequence[str]) -> bool:
    """Whether a row may be over: something in it says when, or it has been empty for a line."""
    return any(map(_TIME.search, cells[1:])) or (bool(cells) and not cells[-1])


def _over(raw: Sequence[str], index: int, last: int) -> bool:
    """Whether no further row follows a line that stands beyond the last cell."""
    return not any(
        (count := _COUNT.match(clean(line))) and int(count[1]) == last + 1 for line in raw[index + 1 : index + 12]
    )


def _row(number: str, cells: list[str], columns: dict[Field, int], width: int) -> list[str]:
    room = width - 1
    if len(cells) > room and not any(cells[1::2]):
        cells = cells[::2]
    while len(cells) > room and "" in cells:
        cells.remove("")
    if len(cells) > room:
        cells = _merged(cells, room)
    elif len(cells) < room and "" not in cells:
        cells = _spread(cells, columns, room)
    return [number.strip("()."), *cells, *[""] * (room - len(cells))]


def _merged(cells: list[str], room: int) -> list[str]:
    """A cell of several lines is the content, or names one below the other."""
    extra = len(cells) - room
    when = next((at for at in range(len(cells) - 1, 0, -1) if _TIME.match(cells[at]) or _TIME.search(cells[at])), None)
    if when is None:
        return [joined(cells[: extra + 1]), *cells[extra + 1 :]]
    head = 1
    while head <= extra and (
        cells[head][:1].islower() or (not cells[head - 1].endswith((".", ";")) and len(cells[head]) > 60)
    ):
        head += 1
    rest = cells[head:]
    more = len(rest) - (room - 1)
    if more > 0:
        rest = [names_joined(rest[: more + 1]), *rest[more + 1 :]]
    return [joined(cells[:head]), *rest]


def _spread(cells: list[str], columns: dict[Field, int], room: int) -> list[str]:
    """The cells of a row whose empty ones were lost: the one that says when tells where the others stand."""
    place = columns.get("deadline")
    when = next((at for at in range(1, len(cells)) if _TIME.search(cells[at])), None)
    if place is None or when is None or when > place - 1:
        return cells
    spread = [*cells[:when], *[""] * (place - 1 - when), *cells[when:]]
    return spread[:room]

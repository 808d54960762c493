"""Tables in plain text whose cells a bar or a tab sets apart."""

from collections.abc import Sequence

from core.reading.columns import columns_of, gives_work
from core.reading.grids import ANCHOR, PAGE, RULE, Grid, ends, group, is_group
from core.reading.lines import joined
from core.text import clean, flat


def _cells(line: str, mark: str, *, framed: bool) -> list[str]:
    bare = line.strip("\r\n ")
    if framed:
        bare = bare.removeprefix(mark).removesuffix(mark)
    return [clean(cell).strip('"') if mark == "\t" else clean(cell) for cell in bare.split(mark)]


def bordered(raw: Sequence[str], at: int) -> Grid | None:
    """The table whose titles stand in line `at`, None where they are none."""
    mark = "|" if "|" in raw[at] else "\t"
    if mark not in raw[at]:
        return None
    framed = mark == "|" and raw[at].strip().startswith(mark)
    head = _cells(raw[at], mark, framed=framed)
    titles = [head]
    columns, start = columns_of(head), at + 1
    below = _cells(raw[start], mark, framed=framed) if start < len(raw) and mark in raw[start] else []
    if len(columns_of(below)) > 1 and not any(map(ANCHOR.match, below[:1])):
        # a second row of titles names what the first only groups
        wide = [*head, *[""] * (len(below) - len(head))]
        double = columns_of([low or high for low, high in zip(below + [""] * len(wide), wide, strict=False)])
        if len(double) > len(columns):
            columns, start = double, start + 1
            head = wide
            titles.append(below)
    if not gives_work(columns):
        return None
    width, number = len(head), columns.get("number")
    rows: list[list[str]] = []
    index = start
    while index < len(raw):
        line = raw[index]
        cells = _cells(line, mark, framed=framed) if mark in line else []
        if not line.strip() or RULE.match(line) or PAGE.match(clean(line)) or cells in titles:
            pass
        elif (cells and gives_work(columns_of(cells))) or (cells and flat(cells[0]).startswith("noi nhan")):
            break
        elif cells or _goes_on(raw, index, rows, width, mark):
            own = cells or [clean(line)]
            opens = number is None or (number < len(own) and bool(ANCHOR.match(own[number])))
            last = rows[-1] if rows else None
            if last is not None and not (opens and cells) and len(last) < width and len(last) + len(own) - 1 <= width:
                rows[-1] = [*last[:-1], joined([last[-1], own[0]]), *own[1:]]
            else:
                rows.append(own)
        elif not ends(line) and is_group(line) and _next(raw, index, mark):
            rows.append(group(line, number or 0, columns["content"], width))
        else:
            break
        index += 1
    return Grid(columns, [[*row[:width], *[""] * (width - len(row))] for row in rows], at, index)


def _next(raw: Sequence[str], index: int, mark: str) -> bool:
    return mark in next((line for line in raw[index + 1 :] if line.strip()), "")


def _goes_on(raw: Sequence[str], index: int, rows: Sequence[list[str]], width: int, mark: str) -> bool:
    """Whether a line without a border is the rest of a cell: the row's other cells follow it."""
    if not rows or len(rows[-1]) >= width:
        return False
    for line in raw[index + 1 : index + 8]:
        if not line.strip():
            return False
        if mark in line:
            cells = _cells(line, mark, framed=False)
            return not ANCHOR.match(cells[0]) and len(rows[-1]) + len(cells) - 1 <= width
    return False

"""Tables in plain text whose columns are set apart by blanks, as a PDF's text layer lays them out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.reading.columns import Field, columns_of, gives_work
from core.reading.grids import ANCHOR, PAGE, RULE, Grid, are_titles, ends, group, is_group, names_joined
from core.reading.lines import joined
from core.text import clean

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_TITLE_LINES = 6
_LOOK = 1000
_WIDEST = 400


@dataclass(frozen=True, slots=True)
class _Head:
    columns: dict[Field, int]
    spans: list[tuple[int, int]]
    end: int
    lines: frozenset[str]


@dataclass(slots=True)
class _Cut:
    """A line cut at the columns' bounds; `gap` says that an empty line stands before it."""

    cells: list[str]
    gap: bool


def aligned(raw: Sequence[str], at: int) -> Grid | None:
    """The table whose titles begin in line `at`, None where they are none."""
    head = _head(raw, at)
    if head is None:
        return None
    body = [line[:_WIDEST].expandtabs() for line in raw[head.end : head.end + _LOOK]]
    bounds = _bounds(head.spans, body)
    number, content = head.columns.get("number"), head.columns["content"]
    rows: list[list[str]] = []
    run: list[_Cut] = []
    gap, index = False, 0
    while index < len(body):
        line = body[index]
        pieces = _SEGMENT.findall(line)
        cells = _cut(line, bounds)
        alone = len(pieces) == 1 and sum(map(bool, cells)) > 1
        numeral = len(pieces) == 2 and number is not None and ANCHOR.match(pieces[0]) and not pieces[0][0].isdigit()
        own_page = len(pieces) == 1 and PAGE.match(clean(line)) and not (number is not None and cells[number])
        if not pieces:
            gap = True
        elif RULE.match(line) or own_page or clean(line) in head.lines:
            pass
        elif ends(line):
            break
        elif (alone and is_group(line)) or (numeral and cells[content]):
            if not _follows(body, index, bounds):
                break
            rows += _rows(run, head.columns)
            rows.append(group(line, number or 0, content, len(head.spans)))
            run = []
        elif alone or (not any(cells[: content + 1]) and gap and len(pieces) == 1 and not run):
            break
        else:
            run.append(_Cut(cells, gap))
            gap = False
        index += 1
    rows += _rows(run, head.columns)
    return Grid(head.columns, rows, at, head.end + index)


def _head(raw: Sequence[str], at: int) -> _Head | None:
    """The titles, each as wide as its lines; a line belongs to them while it has titles' words alone."""
    spans: list[tuple[int, int]] = []
    words: list[list[str]] = []
    index = at
    while index < min(len(raw), at + _TITLE_LINES):
        line = raw[index][:_WIDEST].expandtabs()
        found = list(_SEGMENT.finditer(line))
        if found and not are_titles([match[0] for match in found]):
            break
        for match in found:
            place = next((i for i, (a, b) in enumerate(spans) if match.start() < b and a < match.end()), None)
            if place is None:
                place = sum(a < match.start() for a, _ in spans)
                spans.insert(place, match.span())
                words.insert(place, [])
            spans[place] = (min(spans[place][0], match.start()), max(spans[place][1], match.end()))
            words[place].append(match[0])
        index += 1
        if index == at + 1 and len(found) < 2:
            return None
    columns = columns_of([" ".join(lines) for lines in words])
    lines = frozenset(clean(line) for line in raw[at:index])
    return _Head(columns, spans, index, lines) if len(spans) > 2 and gives_work(columns) else None


def _bounds(spans: Sequence[tuple[int, int]], body: Sequence[str]) -> list[int]:
    """Where each column ends: between two titles, the widest gutter that the fewest lines cross."""
    lines = [line for line in body if len(_SEGMENT.findall(line)) > 1]
    bounds = []
    for (a, b), (c, d) in pairwise(spans):
        first, last = (a + b) // 2, (c + d) // 2
        crossed = [sum(x < len(line) and line[x] != " " for line in lines) for x in range(first, last + 1)]
        least = min(crossed, default=0)
        best, length, at = (b + c) // 2, 0, 0
        while at < len(crossed):
            upto = at
            while upto < len(crossed) and crossed[upto] == least:
                upto += 1
            if upto - at > length:
                best, length = first + (at + upto - 1) // 2, upto - at
            at = upto + 1
        bounds.append(best)
    return bounds


def _cut(line: str, bounds: Sequence[int]) -> list[str]:
    cells: list[list[str]] = [[] for _ in range(len(bounds) + 1)]
    for match in _WORD.finditer(line):
        cells[sum(bound <= (match.start() + match.end() - 1) / 2 for bound in bounds)].append(match[0])
    return [" ".join(words) for words in cells]


def _follows(body: Sequence[str], index: int, bounds: Sequence[int]) -> bool:
    """Whether the table goes on below a line over its whole width."""
    following = next((line for line in body[index + 1 :] if line.strip()), "")
    return len(_SEGMENT.findall(following)) > 1 and sum(map(bool, _cut(following, bounds))) > 1


def _rows(run: Sequence[_Cut], columns: dict[Field, int]) -> list[list[str]]:
    """The lines between two headings as rows: each number, or each first line, begins one."""
    number = columns.get("number")
    anchors = [at for at, cut in enumerate(run) if _begins(cut.cells, columns)]
    if not anchors:
        return []
    starts = [anchors[0]]
    above = anchors[0] if number is not None else 0
    if above:
        # numbers stand in the middle of their rows
        starts = [0]
        for before, anchor in pairwise(anchors):
            starts.append(_parting(run, before, anchor, above, columns["content"]))
            above = anchor - starts[-1]
    else:
        starts = anchors
    return [
        _one([cut.cells for cut in run[start:end]], columns)
        for start, end in zip(starts, [*starts[1:], len(run)], strict=True)
    ]


def _begins(cells: Sequence[str], columns: dict[Field, int]) -> bool:
    number = columns.get("number")
    if number is not None:
        return bool(ANCHOR.match(cells[number]))
    given = any(cells[columns[name]] for name in ("lead", "deadline") if name in columns)
    text = cells[columns["content"]]
    return given and bool(text) and not text[0].islower()


def _parting(run: Sequence[_Cut], before: int, anchor: int, above: int, content: int) -> int:
    """The first line of the row whose number stands at `anchor`, where rows stand around their numbers."""
    for at in range(before + 1, anchor + 1):
        if run[at].gap:
            return at
    wanted = min(before + above + 1, anchor)
    fits = [
        at for at in range(before + 1, anchor + 1) if run[at].cells[content][:1].isupper() and abs(at - wanted) <= 1
    ]
    return min(fits, key=lambda at: abs(at - wanted), default=wanted)


def _one(lines: Sequence[Sequence[str]], columns: dict[Field, int]) -> list[str]:
    names = {columns.get("lead"), columns.get("cooperating")}
    return [
        names_joined(pieces) if place in names else joined(piece for piece in pieces if piece)
        for place, pieces in enumerate(zip(*lines, strict=True))
    ]

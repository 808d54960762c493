"""Pieces of text scattered over a page, put into the order in which a person reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.text import flat
from documents.pages import Spot

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s.]*$")
_NOTE = re.compile(r"^[\[(]?\d{1,2}[\])]?\s?[^\W\d]")
_STAMPED = re.compile(
    r"\S+@\S+\.\S+|^(?:ky boi|nguoi ky|thoi gian ky|ngay ky|co quan|email)\s*:|\d\d:\d\d:\d\d|^[+]\d\d:\d\d$"
)
_WIDE = 2.0
"""A gap of so many line heights sets two columns apart; justified text stays below it."""
_SMALL = 0.88
"""Notes at the foot of a page are set smaller than this share of its usual size."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words on one line: edges in points or pixels, `top` above `bottom` and growing downwards; `size` of letters."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    spot: Spot | None = None

    @property
    def middle(self) -> float:
        """The height at which the line stands."""
        return (self.top + self.bottom) / 2


Row = list[Piece]


def in_order(pieces: Sequence[Piece], height: float) -> list[Piece]:
    """The lines of a page: columns one after the other, page number, stamps and footnotes left out."""
    rows = _rows([piece for piece in pieces if piece.text.strip()])
    rows = _without_edges(rows, height)
    usual = median([row[0].size for row in rows for _ in row[0].text]) if rows else 0
    rows = _without_stamps(rows, usual, height)
    rows = _without_notes(rows, usual, height)
    ordered: list[Piece] = []
    at = 0
    while at < len(rows):
        if len(rows[at]) < 2:
            ordered += rows[at]
            at += 1
            continue
        end, gutter = _block(rows, at)
        left = [piece for row in rows[at:end] for piece in row if piece.left < gutter]
        right = [piece for row in rows[at:end] for piece in row if piece.left >= gutter]
        ordered += [*left, *right] if end > at else [_joined(rows[at], "    ")]
        at = max(end, at + 1)
    return ordered


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        row = rows[-1] if rows else []
        # lines of two columns are seldom level with each other; two of one column are never in one row
        if row and all(_beside(piece, other) for other in row):
            row.append(piece)
        else:
            rows.append([piece])
    return [_closed_up(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _beside(piece: Piece, other: Piece) -> bool:
    apart = abs(piece.middle - other.middle)
    tall = min(piece.bottom - piece.top, other.bottom - other.top)
    return apart < 0.4 * tall or (apart < 0.8 * tall and (piece.left > other.right or piece.right < other.left))


def _closed_up(row: Row) -> Row:
    closed = row[:1]
    for piece in row[1:]:
        before = closed[-1]
        gap = piece.left - before.right
        if gap > _WIDE * max(before.size, piece.size) and not piece.text.startswith("/"):
            closed.append(piece)
        else:
            closed[-1] = _joined([before, piece], " ")
    return closed


def _joined(row: Row, glue: str) -> Piece:
    spots = [piece.spot for piece in row if piece.spot is not None]
    spot = None
    if spots:
        lengths = [len(piece.text) for piece in row if piece.spot is not None]
        worst = min(spots, key=lambda spot: spot.confidence)
        spot = Spot(
            spots[0].page,
            (
                min(spot.box[0] for spot in spots),
                min(spot.box[1] for spot in spots),
                max(spot.box[2] for spot in spots),
                max(spot.box[3] for spot in spots),
            ),
            round(sum(spot.confidence * length for spot, length in zip(spots, lengths, strict=True)) / sum(lengths)),
            worst.worst,
        )
    return Piece(
        glue.join(piece.text.strip() for piece in row),
        min(piece.left for piece in row),
        min(piece.top for piece in row),
        max(piece.right for piece in row),
        max(piece.bottom for piece in row),
        max(row, key=lambda piece: len(piece.text)).size,
        spot,
    )


def _block(rows: Sequence[Row], start: int) -> tuple[int, float]:
    """The end of the two columns that begin at a row, and a place between them; the start where there are none."""
    low, high = rows[start][0].right, rows[start][1].left
    end = start
    recipients = False
    for index in range(start, len(rows)):
        row = rows[index]
        left = [piece for piece in row if piece.right <= high]
        right = [piece for piece in row if piece.left >= low]
        if len(left) + len(right) != len(row) or len(left) > 1 or len(right) > 1:
            break
        low = max([low, *(piece.right for piece in left)])
        high = min([high, *(piece.left for piece in right)])
        if low > high:
            break
        recipients = recipients or any(flat(piece.text).startswith("noi nhan") for piece in left)
        if len(row) == 2 or recipients:
            end = index + 1
    return end, (low + high) / 2 if end == len(rows) else _gutter(rows[start:end])


def _gutter(rows: Sequence[Row]) -> float:
    pairs = [row for row in rows if len(row) == 2]
    return (max(row[0].right for row in pairs) + min(row[1].left for row in pairs)) / 2 if pairs else 0.0


def _without_edges(rows: list[Row], height: float) -> list[Row]:
    """The rows without the number of the page, above or below everything else."""

    def is_number(row: Row) -> bool:
        return len(row) == 1 and bool(_PAGE_NUMBER.match(flat(row[0].text)))

    if rows and rows[0][0].bottom < 0.1 * height and is_number(rows[0]):
        rows = rows[1:]
    if rows and rows[-1][0].top > 0.88 * height and is_number(rows[-1]):
        rows = rows[:-1]
    return rows


def _without_stamps(rows: list[Row], usual: float, height: float) -> list[Row]:
    """The rows without what a signing program prints small in a corner: office, mail address and time."""
    edge = 0.12 * height
    small = [
        piece
        for row in rows
        for piece in row
        if piece.size < 0.8 * usual and (piece.bottom < edge or piece.top > height - edge)
    ]
    if not any(_STAMPED.search(flat(piece.text)) for piece in small):
        return rows
    return [kept for row in rows if (kept := [piece for piece in row if piece not in small])]


def _without_notes(rows: list[Row], usual: float, height: float) -> list[Row]:
    """The rows without footnotes: numbered, in small letters, and nothing but such below them."""
    first = len(rows)
    while first and len(rows[first - 1]) == 1 and rows[first - 1][0].size < _SMALL * usual:
        first -= 1
    while first < len(rows) and not _NOTE.match(rows[first][0].text):
        first += 1
    return rows[:first] if first < len(rows) and rows[first][0].top > 0.4 * height else rows

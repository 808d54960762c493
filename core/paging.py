"""Long texts in pages, broken at line ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence


def pages(lines: Sequence[str], limit: int, measure: Callable[[str], int] = len) -> list[list[str]]:
    """Return the lines in pages, at least one, none longer than `limit` with its line breaks; nothing is cut away.

    A line too long for a page is broken at spaces, or where it must be. Blank lines at a page's edge are left out.
    `measure` is the length of a text as the channel counts it; it must grow with the text and be added up by joining.
    """
    made: list[list[str]] = []
    page: list[str] = []
    size = 0
    for line in (piece for whole in lines for piece in _pieces(whole, limit, measure)):
        length = measure(line)
        if page and size + measure("\n") + length > limit:
            made.append(page)
            page, size = [], 0
        if not page and not line:
            continue
        size += length + (measure("\n") if page else 0)
        page.append(line)
    if page:
        made.append(page)
    return [_without_last_blanks(page) for page in made] or [[]]


def _without_last_blanks(page: list[str]) -> list[str]:
    while page and not page[-1]:
        page = page[:-1]
    return page


def _pieces(line: str, limit: int, measure: Callable[[str], int]) -> list[str]:
    pieces = []
    while measure(line) > limit:
        room = _room(line, limit, measure)
        space = line.rfind(" ", 1, room + 1)
        at = space if space > 0 and line[:space].strip() else _between_letters(line, room)
        pieces.append(line[:at].rstrip(" "))
        line = line[at:].lstrip(" ")
    return [*pieces, line] if line or not pieces else pieces


def _room(line: str, limit: int, measure: Callable[[str], int]) -> int:
    """Return how many characters fit, at least one so that every step goes on."""
    fits, too_many = 1, len(line)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if measure(line[:middle]) <= limit:
            fits = middle
        else:
            too_many = middle
    return fits


def _between_letters(line: str, at: int) -> int:
    """Return the nearest place at or before `at` that does not part a letter from its marks."""
    place = at
    while place > 1 and (unicodedata.combining(line[place]) or "\u200d" in line[place - 1 : place + 1]):
        place -= 1
    return place if place > 1 else at

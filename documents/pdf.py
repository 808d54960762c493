"""PDF files: their text in reading order, or their pages as pictures where they are scans."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from core.text import visible
from documents.errors import NeedsRecognising, UnreadableFile
from documents.layout import Piece, in_order
from documents.pages import LONG_SIDE, MOST_PICTURES

if TYPE_CHECKING:
    from PIL.Image import Image

    from documents.pictures import Picture

MOST_TEXT_PAGES = 300
MAX_CHARACTERS = 2_000_000
_SCAN_BELOW = 50
"""A page with fewer characters than this has no text worth the name: it is a picture with a stamp on it."""
_LINE_END = re.compile(r"\r\n|[\r\n]")
_DPI = 200
_HYPHENS = ("\x02", "\ufffe")
"""The library's own marks for the hyphen at the end of a line."""
_MOST_POINTS = 2400.0
_LOOSER = 1.2
_FULL = 30
_GAP = 1.6
_BLANK = 0.5
"""What is left open for the day and the number to be drawn in when the document is signed."""
_HEAD = 0.3


def pdf_lines(data: bytes, name: str) -> list[str]:
    """The text of a PDF, page after page; raises UnreadableFile, and NeedsRecognising for a scan."""
    with _opened(data, name) as document:
        count = len(document)
        if count > MOST_TEXT_PAGES:
            raise UnreadableFile("too_many_pages", name)
        lines: list[str] = []
        bare = characters = 0
        for number in range(count):
            pieces, height = _text(document, number, name)
            found = sum(len(piece.text) for piece in pieces)
            bare += found < _SCAN_BELOW
            characters += found
            if characters > MAX_CHARACTERS:
                raise UnreadableFile("too_big", name)
            lines += [piece.text for piece in in_order(pieces, height)]
        if bare * 2 > count:
            if count > MOST_PICTURES:
                raise UnreadableFile("too_many_scans", name)
            raise NeedsRecognising(count, name)
    return lines


def page_lines(data: bytes, name: str, most: int) -> list[list[str]]:
    """The text of a PDF's first pages, empty for those that are pictures; raises UnreadableFile."""
    found: list[list[str]] = []
    with _opened(data, name) as document:
        for number in range(min(len(document), most)):
            pieces, height = _text(document, number, name)
            written = sum(len(piece.text) for piece in pieces) >= _SCAN_BELOW
            found.append([piece.text for piece in in_order(pieces, height)] if written else [])
    return found


def first_pictures(data: bytes, name: str, most: int, *, colour: bool) -> list[Picture]:
    """The first pages of a PDF, however many there are, each drawn when it is asked for."""
    with _opened(data, name) as document:
        count = min(len(document), most)
    return [partial(_drawn, data, at, name, colour=colour) for at in range(count)]


def pages_of_pdf(data: bytes, name: str, *, colour: bool = False) -> list[Picture]:
    """The pages of a scanned PDF, each drawn when it is asked for."""
    with _opened(data, name) as document:
        count = len(document)
    if count > MOST_PICTURES:
        raise UnreadableFile("too_many_scans", name)
    return [partial(_drawn, data, at, name, colour=colour) for at in range(count)]


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        sealed = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise UnreadableFile("encrypted" if sealed else "broken", name) from error
    try:
        if len(document) == 0:
            raise UnreadableFile("broken", name)
        yield document
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("broken", name) from error


def _drawn(data: bytes, number: int, name: str, *, colour: bool) -> Image:
    with _opened(data, name) as document:
        document.init_forms()
        page = _page(document, number, name)
        width, height = page.get_size()
        # a plan or a poster is drawn no larger than a page
        scale = _DPI / 72 if max(width, height) < _MOST_POINTS else LONG_SIDE / max(width, height)
        if min(width, height) * scale < 1:
            raise UnreadableFile("broken", name)
        try:
            drawn: Image = page.render(scale=scale, grayscale=not colour).to_pil()
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise UnreadableFile("broken", name) from error
        return drawn


def _text(document: pypdfium2.PdfDocument, number: int, name: str) -> tuple[list[Piece], float]:
    """The pieces of one page's text and the page's height."""
    page = _page(document, number, name)
    signed = raw.FPDFPage_GetAnnotCount(page) > 0
    if signed:
        # number, day and seal of a digitally signed document are drawn on top of it
        document.init_forms()
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = _page(document, number, name)
    try:
        height = page.get_height()
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("broken", name) from error
    try:
        return _Lines(text, height, signed=signed, first=number == 0).pieces(), height
    finally:
        text.close()
        page.close()


class _Lines:
    """The lines of a page as the library parts them, with where they stand."""

    def __init__(self, text: pypdfium2.PdfTextPage, height: float, *, signed: bool, first: bool) -> None:
        self._page = text.raw
        self._height = height
        self._signed = signed
        self._first = first
        self._text, self._aligned = _characters(text)
        self._plain = visible(self._text) == self._text and not any(mark in self._text for mark in _HYPHENS)
        self._box = raw.FS_RECTF()
        self._edges = [ctypes.c_double() for _ in range(4)]

    def pieces(self) -> list[Piece]:
        """The lines, those with a wide gap in them in two."""
        if not self._aligned:
            step = 12.0
            return [
                Piece(line, 0, at * step, 500, at * step + 10, 12)
                for at, line in enumerate(_LINE_END.split(self._text))
                if line.strip()
            ]
        found: list[tuple[int, int, Piece]] = []
        at = 0
        for line in _LINE_END.split(self._text):
            begin, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            at += len(line)
            while at < len(self._text) and self._text[at] in "\r\n":
                at += 1 if self._text[at : at + 2] != "\r\n" else 2
                break
            # a word parted by a hyphen is given whole: it stands on two lines all the same
            for cut in (
                () if self._plain else [place + 1 for place in range(begin, end - 1) if self._text[place] in _HYPHENS]
            ):
                found.append((begin, cut, self._piece(begin, cut)))
                begin = cut
            if begin < end:
                found.append((begin, end, self._piece(begin, end)))
        usual = _usual([_wideness(begin, end, piece) for begin, end, piece in found if end - begin > _FULL])
        split: list[Piece] = []
        for begin, end, piece in found:
            head = self._first and piece.top < _HEAD * self._height
            gap = _BLANK if head and self._signed else _GAP
            loose = head or _wideness(begin, end, piece) > _LOOSER * usual
            split += self._parted(begin, end, gap) if loose else [piece]
        return split

    def _parted(self, begin: int, end: int, gap: float) -> list[Piece]:
        """The parts of a line between gaps wider than so many letters are high."""
        parts: list[Piece] = []
        start = begin
        for at in range(begin + 1, end - 1):
            if not self._text[at].isspace():
                continue
            before, after = self._exact(at - 1), self._exact(at + 1)
            if after[0] - before[1] > gap * max(4.0, self._piece(at - 1, at).size):
                parts.append(self._piece(start, at))
                start = at + 1
        return [part for part in [*parts, self._piece(start, end)] if part.text.strip()]

    def _piece(self, begin: int, end: int) -> Piece:
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._page, begin, box)
        left, top, bottom = box.left, max(box.top, box.bottom), min(box.top, box.bottom)
        raw.FPDFText_GetLooseCharBox(self._page, end - 1, box)
        right = max(left, box.right)
        return Piece(self._shown(begin, end), left, self._height - top, right, self._height - bottom, top - bottom)

    def _shown(self, begin: int, end: int) -> str:
        text = self._text[begin:end]
        if self._plain:
            return text.rstrip()
        for mark in _HYPHENS:
            text = text.replace(mark, "-")
        return visible(text).rstrip()

    def _exact(self, index: int) -> tuple[float, float]:
        left, right, bottom, top = self._edges
        raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return left.value, right.value


def _wideness(begin: int, end: int, piece: Piece) -> float:
    """How wide a letter of this line is on average, its spaces among them, as a share of its height."""
    return (piece.right - piece.left) / (end - begin) / max(piece.size, 1.0)


def _usual(wideness: list[float]) -> float:
    """The wideness of a closely set line."""
    return sorted(wideness)[len(wideness) // 4] if wideness else 0.5


def _characters(text: pypdfium2.PdfTextPage) -> tuple[str, bool]:
    """The text of a page, and whether its letters are counted as the library counts them."""
    count = text.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text.raw, 0, count, buffer) - 1 if count else 0
    found = bytes(buffer)[: max(0, written) * 2].decode("utf-16-le", "replace")
    return found, written == count == len(found)

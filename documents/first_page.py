"""The first page of what is handed in: what stands on it, unless a stamp of secrecy does; the rest is nobody's business."""

from __future__ import annotations

from core.errors import ConfidentialNotice
from core.reading.stamps import pressed, secrecy
from documents.errors import NeedsRecognising, UnreadableFile
from documents.notice_file import pictures_of, read_file
from documents.ocr import recognised, tesseract, words_of
from documents.package import check_outside
from documents.pages import Pages
from documents.pictures import Picture
from documents.sniff import Sort, sort_of

_MOST_LINES = 80


def first_page(data: bytes, name: str, *, recognise: bool) -> Pages:
    """The lines of a file's first page; raises `ConfidentialNotice` for one stamped secret, and UnreadableFile.

    A picture is recognised where `recognise` is on, and raises NeedsRecognising where it is not.
    """
    check_outside(data, name)
    sort = sort_of(data)
    lines = _printed(data, name) if sort is Sort.PDF else []
    if sort is Sort.PICTURE or (sort is Sort.PDF and not lines):
        if not recognise:
            raise NeedsRecognising(1, name)
        refuse_stamped(data, name)
        pages = recognised([_first(data, name, colour=False)], name)
    elif sort is Sort.PDF:
        refuse_stamped(data, name)
        pages = Pages(tuple(lines))
    else:
        pages = read_file(data, name, recognise=False)
    if (level := secrecy(pages.lines)) is not None:
        raise ConfidentialNotice(level)
    return Pages(pages.lines[:_MOST_LINES], pages.spots[:_MOST_LINES])


def refuse_stamped(data: bytes, name: str) -> None:
    """Raise `ConfidentialNotice` where a red stamp on the first page of a picture or PDF forbids reading on."""
    if tesseract() is None or sort_of(data) not in {Sort.PICTURE, Sort.PDF}:
        return
    from documents.stamp import stamps

    for stamp in stamps(_first(data, name, colour=True)()):
        if (level := pressed(words_of(stamp, name))) is not None:
            raise ConfidentialNotice(level)


def _printed(data: bytes, name: str) -> list[str]:
    from documents.pdf import first_lines

    return first_lines(data, name)


def _first(data: bytes, name: str, *, colour: bool) -> Picture:
    if sort_of(data) is Sort.PDF:
        from documents.pdf import first_picture

        return first_picture(data, name, colour=colour)
    pages = pictures_of(data, name, colour=colour)
    if not pages:
        raise UnreadableFile("empty", name)
    return pages[0]

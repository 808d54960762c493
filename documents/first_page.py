"""The first page of what is handed in: what stands on it, unless a stamp of secrecy does on this or a later one."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import ConfidentialNotice
from core.reading.stamps import pressed, secrecy
from documents.errors import NeedsRecognising, UnreadableFile
from documents.notice_file import pictures_of, read_file
from documents.ocr import recognised, tesseract, words_of
from documents.package import check_outside, contents
from documents.pages import Pages
from documents.pictures import Picture
from documents.sniff import Sort, sort_of

MOST_LOOKED_AT = 12
"""How many pages are looked at for stamps: a covering letter often comes before what is stamped."""
_MOST_LINES = 80


def first_page(data: bytes, name: str, *, recognise: bool) -> Pages:
    """The lines of a file's first page; raises UnreadableFile, and `ConfidentialNotice` where a page is stamped secret.

    A picture is recognised where `recognise` is on, and raises NeedsRecognising where it is not.
    """
    check_outside(data, name)
    sort = sort_of(data)
    written = _printed(data, name) if sort is Sort.PDF else []
    if sort is Sort.PICTURE or (written and not written[0]):
        if not recognise:
            raise NeedsRecognising(max(1, len(written)), name)
        refuse_stamped(data, name)
        pages = recognised([_pictures(data, name, colour=False)[0]], name)
    elif sort is Sort.PDF:
        refuse_stamped(data, name)
        pages = Pages(tuple(written[0]))
    else:
        pages = read_file(data, name, recognise=False)
    for lines in (pages.lines, *written[1:]):
        if (level := secrecy(lines)) is not None:
            raise ConfidentialNotice(level)
    return Pages(pages.lines[:_MOST_LINES], pages.spots[:_MOST_LINES])


def refuse_stamped(data: bytes, name: str) -> None:
    """Raise `ConfidentialNotice` where a red stamp on one of the first pages of pictures or a PDF forbids reading on."""
    if tesseract() is None:
        return
    pictures = _pictures(data, name, colour=True)
    if not pictures:
        return
    from documents.stamp import stamps

    for page in pictures:
        for stamp in stamps(page()):
            if (level := pressed(words_of(stamp, name))) is not None:
                raise ConfidentialNotice(level)


def _printed(data: bytes, name: str) -> list[list[str]]:
    from documents.pdf import page_lines

    return page_lines(data, name, MOST_LOOKED_AT)


def _pictures(data: bytes, name: str, *, colour: bool) -> Sequence[Picture]:
    """The first pages as pictures; none of what is neither a picture nor a PDF."""
    sort = sort_of(data)
    if sort is Sort.PDF:
        from documents.pdf import first_pictures

        return first_pictures(data, name, MOST_LOOKED_AT, colour=colour)
    if sort is not Sort.PICTURE and (sort is not Sort.PACKAGE or contents(data, name) != "album"):
        return ()
    pages = pictures_of(data, name, colour=colour)
    if not pages:
        raise UnreadableFile("empty", name)
    return pages[:MOST_LOOKED_AT]

"""A notice's file as lines, whatever it is, by what it holds and not by what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from documents.errors import NeedsRecognising, Trouble, UnreadableFile
from documents.legacy import unlegacy
from documents.package import check_outside, contents
from documents.pages import Pages
from documents.sniff import Sort, sort_of

if TYPE_CHECKING:
    from documents.ocr import Told
    from documents.pictures import Picture

_REFUSED: dict[Sort, Trouble] = {Sort.PROGRAM: "program", Sort.HEIC: "heic"}


def lines_of(data: bytes, name: str) -> list[str]:
    """The printed lines of a file that need no recognising; raises UnreadableFile where there is nothing to read.

    It reads in this process: what strangers send is read by `documents.apart`.
    """
    return list(read_file(data, name, recognise=False).lines)


def read_file(data: bytes, name: str, *, recognise: bool = True, told: Told | None = None) -> Pages:
    """What a file says, pictures of text among them unless `recognise` is off; raises UnreadableFile.

    Where pictures would have to be recognised and may not be, raises NeedsRecognising, a subclass of UnreadableFile.
    """
    check_outside(data, name)
    sort = sort_of(data)
    if sort is Sort.PICTURE or (sort is Sort.PACKAGE and contents(data, name) == "album"):
        return _recognised(data, name, recognise=recognise, told=told)
    try:
        lines = _lines(sort, data, name)
    except NeedsRecognising:
        return _recognised(data, name, recognise=recognise, told=told)
    if not any(line.strip() for line in lines):
        raise UnreadableFile("empty", name)
    return Pages(tuple(unlegacy(lines)))


def pictures_of(data: bytes, name: str, *, colour: bool = False) -> Sequence[Picture]:
    """The pages of a file as pictures, gray unless `colour` is asked for; raises UnreadableFile for one that is no picture."""
    check_outside(data, name)
    sort = sort_of(data)
    if sort is Sort.PDF:
        from documents.pdf import pages_of_pdf

        return pages_of_pdf(data, name, colour=colour)
    from documents.pictures import pages_of_album, pages_of_picture

    if sort is Sort.PACKAGE:
        return pages_of_album(data, name, colour=colour)
    if sort is Sort.PICTURE:
        return pages_of_picture(data, name, colour=colour)
    raise UnreadableFile("unsupported", name)


def _recognised(data: bytes, name: str, *, recognise: bool, told: Told | None) -> Pages:
    pages = pictures_of(data, name)
    if not recognise:
        raise NeedsRecognising(len(pages), name)
    from documents.ocr import recognised

    return recognised(pages, name, told)


def _lines(sort: Sort, data: bytes, name: str) -> list[str]:
    match sort:
        case Sort.PDF:
            from documents.pdf import pdf_lines

            return pdf_lines(data, name)
        case Sort.PACKAGE:
            return _package_lines(data, name)
        case Sort.OLE:
            return _old_lines(data, name)
        case Sort.RTF:
            return _package_lines(_converted(data, name, ".rtf", "docx"), name)
        case Sort.TEXT:
            from documents.text import text_of

            return text_of(data, name).splitlines()
        case _:
            raise UnreadableFile(_REFUSED.get(sort, "unsupported"), name)


def _package_lines(data: bytes, name: str) -> list[str]:
    match contents(data, name):
        case "word":
            from documents.docx import docx_lines

            return docx_lines(data, name)
        case "workbook":
            from documents.workbook import workbook_lines

            return workbook_lines(data, name)
        case "open":
            return _package_lines(_converted(data, name, ".odt", "docx"), name)
        case "program":
            raise UnreadableFile("program", name)
        case _:
            raise UnreadableFile("unsupported", name)


def _old_lines(data: bytes, name: str) -> list[str]:
    from documents.old_office import doc_lines
    from documents.ole import old_file

    if old_file(data, name) == "workbook":
        return _package_lines(_converted(data, name, ".xls", "xlsx"), name)
    lines = doc_lines(data, name)
    return lines if lines is not None else _package_lines(_converted(data, name, ".doc", "docx"), name)


def _converted(data: bytes, name: str, suffix: str, to: Literal["docx", "xlsx"]) -> bytes:
    from documents.old_office import converted

    return converted(data, name, suffix, to)

"""Which files may be handed in, told by what they hold; their names are only for showing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from documents.apart import first_page_apart
from documents.errors import UnreadableFile
from documents.ole import old_file
from documents.package import check_outside, contents
from documents.sniff import Sort, sort_of

_OPEN = "application/vnd.openxmlformats-officedocument."
_PACKAGES = {
    "word": (f"{_OPEN}wordprocessingml.document", ".docx"),
    "workbook": (f"{_OPEN}spreadsheetml.sheet", ".xlsx"),
}
_OLD = {"word": ("application/msword", ".doc"), "workbook": ("application/vnd.ms-excel", ".xls")}
_PICTURES = ((b"\x89PNG", ("image/png", ".png")), (b"\xff\xd8\xff", ("image/jpeg", ".jpg")))

_UNSURE = 60
"""A line recognised less surely than this tells no number."""

_UNOPENED = frozenset({"encrypted", "huge_picture", "slow", "swollen", "entities", "strange_paths"})
"""What keeps anybody from looking for a stamp of secrecy; a file that is merely hard to read may be a result."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, and what stands on its first page; `picture` where that can only be recognised.

    `trouble` says why nothing could be read, as `UnreadableFile` does: what is handed in need not be legible, though
    it must open.
    """

    mime: str
    ending: str
    lines: tuple[str, ...] = ()
    picture: bool = False
    trouble: str | None = None

    @property
    def unlooked(self) -> bool:
        """Tell whether this computer lacks the program that could have found a stamp of secrecy in it."""
        return self.trouble in {"no_ocr", "no_doc"}


async def look_at(data: bytes, name: str) -> Looked:
    """Look at a file that is handed in; raises as `evidence_type` does, and `ConfidentialNotice` for one stamped secret.

    One that cannot be opened, and so may bear such a stamp, is refused too.
    """
    mime, ending = await asyncio.to_thread(evidence_type, data, name)
    is_picture = mime.startswith("image/")
    try:
        page = await first_page_apart(data, name)
    except UnreadableFile as unreadable:
        if unreadable.kind in _UNOPENED:
            raise
        return Looked(mime, ending, picture=is_picture, trouble=unreadable.kind)
    spots = page.spots or (None,) * len(page.lines)
    sure = (line for line, spot in zip(page.lines, spots, strict=True) if spot is None or spot.confidence >= _UNSURE)
    return Looked(mime, ending, tuple(sure), is_picture or page.recognised)


def evidence_type(data: bytes, name: str) -> tuple[str, str]:
    """Return the media type and the ending of a PDF, Word, Excel, PNG or JPEG file.

    Raises `UnreadableFile` for every other one, for a broken, sealed or swollen one and for one with macros.
    """
    check_outside(data, name)
    sort = sort_of(data)
    if sort is Sort.PDF:
        return "application/pdf", ".pdf"
    if sort is Sort.PACKAGE and (found := _PACKAGES.get(contents(data, name))) is not None:
        return found
    if sort is Sort.OLE:
        return _OLD[old_file(data, name)]
    for start, picture in _PICTURES:
        if data.startswith(start):
            return picture
    raise UnreadableFile("program" if sort is Sort.PROGRAM else "heic" if sort is Sort.HEIC else "unsupported", name)


def shown_name(name: str, ending: str) -> str:
    """Return a name to show the file with: as it came, its ending made true."""
    stem = name if "." not in name else name.rpartition(".")[0]
    return (
        name if name.lower().endswith((ending, ".jpeg" if ending == ".jpg" else ending)) else f"{stem or 'tep'}{ending}"
    )

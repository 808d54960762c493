"""Which files may be handed in, told by what they hold; their names are only for showing."""

from __future__ import annotations

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

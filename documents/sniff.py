"""What kind of file some bytes are, told by what they hold and never by what they are called."""

from __future__ import annotations

from enum import Enum


class Sort(Enum):
    """A kind of file there is a reader or a sentence for."""

    PACKAGE = "zip"
    OLE = "ole"
    PDF = "pdf"
    PICTURE = "picture"
    HEIC = "heic"
    RTF = "rtf"
    PROGRAM = "program"
    OTHER = "other"
    TEXT = "text"


_STARTS = (
    (Sort.PACKAGE, (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")),
    (Sort.OLE, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    (Sort.PICTURE, (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")),
    (Sort.RTF, (b"{\\rtf",)),
    (
        Sort.PROGRAM,
        (
            b"MZ",
            b"\x7fELF",
            b"#!",
            b"\xca\xfe\xba\xbe",
            b"\xcf\xfa\xed\xfe",
            b"\xce\xfa\xed\xfe",
            b"\xfe\xed\xfa\xcf",
            b"dex\n",
            b"\x4c\x00\x00\x00\x01\x14\x02\x00",
            b"\x00asm",
        ),
    ),
    (
        Sort.OTHER,
        (
            b"Rar!\x1a\x07",
            b"7z\xbc\xaf\x27\x1c",
            b"\x1f\x8b",
            b"BZh",
            b"\xfd7zXZ",
            b"ID3",
            b"OggS",
            b"\x1a\x45\xdf\xa3",
        ),
    ),
)
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"avif")
_LOOK = 1024


def sort_of(data: bytes) -> Sort:
    """The kind of file these bytes are; text where nothing says otherwise."""
    for sort, starts in _STARTS:
        if data.startswith(starts):
            return sort
    if data[4:8] == b"ftyp":
        return Sort.HEIC if data[8:12] in _HEIC else Sort.OTHER
    if data[:4] == b"RIFF":
        return Sort.PICTURE if data[8:12] == b"WEBP" else Sort.OTHER
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return Sort.PICTURE
    # some writers put a line or two before it
    return Sort.PDF if b"%PDF-" in data[:_LOOK] and not data[:_LOOK].lstrip().startswith(b"<") else Sort.TEXT

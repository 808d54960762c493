"""What an old Office file is, told without opening it: which program's, sealed or not, with macros or not."""

from __future__ import annotations

import struct
from typing import Literal

from documents.errors import UnreadableFile

_ENTRY = 128
_SEALED = 0x0100
_WORD = 0xA5EC
_BEGIN = 512

OldFile = Literal["word", "workbook"]


def old_file(data: bytes, name: str) -> OldFile:
    """Which of the old Office files this is; raises UnreadableFile for one that is sealed, has macros, or is another."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile("encrypted", name)
    if _entry(data, "_VBA_PROJECT") is not None or _entry(data, "_VBA_PROJECT_CUR") is not None:
        raise UnreadableFile("macro", name)
    word = _entry(data, "WordDocument")
    if word is not None:
        if _is_sealed_word(data, word):
            raise UnreadableFile("encrypted", name)
        return "word"
    if _entry(data, "Workbook") is not None or _entry(data, "Book") is not None:
        return "workbook"
    raise UnreadableFile("unsupported", name)


def _entry(data: bytes, title: str) -> int | None:
    """Where the entry of a stream of this title begins in the file's table of contents."""
    wanted = title.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted, _BEGIN)
    while at >= 0:
        # entries stand one after another from the first sector on, the length of their title behind it
        if at % _ENTRY == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(wanted)):
            return at
        at = data.find(wanted, at + 2)
    return None


def _is_sealed_word(data: bytes, entry: int) -> bool:
    shift, start = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, entry + 116)[0]
    at = (start + 1) << min(shift, 12)
    if at + 12 > len(data):
        return False
    magic, flags = struct.unpack_from("<H", data, at)[0], struct.unpack_from("<H", data, at + 10)[0]
    return magic == _WORD and bool(flags & _SEALED)

"""A notice's file as lines, whatever it is, by what it holds and not by what it is called."""

from collections.abc import Callable

from documents.docx import docx_lines
from documents.errors import UnreadableFile
from documents.package import check_outside
from documents.text import text_of

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM", b"{\\rtf")


def _unsupported(_: bytes, name: str) -> list[str]:
    raise UnreadableFile("unsupported", name)


def _text_lines(data: bytes, name: str) -> list[str]:
    return text_of(data, name).splitlines()


_READERS: tuple[tuple[tuple[bytes, ...], Callable[[bytes, str], list[str]]], ...] = (
    ((b"PK\x03\x04", b"PK\x05\x06"), docx_lines),
    ((b"%PDF-",), _unsupported),
    (_IMAGES, _unsupported),
)


def lines_of(data: bytes, name: str) -> list[str]:
    """The printed lines of a Word or text file; raises UnreadableFile where there is nothing to read."""
    check_outside(data, name)
    reader = next((read for starts, read in _READERS if data.startswith(starts)), _text_lines)
    lines = reader(data, name)
    if not any(line.strip() for line in lines):
        raise UnreadableFile("empty", name)
    return lines

"""Office files are zip packages; their parts are read within bounds."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import UnreadableFile

MAX_FILE = 25_000_000
MAX_PART = 40_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_outside(data: bytes, name: str) -> None:
    """Raise UnreadableFile for what its first bytes already tell: too big, encrypted, an old Office format."""
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_big", name)
    if not data.strip():
        raise UnreadableFile("empty", name)
    if data.startswith(_OLE):
        sealed = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableFile("encrypted" if sealed else "unsupported", name)


@contextmanager
def package(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """The opened zip package; a damaged, sealed or macro-bearing one raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFile("encrypted", name)
            if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
                raise UnreadableFile("macro", name)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableFile("broken", name) from error


def part(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One part's bytes, never more than MAX_PART however well it was packed."""
    with archive.open(path) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise UnreadableFile("too_big", name)
    return data

"""Office files are zip packages; their parts are read within bounds."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from documents.errors import UnreadableFile
from documents.sniff import Sort, sort_of

Contents = Literal["word", "workbook", "open", "program", "album", "other"]
"""What a zip file may hold."""

MAX_FILE = 25_000_000
MAX_PART = 40_000_000
_MAX_UNPACKED = 300_000_000
"""A long report with photos unpacks to less."""
_MAX_ENTRIES = 5000
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")
_MAIN = re.compile(r"^word/document\d*\.xml$")
_NAMED: tuple[tuple[str, Contents], ...] = (
    ("xl/workbook.xml", "workbook"),
    ("content.xml", "open"),
    ("META-INF/MANIFEST.MF", "program"),
)


def check_outside(data: bytes, name: str) -> None:
    """Raise UnreadableFile for a file that is too big or holds nothing."""
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_big", name)
    if not data.strip():
        raise UnreadableFile("empty", name)


@contextmanager
def package(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """The opened zip package; a damaged, sealed, swollen or macro-bearing one raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
                raise UnreadableFile("swollen", name)
            if any(_OUTSIDE.search(entry.orig_filename) for entry in entries):
                raise UnreadableFile("strange_paths", name)
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFile("encrypted", name)
            if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
                raise UnreadableFile("macro", name)
            yield archive
    # RuntimeError and the rest are what the library raises for headers that make no sense
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        OverflowError,
        IndexError,
    ) as error:
        raise UnreadableFile("broken", name) from error


def part(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One part's bytes, never more than MAX_PART however well it was packed."""
    with archive.open(path) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise UnreadableFile("swollen", name)
    return data


def main_part(archive: zipfile.ZipFile) -> str | None:
    """The path of a Word file's text, None where it is no Word file."""
    return next(iter(sorted(filter(_MAIN.match, archive.namelist()))), None)


def contents(data: bytes, name: str) -> Contents:
    """What a zip file holds, by the parts in it."""
    with package(data, name) as archive:
        paths = set(archive.namelist())
        if main_part(archive) is not None:
            return "word"
        for path, kind in _NAMED:
            if path in paths:
                return kind
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        return "album" if files and all(_is_picture(archive, entry) for entry in files) else "other"


def album(pictures: Sequence[bytes]) -> bytes:
    """The photos of one notice as one file, which `documents.pictures` takes apart again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, picture in enumerate(pictures):
            archive.writestr(f"{number:03d}", picture)
    return out.getvalue()


def _is_picture(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as stream:
        return sort_of(stream.read(64)) is Sort.PICTURE

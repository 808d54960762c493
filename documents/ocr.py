"""Pictures of pages recognised by tesseract, one page at a time, with where each line stands and how sure it is."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.text import clean
from documents.errors import UnreadableFile
from documents.layout import Piece, in_order
from documents.pages import Pages, Spot

if TYPE_CHECKING:
    from PIL.Image import Image

    from documents.pictures import Picture

Told = Callable[[int, int], None]
"""Hears which page is being recognised, and of how many."""

LANGUAGE = "vie"
_MARGIN = 12
_ONE_ROW = 900
"""Pixels of a line that can still be read across a phone."""
_WHITE = 235
_SURE_ENOUGH = 40
_LEGIBLE = 55
_TIMEOUT = 60
_DOUBLED = re.compile(r"ĐĐ(?=\b|-)")
_LETTERED = re.compile(r"([a-zđ])\) ")
_QUARTER = re.compile(r"\b([Qq]uý) (11+|1l+|l1*|ll+|H|Ï|1⁄|T[VN])(?=[/\s,.;:)]|$)")
_QUARTERS = {"111": "III", "1ll": "III", "lll": "III", "l": "I", "TV": "IV", "TN": "IV"}


@lru_cache(maxsize=1)
def tesseract() -> str | None:
    """The path of a tesseract that knows Vietnamese, None where there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        # the program found on the way, with words of ours alone
        told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if LANGUAGE in told.stdout.split() + told.stderr.split() else None


def recognised(pages: Sequence[Picture], name: str, told: Told | None = None) -> Pages:
    """The lines in these pictures of pages; raises UnreadableFile (no_ocr, illegible).

    While one page is recognised the next is made ready.
    """
    program = tesseract()
    if program is None:
        raise UnreadableFile("no_ocr", name)
    found: list[tuple[str, Spot | None]] = []
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder, ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(_ready, pages[0])
        for number in range(len(pages)):
            page = coming.result()
            if number + 1 < len(pages):
                coming = ahead.submit(_ready, pages[number + 1])
            if told is not None:
                told(number + 1, len(pages))
            pieces = _pieces(_tsv(program, page, Path(folder), name), number)
            found += [
                (_mended(piece.text), piece.spot)
                for piece in in_order(list(pieces), page.height)
                if piece.spot is not None and piece.spot.confidence >= _SURE_ENOUGH
            ]
    found = _in_row(found)
    if not _is_legible(found):
        raise UnreadableFile("illegible", name)
    return Pages.of(found)


def words_of(picture: Image, name: str) -> str:
    """The words of a picture that holds one line, as far as they can be told; raises UnreadableFile."""
    program = tesseract()
    if program is None:
        raise UnreadableFile("no_ocr", name)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        rows = csv.DictReader(
            io.StringIO(_tsv(program, picture, Path(folder), name, "7")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return clean(" ".join(row["text"] or "" for row in rows if row["level"] == "5"))


def cutout(data: bytes, name: str, spot: Spot) -> bytes:
    """A PNG of the line at this spot of a file `documents` recognised; raises UnreadableFile, ValueError for no such spot.

    `data` are the bytes the spot was found in. It renders the page anew: in a chat use `documents.apart.cutout`.
    """
    from documents.notice_file import pictures_of

    pages = pictures_of(data, name)
    if not 0 <= spot.page < len(pages):
        raise ValueError(spot)
    page = _ready(pages[spot.page])
    left, top, right, bottom = spot.box
    box = (
        max(0, left - _MARGIN),
        max(0, top - _MARGIN),
        min(page.width, right + _MARGIN),
        min(page.height, bottom + _MARGIN),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError(spot)
    out = io.BytesIO()
    _for_a_phone(page.crop(box)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _for_a_phone(line: Image) -> Image:
    """The line as it is, or a long one in two rows, parted at the widest gap between words near its middle."""
    if line.width <= _ONE_ROW:
        return line
    # how bright each column is: a gap is the longest run of white ones
    bright = line.convert("L").resize((line.width, 1), 4).tobytes()
    best, length, run = line.width // 2, 0, 0
    for column in range(int(line.width * 0.4), int(line.width * 0.6)):
        run = run + 1 if bright[column] >= _WHITE else 0
        if run > length:
            best, length = column - run // 2, run
    rows = line.crop((0, 0, best, line.height)), line.crop((best, 0, line.width, line.height))
    whole = line.copy().resize((max(row.width for row in rows), 2 * line.height))
    whole.paste(255 if line.mode == "L" else (255, 255, 255), (0, 0, *whole.size))
    for number, row in enumerate(rows):
        whole.paste(row, (0, number * line.height))
    return whole


def _ready(picture: Picture) -> Image:
    from documents.scan import straightened

    return straightened(picture())


def _tsv(program: str, page: Image, folder: Path, name: str, layout: str = "3") -> str:
    path = folder / "page.pgm"
    page.save(path)
    command = [
        program,
        str(path),
        "-",
        "-l",
        LANGUAGE,
        "--psm",
        layout,
        "--dpi",
        "200",
        "-c",
        "tessedit_do_invert=0",
        "tsv",
    ]
    try:
        done = subprocess.run(  # noqa: S603 -- the program found on the way, with words of ours alone
            command,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("slow", name) from error
    except OSError as error:
        raise UnreadableFile("no_ocr", name) from error
    if done.returncode:
        raise UnreadableFile("illegible", name)
    return done.stdout.decode("utf-8", "replace")


def _pieces(tsv: str, page: int) -> Iterator[Piece]:
    """Each word as a piece as tall as its line."""
    top = bottom = 0
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "4":
            top, bottom = int(row["top"]), int(row["top"]) + int(row["height"])
        text = clean(row["text"] or "")
        if row["level"] != "5" or not text:
            continue
        left, right = int(row["left"]), int(row["left"]) + int(row["width"])
        spot = Spot(page, (left, top, right, bottom), round(float(row["conf"])), text)
        yield Piece(text, left, top, right, bottom, bottom - top, spot)


def _mended(text: str) -> str:
    """The line without what is no Vietnamese: the Icelandic letter taken for Đ, an eleventh quarter of the year."""
    text = _DOUBLED.sub("Đ", clean(text).replace("Ð", "Đ"))
    return _QUARTER.sub(lambda found: f"{found[1]} {_QUARTERS.get(found[2], 'II')}", text)


def _in_row(found: Sequence[tuple[str, Spot | None]]) -> list[tuple[str, Spot | None]]:
    """The lines with the d that follows a c) where đ) was recognised: đ) follows d), never c)."""
    last, mended = "", []
    for line, spot in found:
        marker = _LETTERED.match(line)
        wrong = marker is not None and (last, marker[1]) == ("c", "đ")
        mended.append((f"d{line[1:]}" if wrong else line, spot))
        if marker is not None:
            last = "d" if wrong else marker[1]
    return mended


def _is_legible(found: Sequence[tuple[str, Spot | None]]) -> bool:
    sure = [(len(line), spot.confidence) for line, spot in found if spot is not None]
    letters = sum(length for length, _ in sure)
    return letters >= 20 and sum(length * confidence for length, confidence in sure) / letters >= _LEGIBLE

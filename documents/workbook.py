"""Excel workbooks: their sheets' cells as text, and the lines of those that give out work."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from core.text import clean
from documents.errors import UnreadableFile
from documents.package import MAX_PART, package
from documents.tracking import task_lines

MAX_ROWS = 5000
MAX_COLUMNS = 40
_MOST_SHEETS = 20
_MOST_MERGED = 2000
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')

Sheets = dict[str, list[tuple[Any, ...]]]


def sheets_of(data: bytes, name: str) -> Sheets:
    """The values of every sheet by its title, row by row, no more than are ever used; raises UnreadableFile."""
    with package(data, name) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_PART:
            raise UnreadableFile("swollen", name)
        if "xl/workbook.xml" not in archive.namelist():
            raise UnreadableFile("unsupported", name)
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(entry).read(4000):
                raise UnreadableFile("entities", name)
    with warnings.catch_warnings():
        # openpyxl warns of features that hold no cell values
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found: Sheets = {}
            for sheet in book.worksheets[:_MOST_SHEETS]:
                if sheet.sheet_state == "visible":
                    # what a sheet says of its own size is often wrong
                    sheet.reset_dimensions()
                    rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
                    found[clean(sheet.title)] = list(_filled(rows, _merged(data, sheet)))
            book.close()
        # a workbook put together by somebody's own program fails in as many ways as there are attributes
        except (
            InvalidFileException,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            OSError,
            SyntaxError,
            IndexError,
            OverflowError,
            ArithmeticError,
            EOFError,
            AssertionError,
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            raise UnreadableFile("broken", name) from error
    return found


def _merged(data: bytes, sheet: Any) -> list[tuple[int, int, int, int]]:
    """The first and last row and column, from 0, of what is merged in a sheet, which only its own file says."""
    path = sheet._worksheet_path  # noqa: SLF001 -- a workbook opened for reading row by row names its parts nowhere else
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as stream:
        found = _MERGED.findall(stream.read(MAX_PART))
    return [
        (
            int(top) - 1,
            column_index_from_string(left.decode()) - 1,
            int(bottom) - 1,
            column_index_from_string(right.decode()) - 1,
        )
        for left, top, right, bottom in found[:_MOST_MERGED]
    ]


def _filled(rows: Iterable[tuple[Any, ...]], merged: Sequence[tuple[int, int, int, int]]) -> Iterator[tuple[Any, ...]]:
    """The rows with the value of a merged cell in each of its places."""
    held: dict[tuple[int, int], Any] = {}
    starts = {
        (top, left): (bottom, right) for top, left, bottom, right in merged if left < MAX_COLUMNS and top < MAX_ROWS
    }
    for number, row in enumerate(rows):
        cells = [held.pop((number, place), cell) for place, cell in enumerate(row)]
        for place, cell in enumerate(row):
            bottom, right = starts.get((number, place), (number, place))
            for below in range(number, min(bottom + 1, MAX_ROWS) if cell is not None else number):
                for beside in range(place, min(right + 1, MAX_COLUMNS)):
                    if below == number and beside < len(cells):
                        cells[beside] = cell
                    elif below > number:
                        held[below, beside] = cell
        yield tuple(cells)


def workbook_lines(data: bytes, name: str) -> list[str]:
    """The rows of each sheet that gives out work as a notice would say them, else the cells of a row on one line."""
    lines: list[str] = []
    for rows in sheets_of(data, name).values():
        words = [[shown(cell) for cell in row] for row in rows]
        given = task_lines(words)
        lines += given if given is not None else [" | ".join(filter(None, row)) for row in words]
        lines.append("")
    return lines


def shown(value: Any) -> str:
    """A cell's value as a person sees it."""
    if isinstance(value, datetime):
        at = f"{value:%H:%M} " if value.time() != time() else ""
        return f"{at}{value.day}/{value.month}/{value.year}"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()

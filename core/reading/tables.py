"""Tables of tasks whose columns name what, who and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import clean, flat

_CELL = re.compile(r"\s*\|\s*|\t")
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:s?tt|so tt|stt\.?)$")),
    ("cooperating", re.compile(r"phoi hop|ket hop")),
    (
        "lead",
        re.compile(
            r"chu tri|chu cong|(?:don vi|co quan|phong|bo phan|nguoi|can bo) (?:thuc hien|phu trach|duoc giao)|^phan cong|^(?:don vi|phu trach)$"
        ),
    ),
    ("deadline", re.compile(r"thoi gian|thoi han|^han\b|hoan thanh|tien do|ngay xong")),
    ("product", re.compile(r"san pham|ket qua|van ban ban hanh")),
    ("text", re.compile(r"noi dung|nhiem vu|cong viec|chi dao|ten viec")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of tasks, its cells by what their columns hold."""

    code: str
    section: str
    cells: dict[str, str]


def _split(line: str) -> list[str]:
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
        bare = bare[1:-1]
    return [clean(cell) for cell in _CELL.split(bare)]


def _columns(cells: Sequence[str]) -> list[str]:
    """What each column of a heading row holds; empty where this is no heading of tasks."""
    kinds: list[str] = []
    for cell in cells:
        words = flat(cell)
        kind = next((name for name, pattern in _COLUMNS if len(words) < 60 and pattern.search(words)), "")
        kinds.append(kind if kind not in kinds else "")
    return kinds if len(cells) >= 3 and "text" in kinds and {"lead", "deadline"} & set(kinds) else []


def table_rows(raw: Sequence[str]) -> tuple[list[Row], int, int]:
    """The rows of the first table of tasks, and the raw lines it takes up; no rows where there is none."""
    for index, line in enumerate(raw):
        if "|" not in line and "\t" not in line:
            continue
        if columns := _columns(_split(line)):
            rows, end = _read(raw, index + 1, columns)
            if rows:
                return rows, index, end
    return [], 0, 0


def _read(raw: Sequence[str], start: int, columns: Sequence[str]) -> tuple[list[Row], int]:
    rows: list[Row] = []
    section, index = "", start
    for index in range(start, len(raw) + 1):
        cells = _split(raw[index]) if index < len(raw) else []
        if len(cells) < 2:
            if any(cells) or index == len(raw):
                break
            continue
        named = dict(zip(columns, cells, strict=False))
        number, text = named.get("number", "").rstrip(".)"), named.get("text", "")
        filled = [name for name in ("lead", "cooperating", "deadline") if named.get(name)]
        if flat(number).startswith("noi nhan") or (not text and not filled):
            continue
        if not number and rows and "number" in columns:
            before = rows[-1].cells
            for name, cell in named.items():
                if cell and name:
                    before[name] = clean(f"{before.get(name, '')} {cell}")
        elif not filled and re.fullmatch(r"[IVX]+|[A-H]", number):
            section = number
        elif text:
            own = number if re.fullmatch(r"[\w.]{1,8}", number) else str(len(rows) + 1)
            rows.append(Row(own, section, {name: cell for name, cell in named.items() if name}))
    return rows, index

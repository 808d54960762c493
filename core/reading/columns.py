"""What the columns of a table that gives out work hold, as their titles say it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from core.text import clean, flat

Field = Literal["number", "content", "lead", "cooperating", "deadline", "product"]

_TITLES: tuple[tuple[Field, tuple[str, ...]], ...] = (
    ("number", ("stt", "tt", "so tt", "so thu tu", "muc")),
    ("cooperating", ("don vi phoi hop", "co quan phoi hop", "phoi hop thuc hien", "phoi hop", "ket hop")),
    (
        "lead",
        (
            "don vi chu tri",
            "co quan chu tri",
            "don vi thuc hien",
            "don vi duoc giao",
            "don vi chu tri tham muu",
            "don vi dau moi",
            "don vi phu trach",
            "phong ban thuc hien",
            "phong chu tri",
            "phong thuc hien",
            "chu tri",
            "chu cong",
            "chu tri thuc hien",
            "don vi",
            "trach nhiem",
            "phan cong",
            "nguoi thuc hien",
            "nguoi phu trach",
            "can bo thuc hien",
            "can bo phu trach",
            "bo phan thuc hien",
            "bo phan phu trach",
            "giao don vi",
            "phu trach",
        ),
    ),
    (
        "deadline",
        (
            "thoi han",
            "thoi han hoan thanh",
            "thoi gian hoan thanh",
            "thoi gian thuc hien",
            "thoi gian ket thuc",
            "han hoan thanh",
            "han xu ly",
            "han",
            "ngay hoan thanh",
            "thoi gian",
            "thoi han thuc hien",
            "thoi han bao cao",
            "tien do hoan thanh",
            "tien do thuc hien",
        ),
    ),
    ("product", ("san pham", "san pham dau ra", "ket qua dau ra", "dau ra")),
    (
        "content",
        (
            "noi dung",
            "noi dung nhiem vu",
            "noi dung cong viec",
            "noi dung chi dao",
            "noi dung thuc hien",
            "noi dung ket luan",
            "ten nhiem vu",
            "nhiem vu",
            "nhiem vu cu the",
            "cong viec",
            "ten cong viec",
            "y kien chi dao",
            "chi dao",
            "dau viec",
        ),
    ),
)
_ALIKE = 85
_LONGEST_TITLE = 60
_LONGEST_CELL = 200
_OTHERWISE = re.compile(
    r"^(?:so (?:luong|nhiem vu|cong viec|van ban|viec)|tong|ty le|ti le|ket qua (?!dau ra)|tinh hinh|lanh dao|ghi chu|kinh phi)"
    r"|\bthuc te\b|\bbat dau\b|\bngay giao\b|\bthoi gian giao\b|\bda (?:hoan|thuc)|\bqua han\b|\bchua\b"
)
"""Titles that hold one of our words and mean another thing: counts, results, who watches."""
_MEETING = re.compile(r"\bdia diem\b|\bthanh phan\b|\bphong hop\b")
_MORE = """
ghi chu ket qua du kien cac cap co quan lanh dao chi dao theo doi yeu cau van ban kinh phi nguon can cu tien do thuc hien
tinh hinh hinh thuc va ngay thang nam phong ban dat duoc
"""
WORDS = frozenset(_MORE.split()) | {word for _, titles in _TITLES for title in titles for word in title.split()}
"""The words titles of columns are made of, folded."""


def _folded(title: str) -> str:
    return clean(re.sub(r"[^a-z0-9 ]+", " ", flat(clean(title))))


@lru_cache(maxsize=4096)
def _ranked(title: str) -> tuple[Field, int] | None:
    """The field and how surely the title names it: 2 to the word, 1 nearly or among other words."""
    folded = _folded(title)
    if not folded or len(folded) > _LONGEST_TITLE:
        return None
    for field, titles in _TITLES:
        if folded in titles:
            return field, 2
    if _OTHERWISE.search(folded):
        return None
    for field, titles in _TITLES:
        if any(
            len(known) > 4 and (fuzz.ratio(folded, known) >= _ALIKE or f" {known} " in f" {folded} ")
            for known in titles
        ):
            return field, 1
    return None


def field_of(title: str) -> Field | None:
    """What a column of this title holds, None where it is none of what a task is made of."""
    found = _ranked(title) if len(title) <= _LONGEST_CELL else None
    return found[0] if found else None


def columns_of(titles: Sequence[str]) -> dict[Field, int]:
    """The place of each field among the columns, the surest title of each; nothing for a programme of meetings."""
    best: dict[Field, tuple[int, int]] = {}
    for place, title in enumerate(titles):
        if not title or len(title) > _LONGEST_CELL:
            continue
        if found := _ranked(title):
            field, rank = found
            rank += field == "deadline" and bool(re.search(r"\bhan\b", _folded(title)))
            if rank > best.get(field, (0, 0))[0]:
                best[field] = (rank, place)
    if best and any(_MEETING.search(_folded(title)) for title in titles if title and len(title) <= _LONGEST_CELL):
        return {}
    return {field: place for field, (_, place) in best.items()}


def gives_work(places: dict[Field, int]) -> bool:
    """Whether these columns give out work: something to do, and who or by when."""
    return "content" in places and ("lead" in places or "deadline" in places)

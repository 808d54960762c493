"""What a file says: its printed lines and, where they were recognised in a picture, where and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.text import flat

IN_DOUBT = 75
"""Below this confidence a person had better look at the picture of a line."""

MOST_PICTURES = 40
"""How many scanned pages or photos one notice may have."""
LONG_SIDE = 2339
"""The pixels of an A4 page's long side at 200 dots an inch, at which pages are recognised."""
CUT = "cut:"
"""How a file's reference begins that stands for a line cut out of the picture it was recognised in."""

_WORD = re.compile(r"[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line was recognised: `page` from 0, `box` as left, top, right, bottom in pixels of the straightened page.

    `confidence` goes from 0 to 100 and is that of the line's words by their length; `worst` is the least sure word.
    """

    page: int
    box: tuple[int, int, int, int]
    confidence: int
    worst: str = ""

    def to_json(self) -> list[Any]:
        """Return what `from_json` turns back into an equal spot."""
        return [self.page, *self.box, self.confidence, self.worst]

    @classmethod
    def from_json(cls, data: list[Any]) -> Spot:
        """Return the spot `to_json` was called on."""
        page, left, top, right, bottom, confidence = map(int, data[:6])
        return cls(page, (left, top, right, bottom), confidence, str(data[6]))


def cut_ref(file_ref: str, spot: Spot) -> str:
    """The reference of the picture of the line at a spot of a kept file: whoever sends it draws it with `cut_of`."""
    return f"{CUT}{file_ref}:{spot.page}:{':'.join(map(str, spot.box))}"


def cut_of(ref: str) -> tuple[str, Spot]:
    """The kept file and the spot a reference of `cut_ref` names; raises ValueError for any other."""
    file_ref, *numbers = ref.removeprefix(CUT).split(":")
    page, left, top, right, bottom = map(int, numbers)
    return file_ref, Spot(page, (left, top, right, bottom), 0)


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of a file as the reader takes them; `spots` is as long as `lines`, or empty where nothing was recognised.

    A line is shown as it stands in the picture by `documents.ocr.cutout(data, name, spot)`, whose `data` are the bytes
    of the same file.
    """

    lines: tuple[str, ...]
    spots: tuple[Spot | None, ...] = ()

    @property
    def recognised(self) -> bool:
        """Tell whether the lines come from a picture and so may hold misread letters."""
        return any(self.spots)

    def within(self, text: str) -> list[tuple[str, Spot]]:
        """Return the recognised lines a passage such as a directive was put together from, in order."""
        if not self.recognised:
            return []
        whole = f" {' '.join(_WORD.findall(flat(text)))} "
        found = []
        for line, spot in zip(self.lines, self.spots, strict=True):
            words = _WORD.findall(flat(line))
            # a marker such as "3.5." is no part of the passage, and a hyphen at the line's end is gone from it
            core = " ".join(words[2:-1] if len(words) > 6 else words)
            if spot is not None and len(words) > 1 and core in whole:
                found.append((line, spot))
        return found

    def doubtful(self, text: str) -> list[tuple[str, Spot]]:
        """Return those of a passage's lines a person had better look at, the least sure first."""
        return sorted(
            ((line, spot) for line, spot in self.within(text) if spot.confidence < IN_DOUBT),
            key=lambda found: found[1].confidence,
        )

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready form that `from_json` turns back into equal pages."""
        data: dict[str, Any] = {"lines": list(self.lines)}
        if self.recognised:
            data["spots"] = [spot and spot.to_json() for spot in self.spots]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Pages:
        """Return the pages `to_json` was called on; raises ValueError, TypeError or KeyError for anything else."""
        lines = tuple(map(str, data["lines"]))
        spots = tuple(spot and Spot.from_json(spot) for spot in data.get("spots", ()))
        if spots and len(spots) != len(lines):
            raise ValueError("spots")
        return cls(lines, spots)

    @classmethod
    def of(cls, found: Iterable[tuple[str, Spot | None]]) -> Pages:
        """Make pages of lines with their spots."""
        pairs = list(found)
        spots = tuple(spot for _, spot in pairs)
        return cls(tuple(line for line, _ in pairs), spots if any(spots) else ())

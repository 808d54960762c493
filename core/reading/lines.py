"""From raw lines to clean ones: page numbers, columns and line-break hyphens gone."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.text import clean, visible

CLOSED = re.compile(r"[.;:!?…]['\"”’)\]*_]*$|[)\]]\*?$")
_OMITTED = re.compile(r"^\[\s*(?:\.\.\.|…).*\]$")
_PAGE = re.compile(r"^(?:[-–—]\s*)?(?:[Tt]rang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?$")
_EMPHASIS = re.compile(r"(\*{1,3}|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_COLUMNS = re.compile(r"\s{4,}|\s*\|\s*|\t+")
_LOOSE_HYPHEN = re.compile(r"(\d)/\s+(?=[A-ZĐ]{2})|(?<=[A-ZĐ]{2})-\s+(?=[A-ZĐ]{2})")
_FIRST_LINE = 3
"""How many columns the first line of a paragraph stands to the right, at least."""
MAX_LINES = 20_000
MAX_LINE = 60_000
MAX_CHARACTERS = 1_500_000


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    `gap` says that an empty line stands before it; `full`, in wrapped text, that the next word would not have fitted,
    `short` that it would have; `first` that it stands to the right as a
    paragraph's first line does.
    """

    text: str
    gap: bool = False
    full: bool = False
    short: bool = False
    first: bool = False

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence, clause or bracket does."""
        return bool(CLOSED.search(self.text))


def raw_lines(lines: Iterable[str]) -> list[str]:
    """Composed lines split at every kind of line end, their inner spacing kept."""
    found: list[str] = []
    room = MAX_CHARACTERS
    for line in lines:
        found.extend(visible(line[:MAX_LINE]).splitlines() or [""])
        room -= len(line)
        if len(found) > MAX_LINES or room < 0:
            break
    return _undoubled(found[:MAX_LINES])


def _undoubled(lines: list[str]) -> list[str]:
    """The lines without the empty ones that a paste put after every line: those mean nothing."""
    before: list[int] = []
    empty = 0
    for line in lines:
        if line.strip():
            before.append(empty)
            empty = 0
        else:
            empty += 1
    usual = sorted(before)[len(before) // 20] if len(before) > 20 else 0
    if not usual:
        return lines
    kept: list[str] = []
    empty = 0
    for line in lines:
        empty = 0 if line.strip() else empty + 1
        if line.strip() or empty > usual:
            kept.append(line)
    return kept


def columns(line: str) -> list[str]:
    """The pieces of a line that a wide gap or a cell border sets apart."""
    return [piece for piece in map(clean, _COLUMNS.split(line.strip())) if piece]


def _width(texts: Sequence[str]) -> int:
    """The width at which the text was wrapped, 0 where each paragraph is one line."""
    lengths = sorted(len(text) for text in texts if text)
    if len(lengths) < 6:
        return 0
    wide = lengths[int(len(lengths) * 0.85)]
    filled = sum(length >= wide * 0.7 for length in lengths) / len(lengths)
    return (
        wide if wide <= 130 and lengths[-1] <= wide * 1.6 + 10 and filled > (0.3 if len(lengths) >= 12 else 0.7) else 0
    )


def printed_lines(raw: Sequence[str]) -> list[Line]:
    """The lines that carry words, with what their layout tells."""
    texts = [" ".join(piece for piece in map(clean, line.split("|")) if piece) for line in raw]
    width = _width(texts)
    kept: list[tuple[str, int, int]] = []
    empty = 0
    for text, line in zip(texts, raw, strict=True):
        if not text or _OMITTED.match(text):
            empty += 1
        elif _PAGE.match(text) and len(text) <= 12:
            continue
        else:
            kept.append((text, empty, len(line) - len(line.lstrip())))
            empty = 0
    counted = Counter(indent for _, _, indent in kept)
    margin = min((indent for indent, times in counted.items() if times * 7 >= len(kept)), default=0)
    lines: list[Line] = []
    for index, (text, before, indent) in enumerate(kept):
        gap_before = before > 0
        following = kept[index + 1][0].split(" ", 1)[0] if index + 1 < len(kept) else ""
        full = bool(width) and len(text) + 1 + len(following) >= width - 3
        lines.append(
            Line(
                text,
                gap_before,
                full,
                short=bool(width) and not full,
                first=bool(width) and indent - margin >= _FIRST_LINE,
            )
        )
    return lines


def joined(texts: Iterable[str]) -> str:
    """The pieces of one paragraph as one line, emphasis marks and breaks inside document numbers removed."""
    pieces: list[str] = []
    for text in texts:
        if pieces:
            pieces.append("" if re.search(r"\S[-/]$", pieces[-1]) and re.match(r"[\w&]", text) else " ")
        pieces.append(text)
    whole = "".join(pieces)
    whole = _EMPHASIS.sub(r"\2", whole)
    return clean(_LOOSE_HYPHEN.sub(lambda match: match.group().rstrip(), whole))

"""The stamps of secrecy on a notice's first page."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from core.reading.lines import columns
from core.text import clean, flat

SECRET = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_HEAD = 40
_FRAME = re.compile(r"^[^\w]+|[^\w]+$")
_NO_LETTER = re.compile(r"[^a-z]+")
_TWICE = re.compile(r"(.)\1+")
_PRESSED = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_LIKE = 0.83
_SPACED = re.compile(r"(?<=\b\w)\s(?=\w\b)")
_LABELLED = re.compile(r"^(?:do|muc do|dau do) mat\s*[:.]\s*")
_SECRET = {flat(stamp): stamp for stamp in SECRET}
_RESTRICTED = re.compile(
    r"^(?:tai lieu )?(?:han che(?: pho bien| su dung)?|khong pho bien|luu hanh noi bo|(?:xem|hop) xong tra lai)$"
)
_PLAIN = re.compile(r"^han che$")


def _stamps(raw: Sequence[str]) -> list[str]:
    """The pieces of the first page that may be a stamp, their frames taken off."""
    found = []
    for line in raw[:_HEAD]:
        for piece in columns(line):
            bare = _FRAME.sub("", piece)
            # a stamp's letters are often printed apart: "M Ậ T"
            found.append(clean(_SPACED.sub("", bare)) if re.fullmatch(r"(?:\w\s){2,}\w", bare) else bare)
    return found


def secrecy(raw: Sequence[str]) -> str | None:
    """The stamp that forbids reading on: MẬT, TỐI MẬT or TUYỆT MẬT; sentences that speak of secrets carry none."""
    for piece in _stamps(raw):
        folded = flat(piece)
        level = _LABELLED.sub("", folded)
        if level in _SECRET and (piece.isupper() or level != folded):
            return _SECRET[level]
    return None


def pressed(words: str) -> str | None:
    """The stamp of secrecy these are the words of, alone in their frame and read off a hand-pressed stamp, so not surely."""
    letters = _TWICE.sub(r"\1", _NO_LETTER.sub("", flat(words)))
    if letters in _PRESSED:
        return _PRESSED[letters]
    for stamp in ("tuyetmat", "toimat"):
        if SequenceMatcher(None, stamp, letters, autojunk=False).ratio() > _LIKE:
            return _PRESSED[stamp]
    return None


def is_restricted(raw: Sequence[str], body_from: int) -> bool:
    """Whether the first page asks not to pass the notice on; a heading "Hạn chế" in the body does not."""
    head = _stamps(raw[:body_from])
    return any(_RESTRICTED.match(flat(piece)) for piece in head) or any(
        _RESTRICTED.match(flat(piece)) and (piece.isupper() or not _PLAIN.match(flat(piece))) for piece in _stamps(raw)
    )

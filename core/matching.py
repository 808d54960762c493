"""Which directive of one text is which of another: by code where the words agree, else by the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from core.drafts import DraftTask
from core.text import clean, fold

_SAME_CODE: Final = 55
"""How alike, of 100, two directives of one code must be to be the same one."""
_MOVED: Final = 82
"""How alike two directives of different codes must be."""
_WORDS: Final = 1500
"""Characters of a directive that tell it from others."""


def matched(old: Sequence[DraftTask], new: Sequence[DraftTask]) -> dict[int, int]:
    """Return for each index of `new` that continues one of `old` the index of that one; each is used once."""
    words = [plain(task.text) for task in old], [plain(task.text) for task in new]
    codes = {fold(task.code): index for index, task in enumerate(old)}
    pairs: dict[int, int] = {}
    for index, task in enumerate(new):
        same = codes.get(fold(task.code))
        if same is not None and fuzz.ratio(words[0][same], words[1][index], score_cutoff=_SAME_CODE):
            pairs[index] = same
    # a directive that kept its code but stands word for word elsewhere too has moved there
    for index, same in list(pairs.items()):
        exact = [at for at, text in enumerate(words[0]) if text == words[1][index]]
        if exact and same not in exact and exact[0] not in pairs.values():
            pairs[index] = exact[0]
    left = [index for index in range(len(old)) if index not in pairs.values()]
    scores = sorted(
        (
            (-fuzz.ratio(words[0][at], words[1][index], score_cutoff=_MOVED), abs(at - index), index, at)
            for index in range(len(new))
            if index not in pairs
            for at in left
        ),
    )
    taken = set(pairs.values())
    for score, _, index, at in scores:
        if score and index not in pairs and at not in taken:
            pairs[index] = at
            taken.add(at)
    return pairs


def plain(text: str) -> str:
    """Return the words of a directive for comparing: no marks of emphasis, one space between words."""
    return fold(clean(text.replace("*", "")))[:_WORDS].strip(" .;,/")

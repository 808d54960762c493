"""The words as typed beside their folded form, letter for letter, so that what is understood can be cut out."""

import re
from dataclasses import dataclass, replace

from core.text import clean, fold

LONGEST = 8192
"""Characters of a message that are read; no messenger lets a person type more."""

HEAD = 400
"""Characters of a message that the grammar looks at; what follows is only carried along."""

_WORD = re.compile(r"[^\s,;:!?\"()…“”]+")
_EDGES = " \t,;:.-–!"
_GAPS = re.compile(r"\s+")
_LOOSE = re.compile(r" +(?=[,;:.!?])")
_EMPTY = re.compile(r"\( *\)|\[ *\]|\" *\"|“ *”")
_DOUBLED = re.compile(r"([,;:])(?: *[,;:])+")


class _Fold(dict[int, str]):
    def __missing__(self, key: int) -> str:
        return fold(chr(key))[:1] or "'"


_FOLD = _Fold({code: fold(chr(code))[:1] or "'" for code in (*range(0x250), *range(0x1E00, 0x1F00))})


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word and where it stands."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A message on one line: `folded` is as long as `text`, and blank where something has been cut out."""

    text: str
    folded: str
    cuts: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, text: str) -> "Typed":
        """The message cleaned, folded letter for letter and cut to what is read."""
        tidy = clean(text[:LONGEST])
        return cls(tidy, tidy.translate(_FOLD))

    def without(self, *spans: tuple[int, int]) -> "Typed":
        """The message with these places blanked."""
        folded = self.folded
        for start, end in spans:
            folded = folded[:start] + " " * (end - start) + folded[end:]
        return replace(self, folded=folded, cuts=self.cuts + spans)

    def words(self) -> list[Word]:
        """The folded words of the head that are not cut out."""
        found = []
        for match in _WORD.finditer(self.folded, 0, HEAD):
            word = match[0].rstrip(".-–")
            start = match.end() - len(match[0].lstrip("-–"))
            if start < match.start() + len(word):
                word = word.lstrip("-–")
                found.append(Word(word, start, start + len(word)))
        return found

    def kept(self) -> str:
        """What was typed, without what has been cut out."""
        if not self.cuts:
            return self.text.strip(_EDGES)
        pieces, at = [], 0
        for start, end in sorted(self.cuts):
            if start > at:
                pieces.append(self.text[at:start])
            at = max(at, end)
        pieces.append(self.text[at:])
        joined = _LOOSE.sub("", _GAPS.sub(" ", " ".join(pieces)))
        joined = _EMPTY.sub("", joined)
        return _DOUBLED.sub(r"\1", joined).strip(_EDGES)

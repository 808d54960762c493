"""The agency's units, found by any spelling of their names."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from core.reading.model import KnownAgency
from core.text import clean, flat, fold

ACCEPT, MARGIN = 85, 15
_PLAIN = re.compile(r"[^a-z0-9]+")
_TITLE = re.compile(
    r"^(?:cac )?(?:dong chi |d/c |cac dong chi )?(?:(?:thu truong|lanh dao|pho truong(?= phong)|truong(?= phong|\s+ban)|pho giam doc(?= trung tam)|giam doc(?= trung tam)|pho chanh(?= van phong)|chanh(?= van phong)|truong|tp\.?(?= [a-z])) )?"
)
_KINDS = ("van phong", "phong", "trung tam", "ban quan ly", "ban", "chi cuc", "thanh tra", "so", "don vi")
_SHORT_KINDS = {"p": "phong", "tt": "trung tam", "bql": "ban quan ly", "vp": "van phong"}


def _kind_and_rest(words: str) -> tuple[str | None, str]:
    tokens = _PLAIN.sub(" ", fold(words)).split()
    text = " ".join(tokens)
    for kind in _KINDS:
        if text == kind or text.startswith(kind + " "):
            return kind, text[len(kind) :].strip()
    if tokens and tokens[0] in _SHORT_KINDS and len(tokens) > 1:
        return _SHORT_KINDS[tokens[0]], " ".join(tokens[1:])
    return None, text


@dataclass(frozen=True, slots=True)
class _Name:
    code: str
    words: str
    kind: str | None
    rest: str

    @property
    def short(self) -> bool:
        return " " not in self.rest


class Directory:
    """Finds the agency's units in words; without an agency it finds none."""

    def __init__(self, agency: KnownAgency | None) -> None:
        self.agency = agency
        self._names: list[_Name] = []
        self._own: tuple[str, ...] = ()
        if agency:
            self._own = tuple(sorted({fold(name) for name in (agency.name, *agency.aliases)}, key=len, reverse=True))
            for code, names in [(agency.code, (agency.name, *agency.aliases))] + [
                (unit.code, (unit.code, unit.name, *unit.aliases)) for unit in agency.units
            ]:
                self._names += [_Name(code, clean(name), *_kind_and_rest(name)) for name in names if clean(name)]
        self._exact = {_PLAIN.sub("", fold(name.words)): name.code for name in self._names}
        self._pattern = self._compiled()

    def _compiled(self) -> re.Pattern[str] | None:
        spellings = {flat(name.words) for name in self._names}
        spellings |= {f"phong {flat(name.words)}" for name in self._names if name.short and name.kind is None}
        if not spellings:
            return None
        bodies = [
            re.sub(r"(?:\\[ \-–&.]|[–&])+", r"[\\s\\-–.&]*", re.escape(words))
            for words in sorted(spellings, key=len, reverse=True)
        ]
        return re.compile(r"(?:" + "|".join(bodies) + r")(?![\w&])")

    def at(self, text: str, flattened: str, start: int) -> tuple[str, int] | None:
        """The unit whose name stands exactly at `start`, and the name's end."""
        match = self._pattern.match(flattened, start) if self._pattern else None
        if not match:
            return None
        code = self._exact.get(_PLAIN.sub("", match[0])) or self._exact.get(
            _PLAIN.sub("", match[0]).removeprefix("phong")
        )
        end = match.end()
        tail = re.match(r"\s+(?:thuộc )?", text[end:])
        if code is None or tail is None:
            return (code, end) if code else None
        after = end + tail.end()
        for own in self._own:
            if flattened.startswith(own, after) and not flattened[after + len(own) : after + len(own) + 1].isalnum():
                return code, after + len(own)
        alien = len(match[0].split()) <= 2 and re.match(r"[A-ZĐÀ-Ỹ]|tỉnh\b|huyện\b", text[after:])
        return None if alien and match[0] != fold(code) else (code, end)

    def code(self, words: str) -> str | None:
        """The roster's code for a unit's name however written, or None where none or several come close."""
        folded = _TITLE.sub("", fold(clean(words)).strip(" .,;:"), count=1)
        for own in self._own:
            for tail in (f" thuoc {own}", f" {own}"):
                if (
                    folded.endswith(tail)
                    and len(folded) > len(tail) + 4
                    and self._exact.get(_PLAIN.sub("", folded)) is None
                ):
                    folded = folded.removesuffix(tail)
        compact = _PLAIN.sub("", folded)
        if not compact:
            return None
        if found := self._exact.get(compact) or self._exact.get(compact.removeprefix("phong")):
            return found
        kind, rest = _kind_and_rest(folded)
        return self._partly(kind, rest) or self._closest(kind, rest)

    def _partly(self, kind: str | None, rest: str) -> str | None:
        """A unit whose name, alone among its kind, holds all these words."""
        tokens = set(rest.split())
        if kind is None or len(tokens) < 2:
            return None
        codes = {name.code for name in self._names if name.kind == kind and tokens <= set(name.rest.split())}
        return codes.pop() if len(codes) == 1 else None

    def _closest(self, kind: str | None, rest: str) -> str | None:
        scores: dict[str, float] = {}
        for name in self._names:
            if (kind and name.kind and kind != name.kind) or len(rest) < 3 or name.short != (" " not in rest):
                continue
            if not name.short and kind is None and name.kind is not None:
                continue
            score = fuzz.ratio(rest, name.rest)
            scores[name.code] = max(score, scores.get(name.code, 0.0))
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < ACCEPT:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return ranked[0][0] if ranked[0][1] - second >= MARGIN else None

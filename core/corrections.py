"""A document about another notice: an official letter that corrects one (đính chính), or a notice that replaces one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from core.correction_tables import tabled
from core.drafts import DraftTask
from core.reading.header import Header, day, read_header
from core.reading.lines import raw_lines
from core.text import clean, flat

_NOTICE: Final = (
    r"(?:thong bao|ket luan|van ban)(?: ket luan)?(?: so)? *:? *(?P<number>[0-9]{1,5} */ *[0-9a-z&-]{2,40})"
    r"(?:,? ngay (?P<day>[0-9]{1,2})[/. -](?:thang )?(?P<month>[0-9]{1,2})[/. -](?:nam )?(?P<year>[0-9]{4}))?"
)
_CORRECTS: Final = re.compile(rf"(?<![a-z])dinh chinh(?: [a-z,]+){{0,14}}? {_NOTICE}")
_CORRECTS_BELOW: Final = re.compile(rf"{_NOTICE}.{{0,400}}?(?<![a-z])dinh chinh")
_REPLACES: Final = re.compile(
    rf"(?:(?:thong bao|van ban|ket luan|noi dung) nay(?: [a-z,]+){{0,8}}? |^[^a-z]*)thay the(?: cho)?(?: toan bo)? {_NOTICE}"
)
_Q = "\x01"
_QUOTES: Final = str.maketrans(dict.fromkeys('“”„‟"«»″', _Q))
_OLD: Final = rf"{_Q}(?P<old>[^{_Q}]{{1,1500}}){_Q}"
_NEW: Final = rf"{_Q}(?P<new>[^{_Q}]{{1,1500}}){_Q}"
_TO: Final = (
    r"(?: *[,;:.]? *(?:nay|xin|duoc|can|phai|da|de nghi|la|lai|doc|in|ghi|viet|sua|doi|chinh sua|dinh chinh|thay|thay the"
    r"|dieu chinh|chuyen|thanh|bang|cum tu|noi dung|tu|ngay|ten|nhu sau))+ *:? *"
)
_PAIR: Final = re.compile(rf"{_OLD}(?:{_TO}|\s*(?:->|→|=>|=)\s*){_NEW}")
_OMIT: Final = re.compile(rf"(?<![a-z])(?:bo|xoa|luoc bo)(?: (?:cum tu|tu|noi dung|doan))* *:? *{_OLD}")
_INSERT: Final = re.compile(
    rf"(?<![a-z])(?:bo sung|them)(?: (?:cum tu|tu|noi dung))* *:? *{_NEW}(?: (?:vao|ngay))* sau(?: (?:cum tu|tu|noi dung))* *:? *{_OLD}"
)
_CODE: Final = re.compile(
    r"(?<![a-z0-9])(?:muc|diem|khoan|tiet|y|nhiem vu)(?: so)? (?P<muc>[0-9]{1,2}(?:\.[0-9]{1,2})*[a-z]?|[ivx]{1,5}(?:\.[0-9]{1,2})*|[a-z])"
    r"(?![0-9a-z])|(?:^|\n)[-–+ ]*(?P<bare>[0-9]{1,2}(?:\.[0-9]{1,2})+)(?=[ :.)]) *(?![0-9])"
)
_ROMAN: Final = re.compile(r"^[ivx]{2,5}(?=\.|$)")
_PARTS: Final = re.compile(r"(?<![a-z])(?P<inner>[a-z]),? (?:diem|khoan|muc) (?P<outer>[0-9]{1,2}(?:\.[0-9]{1,2})*)")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a document is to another: it corrects or replaces the notice `number` of `issued_on` where that is said.

    `words` are the corrections: the code named (empty where none is), what was printed, and what it should be.
    """

    kind: Literal["correction", "replacement"]
    number: str
    issued_on: date | None = None
    words: tuple[tuple[str, str, str], ...] = ()


def read_relation(lines: Sequence[str]) -> Relation | None:
    """Return what the document is to another notice; `None` for one that stands alone."""
    raw = raw_lines(lines)
    header = read_header(raw)
    body = "\n".join(clean(line) for line in raw[header.body_from :])
    head = " ".join(clean(line) for line in raw[: header.body_from + 12])
    subject = flat(header.title or "")
    if "dinh chinh" in subject or _CORRECTS.search(flat(head)):
        found = _CORRECTS.search(flat(head)) or _CORRECTS_BELOW.search(flat(f"{head} {body}".replace("\n", " ")))
        if found is not None and not _is_own(header, found["number"]):
            said = f"{head} {body}" if found.string == flat(head) else f"{head} {body}".replace("\n", " ")
            number = said[found.start("number") : found.end("number")]
            words = _wordings(body) or tabled(raw[header.body_from :], _first_code)
            return Relation("correction", _number(number), _dated(found), words)
    return _replacement(header, raw)


def _is_own(header: Header, number: str) -> bool:
    return flat(header.number or "").replace(" ", "") == number.replace(" ", "")


def _replacement(header: Header, raw: Sequence[str]) -> Relation | None:
    for line in (header.title or "", *(clean(line) for line in raw)):
        found = _REPLACES.search(flat(f" {line}"))
        if found is not None and not _is_own(header, found["number"]):
            number = f" {line}"[found.start("number") : found.end("number")]
            return Relation("replacement", _number(number), _dated(found))
    return None


def _number(words: str) -> str:
    return re.sub(r"\s+", "", words).rstrip("-.,;").upper()


def _dated(found: re.Match[str]) -> date | None:
    return day(int(found["year"]), int(found["month"]), int(found["day"])) if found["year"] else None


def _wordings(body: str) -> tuple[tuple[str, str, str], ...]:
    marked = body.translate(_QUOTES)
    folded = flat(marked)
    made: list[tuple[int, str, str, str]] = []
    for pattern in (_INSERT, _PAIR, _OMIT):
        for found in pattern.finditer(folded):
            if any(abs(found.start() - at) < 3 for at, *_ in made):
                continue
            old = clean(marked[found.start("old") : found.end("old")])
            new = clean(marked[found.start("new") : found.end("new")]) if pattern is not _OMIT else ""
            new = f"{old} {new}" if pattern is _INSERT else new
            made.append((found.start(), _code_of(folded, *found.span()), old, new))
    return tuple((code, old, new) for _, code, old, new in sorted(made))


def _code_of(folded: str, start: int, end: int) -> str:
    """Return the code of the directive spoken of at a place: named before it on its line, behind it, or further above."""
    bare = re.sub(rf"{_Q}[^{_Q}]*{_Q}", lambda quoted: " " * len(quoted[0]), folded)
    line = bare.rfind("\n", 0, start) + 1
    after = bare[end:].partition("\n")[0]
    return _last_code(bare[line:start]) or _first_code(after) or _last_code(bare[:line])


def _codes(words: str) -> list[str]:
    paired = {found.start("outer"): found for found in _PARTS.finditer(words)}
    codes = []
    for found in _CODE.finditer(words):
        name = "muc" if found["muc"] else "bare"
        both = paired.get(found.start(name))
        code = f"{both['outer']}.{both['inner']}" if both is not None else found[name]
        codes.append(_ROMAN.sub(lambda roman: roman[0].upper(), code))
    return codes


def _last_code(words: str) -> str:
    return next(reversed(_codes(words)), "")


def _first_code(words: str) -> str:
    return next(iter(_codes(words)), "")


@dataclass(frozen=True, slots=True)
class Corrected:
    """Directives with the words put right: the corrections that found their place, and those that did not."""

    tasks: tuple[DraftTask, ...]
    words: tuple[tuple[str, str, str], ...] = ()
    unplaced: tuple[str, ...] = ()


def corrected(tasks: Sequence[DraftTask], words: Sequence[tuple[str, str, str]]) -> Corrected:
    """Return the directives with these words exchanged, where they are named or, without a code, wherever they stand.

    Only the text changes; whoever corrects reads units and dates from it again.
    """
    made = list(tasks)
    placed: list[tuple[str, str, str]] = []
    unplaced: list[str] = []
    for code, old, new in words:
        if new and any(_belongs(task.code, code) and _place(task.text, new) is not None for task in made):
            continue  # it says so already
        having = [index for index, task in enumerate(made) if _place(task.text, old) is not None]
        named = [index for index in having if code and _belongs(made[index].code, code)]
        # the code may be the slip: where its directive has no such words, the only one that has them is meant
        hits = named or (having if not code or len(having) == 1 else [])
        if not hits:
            unplaced.append(f"{code} {old}".strip())
        for index in hits:
            text = made[index].text
            start, end = _place(text, old) or (0, 0)
            made[index] = replace(made[index], text=clean(f"{text[:start]}{new}{text[end:]}"))
            placed.append((made[index].code, old, new))
    return Corrected(tuple(made), tuple(placed), tuple(unplaced))


def _belongs(code: str, named: str) -> bool:
    return not named or flat(code) == flat(named) or flat(code).startswith(f"{flat(named)}.")


def _place(text: str, words: str) -> tuple[int, int] | None:
    """Return where the words stand, whatever their spacing and case; whole words only."""
    pattern = r"\s+".join(re.escape(word) for word in flat(words.strip(" .;,")).split())
    if not pattern:
        return None
    found = re.search(rf"(?<![0-9a-z&]){pattern}(?![0-9a-z&])", flat(text))
    return found.span() if found is not None else None

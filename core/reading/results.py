"""The number and date printed on a result: the agency's own and possible ones, or none; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.reading.header import day
from core.reading.lines import columns
from core.speech.documents import KINDS
from core.text import clean, flat

_HEAD = 16
"""Number and date stand above the body: what it cites further down is another document's."""
_NUMBER = re.compile(r"^s[o0]\s*[:.;]?\s*([0-9]{1,5})\s*/\s*([a-z0-9]{1,8}(?:\s*-\s*[a-z0-9&]{1,12}){0,3})\s*\.?$")
_DATED = re.compile(r"\bngay\s*([0-9]{1,2})\s*thang\s*([0-9]{1,2})\s*nam\s*([0-9]{4})\s*\.?$")
_MISREAD = re.compile(r"[t1il][t1il]r")
"""What a recogniser makes of the letters TTr; no other kind of document looks like it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document's number with its symbol, and its date."""

    number: str
    dated: date


def printed_document(lines: Sequence[str], *, agency_code: str, since: date, until: date) -> Printed | None:
    """The number and date at the head of the agency's own document, dated within these days; None in any doubt."""
    pieces = [flat(clean(piece)) for line in lines[:_HEAD] for piece in columns(line)]
    numbers = [found for piece in pieces if (found := _NUMBER.match(piece)) is not None]
    dates = [found for piece in pieces if (found := _DATED.search(piece)) is not None]
    if len(numbers) != 1 or not dates:
        return None
    symbol = _symbol(numbers[0][2], agency_code)
    dated = day(int(dates[0][3]), int(dates[0][2]), int(dates[0][1]))
    if symbol is None or int(numbers[0][1]) == 0 or dated is None or not since <= dated <= until:
        return None
    return Printed(f"{numbers[0][1]}/{symbol}", dated)


def _symbol(read: str, agency_code: str) -> str | None:
    """TTr-SCT, TTr-SCT-QLTM or a công văn's SCT-QLTM as it is written; None where it is not this agency's."""
    parts = ["".join(part.split()) for part in read.split("-")]
    kind = KINDS.get(parts[0]) or ("TTr" if _MISREAD.fullmatch(parts[0]) else None)
    rest = parts[1:] if kind is not None else parts
    if not rest or rest[0] != flat(agency_code):
        return None
    return "-".join([*([kind] if kind else []), agency_code, *(part.upper() for part in rest[1:])])

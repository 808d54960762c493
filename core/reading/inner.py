"""Entries below another, numbered (1), (i) or i): which lines begin one."""

import re
from collections.abc import Sequence

from core.reading.directives import is_imperative
from core.reading.lines import Line

_NUMBERED = re.compile(r"^(?:\((\d{1,2}|[ivx]{1,5})\)|([ivx]{1,5})\))\s*(?=\S)")
_SECOND = re.compile(r"^ii\)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_COUNTS_UP = re.compile(r"(?:gồm|gồm có|là|như)\s*:$", re.IGNORECASE)


def inner_entry(text: str, before: Line | None, last: int, ahead: Sequence[Line]) -> tuple[int, str] | None:
    """The number of the entry this line begins, and its words; None where it only counts up what one entry asks for.

    The first has to give something to do, the others follow in order. An i) is one only where an ii) follows.
    """
    match = _NUMBERED.match(text)
    if match is None or (match[2] == "i" and not any(_SECOND.match(line.text) for line in ahead)):
        return None
    label, words = match[1] or match[2], text[match.end() :]
    number = int(label) if label.isdigit() else _ROMANS.index(label) + 1 if label in _ROMANS else 0
    if number > 1:
        return (number, words) if last and number == last + 1 else None
    counted_up = before is not None and _COUNTS_UP.search(before.text)
    return (1, words) if number == 1 and words[0].isupper() and is_imperative(words) and not counted_up else None

"""Codes as a phone writes them down when they are spoken: "3 chấm 5", "ba chấm hai chấm hai"."""

import re
from typing import Final

from core.text import nfc

_DIGITS: Final = {
    "không": "0", "một": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5", "lăm": "5", "sáu": "6",
    "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip
_ONE: Final = rf"(?:[0-9]{{1,2}}|{'|'.join(_DIGITS)})"
_CODE: Final = re.compile(rf"(?<![\w.,/]){_ONE}(?: (?:chấm|phẩy) {_ONE}){{1,3}}(?![\w/])", re.IGNORECASE)
_POINT: Final = re.compile(r" (?:chấm|phẩy) ", re.IGNORECASE)


def as_written(text: str) -> str:
    """The text with every code that was spoken written in digits; only with its accents, since "cham" may be "chậm"."""
    folded = nfc(text)
    return _CODE.sub(_digits, folded) if _POINT.search(folded) else text


def _digits(found: re.Match[str]) -> str:
    return ".".join(_DIGITS.get(word.lower(), word) for word in _POINT.split(found[0]))

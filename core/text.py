"""Vietnamese text: one form for storing, one for comparing."""

import re
import unicodedata
from functools import lru_cache

_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]"
)
_SPACES = re.compile(r"\s+")
_BARRED = str.maketrans({"đ": "d", "Đ": "d"})


def nfc(text: str) -> str:
    """The text in composed form, the one form stored and shown."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text without marks, tones and case, for comparing only; folding twice changes nothing."""
    folded = text
    while True:
        split = unicodedata.normalize("NFD", folded.translate(_BARRED).casefold())
        plain = "".join(char for char in split if unicodedata.category(char) != "Mn")
        if plain == folded:
            return plain
        folded = plain


def visible(text: str) -> str:
    """The text in composed form without control, direction or zero-width characters, its spacing kept."""
    return nfc(_CONTROL.sub("", text))


def clean(text: str) -> str:
    """The text on one line in composed form, without control, direction or zero-width characters, single-spaced."""
    return nfc(_SPACES.sub(" ", _CONTROL.sub("", text)).strip())


@lru_cache(maxsize=8192)
def _flat_char(char: str) -> str:
    plain = fold(char)
    return plain if len(plain) == 1 else char


def flat(text: str) -> str:
    """The text folded letter by letter, as long as the text itself, so that offsets fit both."""
    return "".join(map(_flat_char, text))

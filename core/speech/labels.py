"""Which of the offered choices a person named in words: "gui" is [Gửi], "xin y kien gd" is [Xin ý kiến Giám đốc]."""

import re
from collections.abc import Sequence
from typing import Final

from core.speech.courtesy import without_courtesy
from core.speech.typed import Typed

_SHORT: Final = {
    "gd": "giam doc", "pgd": "pho giam doc", "nd": "noi dung", "cvp": "chanh van phong", "vp": "van phong",
    "ko": "khong", "k": "khong", "dc": "duoc", "sl": "so lieu", "vb": "van ban", "tp": "truong phong", "pp": "pho phong",
}  # fmt: skip
_WORD: Final = re.compile(r"[a-z0-9.]+")


def _words(text: str) -> list[str]:
    typed = Typed.of(text[:200])
    folded = (without_courtesy(typed) or typed).folded
    return " ".join(
        _SHORT.get(word, word) for word in (found.rstrip(".") for found in _WORD.findall(folded)) if word
    ).split()


def named_label(text: str, labels: Sequence[str]) -> int | None:
    """The index of the one label that the text is, or is the beginning of; None if none or several are."""
    typed = _words(text)
    if not typed:
        return None
    offered = [_words(label) for label in labels]
    same = [index for index, label in enumerate(offered) if label == typed]
    if not same:
        same = [index for index, label in enumerate(offered) if label[: len(typed)] == typed]
    return same[0] if len(same) == 1 else None

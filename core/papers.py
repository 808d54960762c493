"""What a paper under follow-up is called by its number: TB 718, CV 123, QĐ 45; tasks given without one have none."""

from __future__ import annotations

from typing import Final

from core.text import fold

GIVEN: Final = "GV"
"""What the document is numbered under which tasks without any paper are kept, one for a year."""

_KINDS: Final = {
    "tb": "TB", "ct": "CT", "qd": "QĐ", "kl": "KL", "kh": "KH", "nq": "NQ", "bb": "BB", "cd": "CĐ", "cv": "CV", "bc": "BC",
    "ttr": "TTr", "ctr": "CTr", "hd": "HD", "tt": "TT", "nd": "NĐ", "gm": "GM",
}  # fmt: skip


def paper_called(number: str) -> str | None:
    """Return a paper's kind and number as people say it; `None` for the document of what was given without one."""
    short, slash, symbol = number.partition("/")
    if short == GIVEN:
        return None
    kind = _KINDS.get(fold(symbol.partition("-")[0]))
    # a letter carries who sends it in the place of its kind: 123/UBND-KT
    return f"{kind or ('CV' if slash else 'TB')} {short}"

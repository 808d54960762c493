"""Text typed in the fonts of before Unicode (TCVN3, VNI), whose letters are other letters in disguise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

from core.text import nfc

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_VNI_MARKS = {
    "a": ("øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ"),
    "e": ("øùûõïâàáåãä", "èéẻẽẹêềếểễệ"),
    "o": ("øùûõïâàáåãä", "òóỏõọôồốổỗộ"),
    "ô": ("øùûõï", "ờớởỡợ"),
    "u": ("øùûõï", "ùúủũụ"),
    "ö": ("øùûõï", "ừứửữự"),
    "y": ("øùûõ", "ỳýỷỹ"),
}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = {
    letter + mark: meant
    for letter, (marks, meanings) in _VNI_MARKS.items()
    for mark, meant in zip(marks, meanings, strict=True)
} | _VNI_ALONE
_VNI |= dict(
    chain.from_iterable(
        ((shown.upper(), meant.upper()), (shown[0].upper() + shown[1:], meant.upper())) for shown, meant in _VNI.items()
    )
)
_VNI_SHOWN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_USUAL = frozenset(
    [
        "và",
        "của",
        "các",
        "được",
        "trong",
        "với",
        "cho",
        "về",
        "theo",
        "tỉnh",
        "số",
        "ngày",
        "tháng",
        "năm",
        "công",
        "thực",
        "hiện",
        "phòng",
        "đơn",
        "vị",
        "chủ",
        "trì",
        "phối",
        "hợp",
        "giao",
        "báo",
        "cáo",
        "trước",
        "những",
        "này",
        "đã",
        "có",
        "không",
        "là",
        "để",
        "đến",
        "từ",
        "tại",
        "việc",
        "nhiệm",
        "vụ",
        "kế",
        "hoạch",
        "kết",
        "luận",
        "văn",
        "bản",
        "sở",
        "đồng",
        "chí",
        "giám",
        "đốc",
        "ủy",
        "ban",
        "nhân",
        "dân",
    ]
)
_LETTERS = re.compile(r"[^\W\d_]+")
_DISGUISE = re.compile(r"[\x80-\xff]")
_ONLY_OURS = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_ENOUGH = 0.12
"""Of the words of any Vietnamese text of some length a larger share is among the usual ones."""
_SAMPLE = 20_000
_BEGINNING = 2_000
"""Where nearly every text shows already that it is no such one."""


def from_tcvn3(text: str) -> str:
    """The text meant by letters in a font such as .VnTime."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """The text meant by letters in a font such as VNI-Times."""
    return _VNI_SHOWN.sub(lambda found: _VNI[found[0]], text)


def of_font(font: str) -> Callable[[str], str] | None:
    """What undoes the disguise of a font, by its name; None for a font of Unicode."""
    folded = font.casefold()
    if folded.startswith(".vn"):
        # the fonts whose names end in H show small letters as capitals
        return (lambda text: from_tcvn3(text).upper()) if folded.endswith("h") else from_tcvn3
    return from_vni if folded.startswith("vni-") else None


def share_of_usual(text: str) -> float:
    """How many of the words are among the most usual Vietnamese ones, from 0 to 1."""
    words = _LETTERS.findall(nfc(text[:_SAMPLE]).casefold())
    return sum(word in _USUAL for word in words) / len(words) if words else 0.0


def unlegacy(lines: Sequence[str]) -> list[str]:
    """The lines with letters undisguised where they are in an old font's; others are returned as they are."""
    whole = "\n".join(lines)[:_SAMPLE]
    if len(_ONLY_OURS.findall(whole, 0, _BEGINNING)) * 100 > len(whole):
        return list(lines)
    if len(_DISGUISE.findall(whole)) * 50 < len(whole) or len(_ONLY_OURS.findall(whole)) * 100 > len(whole):
        return list(lines)
    best = max((from_tcvn3, from_vni), key=lambda undo: share_of_usual(undo(whole)))
    if share_of_usual(best(whole)) < max(_ENOUGH, 1.2 * share_of_usual(whole)):
        return list(lines)
    return [best(line) for line in lines]

"""Which unit a message names, by the look of the word: the roster, which knows the units, comes later."""

from typing import Final

from core.speech.typed import Typed, Word

_NOT_UNITS: Final = frozenset({
    "gd", "pgd", "ld", "dc", "tp", "pp", "vb", "ttr", "qd", "bc", "cv", "kh", "tb", "gm", "nd", "sl", "tt",
    "ct", "pct", "cvp", "ko", "kg", "hdnd", "pvp", "tct", "nq", "bb", "st", "th", "tmdt", "ctmtqg", "gpmb",
    "htht", "hthanh", "ok", "rk", "vv", "tks", "xlsx", "docx", "pdf", "thx", "ttg",
})  # fmt: skip
_BEFORE: Final = frozenset({"phong", "p", "ban"})
_NEVER_AFTER: Final = frozenset({
    "nao", "em", "toi", "minh", "khac", "pho", "truong", "va", "chua", "da", "xong", "khong", "anh", "chi",
    "ta", "vang", "se", "dang", "nay", "do", "bao", "gui", "co", "con", "cung", "trinh", "tham", "ho", "chuyen",
    "xin", "vuong", "lam", "cho", "deu", "can", "cua", "ban", "thi", "duoc", "oi", "ok", "gd",
    "nghi", "moi", "phai",
})  # fmt: skip
_ENDS: Final = frozenset({
    "qua", "tre", "cham", "sap", "den", "toi", "truoc", "trong", "co", "nhieu", "it", "nhat", "chua", "da",
    "xong", "bao", "gui", "nop", "ngay", "hom", "chieu", "sang", "gap", "lan", "ve", "vi", "do", "can", "nhe", "con", "dang",
    "a",
})  # fmt: skip
_VOWELS: Final = frozenset("aeiouy")


def _like_a_code(typed: Typed, word: Word) -> bool:
    folded = word.folded
    if not 2 <= len(folded) <= 10 or folded in _NOT_UNITS or not folded.replace("&", "").isalpha():
        return False
    if not _VOWELS & set(folded):
        return True
    shown = typed.text[word.start : word.end]
    return shown.isupper() and not typed.text.isupper() and folded not in {"ubnd", "cd", "ok"}


def mentioned_unit(typed: Typed, words: list[Word], *, reach: int, phrases: bool) -> str | None:
    """The unit as typed: a code among the first `reach` words, or with `phrases` the words after "phòng" anywhere."""
    for index, word in enumerate(words):
        shown = typed.text[word.start : word.end]
        if word.folded.startswith("p.") and len(word.folded) > 3:
            return shown[2:]
        if word.folded in _BEFORE and index + 1 < len(words):
            following = words[index + 1]
            if _like_a_code(typed, following):
                return typed.text[following.start : following.end]
            described = phrases and (index == 0 or words[index - 1].folded not in {"pho", "truong"})
            if described and following.folded not in _NEVER_AFTER:
                return _run(typed, words[index + 1 :])
        if (
            phrases
            and word.folded in {"van", "trung"}
            and index + 1 < len(words)
            and words[index + 1].folded in {"phong", "tam"}
        ):
            return _run(typed, words[index:])
        if index < reach and _like_a_code(typed, word):
            return shown
    return None


def _run(typed: Typed, words: list[Word]) -> str:
    last = words[0]
    for word in words[1:7]:
        if word.folded in _ENDS or word.start > last.end + 3:
            break
        last = word
    return typed.text[words[0].start : last.end]

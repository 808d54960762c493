"""Words of courtesy, which mean nothing: báo cáo sếp, dạ, kính gửi, ạ, nhé, em cảm ơn."""

import re
from typing import Final

from core.speech.typed import Typed
from core.text import fold

_PERSON = (
    r"(?:sep|anh|chi|dong chi|dc|d/c|giam doc|gd|pgd|pho giam doc|lanh dao(?: so| phong| vp)?|ld|thu truong|cvp"
    r"|chanh van phong|chanh vp|van phong|tro ly|em|chu|bac|bot|ca nha"
    r"|cac (?:anh|chi|dong chi|dc|sep|bac|ban|phong|don vi))(?: (?:anh|chi|em|giam doc|gd|pgd|sep|so|phong))?"
)
_NAMED = r"(?: [a-z]{2,7}(?= *[,:;]| +[0-9]))?"
_LEADING: Final = re.compile(
    r"[ ,.:;-]*(?:"
    rf"da(?= *,| +(?:thua|kinh|em|anh|chi|sep|vang|dong chi|da)\b| +bao cao {_PERSON}\b)"
    rf"|(?:da )?(?:kinh )?thua(?: {_PERSON}{_NAMED})?"
    rf"|kinh (?:gui|chao|bao cao)(?: {_PERSON}{_NAMED})?"
    rf"|(?:(?:em|toi|chung em|phong em|phong|minh) )?(?:xin )?(?:phep )?(?:duoc )?bao cao(?: (?:voi|len|cung))? {_PERSON}{_NAMED}"
    r"|(?:em|toi|chung em|phong em) (?:xin )?(?:phep )?(?:duoc )?bao cao"
    rf"|{_PERSON}(?: [a-z]{{2,7}})? (?:oi|a(?= *,))|[a-z]{{2,7}} oi"
    rf"|(?:em )?(?:xin )?chao {_PERSON}{_NAMED}"
    r"|alo|vui long|lam on"
    r")(?![a-z0-9])[ ,.:;-]*"
)
_TRAILING: Final = re.compile(
    r"[ ,.!]*(?<![a-z0-9])(?<![0-9]\.)(?:(?<!muc )(?<!diem )(?<!khoan )a|ah|nhe|nha|nhen|hen|luon|thanks|tks|thank you|xin het|het a"
    rf"|(?:em )?(?:xin )?cam on(?: {_PERSON})?(?: nhieu)?|(?:a|nhe|nha) {_PERSON})[ .!]*$"
)
_YES: Final = "dạ"
_ALREADY: Final = "đã "


def without_courtesy(typed: Typed) -> Typed | None:
    """The message without its courtesy, or None if it is nothing else."""
    spans: list[tuple[int, int]] = []
    start, end = 0, len(typed.folded)
    for _ in range(3):
        lead = _LEADING.match(typed.folded, start, min(end, start + 120))
        if lead is not None and typed.text[start : start + 3].lower() == _ALREADY:
            break
        if lead is None and typed.text[start : start + 3].lower() == _YES + " ":
            spans.append((start, start + 3))
            start += 3
        elif lead is None:
            break
        else:
            spans.append((start, lead.end()))
            start = lead.end()
    for _ in range(2):
        tail = _TRAILING.search(typed.folded, max(start, end - 60), end)
        if tail is None:
            break
        spans.append((tail.start(), end))
        end = tail.start()
    if not spans:
        return typed
    return typed.without(*spans) if typed.folded[start:end].strip(" ,.:;-!") else None


def without_mention(typed: Typed, bot_name: str | None) -> Typed:
    """The message without "@Nhắc việc" or "@nhac_bot" at its start or end; any leading part of the bot's name counts."""
    text = typed.folded
    if "@" not in text:
        return typed
    names = [] if bot_name is None else fold(bot_name).lstrip("@").split()
    if names[:1] == ["bot"]:
        names = names[1:]
    at = len(text) - len(text.lstrip())
    if text[at] == "@":
        end, told = at + 1, False
        if text.startswith("bot ", end) and names:
            end += 4
        for name in names:
            if text.startswith(name, end) and text[end + len(name) : end + len(name) + 1] in {"", " ", ",", ":", "."}:
                end += len(name) + 1
                told = True
            else:
                break
        if not told:
            end = text.find(" ", at)
        return typed.without((at, min(end, len(text)) if end >= 0 else len(text)))
    tail = text.rindex("@")
    if (
        tail > 0
        and text[tail - 1] == " "
        and (text.endswith("bot") or (names and text[tail + 1 :].startswith(names[0])))
    ):
        return typed.without((tail, len(text)))
    return typed


_THANKS: Final = re.compile(r"(?:cam on|thank|thanks|thx|tks)\b")
_HELLO: Final = re.compile(rf"(?:xin )?(?:chao|alo|a lo|hello|hi|hey)(?: {_PERSON})?")


def pleasantry(text: str) -> str | None:
    """Whether the whole message is a greeting ("hello") or thanks ("thanks"); None if it says or is anything else."""
    typed = Typed.of(text)
    said = typed.folded.strip(" ,.!:;")
    if _HELLO.fullmatch(said) is not None:
        return "hello"
    return "thanks" if without_courtesy(typed) is None and _THANKS.search(said) is not None else None

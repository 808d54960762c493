"""Short answers: ok, thôi, đúng, a bare number, an invite code; and whether a sentence asks."""

import re
from typing import Final

_P = (
    r"(?: (?:a|ah|nhe|nha|nhen|em|anh|chi|sep|roi|r|di|nua|vay|the|do|dc|dong chi|luon|nhi|ha|lenh|muc nay|viec nay|tin|tin nhan|van ban|vb"
    r"|thong tin|viec|ro|ok|nay|duoc|co|thu truong|gd|giam doc))*"
)
_ALONE: Final = (
    (
        "acknowledge",
        (
            rf"(?:ok|oke|okay|okie|oki|okey|okla|vang|da|ro|uh|um|u|yes sir|roger|(?:da )?(?:nhan|tiep nhan|ro)|da (?:nam|hieu|biet|xem|doc)"
            rf"|duoc roi|biet roi|ack)(?:,? (?:ok|oke|vang|da|ro|(?:da )?(?:nhan|ro|tiep nhan)))*{_P}"
        ),
    ),
    (
        "cancel",
        rf"(?:huy|huy bo|huy lenh|thoi|bo qua|thoat|cancel|de sau|thoi khong)(?: (?:de sau|khong can|chua can|khoi))*{_P}",
    ),
    ("agree", rf"(?:dung|phai|co|yes|chuan|chinh xac|duoc|gui|gui di|tiep tuc){_P}"),
    ("refuse", rf"(?:khong|ko|no|khong phai|khong dung){_P}"),
    ("progress", r"(?:chua|chx)(?: (?:a|em|anh|dau|nhe|co gi))*"),
    ("undo", rf"(?:hoan tac|undo|(?:go |bam |bao )?nham(?: muc| roi)*){_P}"),
)
_ANSWERS: Final = tuple((intent, re.compile(pattern)) for intent, pattern in _ALONE)
_SPEAKER: Final = re.compile(r"^(?:(?:chung )?em|toi|minh|phong(?: em| toi| minh)?) ")
_NOD: Final = re.compile(r"[\s👍👌🆗🫡\U0001f3fb-\U0001f3ff]+")
_CHOICE: Final = re.compile(
    r"(?:(?:chon|cau|lua chon|phuong an) )?([0-9]{1,2})(?:\u20e3|[.)](?= |$))?(?:(?:[ :]+|, +)(?![0-9]+[/.-]|%)(.*))?"
)
_WORDS_AFTER_CHOICE: Final = 30
"""Beyond these a number that begins the message is a paragraph's, and no answer."""
_GROUP = "[2-9a-hjkmnp-z]{4}"
_CODE: Final = re.compile(
    rf"(?:(?P<agency>[a-z]{{2,12}})(?P<gap>[ -]*))?(?P<one>{_GROUP})(?P<mid>[ -]*)(?P<two>{_GROUP})"
)
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|kh|ph|gh|gi|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_MIXED: Final = re.compile(r"(?=.*[0-9])(?=.*[a-z])")
_QUESTION: Final = re.compile(
    r"\?\s*$|(?:^|.*\S )(?:chua|chx)(?: (?:a|ah|em|anh|chi|vay|the|nhi|ha|dc|dong chi|sep|nao))*[ .!]*$"
    r"|.*\b(?:den dau|toi dau|the nao|ra sao|sao roi|bao gio|khi nao|may gio|phai khong|dung khong|duoc khong|kip khong"
    r"|xong khong|hay chua|(?:la|vuong|mac|thieu|can) gi|tinh hinh (?:the|sao|gi)|lam gi)(?: (?:roi|a|em|anh|vay|the|nhi|ha|nua|thi|xong|se))*[ .!]*$"
    r"|.*\b(?:bao gio|khi nao|chung nao)\b.*\bxong\b|.*\bco (?:\S+ )+khong(?: (?:a|em|anh|vay|nhi))?[ .!]*$"
)
_ABOUT_ONE: Final = re.compile(
    r"(?:bao gio|khi nao|chung nao|ngay nao|may gio) (?:thi )?(?:(?:den|toi|het|phai|can) )?(?:han|xong|nop|bao cao)\b(?!.*\bse\b)"
    r"|(?:xem |doc |cho (?:toi |em )?(?:xem|biet) )?(?:noi dung|chi tiet|toan van|nguyen van)(?: (?:cu the|day du|ra sao))?$"
    r"|.*\b(?:noi|ghi|yeu cau|giao|quy dinh) (?:cai )?gi(?: (?:vay|the|a|nhi))?$"
)
_ASKING_WORD: Final = re.compile(r"(?<!\w)(?:à|hả|nhỉ|chăng)[\s.!]*$")


def short_answer(core: str) -> str | None:
    """The intent of a message that is one short answer and nothing more."""
    if len(core) > 40:
        return None
    core = _SPEAKER.sub("", core)
    return next((intent for intent, pattern in _ANSWERS if pattern.fullmatch(core)), None)


def nods(text: str) -> bool:
    """Whether the message is only a thumb or its like."""
    return _NOD.fullmatch(text) is not None


def chosen(folded: str) -> tuple[int, int] | None:
    """The number that a message begins with as an answer, and where the words after it start."""
    found = _CHOICE.fullmatch(folded)
    if found is None or folded.count(" ") > _WORDS_AFTER_CHOICE:
        return None
    return int(found[1]), found.start(2) if found[2] is not None else len(folded)


def is_invite_code(folded: str) -> bool:
    """Whether the whole message is an invite code such as "sct 7k2m 9q4d"; ordinary words never are."""
    found = _CODE.fullmatch(folded) if len(folded) <= 24 else None
    if found is None:
        return False
    groups = (found["one"], found["two"])
    odd = [group for group in groups if not group.isdigit() and not _SYLLABLE.fullmatch(group)]
    if not odd or (found["agency"] is None and len(odd) < 2):
        return False
    if any(_MIXED.match(group) for group in groups):
        return True
    if found["agency"] is None:
        return False
    dashed = "-" in found["gap"] and "-" in found["mid"]
    return dashed or (not _SYLLABLE.fullmatch(found["agency"]) and len(odd) == 2)


def asks(typed: str, folded: str) -> bool:
    """Whether the sentence is a question: a question mark, a final "chưa", "đến đâu rồi", "thế nào"."""
    folded = folded[-120:]
    return _QUESTION.match(folded) is not None or "?" in typed or _ASKING_WORD.search(typed[-12:].lower()) is not None


def asks_about_one(core: str) -> bool:
    """Whether the words beside a directive's number ask what it says or when it is due: "noi dung 3.4", "3.4 noi gi"."""
    return _ABOUT_ONE.match(core.strip(" .!?,")) is not None

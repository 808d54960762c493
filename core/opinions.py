"""A leader's answer about suggested dates: "dong y, rieng 3.7 trong thang 5"; anything not wholly understood is none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal

from core.drafts import Opinion
from core.speech.answers import asks
from core.speech.courtesy import without_courtesy
from core.speech.dates import find_dates
from core.speech.refs import find_refs
from core.speech.typed import HEAD, Typed

_NO_DATE: Final = re.compile(
    r"(?:khong|ko|chua|dung|bo)(?: can| phai)?(?: dat| cho| ghi| an dinh| dinh| co)?(?: thoi)? han|no deadlines?|no dates?"
)
_REFUSE: Final = re.compile(r"(?:khong|ko|chua) (?:dong y|nhat tri|thong nhat|duyet)|khong|ko|refuse|no")
_AGREE: Final = re.compile(
    r"dong y|nhat tri|thong nhat|chap thuan|duyet|(?:theo|nhu|giu)(?: de xuat| du kien)(?: cua)?(?: van phong| vp)?"
    r"|oke?|okay|vang|duoc|dung|phai|co|yes|agreed?"
)
_ALL: Final = re.compile(r"(?:tat ca|toan bo|cac muc|con lai|nhung muc|moi muc|the rest|others|all)(?: khac)?")
_FOR: Final = re.compile(r"cho|voi|for")
_NO_DATE_FOR: Final = re.compile(rf"(?:{_NO_DATE.pattern})(?P<for> (?:{_FOR.pattern}))? (?=[0-9]{{1,2}}\.[0-9])")
_NO_DATE_FIRST: Final = re.compile(
    rf"(^|[,;.]|\brieng)(\s*)({_NO_DATE.pattern})(?: cho| voi| for)?(?: muc)?((?:[\s,]*(?:va\s+)?\x01)+)"
)
_FILLER: Final = re.compile(
    r"(?:rieng|thi|la|han|thoi han|den|toi|truoc|trong|het|muc|va|nhung|tru|ngoai|ngay|xong|hoan thanh|lui|sang|chuyen|keo dai"
    r"|doi|thanh|nhe|nha|em|anh|toi|vay|roi|r|a|voi de xuat|ve han|cua|van phong|vp|cac|dat|cho den|phai xong|except|and|by|to|but|due)"
)
_TOKEN: Final = re.compile(
    r"(?P<ref>\x01)|(?P<day>\x02)"
    rf"|(?P<nodate>{_NO_DATE.pattern})(?![a-z])|(?P<agree>{_AGREE.pattern})(?![a-z])|(?P<all>{_ALL.pattern})(?![a-z])"
    rf"|(?P<refuse>{_REFUSE.pattern})(?![a-z])|(?P<filler>{_FILLER.pattern})(?![a-z])|(?P<for>{_FOR.pattern})(?![a-z])"
    r"|(?P<gap>[\s,;.:!+&-]+)"
)


def read_opinion(text: str, *, today: date) -> Opinion | None:
    """Return what was decided; `None` where the words are a question, another command or not wholly understood."""
    typed = _codes_after_no_date(Typed.of(text[:HEAD]))
    if asks(typed.text[-120:], typed.folded):
        return None
    typed = without_courtesy(typed) or typed
    refs = find_refs(typed)
    folded = typed.without(*((one.start, one.end) for one in refs)).folded
    days = list(find_dates(folded, today=today, marks=".-"))
    marks: list[tuple[int, int, str]] = [(one.start, one.end, "\x01") for one in refs]
    marks += [(one.start, one.end, "\x02") for one in days]
    for start, end, mark in sorted(marks, reverse=True):
        folded = f"{folded[:start]} {mark} {folded[end:]}"
    folded = _NO_DATE_FIRST.sub(r"\1\2\4 \3", folded)
    said = [one.day - timedelta(days=1) if one.lead == "truoc" else one.day for one in days]
    return _Reader([one.ref.code for one in refs], said).read(folded)


def _codes_after_no_date(typed: Typed) -> Typed:
    """Return the words with "khong dat han 3.8" naming directive 3.8, and not the third of August."""
    for found in reversed(list(_NO_DATE_FOR.finditer(typed.folded))):
        typed = Typed.of(f"{typed.text[: found.end()]}mục {typed.text[found.end() :]}")
    return typed


class _Reader:
    """Goes through the words once; codes wait for the date that follows them."""

    def __init__(self, codes: list[str], days: list[date]) -> None:
        self._codes = codes
        self._days = days
        self._waiting: list[str] = []
        self._dates: dict[str, date | None] = {}
        self._others: date | Literal["keep", "none", "open"] = "open"
        self._before: date | Literal["keep", "none", "open"] = "open"
        self._for: date | None = None

    def read(self, folded: str) -> Opinion | None:
        at, heard = 0, False
        while at < len(folded):
            token = _TOKEN.match(folded, at)
            if token is None or token.end() == at:
                return None
            if token.lastgroup not in {"gap", "filler"}:
                heard = True
                self._take(token.lastgroup or "")
            at = token.end()
        if self._waiting or not heard or (self._others == "open" and not self._dates):
            return None
        if self._before == "none" and isinstance(self._others, date):
            return None  # "khong dat han 15/5" says two things at once
        return Opinion(tuple(self._dates.items()), self._others)

    def _take(self, what: str) -> None:
        if what == "ref":
            code = self._codes.pop(0)
            if self._for is not None:
                self._dates[code] = self._for
            else:
                self._waiting.append(code)
        elif what == "day":
            self._decide(self._days.pop(0))
        elif what in {"nodate", "refuse"}:
            self._decide(None)
        elif what == "agree":
            self._agree()
        elif what == "for" and not self._waiting and isinstance(self._others, date):
            # "15/5 cho 3.7": the date came before its code
            self._for, self._others = self._others, self._before
        elif what == "all":
            self._for = None

    def _decide(self, day: date | None) -> None:
        self._for = None
        if self._waiting:
            self._dates.update(dict.fromkeys(self._waiting, day))
            self._waiting = []
        elif day is not None:
            self._before, self._others = self._others, day
        elif not isinstance(self._others, date):
            self._others = "none"

    def _agree(self) -> None:
        self._for = None
        if self._others == "open":
            self._others = "keep"

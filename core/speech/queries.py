"""What leaders ask for: who is late, what falls due, how things stand, in lists or in questions."""

import re
from dataclasses import dataclass
from typing import Final

_LISTS: Final = re.compile(
    r"^(?:(?:cho )?(?:(?:toi|anh|em) )?(?:xem|biet) )?(?:danh sach|liet ke|cac|nhung|(?:co |con )?(?:bao nhieu|may)|phong nao"
    r"|don vi nao|ai|viec nao|viec gi|muc nao|nhiem vu nao|ty le|ti le|thong ke|tong hop|tong ket)\b"
)
_ASKS: Final = re.compile(
    _LISTS.pattern
    + r"|^(?:xem|cho xem|con|viec|cong viec|nhiem vu|hom nay|tuan nay|thang nay|tinh hinh|tien do chung)\b"
)
_DUE: Final = re.compile(
    r"\b(?:sap (?:den han|toi han|tre|qua han|het han|han)|(?:den|toi) han(?! [0-9])|han (?:hom nay|trong tuan|tuan|thang)|viec sap toi)\b"
)
_LATE: Final = re.compile(r"\b(?:qua han|tre han|cham tien do|cham han|no han|cham tre)\b")
_LATE_WORD: Final = re.compile(r"\b(?:tre|cham)\b")
_OVERALL: Final = re.compile(
    r"\b(?:tong hop|thong ke|tong ket|ty le|ti le|tien do chung|tinh hinh(?: chung| chung the nao| cac phong)?"
    r"|(?:kem|tot|nhieu|it|nhanh) nhat|(?:hon|it nhat|tren) [0-9]+ viec|cho (?:phe )?duyet|cho (?:\w+ )?ky|cho xac nhan"
    r"|bao nhieu viec|may viec|ket qua)\b"
)
_FINISHED: Final = re.compile(r"\b(?:hoan thanh|xong)\b")
_MINE: Final = re.compile(
    r"^(?:(?:cho )?(?:em |toi |anh )?(?:xem |biet )?(?:hom nay |hnay |sang nay |tuan nay |thang nay )?(?:con |co )?(?:danh sach |liet ke |cac |nhung |tat ca |toan bo |may |bao nhieu )*"
    r"(?:viec|cong viec|nhiem vu|dau viec)|(?:hom nay|hnay|sang nay|tuan nay) (?:co |con )?(?:gi|viec)|(?:cua )?(?:toi|em|phong|phong em) con (?:viec|nhiem vu|gi))"
    r"(?: (?:cua|toi|em|minh|phong|phong minh|don vi|hom nay|hnay|tuan nay|thang nay|con lai|con|dang|mo|dang mo|chua xong|chua lam"
    r"|can lam|phai lam|duoc giao|gi|nao|la|nua|nhi|a|ko|k|hong|the|vay|can|gap|sap toi|soon|all|tat ca|het|day du|lam|khong|co|dang lam|dang theo doi))*$"
)
_THEIRS: Final = re.compile(
    r"^(?:(?:cac|nhung|danh sach) )*(?:viec|cong viec|nhiem vu) (?:chua (?:xong|hoan thanh|lam) )?(?:cua|phong|o|[b-df-hj-np-tv-xz]{3,})\b"
    r"|.*\bcon (?:bao nhieu |may )?(?:viec|nhiem vu) (?:gi|nao)\b"
)
_ALL: Final = re.compile(r"\b(?:all|tat ca|toan bo|het|day du)\b")
_SOON: Final = re.compile(r"\b(?:soon|gap|sap toi|tuan nay|hom nay|hnay|sang nay)\b")
_DAYS: Final = re.compile(r"\b([0-9]{1,3})(?: ngay)?\b")
_PERIOD: Final = re.compile(
    r"\b(?:thang (?:[0-9]{1,2}(?:/[0-9]{4})?|nay|truoc)|quy (?:[0-9]|i{1,3}|iv|nay)|nam (?:nay|[0-9]{4})|tuan nay)\b"
)
_SIGNS: Final = re.compile(r"\bcho (?:\w+ ){0,2}(?:ky|xac nhan)\b")
_WAITS: Final = re.compile(r"\bcho (?:phe )?(?:duyet|ky|xac nhan)\b")


@dataclass(frozen=True, slots=True)
class Query:
    """A list somebody wants, its argument (days, a period, "soon", "all"), and whether the words are only that."""

    intent: str
    rest: str
    sure: bool = True


def _first(pattern: re.Pattern[str], core: str, group: int = 0) -> str:
    found = pattern.search(core)
    return "" if found is None else found[group]


def asks_for_list(core: str) -> bool:
    """Whether the words begin as a request for a list does, so that "đã hoàn thành" in them is no report."""
    return _LISTS.match(core) is not None


def query_of(core: str) -> Query | None:
    """The list that the folded words ask for, or None."""
    asked, short = _ASKS.match(core) is not None, core.count(" ") <= 5
    if _DUE.search(core):
        return Query("due", _first(_DAYS, core, 1), asked or short)
    if _LATE.search(core) or core in {"tre", "cham"} or (asked and _LATE_WORD.search(core)):
        return Query("overdue", "", asked or short)
    if _MINE.match(core):
        return Query("tasks", "all" if _ALL.search(core) else "soon" if _SOON.search(core) else "")
    if _THEIRS.match(core):
        return Query("summary", "")
    if asked and _SIGNS.search(core) is not None:
        return Query("waiting", "")
    if (asked and _OVERALL.search(core)) or (_LISTS.match(core) and _FINISHED.search(core)):
        return Query("summary", _first(_PERIOD, core) or _first(_WAITS, core))
    return None

"""Other documents that give an item its units, its dates or its origin."""

import re

_CITED = re.compile(
    r"(?P<kind>Quyết định|Kế hoạch|Công văn|Thông báo|Chỉ thị|Nghị quyết|Chương trình(?: hành động)?|Thông tư|Nghị định|Văn bản|Công điện|Kết luận|QĐ|KH|CV|TB)\s+(?:số\s+)?(?P<number>\d{1,5})(?=[/\s-])"
)
_SHORT = {
    "Quyết định": "QĐ",
    "Kế hoạch": "KH",
    "Công văn": "CV",
    "Thông báo": "TB",
    "Chỉ thị": "CT",
    "Nghị quyết": "NQ",
    "Thông tư": "TT",
    "Nghị định": "NĐ",
    "Văn bản": "VB",
    "Công điện": "CĐ",
    "Kết luận": "KL",
}
_UNITS_THERE = re.compile(
    r"(?:đơn vị|cơ quan|phòng)[^.;]{0,60}(?:được |đã )(?:được )?(?:giao|phân công|nêu)[^.;]{0,40}(?:tại|theo|trong)\s+$",
    re.IGNORECASE,
)
_BY_SUPERIOR = re.compile(
    r"(?:được|do)\s+(?:Chủ tịch |Phó Chủ tịch )?(?:UBND tỉnh|Ủy ban nhân dân tỉnh|Uỷ ban nhân dân tỉnh|Tỉnh ủy|HĐND tỉnh|Bộ Công Thương|Chính phủ|Thủ tướng Chính phủ)[^.;(]{0,40}?\bgiao\b[^.;(]{0,80}?\b(?:tại|theo)\s+"
    + _CITED.pattern
)


def short_citation(match: re.Match[str]) -> str:
    """A cited document as people say it: "QĐ 220"."""
    kind = match["kind"]
    short = "CTr" if kind.startswith("Chương trình") else _SHORT.get(kind, kind)
    return f"{short} {match['number']}"


def cited(text: str) -> list[re.Match[str]]:
    """Every document cited by kind and number."""
    return list(_CITED.finditer(text))


def by_superior(text: str) -> bool:
    """Whether a superior gave this through a decision of its own."""
    return bool(_BY_SUPERIOR.search(text))


def refers_to(text: str, deadline_text: str | None) -> tuple[str, ...]:
    """The documents whose contents decide the units or, where the deadline only points at them, the dates."""
    found: list[str] = []
    wants_date = deadline_text is not None and deadline_text in text
    after = text.find(deadline_text) if deadline_text else -1
    for match in cited(text):
        units_there = _UNITS_THERE.search(text[: match.start()])
        if units_there or (wants_date and match.start() > after):
            found.append(short_citation(match))
            wants_date = wants_date and bool(units_there)
    return tuple(dict.fromkeys(found))

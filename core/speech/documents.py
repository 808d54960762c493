"""A document's number and date: 45 27/4, ttr 45, so 45/ttr ngay 27.4, 812/QĐ-SCT 2/6."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.speech.dates import date_at
from core.speech.model import DocumentRef
from core.speech.typed import HEAD, Typed

KINDS: Final = {
    "ttr": "TTr", "to trinh": "TTr", "qd": "QĐ", "quyet dinh": "QĐ", "bc": "BC", "bao cao": "BC", "cv": "CV",
    "cong van": "CV", "kh": "KH", "ke hoach": "KH", "tb": "TB", "thong bao": "TB", "gm": "GM", "giay moi": "GM",
    "hd": "HD", "huong dan": "HD", "ctr": "CTr", "chuong trinh": "CTr", "nq": "NQ", "nghi quyet": "NQ", "bb": "BB",
    "bien ban": "BB", "pa": "PA", "phuong an": "PA", "da": "ĐA", "de an": "ĐA", "ct": "CT", "chi thi": "CT",
    "qc": "QC", "quy che": "QC", "hdg": "HĐg", "gt": "GT", "dx": "ĐX",
}  # fmt: skip
_BEFORE: Final = "|".join(sorted(KINDS.keys() - {"da", "hd", "gt", "dx"}, key=len, reverse=True))
_SUFFIX = r"/(?P<symbol>[a-z]{1,6}(?:-[a-z0-9&]{1,12}){0,3})(?![a-z0-9&/-]|-[a-z0-9])"
_NUMBER: Final = re.compile(
    r"(?<![a-z0-9.,/-])(?:(?P<kind>" + _BEFORE + r") ?)?(?:(?P<so>so) ?:? ?)?(?P<number>[0-9]{1,5})"
    r"(?:" + _SUFFIX + r"|(?![0-9%/]|[.,][0-9]|-[0-9]| ?%))"
)
_LINK: Final = re.compile(r"(?:,? ?(?:ky )?(?:de )?ngay ?|, ?| )(?=[0-9hq])")
_NOT_BEFORE: Final = re.compile(r"(?:thu|muc|diem|khoan|quy|thang|ngay|lan|tb|thong bao) ?$")
_CODE: Final = re.compile(r" [0-9]+\.[0-9]+")
_FULL: Final = re.compile(r"(?P<number>[0-9]+)(?:/(?P<symbol>.+))?")


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document and the place of its words."""

    document: DocumentRef
    start: int
    end: int


def _symbol(typed: str, folded: str) -> tuple[str | None, str | None, str]:
    """The kind, the suffix and the canonical whole of "TTr-SCT", "ttr" or a công văn's "SCT-VP"."""
    head, _, _ = folded.partition("-")
    if head in KINDS:
        kind = KINDS[head]
        suffix = typed[len(head) + 1 :].upper() or None
        return kind, suffix, kind if suffix is None else f"{kind}-{suffix}"
    return "CV", typed.upper(), typed.upper()


def _dated(typed: Typed, end: int, today: date, *, strict: bool) -> tuple[date | None, bool, int]:
    link = _LINK.match(typed.folded, end)
    if link is None:
        return None, False, end
    found = date_at(typed.folded, link.end(), today=today)
    if found is None:
        return None, False, end
    words = typed.folded[found.start : found.end]
    plain = "ngay" not in link[0] and "." in words
    if strict and plain and int(words.split(".")[0].split()[-1]) <= 12:
        return None, False, end
    return (found.day, found.year_typed, found.end) if found.exact else (None, False, end)


def find_document(typed: Typed, *, today: date, bare: bool = True) -> DocumentFound | None:
    """The first document in the words; without `bare`, a number needs its kind, "số" or its symbol beside it."""
    for found in _NUMBER.finditer(typed.folded, 0, HEAD):
        whole = not typed.folded[: found.start()].strip()
        named = found["kind"] or found["so"] or found["symbol"]
        day, year_typed, end = _dated(typed, found.end(), today, strict=not (named or whole))
        if day is None and (not named or found["kind"] in {"tb", "thong bao"} or found["symbol"] == "tb"):
            continue
        if (found["symbol"] or "").startswith("tb-") and (
            day is None or _CODE.fullmatch(typed.folded, found.end(), end)
        ):
            continue
        if not named and (not bare or _NOT_BEFORE.search(typed.folded[: found.start()])):
            continue
        number, kind, suffix = found["number"], found["kind"], None
        if found["symbol"]:
            kind, suffix, symbol = _symbol(typed.text[found.start("symbol") : found.end("symbol")], found["symbol"])
            number = f"{number}/{symbol}"
        elif kind:
            kind = KINDS[kind]
            number = f"{number}/{kind}"
        return DocumentFound(DocumentRef(number, day, kind, suffix, year_typed), found.start(), end)
    return None


def complete_document(
    ref: DocumentRef, *, year: int, agency_code: str, default_kind: str | None = "TTr"
) -> DocumentRef:
    """The document with kind, agency and year filled in where they were not typed: "45 27/4" is 45/TTr-SCT of that year."""
    found = _FULL.fullmatch(ref.number)
    kind = ref.kind or default_kind
    number, suffix = ref.number, ref.suffix
    if found is not None and suffix is None and kind is not None:
        suffix = agency_code
        number = f"{found['number']}/{agency_code}" if kind == "CV" else f"{found['number']}/{kind}-{agency_code}"
    dated = ref.dated
    if dated is not None and not ref.year_typed:
        try:
            dated = dated.replace(year=year)
        except ValueError:  # 29 February of a year without one stays as it was read
            dated = ref.dated
    return replace(ref, number=number, dated=dated, kind=kind, suffix=suffix)

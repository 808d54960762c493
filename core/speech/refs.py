"""The codes of directives: 3.5, 3,5, mục 3.5, 718/3.5, SCT/718-2023/3.5, several at once, letters after "mục"."""

import re
from dataclasses import dataclass, replace
from typing import Final

from core.speech.model import TaskRef
from core.speech.typed import HEAD, Typed

_END = r"(?![0-9]|[.,][0-9]{3}|/[0-9]{4}| ?%)"
_DOTTED = r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?:\.[a-z](?![a-z0-9])|[a-h](?![a-z0-9]))?(?!\.[0-9])" + _END
_PARAGRAPH = r"(?<![a-z])(?:p[0-9]{1,2}|(?<!ban )v[0-9]{1,4})(?![a-z0-9.]|/[0-9])"
"""The second paragraph of a notice that numbers none is p2, the second task given outside any notice V2."""
_COMMAED = r"[0-9]{1,2}(?:,[0-9]{1,2}){1,3}(?![.,][0-9])" + _END
_NOTICE = r"(?P<notice>[0-9]{1,5}|gv(?=-[12]))(?:-(?P<year>[12][0-9]{3}))?(?:(?P<symbol>/[a-z]{1,6}(?:-[a-z0-9&]{1,12}){0,2})[/ ]|/)"
_LETTERED = r"(?:[0-9]{1,2}[a-z]?|p[0-9]{1,2}|[ivx]{1,5}|[a-z]{1,2}(?=\.[0-9])|[a-z])(?:\.(?:[0-9]{1,2}|[a-z](?![a-z])))*(?![a-z0-9%/]|[.,][0-9])"
_OWNER = r"(?:(?P<agency>[a-z]{2,8})/)?(?:" + _NOTICE + r")?"
_MUC = r"(?:(?<![a-z])(?<!khong co )(?P<muc>muc|nhiem vu|nd|diem|khoan|viec|cong viec)(?: so)?[ :]*)?"
_REF: Final = re.compile(
    _MUC
    + r"(?<![0-9])(?<![0-9]\.)"
    + _OWNER
    + r"(?:(?P<dotted>"
    + _DOTTED
    + "|"
    + _PARAGRAPH
    + r")|(?P<commaed>"
    + _COMMAED
    + r"))"
)
_AFTER_MUC: Final = re.compile(r"(?<![a-z])(?:muc|diem|khoan)(?: so)?[ :]+" + _OWNER + r"(?P<code>" + _LETTERED + r")")
_ARGUMENT: Final = re.compile(r"[ :]*" + _OWNER + r"(?P<code>" + _LETTERED + r")")
_NUMBERED: Final = re.compile(
    r"(?<![0-9a-z/.,-])(?:(?P<agency>[a-z]{2,8})/)?(?P<notice>[0-9]{3,5})(?:-(?P<year>[12][0-9]{3}))?"
    r"(?P<symbol>/[a-z]{1,6}(?:-[a-z0-9&]{1,12}){0,2})?/(?P<code>[0-9]{1,2})(?![0-9a-z/%-]|[.,][0-9]| ?%)"
)
"""The directive of a notice that numbers its directives 1, 2, 3: 902/1 is no date and no share of a whole."""
_NAMED_NEXT: Final = re.compile(
    r"(?<![a-z])(?:xem|xong|nop|trinh|vuong|han|nghi|lai|doi|nhac|sua|tep|doc|nhan|sai|cong|thanh|do|cao|giao|thoi|va|voi|y|kien|hop)"
    r"[ :]*$|^[ :]*$"
)
"""What stands before a directive that is named so: nothing, or the end of what is to be done with it."""
_DATE_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:den|(?<!nhac )toi|truoc(?! han)|ngay|tu|vao|het|thang|(?<!gia )(?<!qua )(?<!den )(?<!het )(?<!tre )(?<!lui )(?<!toi )(?<!truoc )han)"
    r"(?: (?:ngay|het|han))*[ :-]*$"
)
_MENTION: Final = re.compile(
    r"(?:(?<![a-z])(?:(?:cua|o|trong|thuoc|theo) )?(?:tb|thong bao|ket luan|kl)(?: so)? ?:?(?P<named>[0-9]{1,5})"
    r"(?:-(?P<year>[12][0-9]{3}))?(?P<symbol>/[a-z]{1,6}(?:-[a-z0-9&]{1,12}){0,2})?"
    r"|(?<![0-9a-z./])(?P<full>[0-9]{1,5})(?P<fullsymbol>/tb(?:-[a-z0-9&]{1,12}){0,2}))(?![0-9./]|,[0-9])"
)
_JOIN: Final = re.compile(r"[ ,;&+/]*(?:(?:va|voi|cung|v) *)?")
_GIVEN: Final = re.compile(r"[vV][0-9]+")
_ROMAN: Final = re.compile(r"[ivx]+(?=\.)|[ivx]{2,}$")


@dataclass(frozen=True, slots=True)
class RefFound:
    """One reference and the place of its words, "mục" included."""

    ref: TaskRef
    start: int
    end: int


def _as_date(code: str) -> bool:
    day, _, month = code.replace(",", ".").partition(".")
    return month.isdigit() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _letters(typed: Typed, found: re.Match[str], group: str) -> str:
    """The folded letters, but for đ, which is an item and a kind of its own."""
    shown = typed.text[found.start(group) : found.end(group)]
    return "".join("đ" if char in "đĐ" else plain for char, plain in zip(shown, found[group], strict=True))


def _made(typed: Typed, found: re.Match[str], group: str) -> TaskRef:
    code = typed.text[found.start(group) : found.end(group)]
    if _GIVEN.fullmatch(code) is not None:
        code = code.upper()
    elif code not in {"I", "V", "X"}:
        code = _ROMAN.sub(lambda roman: roman[0].upper(), _letters(typed, found, group).replace(",", "."))
    notice = found["notice"]
    if notice is not None and not notice.isdigit():
        notice = notice.upper()
    if notice is not None and found["symbol"]:
        notice += _symbol(typed, found, "symbol")
    agency = found["agency"]
    return TaskRef(
        code,
        notice,
        int(found["year"]) if found["year"] else None,
        _letters(typed, found, "agency").upper() if agency else None,
    )


def _symbol(typed: Typed, found: re.Match[str], group: str) -> str:
    return _letters(typed, found, group).upper() if found[group] else ""


def _joined(folded: str, end: int, start: int) -> bool:
    return _JOIN.fullmatch(folded, end, start) is not None


def find_refs(typed: Typed, *, dates_follow: bool = False) -> list[RefFound]:
    """The references in the words, in their order; with `dates_follow`, only those before the first other word count."""
    found: list[RefFound] = []
    for match in _REF.finditer(typed.folded, 0, HEAD):
        group = "dotted" if match["dotted"] else "commaed"
        code = match[group]
        beside = bool(found) and _joined(typed.folded, found[-1].end, match.start())
        if not match["notice"] and not match["muc"]:
            if _as_date(code) and _DATE_BEFORE.search(typed.folded, max(0, match.start() - 24), match.start()):
                continue
            if found and _as_date(code) and (dates_follow or int(code.replace(",", ".").partition(".")[0]) > 12):
                continue
            if found and group == "commaed" and not beside:
                continue
        if group == "commaed" and code.count(",") == 3 and not match["notice"]:
            middle = match.start(group) + code.index(",", code.index(",") + 1)
            first, second = code.split(",")[:2], code.split(",")[2:]
            found += [
                RefFound(TaskRef(".".join(first)), match.start(), middle),
                RefFound(TaskRef(".".join(second)), middle + 1, match.end()),
            ]
            continue
        found.append(RefFound(_made(typed, match, group), match.start(), match.end()))
    for match in _AFTER_MUC.finditer(typed.folded, 0, HEAD):
        if all(match.end() <= one.start or match.start() >= one.end for one in found):
            found.append(RefFound(_made(typed, match, "code"), match.start(), match.end()))
    for match in _NUMBERED.finditer(typed.folded, 0, HEAD):
        if any(match.end() > one.start and match.start() < one.end for one in found):
            continue
        beside = any(one.end <= match.start() and _joined(typed.folded, one.end, match.start()) for one in found)
        if beside or _NAMED_NEXT.search(typed.folded, max(0, match.start() - 16), match.start()):
            found.append(RefFound(_made(typed, match, "code"), match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def argument_ref(typed: Typed, start: int) -> RefFound | None:
    """The lettered or bare code standing right at `start`, as in "/done II.3" and "/task 1a"."""
    match = _ARGUMENT.match(typed.folded, start)
    return None if match is None else RefFound(_made(typed, match, "code"), match.start(), match.end())


def joined_spans(typed: Typed, found: list[RefFound]) -> tuple[tuple[int, int], ...]:
    """The places to cut so that neither the references nor the words joining them remain."""
    spans: list[tuple[int, int]] = []
    for one in found:
        if spans and _joined(typed.folded, spans[-1][1], one.start):
            spans[-1] = (spans[-1][0], one.end)
        else:
            spans.append((one.start, one.end))
    return tuple(spans)


def find_notice(typed: Typed) -> tuple[str, int | None, int, int] | None:
    """The notice named in the words ("TB 718", "718/TB-SCT"): number, year, and its place."""
    match = _MENTION.search(typed.folded, 0, HEAD)
    if match is None:
        return None
    number = match["named"] or match["full"]
    number += _symbol(typed, match, "symbol") + _symbol(typed, match, "fullsymbol")
    return number, int(match["year"]) if match["year"] else None, match.start(), match.end()


def task_refs(text: str) -> tuple[TaskRef, ...]:
    """The references a text names, wherever they stand."""
    return tuple(one.ref for one in find_refs(Typed.of(text)))


def read_ref(text: str) -> TaskRef | None:
    """The one reference that the whole text is, as `str(ref)` writes it; lettered codes included."""
    typed = Typed.of(text)
    found = [*find_refs(typed)[:1], argument_ref(typed, 0)]
    for one in found:
        if one is not None and one.start == 0 and one.end == len(typed.folded):
            return one.ref
    return None


def with_notice(ref: TaskRef, notice: str | None, year: int | None) -> TaskRef:
    """The reference, in the notice named elsewhere in the message unless it names its own."""
    return ref if notice is None or ref.notice is not None else replace(ref, notice=notice, year=year)

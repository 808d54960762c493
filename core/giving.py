"""A task given outside any notice: «QLTM, phối hợp VP: trình kế hoạch … trước 15/5», perhaps because of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, Final

from core.drafting import draft_task
from core.drafts import DraftTask
from core.errors import UnknownUnit
from core.named_units import described_unit, named_units
from core.reading.model import KnownAgency
from core.reading.reader import read_directive
from core.reading.recurrences import PERIODS
from core.reading.time_words import WEEKDAYS
from core.reading.titles import short_title
from core.speech.dates import DateFound, find_dates
from core.speech.documents import find_document
from core.speech.typed import Typed
from core.tasks import Kind
from core.text import fold

CODE: Final = "V"
"""What the codes of given tasks begin with: V1, V2 … through the agency's whole time."""

_FROM: Final = re.compile(r"^[ ,;:]*(?:theo|can cu)(?: +noi dung)? +")
_PLACE: Final = re.compile(r"[ ,;]*(?:cua (?P<issuer>[^:,;]{2,60}))?[ ,;:.–-]*")
_UNKNOWN: Final = re.compile(r"[ ,;]*(?:phong |p\.)?(?P<unit>[A-ZĐ][A-ZĐ0-9&]{1,9}|[^\s:]{2,10}) *:")
_WITHIN: Final = re.compile(
    r"(?<![a-z])(?:trong|sau)(?: vong| thoi han)? (?P<days>[0-9]{1,3}) ngay(?! lam viec)(?: toi| nua)?"
)
_HOUR: Final = re.compile(r"(?<![0-9/.])([01]?[0-9]|2[0-3]) ?(?:h|gio)(?: ?([0-5][0-9]))?(?![a-z0-9])")
_PERIODS: Final = {fold(word): every for word, every in PERIODS.items()}
_WEEKDAYS: Final = {fold(word): day for word, day in WEEKDAYS.items()}
_AGAIN: Final = re.compile(
    rf"(?:dinh ky )?(?:hang|moi|dinh ky)(?: dinh ky)? (?P<every>{'|'.join(_PERIODS)})(?![a-z])"
    rf"(?:,? *(?:(?:vao|truoc|cham nhat|la|den|ngay) )*(?:thu (?P<weekday>{'|'.join(_WEEKDAYS)})|(?P<sunday>chu nhat|cn)"
    r"|(?P<day>[0-9]{1,2})(?![0-9/.]))(?![a-z]))?"
)
_SHORT: Final = re.compile(r" *(?:mai|mot|kia|nay)")
_AS_TYPED: Final = frozenset({"mai", "mốt", "kia", "nay"})
"""Short words for days that folded letters alone cannot tell from others: "thương mại"."""
_SPAN: Final = re.compile(r" *(?:thang|quy) ")
_NEAR: Final = 14


@dataclass(frozen=True, slots=True)
class Source:
    """The paper a task is given because of: its number, its date where it was said, and who issued it."""

    number: str
    issued_on: date | None = None
    issuer: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready form that `from_json` turns back into an equal source."""
        day = self.issued_on.isoformat() if self.issued_on else None
        return {"number": self.number, "issued_on": day, "issuer": self.issuer}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Source | None:
        """Return the source `to_json` was called on."""
        if data is None:
            return None
        day = data["issued_on"]
        return cls(data["number"], date.fromisoformat(day) if day else None, data["issuer"])


@dataclass(frozen=True, slots=True)
class Given:
    """A task as somebody words it, and the paper it comes from."""

    task: DraftTask
    source: Source | None = None


def read_given(words: str, agency: KnownAgency, *, today: date) -> Given:
    """Return the task the words give, without the units or the date that they leave out.

    Raises `UnknownUnit` where they begin with what can only be a unit and the roster has none of that name.
    """
    typed = Typed.of(words)
    source, start = _source(typed, agency, today)
    units = named_units(typed.text[start:], agency)
    units = units or described_unit(typed.text[start:], agency)
    body = typed.text[start + units.end :].strip(" ,;:.–-") if units else typed.text[start:].strip(" ,;:–-")
    if not units and (wrong := _UNKNOWN.match(typed.text, start)) is not None:
        raise UnknownUnit(wrong["unit"], tuple(unit.code for unit in agency.units))
    text = body[:1].upper() + body[1:]
    known = {unit.code for unit in agency.units}
    task = draft_task(read_directive(CODE, text, agency, today), known, agency.code)
    if units:
        cooperating = tuple(unit for unit in units.cooperating or task.cooperating if unit not in units.lead)
        task = replace(
            task, lead=units.lead, implementing=(), cooperating=cooperating, all_units=units.everyone,
            kind=Kind.TRACKED if task.due or task.recurrence else task.kind, unknown_units=(),
        )  # fmt: skip
    if (again := typed_recurrence(text)) is not None and not _knows_more(task.recurrence):
        recurrence, phrase = again
        task = _titled(
            replace(task, kind=Kind.TRACKED, due=None, due_time=None, recurrence=recurrence, deadline_text=phrase)
        )
    elif task.kind is Kind.TRACKED and task.due is None and task.recurrence is None:
        task = typed_due(task, text, today=today)
    superior = source is not None and fold(agency.code) not in re.split(r"[/-]", fold(source.number))
    return Given(replace(task, by_superior=task.by_superior or superior, doubts=(), warnings=()), source)


def typed_due(task: DraftTask, text: str, *, today: date) -> DraftTask:
    """Return the task with the date the words name as people type it, the day before where "trước" leads to a day alone."""
    typed = Typed.of(text)
    cited = find_document(typed, today=today, bare=False)
    folded = typed.folded if cited is None else typed.without((cited.start, cited.end)).folded
    if (within := _WITHIN.search(folded)) is not None:
        day = today + timedelta(days=int(within["days"]))
        shown = text[within.start() : within.end()]
        return _titled(replace(task, due=day, due_time=None, due_basis=None, suggested=None, deadline_text=shown))
    found = [one for one in find_dates(folded, today=today, marks=".-") if _binds(one, folded, text, today)]
    if not found:
        return task
    last = found[-1]
    hour = _hour(folded, last)
    day = last.day - timedelta(days=1) if last.lead == "truoc" and hour is None else last.day
    shown = text[last.start : last.end]
    return _titled(replace(task, due=day, due_time=hour, due_basis=None, suggested=None, deadline_text=shown))


def _knows_more(read: dict[str, Any] | None) -> bool:
    """Tell whether the reader of notices found the day on which it falls due."""
    return read is not None and (read["weekday"] is not None or read["day"] is not None)


def _binds(found: DateFound, folded: str, text: str, today: date) -> bool:
    """Tell whether a day is when something is wanted, and not "từ 5/5", "thương mại" or the month a report is about."""
    words = folded[found.start : found.end]
    if found.lead == "tu" or (
        _SHORT.fullmatch(words) and text[found.start : found.end].strip().lower() not in _AS_TYPED
    ):
        return False
    return found.exact or (found.day >= today and (bool(found.lead) or _SPAN.match(words) is None))


def typed_recurrence(text: str) -> tuple[dict[str, Any], str] | None:
    """Return how often the words want something, "hàng tuần thứ Sáu", "hang thang ngay 25", and those words."""
    found = _AGAIN.search(Typed.of(text).folded)
    if found is None:
        return None
    every = _PERIODS[found["every"]]
    weekday = (
        (7 if found["sunday"] else _WEEKDAYS[found["weekday"]])
        if every == "week" and (found["weekday"] or found["sunday"])
        else None
    )
    day = int(found["day"]) if found["day"] and every in {"month", "quarter"} and 1 <= int(found["day"]) <= 31 else None
    if day is not None and "truoc" in found[0] and "truoc het" not in found[0]:
        day = day - 1 or 31
    return {"every": every, "weekday": weekday, "day": day}, text[found.start() : found.end()].strip()


def is_given(code: str) -> bool:
    """Tell whether a code is that of a task given outside the text of any notice."""
    return code.startswith(CODE) and code[len(CODE) :].isdigit()


def numbered(codes: Iterable[str]) -> str:
    """Return the code that follows the highest of these: V1 where there is none."""
    numbers = [int(code[len(CODE) :]) for code in codes if is_given(code)]
    return f"{CODE}{max(numbers, default=0) + 1}"


def _titled(task: DraftTask) -> DraftTask:
    """Return the task with a name that leaves its date out."""
    text = task.text.replace(task.deadline_text or "\0", "").strip(" ,;:.–-")
    return replace(task, title=short_title(text, task.product) if text else task.title)


def _source(typed: Typed, agency: KnownAgency, today: date) -> tuple[Source | None, int]:
    lead = _FROM.match(typed.folded)
    found = find_document(typed, today=today, bare=False) if lead is not None else None
    if lead is None or found is None or found.start != lead.end():
        return None, 0
    place = _PLACE.match(typed.folded, found.end)
    issuer = typed.text[place.start("issuer") : place.end("issuer")].strip() if place and place["issuer"] else ""
    if issuer and named_units(issuer, agency):
        issuer, place = "", None
    return Source(found.document.number, found.document.dated, issuer), place.end() if place else found.end


def _hour(folded: str, day: DateFound) -> time | None:
    found = _HOUR.search(folded, max(0, day.start - _NEAR), min(len(folded), day.end + _NEAR))
    return time(int(found[1]), int(found[2] or 0)) if found is not None else None

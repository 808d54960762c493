"""What somebody types to settle a directive of a draft: its units, its date, its kind, its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from core.drafts import DraftNotice, DraftTask
from core.errors import NoDate, UnknownUnit
from core.reading.directory import Directory
from core.reading.model import KnownAgency
from core.reading.titles import short_title
from core.speech.dates import find_dates
from core.speech.typed import Typed
from core.tasks import Kind

What = Literal[
    "lead", "coordinate", "implementing", "cooperating", "due", "no_due", "standing", "tracked", "untracked", "split",
    "product", "title", "text",
]  # fmt: skip

_KEYWORDS: Final[tuple[tuple[What, str], ...]] = (
    ("untracked", r"(?:khong|thoi|bo) theo doi|untracked|unfollow"),
    ("split", r"tach(?: viec| muc)?|them(?: muc)?|split|add"),
    ("product", r"san pham|product"),
    ("title", r"ten(?: goi)?|tieu de|title"),
    ("text", r"noi dung|wording"),
    ("no_due", r"(?:khong|bo|chua)(?: dat| co| ghi)? (?:thoi )?han|no deadline"),
    ("standing", r"(?:viec )?thuong xuyen|viec chung|standing"),
    ("tracked", r"theo doi(?: lai)?|tracked?"),
    ("coordinate", r"(?:cu )?tong hop(?: tien do)?|coordinate"),
    ("cooperating", r"(?:khong )?phoi hop|cooperating"),
    ("implementing", r"(?:trien khai )?thuc hien|implementing"),
    ("lead", r"don vi(?: chu tri)?|chu tri|giao(?: cho)?|tham muu|dau moi|lead|unit"),
    ("due", r"(?:thoi )?han|due|deadline"),
)
_KEYWORD: Final = re.compile("|".join(rf"(?P<{what}>(?<![a-z])(?:{words})(?![a-z]))" for what, words in _KEYWORDS))
_TO_THE_END: Final = {"untracked", "split", "product", "title", "text"}
_UNITS: Final = {"lead", "coordinate", "implementing", "cooperating"}
_BASIS: Final = re.compile(r"(?<![a-z])(?:theo|can cu|basis)[ :]+")
_REASON: Final = re.compile(r"^(?:ly do|vi|do|because)(?![a-z])[ :]*")
_NONE: Final = re.compile(r"(?:khong|khong co|none|no)?")
_AND: Final = re.compile(r" (?:va|and) ")
_ITEM: Final = re.compile(r"(?P<code>[0-9a-z]+(?:\.[0-9a-z]+)+)?[ .:-]*(?P<unit>[^:]{2,60}?) *: *(?P<text>.{3,})")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change somebody wants in a directive; a `due` without a day and with a basis accepts what is suggested."""

    what: What
    units: tuple[str, ...] = ()
    day: date | None = None
    words: str = ""
    basis: str | None = None


def read_edits(text: str, agency: KnownAgency, *, today: date) -> tuple[Edit, ...]:
    """Return the changes the words ask for, none where they ask for nothing known.

    Raises `UnknownUnit` for a unit the roster lacks and `NoDate` for a deadline without a date.
    """
    typed = Typed.of(text)
    found: list[tuple[What, int, int]] = []
    for match in _KEYWORD.finditer(typed.folded):
        what = next(name for name, _ in _KEYWORDS if name == match.lastgroup)
        if not found or found[-1][0] not in _TO_THE_END:
            found.append((what, match.start(), match.end()))
    reader = _Reader(typed, agency, today)
    before = typed.folded[: found[0][1]] if found else typed.folded
    edits: list[Edit] = []
    if before.strip(" ,;.:"):
        edits.append(reader.bare(0, len(before), found[0][0] if found else None))
        if edits[0].what in _UNITS and found and found[0][0] in _UNITS:
            found = found[1:]
    for index, (what, _, start) in enumerate(found):
        end = found[index + 1][1] if index + 1 < len(found) else len(typed.text)
        if what in _UNITS and (whole := reader.units(start, len(typed.text), strict=False)):
            return (*edits, Edit(what, whole))
        edits.append(reader.edit(what, found[index][1], start, end))
    return tuple(edits)


def names_edit(text: str) -> bool:
    """Tell whether the words begin with what can be changed in a directive: "hạn 15/6", "phối hợp QLCN"."""
    return _KEYWORD.match(Typed.of(text).folded.lstrip()) is not None


class _Reader:
    def __init__(self, typed: Typed, agency: KnownAgency, today: date) -> None:
        self._typed = typed
        self._agency = agency
        self._directory = Directory(agency)
        self._today = today

    def bare(self, start: int, end: int, following: What | None) -> Edit:
        """Words before any keyword: a date, or units for the keyword that follows them or to lead."""
        if self._day(start, end) is not None:
            return self.edit("due", start, start, end)
        what: What = following if following is not None and following in _UNITS else "lead"
        return Edit(what, self.units(start, end))

    def edit(self, what: What, keyword: int, start: int, end: int) -> Edit:
        """One keyword with the words after it."""
        words = self._typed.text[start:end].strip(" ,;:.-–")
        if what in _UNITS:
            nobody = self._typed.folded.startswith("khong", keyword) or _NONE.fullmatch(words)
            return Edit(what, () if nobody else self.units(start, end))
        if what == "due":
            basis = _BASIS.search(self._typed.folded, start, end)
            day = self._day(start, basis.start() if basis else end)
            said = self._typed.text[basis.end() : end].strip(" ,;.") if basis else None
            if day is None and not said:
                raise NoDate(words)
            return Edit("due", day=day, basis=said or None)
        if what == "untracked":
            reason = _REASON.match(Typed.of(words).folded)
            return Edit(what, words=words[reason.end() :] if reason else words)
        return Edit(what, words=words if what in _TO_THE_END else "")

    def _day(self, start: int, end: int) -> date | None:
        found = next(find_dates(f"han {self._typed.folded[start:end].strip()}", today=self._today, marks=".-"), None)
        if found is None:
            return None
        return found.day - timedelta(days=1) if "truoc" in self._typed.folded[start:end] else found.day

    def units(self, start: int, end: int, *, strict: bool = True) -> tuple[str, ...]:
        """Return the units named there; not `strict`, none instead of `UnknownUnit`."""
        codes: list[str] = []
        for piece in re.split(r"[,;]", self._typed.text[start:end].strip(" :.-–")):
            words = piece.strip(" :.-–")
            if not words:
                continue
            found = self._one(words) or self._several(words)
            if not found:
                if strict:
                    raise UnknownUnit(words, tuple(unit.code for unit in self._agency.units))
                return ()
            codes += found
        return tuple(dict.fromkeys(codes))

    def _one(self, words: str) -> list[str]:
        code = self._directory.code(words) or self._directory.code(f"phòng {words}")
        return [code] if code is not None and code != self._agency.code else []

    def _several(self, words: str) -> list[str]:
        folded = Typed.of(words).folded
        for pieces in (_AND.split(folded), folded.split()):
            found = [self._one(piece) for piece in pieces]
            if len(found) > 1 and all(found):
                return [code for codes in found for code in codes]
        return []


_SETTLES: Final[dict[What, str]] = {
    "lead": "units", "coordinate": "units", "implementing": "units", "cooperating": "units", "due": "deadline",
    "no_due": "deadline", "standing": "deadline", "text": "code", "title": "code",
}  # fmt: skip
"""Which doubts of the reader a person's word settles."""


def apply_edit(task: DraftTask, edit: Edit) -> DraftTask:
    """Return the directive with this change; a date the notice does not print counts only with a basis."""
    field = _SETTLES.get(edit.what)
    doubts = tuple(doubt for doubt in task.doubts if field is None or not doubt.startswith(f"{field}:"))
    scanned = None if edit.what == "text" else task.scanned
    return _applied(replace(task, doubts=doubts, scanned=scanned), edit)


def _applied(task: DraftTask, edit: Edit) -> DraftTask:
    match edit.what:
        case "lead" | "coordinate":
            return _with_units(replace(task, lead=edit.units, all_units=False), edit.units)
        case "implementing":
            changed = replace(task, implementing=tuple(unit for unit in edit.units if unit not in task.lead))
            return replace(changed, cooperating=tuple(u for u in task.cooperating if u not in edit.units))
        case "cooperating":
            others = task.lead + task.implementing
            return replace(task, cooperating=tuple(unit for unit in edit.units if unit not in others))
        case "due":
            return _with_day(task, edit)
        case "no_due":
            return replace(task, due=None, due_time=None, due_basis=None, suggested=None)
        case "standing":
            return replace(
                task, kind=Kind.STANDING, due=None, due_time=None, due_basis=None, suggested=None,
                all_units=not task.lead,
            )  # fmt: skip
        case "tracked":
            return replace(task, kind=Kind.TRACKED, kind_reason=None)
        case "untracked":
            return replace(task, kind=Kind.UNTRACKED, kind_reason=edit.words or None)
        case "product":
            words = "" if _NONE.fullmatch(Typed.of(edit.words).folded) else edit.words
            return replace(task, product=words or None, needs_document=bool(words))
        case "title":
            return replace(task, title=edit.words or task.title)
        case "text":
            return replace(task, text=edit.words or task.text)
        case "split":
            return task


def _with_units(task: DraftTask, lead: tuple[str, ...]) -> DraftTask:
    return replace(
        task,
        kind=Kind.TRACKED if task.kind is Kind.UNTRACKED else task.kind,
        implementing=tuple(unit for unit in task.implementing if unit not in lead),
        cooperating=tuple(unit for unit in task.cooperating if unit not in lead),
        warnings=tuple(name for name in task.warnings if name not in {"no_unit", "unknown_unit"}),
    )


def _with_day(task: DraftTask, edit: Edit) -> DraftTask:
    day = edit.day or task.suggested
    if day is None:
        return task
    kind = Kind.TRACKED if task.kind is Kind.STANDING else task.kind
    if task.prints_date and edit.basis is None:
        left = tuple(
            name for name in task.warnings if name not in {"bad_date", "several_deadlines", "relative_deadline"}
        )
        return replace(task, kind=kind, due=day, due_time=None, due_basis=None, warnings=left)
    if edit.basis is not None:
        return replace(task, kind=kind, due=day, due_time=None, due_basis=edit.basis)
    return replace(task, kind=kind, due=None, due_time=None, due_basis=None, suggested=day)


def split_item(
    draft: DraftNotice, parent: DraftTask, said: str, agency: KnownAgency
) -> tuple[DraftNotice, DraftTask] | None:
    """Return the draft with a directive split off, from "3.2.3 QLNL: Kế hoạch …"; `None` where the words are no such item.

    Raises `UnknownUnit` for a unit the roster lacks. The code follows the last one split off before, unless it is said.
    """
    found = _ITEM.fullmatch(said.strip())
    if found is None:
        return None
    units = _Reader(Typed.of(found["unit"]), agency, date.min).units(0, len(found["unit"]))
    children = [index for index, task in enumerate(draft.tasks) if task.code.startswith(f"{parent.code}.")]
    at = max([draft.tasks.index(parent), *children]) + 1
    number = 1
    while draft.task(f"{parent.code}.{number}") is not None:
        number += 1
    typed = found["code"] if found["code"] and found["code"].startswith(f"{parent.code}.") else None
    code = typed if typed and draft.task(typed) is None else f"{parent.code}.{number}"
    text = found["text"].strip()
    new = DraftTask(
        code, text, short_title(text), lead=units, by_superior=parent.by_superior, restricted=parent.restricted
    )
    return replace(draft, tasks=(*draft.tasks[:at], new, *draft.tasks[at:])), new

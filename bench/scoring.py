"""How well notices are read: strict scores against labelled texts.

A folder holds pairs `name.txt` and `name.truth.json`; the agency a text is for stands in the file its label names as
`roster`, or in `roster.yaml`.
A label gives `deadline`, the date as printed, or `due`, the last day in time; labels with a `doubt` are not scored,
yet what is read for them is not invented either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.reading.model import KnownAgency, ReadNotice, ReadTask
from core.reading.reader import read_notice
from core.roster import known_agency
from core.text import fold
from documents.errors import UnreadableFile
from documents.notice_file import read_file
from documents.roster_file import read_roster

OWN = Path(__file__).parent.parent / "tests" / "data" / "reading"
"""The project's own labelled documents."""

_PERSON = re.compile(
    r"^(?:(?:dong chi|d/c|ong|ba) )?(?:thu truong|lanh dao|giam doc|pho giam doc|chu tich|truong|chanh) (?=\w)"
)
_FACTORED = re.compile(r"^(ubnd|so|bo|phong|ban|cong ty)(?: cac)? (phuong|xa|huyen|thi xa|thanh pho)?s?:? ?(.+)$")
_EVERY = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "half_yearly": "half_year",
    "yearly": "year",
}


@dataclass(slots=True)
class Score:
    """What was right of what there was; scores add up."""

    labelled: int = 0
    found: int = 0
    read: int = 0
    invented: int = 0
    leads: int = 0
    cooperating: int = 0
    deadlines: int = 0
    wrong_dates: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Result:
    """One document's score and every fault found in it, in words."""

    name: str
    score: Score
    faults: tuple[str, ...]


def plain_unit(name: str) -> str:
    """A unit's name as two careful readers would agree on it: folded, without persons' titles and spelling variants."""
    words = re.sub(r"[^a-z0-9/: ]+", " ", fold(name).replace("&", " va "))
    words = re.sub(r"\b(?:va|cua|cac|thuoc)\b", " ", words)
    words = re.sub(r"\buy ban nhan dan\b", "ubnd", words)
    words = " ".join(words.replace(":", " ").split())
    return _PERSON.sub("", words, count=1)


def _plain_units(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        head, colon, listed = name.partition(":")
        if colon:
            kind = re.sub(r"^[Cc]ác | các ", " ", head).strip()
            found |= {plain_unit(f"{kind} {one}") for one in re.split(r",\s*(?![^,]*và Du lịch)", listed)}
        else:
            found.add(plain_unit(name))
    return frozenset(found)


def _same_units(label: Mapping[str, Any], task: ReadTask, part: str) -> bool:
    if part == "lead_units":
        read = (*task.lead_units, *task.implementing_units) if "implementing_units" not in label else task.lead_units
        if label.get("all_units"):
            return task.all_units and not task.lead_units
        return _plain_units(label[part]) == _plain_units(read)
    return _plain_units(label.get(part, ())) == _plain_units(task.cooperating_units)


def _due(label: Mapping[str, Any], task: ReadTask) -> tuple[date | None, date | None]:
    """The last day in time by the label and by the reader; a suggestion is none."""
    read = None if task.suggested_due else task.due
    if "due" in label:
        wanted = None if label.get("suggested_due") or not label["due"] else date.fromisoformat(label["due"])
        return wanted, read
    wanted = date.fromisoformat(label["deadline"]) if label.get("deadline") else None
    strict = wanted and read == wanted - timedelta(days=1) and "trước" in (task.deadline_text or "").lower()
    return (read if strict else wanted), read


def _same_deadline(label: Mapping[str, Any], task: ReadTask) -> bool:
    wanted, read = _due(label, task)
    every = label.get("recurrence")
    every = every.get("every") if isinstance(every, Mapping) else _EVERY.get(every or "", every)
    clock = label.get("deadline_time") or label.get("due_time")
    return (
        wanted == read
        and (every or None) == (task.recurrence.every if task.recurrence else None)
        and (clock is None or (task.due_time is not None and task.due_time.isoformat("minutes") == clock))
    )


def score(name: str, notice: ReadNotice, labels: Sequence[Mapping[str, Any]]) -> Result:
    """The strict score of one notice as read, and its faults."""
    result, faults = Score(), []
    tasks = {task.code: task for task in notice.tasks}
    known = {label["code"] for label in labels}
    result.read = len(tasks)
    for code in tasks.keys() - known:
        result.invented += 1
        faults.append(f"{code} invented: {tasks[code].text[:60]}")
    for label in labels:
        if label.get("doubt"):
            continue
        result.labelled += 1
        task = tasks.get(label["code"])
        if task is None:
            faults.append(f"{label['code']} missing")
            continue
        result.found += 1
        for part, right in (
            ("lead_units", _same_units(label, task, "lead_units")),
            ("cooperating_units", _same_units(label, task, "cooperating_units")),
        ):
            result.leads += right and part == "lead_units"
            result.cooperating += right and part == "cooperating_units"
            if not right:
                faults.append(f"{label['code']} {part}: {getattr(task, part)} for {label.get(part)}")
        wanted, read = _due(label, task)
        if _same_deadline(label, task):
            result.deadlines += 1
        else:
            faults.append(f"{label['code']} deadline: {read} {task.recurrence} for {wanted} {label.get('recurrence')}")
        if read is not None and read != wanted and not set(task.warnings) - {"no_unit", "unknown_unit"}:
            result.wrong_dates += 1
    return Result(name, result, tuple(faults))


def _agency(folder: Path, roster: str) -> KnownAgency | None:
    path = folder / roster
    return known_agency(read_roster(path.read_bytes(), path.name)) if path.exists() else None


def score_folder(folder: Path) -> list[Result]:
    """The score of every labelled text of a folder, in the order of their names."""
    results = []
    for path in sorted(folder.glob("*truth.json")):
        name = path.name.removesuffix("truth.json").removesuffix(".")
        text = next(
            found for found in (folder / f"{name or folder.name}.txt", *sorted(folder.glob("*.txt"))) if found.exists()
        )
        truth = json.loads(path.read_text(encoding="utf-8"))
        agency = _agency(folder, truth.get("roster", "roster.yaml"))
        notice = read_notice(text.read_text(encoding="utf-8").splitlines(), agency)
        results.append(score(name or folder.name, notice, truth["tasks"]))
    return results


def score_originals(folder: Path) -> list[Result]:
    """The scores of the files as issued, `03-original.pdf` beside the label `03-….truth.json`, read as they are."""
    results = []
    for path in sorted(folder.glob("*-original*")):
        label = next(iter(sorted(folder.glob(f"{path.name.partition('-')[0]}-*truth.json"))), None)
        if label is None:
            continue
        truth = json.loads(label.read_text(encoding="utf-8"))
        try:
            lines = read_file(path.read_bytes(), path.name).lines
        except UnreadableFile as unreadable:
            if unreadable.kind != "no_ocr":
                raise
            continue  # without tesseract the scans are left out
        notice = read_notice(lines, _agency(folder, truth.get("roster", "roster.yaml")))
        results.append(score(path.name, _labelled_part(notice, truth["tasks"]), truth["tasks"]))
    return results


def _labelled_part(notice: ReadNotice, labels: Sequence[Mapping[str, Any]]) -> ReadNotice:
    """The notice from the first labelled directive on: some labels begin in the middle of the document issued."""
    known = {label["code"] for label in labels}
    first = next((at for at, task in enumerate(notice.tasks) if task.code in known), 0)
    return replace(notice, tasks=notice.tasks[first:])


def total(results: Iterable[Result]) -> Score:
    """The scores of all documents together."""
    whole = Score()
    for result in results:
        whole += result.score
    return whole


def table(results: Sequence[Result], *, faults: bool = False) -> str:
    """The scores as lines to print, the total last; with the faults below each document where wished."""
    width = max([len(result.name) for result in results] + [5])
    rows = [f"{'':{width}}  codes found  invented  lead units  cooperating  deadlines  wrong dates"]
    for name, one, wrong in [(r.name, r.score, r.faults) for r in results] + [("total", total(results), ())]:
        rows.append(
            f"{name:{width}}  {_of(one.found, one.labelled):>11}  {one.invented:>8}  {_of(one.leads, one.labelled):>10}"
            f"  {_of(one.cooperating, one.labelled):>11}  {_of(one.deadlines, one.labelled):>9}  {one.wrong_dates:>11}"
        )
        rows += [f"    {fault}" for fault in wrong] if faults else []
    return "\n".join(rows)


def _of(right: int, whole: int) -> str:
    return f"{right}/{whole}"

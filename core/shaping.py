"""Directives of a draft put together, and one taken apart by a table of what it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.drafting import draft_task
from core.drafts import DraftNotice, DraftTask
from core.matching import matched
from core.reading.directory import Directory
from core.reading.model import KnownAgency, ReadTask
from core.reading.reader import read_directive, read_notice
from core.reading.titles import short_title
from core.speech.dates import find_dates
from core.text import clean, flat

_CELL: Final = re.compile(r"\t|\s*\|\s*|\s{3,}")
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})*[.)]?")
_HEADER: Final = re.compile(r"\b(?:stt|tt|noi dung|don vi|chu tri|thoi han|thoi gian|phoi hop)\b")
_LONGEST_DATE: Final = 60
_UNIT: Final = re.compile(r"(?:các )?(?:phòng|đơn vị):? ", re.IGNORECASE)


def merged(draft: DraftNotice, indexes: Sequence[int]) -> tuple[DraftNotice, DraftTask]:
    """Return the draft with directives put together into the first of them: all words, all units, the earliest date."""
    ordered = sorted(dict.fromkeys(indexes))
    first, *others = [draft.tasks[index] for index in ordered]
    made = first
    for other in others:
        made = _joined(made, other)
    tasks = [task for index, task in enumerate(draft.tasks) if index not in ordered[1:]]
    tasks[ordered[0]] = made
    return replace(draft, tasks=tuple(tasks)), made


def _joined(one: DraftTask, other: DraftTask) -> DraftTask:
    lead = tuple(dict.fromkeys((*one.lead, *other.lead)))
    implementing = tuple(unit for unit in dict.fromkeys((*one.implementing, *other.implementing)) if unit not in lead)
    named = lead + implementing
    both = dict.fromkeys((*one.cooperating, *other.cooperating))
    dated = [task for task in (one, other) if task.due is not None]
    when = min(dated, key=lambda task: task.due or date.max) if dated else one
    proposed = [task.suggested for task in (one, other) if task.suggested is not None]
    return replace(
        one,
        text=f"{one.text}\n{other.text}",
        lead=lead,
        implementing=implementing,
        cooperating=tuple(unit for unit in both if unit not in named),
        deadline_text=when.deadline_text,
        due=when.due,
        due_time=when.due_time,
        due_basis=when.due_basis,
        suggested=min(proposed) if proposed else None,
        product="; ".join(dict.fromkeys(filter(None, (one.product, other.product)))) or None,
        needs_document=one.needs_document or other.needs_document,
        by_superior=one.by_superior or other.by_superior,
        restricted=one.restricted or other.restricted,
        refers_to=tuple(dict.fromkeys((*one.refers_to, *other.refers_to))),
        warnings=tuple(dict.fromkeys((*one.warnings, *other.warnings))),
        unknown_units=tuple(dict.fromkeys((*one.unknown_units, *other.unknown_units))),
    )


def table_of(lines: Sequence[str], agency: KnownAgency, issued_on: date | None) -> tuple[ReadTask, ...]:
    """Return what a pasted table gives out, a directive for each row; none for words that are no table.

    A row's cells stand between tabs, bars or wide gaps.
    """
    directory = Directory(agency)
    rows = [[clean(cell) for cell in _CELL.split(line.strip(" |")) if clean(cell)] for line in lines if line.strip()]
    tasks = [task for row in rows if (task := _row(row, directory, agency, issued_on)) is not None]
    return tuple(tasks) if len(tasks) > 1 else ()


def list_of(lines: Sequence[str], agency: KnownAgency) -> tuple[ReadTask, ...]:
    """Return the directives of a list of numbered paragraphs, read as a notice is; none for less than two."""
    found = read_notice(lines, agency).tasks
    return found if len(found) > 1 else ()


def _row(row: Sequence[str], directory: Directory, agency: KnownAgency, issued_on: date | None) -> ReadTask | None:
    """Return a row of a table as a directive: its longest cell, who has it, and by when."""
    cells = row[1:] if row and _NUMBER.fullmatch(row[0]) else list(row)
    if len(cells) < 2 or len(_HEADER.findall(flat(" ".join(row)))) > 1:
        return None
    content = max(cells, key=len)
    others = [cell for cell in cells if cell is not content]
    dated = [(cell, day) for cell in others if (day := _day(cell, issued_on)) is not None]
    units = [cell for cell in others if cell not in [cell for cell, _ in dated]]
    given = f": giao {units[0]} chủ trì" if units else ""
    given += f", {units[1]} phối hợp" if len(units) > 1 and _names_units(units[1], directory) else ""
    read = read_directive("", f"{content.rstrip(' .;')}{given}.", agency, issued_on)
    read = replace(read, text=" – ".join(cells), short_title=short_title(content, read.product))
    if not dated:
        return read
    warnings = tuple(name for name in read.warnings if name != "no_deadline")
    phrase, day = dated[0]
    return replace(read, deadline_text=phrase, due=day, suggested_due=False, recurrence=None, warnings=warnings)


def _day(cell: str, issued_on: date | None) -> date | None:
    found = next(find_dates(f"han {flat(cell)}", today=issued_on or date(2000, 1, 1), marks=".-"), None)
    if found is None or len(cell) > _LONGEST_DATE:
        return None
    return found.day - timedelta(days=1) if "truoc" in flat(cell) else found.day


def _names_units(cell: str, directory: Directory) -> bool:
    pieces = [_UNIT.sub("", piece).strip() for piece in re.split(r"[,;]| và ", cell)]
    return any(directory.code(piece) or directory.code(f"phòng {piece}") for piece in pieces if piece)


def split_by_table(
    draft: DraftNotice, parent: DraftTask, rows: Sequence[ReadTask], known: Sequence[str]
) -> tuple[DraftNotice, tuple[DraftTask, ...]]:
    """Return the draft with a directive for every row behind the one it takes apart, but for those that stand there."""
    tasks = [draft_task(row, known) for row in rows]
    there = matched(draft.tasks, [replace(task, code="") for task in tasks])
    new: list[DraftTask] = []
    for index, task in enumerate(tasks):
        if index in there and draft.tasks[there[index]] is not parent:
            continue
        code = next_child(draft, parent, new)
        new.append(replace(task, code=code, by_superior=parent.by_superior, restricted=parent.restricted))
    children = [index for index, task in enumerate(draft.tasks) if task.code.startswith(f"{parent.code}.")]
    at = max([draft.tasks.index(parent), *children]) + 1
    return replace(draft, tasks=(*draft.tasks[:at], *new, *draft.tasks[at:])), tuple(new)


def next_child(draft: DraftNotice, parent: DraftTask, besides: Sequence[DraftTask] = ()) -> str:
    """Return the first code below a directive's own that none of the draft, nor of those besides, has."""
    taken = {task.code for task in (*draft.tasks, *besides)}
    number = 1
    while f"{parent.code}.{number}" in taken:
        number += 1
    return f"{parent.code}.{number}"

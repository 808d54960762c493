"""Scanned notices: which line of a directive somebody had better see, and its picture on the directive's card."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from core.drafts import DraftNotice, DraftTask
from core.messages import OutgoingFile
from core.reading.model import ReadTask
from core.text import flat
from documents.pages import Pages, Spot, cut_ref
from handlers.notice_words import Words

Lines = Mapping[str, tuple[str, Spot]]
"""By a directive's code the line to look at, and where it stands in the scan."""

ASKED = ("bad_date", "past_due", "several_deadlines", "relative_deadline", "year_inferred")
"""Warnings of the reader that are shown on a directive's card."""


def lines_to_see(pages: Pages, tasks: Iterable[ReadTask], known: Collection[str]) -> Lines:
    """Return a line for each directive with badly recognised letters or anything else in doubt.

    Of several it is the one that prints the deadline or the unknown unit in doubt, else the least sure.
    """
    if not pages.recognised:
        return {}
    found = {}
    for task in tasks:
        unknown = [unit for unit in (*task.lead_units, *task.implementing_units) if unit not in known]
        asked = bool(unknown or task.doubts or set(ASKED) & set(task.warnings))
        lines = pages.within(task.text) if asked else pages.doubtful(task.text)
        if lines:
            phrases = [flat(phrase) for phrase in (*unknown, task.deadline_text or "") if asked and phrase]
            found[task.code] = min(lines, key=lambda line: _order(line, phrases))
    return found


def _order(line: tuple[str, Spot], phrases: Collection[str]) -> tuple[bool, int]:
    words, spot = flat(line[0]), line[1]
    return not any(phrase in words for phrase in phrases), spot.confidence


def with_pictures(draft: DraftNotice, lines: Lines, file_ref: str | None) -> DraftNotice:
    """Return the draft whose directives know the line to look at; a correction's are those of another paper."""
    if file_ref is None or not lines or (draft.amends is not None and draft.amends.kind == "correction"):
        return draft
    tasks = [
        replace(task, scanned=(lines[task.code][0], cut_ref(file_ref, lines[task.code][1])))
        if task.code in lines
        else task
        for task in draft.tasks
    ]
    return replace(draft, tasks=tuple(tasks))


def picture_of(t: Words, task: DraftTask) -> tuple[OutgoingFile, ...]:
    """Return the picture that goes with a directive's card, where there is one."""
    if task.scanned is None:
        return ()
    return (OutgoingFile(task.scanned[1], t("notice-picture-name", code=task.code), "image/png", beside=True),)

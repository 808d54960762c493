"""A directive's units and date as a draft's pages say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from core.deadlines import Deadline
from core.drafts import DraftTask
from core.messages import Button
from core.tasks import Kind
from handlers.phrasing import due_words, near_date

PAGE = 12
"""Lines of a list that a phone shows at once."""

Words = Callable[..., str]
"""A sentence by its key, in somebody's language."""


def counted_due(task: DraftTask, day: date) -> str | None:
    """Return the deadline that counts, in words, an asterisk after one the notice does not print."""
    due = Deadline(task.due, task.due_time, task.due_basis) if task.due is not None else None
    return due_words(due, task.deadline_text, day)


def roles_text(t: Words, task: DraftTask) -> str:
    """Return who leads, carries out and cooperates, on one line."""
    if task.kind is Kind.UNTRACKED:
        return t("notice-item-untracked")
    if not task.units:
        return t("notice-item-all" if task.all_units else "notice-item-no-unit")
    words = ", ".join(task.lead) or t("notice-item-no-unit")
    if task.implementing:
        words += "; " + t("notice-item-implementing", units=", ".join(task.implementing))
    if task.cooperating:
        words += "; " + t("notice-item-cooperating", units=", ".join(task.cooperating))
    return words


def due_text(t: Words, task: DraftTask, day: date) -> str:
    """Return a directive's date as it stands in the draft: counting, suggested (*), recurring or none."""
    if (due := counted_due(task, day)) is not None:
        return due
    if task.kind is Kind.STANDING:
        return t("notice-item-standing")
    if task.recurrence is not None:
        return t("notice-item-recurring", phrase=task.deadline_text or "")
    if task.suggested is not None:
        return t("notice-item-suggested", date=near_date(task.suggested, day))
    return t("notice-item-undated")


def item_line(t: Words, task: DraftTask, day: date) -> str:
    """Return a directive on one line: code, short title, units and date."""
    return t(
        "notice-item-line",
        code=task.code,
        title=task.shown_title,
        units=roles_text(t, task),
        due=due_text(t, task, day),
        kind=task.kind.value,
    )


def paged(t: Words, lines: Sequence[str], command: str, page: int) -> tuple[list[str], tuple[Button, ...]]:
    """Return the lines of one page, counted from 1, and how to see the next; nothing is cut away."""
    count = max(1, -(-len(lines) // PAGE))
    number = min(max(page, 1), count)
    shown = list(lines[(number - 1) * PAGE : number * PAGE])
    if count > 1:
        shown.append(t("notice-page", number=number, count=count))
    more = Button(t("notice-button-more"), f"{command.strip()} {number + 1}")
    return shown, (more,) if number < count else ()

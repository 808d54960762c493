"""How a draft is shown: what was read and what is open, the list of its directives, and one directive in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core.drafts import DraftNotice, DraftTask
from core.messages import Button, Message
from core.speech import TaskRef
from core.tasks import Kind
from handlers.amend_pages import amend_summary
from handlers.following import footnotes
from handlers.notice_pictures import ASKED, picture_of
from handlers.notice_words import Words, due_text, item_line, paged
from handlers.phrasing import full_date, near_date

_FEW = 2
"""Lines of one kind that are shown one by one."""
_CODES = 12


def overview(t: Words, draft: DraftNotice, day: date, *, chief: bool, replaced: bool = False) -> list[Message]:
    """Return what was read: for a new notice what must be asked and its directives, for any other what it changes."""
    if draft.amends is not None:
        return [amend_summary(t, draft, draft.amends, day, chief=chief, replaced=replaced)]
    return [summary(t, draft, chief=chief, replaced=replaced), listing(t, draft, day)]


def summary(t: Words, draft: DraftNotice, *, chief: bool, replaced: bool = False) -> Message:
    """Return what was read of a notice and what must be asked before it is followed."""
    lines = [t("notice-draft-counts", tasks=len(draft.tasks), units=len(draft.units()))]
    if replaced:
        lines.insert(0, t("notice-draft-replaced"))
    if draft.restricted:
        lines.append(t("notice-draft-restricted"))
    questions = open_questions(t, draft)
    units, dates = len(draft.without_unit()), len(draft.undated())
    counted = "both" if units and dates else "units" if units else "dates" if dates else "none"
    opening = t("notice-draft-open", units=units, dates=dates, counted=counted)
    lines += [opening, *(f"· {line}" for line in questions)] if questions else [t("notice-draft-clear")]
    ref = draft.reference
    last = Button(t("notice-button-approve" if chief else "notice-button-submit"), f"/notice submit {ref}".strip())
    buttons = (
        Button(t("notice-button-items"), f"/notice items {ref}".strip()),
        Button(t("notice-button-edit"), f"/edit {ref}".strip()),
        last,
    )
    return Message(tuple(lines), title(t, draft), buttons)


def title(t: Words, draft: DraftNotice) -> str:
    """Return the notice's number and date as a heading."""
    return t(
        "notice-draft-title",
        number=draft.number,
        date=full_date(draft.issued_on) if draft.issued_on else "",
        known="both" if draft.reference else "number" if draft.number else "date" if draft.issued_on else "none",
    )


def open_questions(t: Words, draft: DraftNotice) -> list[str]:
    """Return what a careful office would ask about this draft, a line each; many of one kind share a line."""
    lines = [t(f"notice-open-{name}") for name in draft.warnings if name in {"no_number", "no_date"}]
    undated = len(draft.undated())
    if undated:
        lines.append(t("notice-open-undated", count=undated))
    asked: dict[str, list[tuple[str, str]]] = {}
    for task in draft.tasks:
        for kind, line in _asked(t, task.shown()):
            asked.setdefault(kind, []).append((task.code, line))
    for kind, said in asked.items():
        if len(said) <= _FEW:
            lines += [line for _, line in said]
        else:
            lines.append(t(f"notice-many-{kind}", codes=codes_text(t, [code for code, _ in said])))
    standing = [task.code for task in draft.tasks if task.kind is Kind.STANDING and not task.product]
    if standing:
        lines.append(t("notice-open-standing", codes=codes_text(t, standing)))
    if doubted := draft.doubted():
        lines.append(t("notice-open-doubts", codes=codes_text(t, [task.code for task in doubted])))
    unknown = draft.recipients_unknown
    lines += [t("notice-open-recipient", name=name) for name in unknown[:_FEW]]
    if len(unknown) > _FEW:
        lines.append(t("notice-many-recipients", count=len(unknown) - _FEW))
    return lines


def _asked(t: Words, task: DraftTask) -> Iterable[tuple[str, str]]:
    if task.refers_to and (task.needs_unit or task.needs_date):
        what = "both" if task.needs_unit and task.needs_date else "unit" if task.needs_unit else "date"
        documents = ", ".join(task.refers_to)
        yield "elsewhere", t("notice-open-elsewhere", code=task.code, what=what, documents=documents)
    elif task.needs_unit and task.unknown_units:
        yield "unknown", t("notice-open-unknown-lead", code=task.code, units=", ".join(task.unknown_units))
    elif task.needs_unit:
        yield "unit", t("notice-open-unit", code=task.code)
    elif task.unknown_units:
        yield "outside", t("notice-open-outside", code=task.code, units=", ".join(task.unknown_units))
    for name in task.warnings:
        if name in ASKED:
            yield name, t(f"notice-warning-{name}", code=task.code, phrase=task.deadline_text or "")


def codes_text(t: Words, codes: Sequence[str]) -> str:
    """Return codes on one line, the number of those that do not fit behind them."""
    shown = ", ".join(codes[:_CODES])
    return shown if len(codes) <= _CODES else t("notice-codes-more", codes=shown, count=len(codes) - _CODES)


def listing(t: Words, draft: DraftNotice, day: date, page: int = 1) -> Message:
    """Return a page of the directives, a line each: code, short title, units and date."""
    lines = [item_line(t, task, day) for task in draft.tasks]
    shown, buttons = paged(t, lines, f"/notice list {draft.reference}", page)
    if draft.proposed():
        shown.append(t("notice-suggested-note"))
    shown += footnotes(t, draft.tasks)
    return Message(tuple(shown), t("notice-items-title", count=len(draft.tasks)), buttons)


def item(t: Words, draft: DraftNotice, index: int, day: date, *, edits: bool) -> Message:
    """Return one directive with everything read from it, and the way to its neighbours; `index` counts from 0."""
    task = draft.tasks[index].shown()
    lines = [task.text]
    for role, units in (("lead", task.lead), ("implementing", task.implementing), ("cooperating", task.cooperating)):
        if units:
            lines.append(t(f"notice-part-{role}", units=", ".join(units)))
    if not task.units:
        lines.append(t("notice-part-all" if task.all_units else "notice-part-none"))
    if task.kind is Kind.UNTRACKED:
        lines.append(t("notice-part-untracked", reason=task.kind_reason or "", has="yes" if task.kind_reason else "no"))
    elif task.kind is Kind.STANDING and task.due is None:
        lines.append(t("notice-part-standing"))
    else:
        lines.append(t("notice-part-due", due=due_text(t, task, day)))
    if task.deadline_text:
        lines.append(t("notice-part-phrase", phrase=task.deadline_text))
    lines += [t("notice-part-product", product=task.product)] if task.product else []
    lines += [t("notice-suggested-note")] if task.is_proposed else []
    lines += footnotes(t, [task])
    lines += [
        t("notice-part-doubt", line=t(f"notice-warning-{name}", code=task.code, phrase=task.deadline_text or ""))
        for name in task.warnings
        if name in ASKED
    ]
    fields = dict.fromkeys(doubt.partition(":")[0] for doubt in task.doubts)
    lines += [t(f"notice-doubt-{field}") for field in fields]
    lines += [t("notice-doubt-scan", line=task.scanned[0])] if task.scanned is not None else []
    if task.refers_to:
        lines.append(t("notice-part-refers", documents=", ".join(task.refers_to)))
    if task.unknown_units:
        lines.append(t("notice-part-unknown", units=", ".join(task.unknown_units)))
    heading = t("notice-item-title", code=task.code, title=task.title, number=index + 1, count=len(draft.tasks))
    return Message(tuple(lines), heading, tuple(_around(t, draft, index, edits=edits)), picture_of(t, task))


def _around(t: Words, draft: DraftNotice, index: int, *, edits: bool) -> Iterable[Button]:
    ref = draft.reference
    if index > 0:
        yield Button(t("notice-button-previous"), f"/notice items {ref} {index}".replace("  ", " "))
    if index + 1 < len(draft.tasks):
        yield Button(t("notice-button-next"), f"/notice items {ref} {index + 2}".replace("  ", " "))
    if edits:
        yield Button(
            t("notice-button-edit-item", code=draft.tasks[index].code), f"/edit {item_reference(draft, index)}"
        )


def item_reference(draft: DraftNotice, index: int) -> str:
    """Return what to type to mean exactly this directive of the draft: 718-2023/3.2."""
    code = draft.tasks[index].code
    if not draft.reference or draft.issued_on is None:
        return code
    return str(TaskRef(code, draft.short, draft.issued_on.year))


def dated_groups(tasks: Iterable[tuple[str, date]], day: date) -> list[tuple[str, list[str]]]:
    """Return codes by their date, earliest first, the date in words."""
    groups: dict[date, list[str]] = {}
    for code, on in tasks:
        groups.setdefault(on, []).append(code)
    return [(near_date(on, day), groups[on]) for on in sorted(groups)]


def period_end(day: date) -> tuple[str, str]:
    """Return what a date is the end of: ("year", "2023"), ("quarter", "II"), ("month", "5"), or ("none", "")."""
    if (day + timedelta(days=1)).day != 1:
        return "none", ""
    if day.month == 12:
        return "year", str(day.year)
    if day.month % 3 == 0:
        return "quarter", ("I", "II", "III")[day.month // 3 - 1]
    return "month", str(day.month)

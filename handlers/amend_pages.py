"""How a correction, a notice sent again or one that replaces another is shown: only what changes, and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.comparing import Changed, Difference, difference, rewording, roles, units_told
from core.drafts import Amends, DraftNotice, DraftTask
from core.messages import Button, Message
from core.tasks import Kind
from handlers.notice_words import Words, due_text, paged, roles_text

_MOST = 12
"""Changes shown at once; the comparison shows them all, page by page."""


def amend_summary(
    t: Words, notice: DraftNotice, amends: Amends, day: date, *, chief: bool, replaced: bool = False
) -> Message:
    """Return what an amending draft changes, who will be told, and the way on."""
    changes = difference(notice)
    lines = [t("notice-draft-replaced")] if replaced else []
    lines += changes_lines(t, amends, changes, day)
    lines += [t(f"notice-open-{name}") for name in notice.warnings if name in {"no_number", "no_date"}]
    ref = notice.reference
    last = "notice-button-approve" if chief else "notice-button-submit"
    buttons = (
        Button(t("notice-button-compare"), f"/notice compare {ref}".strip()),
        Button(t("notice-button-edit"), f"/edit {ref}".strip()),
        Button(t(last), f"/notice submit {ref}".strip()),
    )
    return Message(tuple(lines), amend_title(t, notice, amends), buttons)


def amend_title(t: Words, notice: DraftNotice, amends: Amends) -> str:
    """Return what a document does to which notice, as a heading."""
    return t(f"amend-title-{amends.kind}", number=notice.number or "?", other=amends.short)


def changes_lines(t: Words, amends: Amends, changes: Difference, day: date) -> list[str]:
    """Return what changes, a line each, and what that means for what was recorded."""
    lines = [t("amend-kept", count=len(changes.kept))] if amends.kind != "correction" else []
    shown = [line for one in changes.changed for line in _changed_lines(t, amends, one, day)]
    if shown and amends.kind != "correction":
        lines.append(t("amend-changed", count=len(changes.changed)))
    lines += shown[:_MOST]
    if len(shown) > _MOST:
        lines.append(t("amend-more", count=len(shown) - _MOST))
    if changes.added:
        lines.append(t("amend-added", count=len(changes.added)))
        lines += [_added_line(t, task, day) for task in changes.added[:_MOST]]
    if changes.missing:
        lines.append(t("amend-missing", count=len(changes.missing)))
        lines += [t("amend-line", code=task.code, title=task.shown_title) for task in changes.missing[:_MOST]]
    if not any(task.restricted for task in amends.before):
        lines += [t("amend-unplaced", words=words) for words in amends.unplaced]
    if amends.kind == "correction" and not changes.changed and not amends.unplaced:
        lines.append(t("amend-nothing-read"))
    if amends.kind == "replacement":
        lines.append(t("amend-old-codes", number=amends.short, code=_example(amends, changes)))
    elif changes.changed and all(one.what <= {"text", "product"} for one in changes.changed):
        lines.append(t("amend-only-words"))
    elif changes.changed or changes.missing:
        lines.append(t("amend-results-kept"))
    units = changes.units()
    if units:
        lines.append(t("amend-told-to", units=", ".join(units)))
    return lines


def _example(amends: Amends, changes: Difference) -> str:
    codes = [one.before.code for one in changes.changed] or [task.code for task in amends.before] or ["1"]
    return codes[0]


def _changed_lines(t: Words, amends: Amends, one: Changed, day: date) -> list[str]:
    before, after = one.before, one.after
    code = before.code
    lines = []
    if "code" in one.what:
        lines.append(t("amend-line-code", code=before.code, new=after.code))
        code = after.code
    if "due" in one.what:
        lines.append(t("amend-line-due", code=code, was=due_text(t, before, day), new=due_text(t, after, day)))
    if "units" in one.what:
        lines.append(t("amend-line-units", code=code, was=roles_text(t, before), new=roles_text(t, after)))
    if "kind" in one.what:
        lines.append(t(f"amend-line-kind-{after.kind.value}", code=code))
    if one.after.restricted or before.restricted:
        withheld = bool(one.what & {"text", "product"})
        return [*lines, t("amend-line-text-withheld", code=code)] if withheld else lines
    if "product" in one.what and "text" not in one.what:
        lines.append(t("amend-line-product", code=code, new=after.product or "", has="yes" if after.product else "no"))
    if "text" in one.what:
        lines += _text_lines(t, amends, one, code)
    return lines


def _text_lines(t: Words, amends: Amends, one: Changed, code: str) -> list[str]:
    said = [(old, new) for at, old, new in amends.words if at == one.before.code]
    pairs = said or list(rewording(one.before.text, one.after.text))
    if "due" in one.what:
        phrase = one.before.deadline_text or ""
        pairs = [
            (old, new)
            for old, new in pairs
            if not phrase or not old or (old.strip(" .,;:") not in phrase and phrase not in old)
        ]
    return [_reworded(t, code, old, new) for old, new in pairs]


def _reworded(t: Words, code: str, old: str, new: str) -> str:
    if not new:
        return t("amend-line-omitted", code=code, was=old)
    return t("amend-line-text", code=code, was=old, new=new) if old else t("amend-line-inserted", code=code, new=new)


def _added_line(t: Words, task: DraftTask, day: date) -> str:
    if task.kind is Kind.UNTRACKED:
        return t("amend-line", code=task.code, title=task.shown_title)
    return t(
        "amend-line-added",
        code=task.code,
        title=task.shown_title,
        units=roles_text(t, task),
        due=due_text(t, task, day),
    )


def comparison(t: Words, notice: DraftNotice, amends: Amends, day: date) -> list[str]:
    """Return the whole comparison, a line for each directive and each change of it."""
    changes = difference(notice)
    lines: list[str] = []
    for one in changes.changed:
        lines.append(t("amend-line", code=one.after.code, title=one.after.shown_title))
        lines += [f"  {line}" for line in _changed_lines(t, amends, one, day)]
    lines += [t("amend-told-added", line=_added_line(t, task, day)) for task in changes.added]
    lines += [t("amend-told-missing", code=task.code, title=task.shown_title) for task in changes.missing]
    lines += [t("amend-line-kept", code=task.code, title=task.shown_title) for task in changes.kept]
    return lines


def compared(t: Words, notice: DraftNotice, amends: Amends, day: date, page: int) -> Message:
    """Return one page of the comparison."""
    shown, buttons = paged(t, comparison(t, notice, amends, day), f"/notice compare {notice.reference}", page)
    return Message(tuple(shown), amend_title(t, notice, amends), buttons)


def told_unit(t: Words, notice: DraftNotice, changes: Difference, unit: str, day: date) -> Message:
    """Return what changed for one unit, in a few lines and nothing of the others'."""
    amends = notice.amends
    if amends is None:
        return Message(())
    lines: list[str] = []
    for one in changes.changed:
        everyone = any(task.all_units and not task.units for task in (one.before, one.after))
        if unit in units_told(one) or everyone:
            lines += _changed_lines(t, amends, one, day)
            if one.what <= {"text", "product"}:
                lines.append(t("amend-told-only-words"))
    added = [task for task in changes.added if _concerns(task, unit)]
    missing = [task for task in changes.missing if _concerns(task, unit)]
    lines += [t("amend-told-added", line=_added_line(t, task, day)) for task in added]
    lines += [t("amend-told-missing", code=task.code, title=task.shown_title) for task in missing]
    if amends.kind == "replacement":
        lines.append(t("amend-results-kept"))
        lines.append(t("amend-told-codes", number=amends.short, code=_own_code(changes, unit)))
    return Message(tuple(_once(lines)), amend_title(t, notice, amends))


def _once(lines: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(lines)


def _concerns(task: DraftTask, unit: str) -> bool:
    return unit in roles(task) or (task.all_units and not task.units)


def _own_code(changes: Difference, unit: str) -> str:
    tasks = [one.before for one in changes.changed] + list(changes.missing) + list(changes.kept)
    return next((task.code for task in tasks if _concerns(task, unit)), "1")

"""The one message of a morning: what somebody reads from above, what they answer for, what is asked before a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from core.deadlines import days_overdue
from core.messages import Button, Message
from core.partition import is_overdue
from core.reminders.digest import Digest
from core.reminders.review import Review
from core.reminders.summary import UNASKED, Summary
from core.tasks import Kind, Part, State
from handlers.pages import PAGE
from handlers.phrasing import Teller, acts_on, day_month, part_due, reference
from handlers.reminders.contents import Contents
from handlers.reports import figure, late_lines, sums, waiting_for_signature
from handlers.telling import Telling
from handlers.undecided import proposal_line, request_line

_SHOWN = frozenset({State.BLOCKED, State.REPORTED, State.RETURNED})
_MOST_BUTTONS = 6
_UNDECIDED = 5
"""Requests, and proposals, that a summary lists; the others wait behind the button."""


def morning(contents: Contents, telling: Telling) -> Message:
    """Return the message; whatever it leaves out says where to read on."""
    t, day = telling.t, telling.today
    about = "" if contents.summary is not None and not contents.units else ", ".join(contents.units)
    weekday, on = t(f"weekday-{day.weekday()}"), day_month(day)
    title = t("digest-title", unit=about or t("summary-name"), weekday=weekday, date=on)
    lines: list[str] = []
    buttons: list[Button] = []
    if contents.missed:
        lines.append(t("morning-missed", days=", ".join(day_month(one) for one in contents.missed[-5:])))
    if contents.summary is not None:
        lines += _from_above(contents, contents.summary, telling)
        buttons += _above_buttons(contents.summary, telling)
        if contents.requests or contents.raised:
            buttons.append(Button(t("button-undecided"), "/waiting"))
    if contents.digest is not None:
        if contents.summary is not None:
            lines += ["", t("morning-own", unit=", ".join(contents.units))]
        lines += _own(contents, contents.digest, telling)
        buttons += _own_buttons(contents.digest, telling)
    if contents.review is not None:
        lines += [""] if lines else []
        lines += asked_lines(contents.review, telling)
    if contents.table:
        lines += ["", *_table(contents.table, telling)]
    return Message(tuple(lines), title, tuple(buttons[:_MOST_BUTTONS]), menu=True)


def _own(contents: Contents, made: Digest, telling: Telling) -> list[str]:
    t = telling.t
    lines: list[str] = []
    shown = made.parts[:PAGE]
    # the review behind it asks of what falls due soon with its day
    asked = contents.review.parts if contents.review is not None else ()
    soon = [part for part in made.due_soon if part not in asked]
    for key, parts in (("overdue", made.overdue), ("today", made.due_today), ("soon", soon)):
        if listed := [part for part in parts if part in shown]:
            lines.append(t(f"digest-{key}"))
            lines += [own_line(part, telling) for part in listed]
    if listed := [part for part in made.to_present if part in shown]:
        lines.append(t("digest-present"))
        lines += [own_line(part, telling) for part in listed]
    if len(made.parts) > PAGE:
        lines.append(t("digest-more", count=len(made.parts) - PAGE))
    first = made.parts[0]
    if made.overdue:
        document = " 45 27/4" if first.needs_document else ""
        lines += t("digest-how-late", code=first.code, document=document).split("\n")
        lines.append(t("digest-paper"))
    elif contents.review is None:
        lines.append(t("digest-how-one" if len(made.parts) == 1 else "digest-how", code=first.code))
        if made.due_soon:
            lines.append(t("digest-later", code=made.due_soon[0].code))
    if contents.forewarned:
        codes = ", ".join(part.code for part in contents.forewarned)
        lines.append(t("digest-forewarned", codes=codes, to=contents.told_next))
    return lines


def own_line(part: Part, telling: Telling) -> str:
    """Return a part on one line of its unit's list."""
    progress, day = part.progress, telling.today
    late = days_overdue(progress.due, day)
    if progress.due is not None and telling.calendar.step(progress.due.on, day) <= 1:
        late = 0  # asked first: the document may have been signed in time
    line = telling.t(
        "digest-line-late" if late else "digest-line",
        code=part.code,
        title=part.title,
        due=part_due(part, day) or "",
        days=late,
        state=telling.t(f"state-{progress.state.value}"),
        shown="yes" if progress.state in _SHOWN else "no",
    )
    if progress.due is not None and progress.due.on > day and telling.calendar.step(progress.due.on, day) == 0:
        line += telling.t("digest-last-day")  # the deadline itself falls on a day off
    if progress.present_by is not None and progress.present_by >= day and not late:
        line += telling.t("digest-present-by", date=day_month(progress.present_by))
    return line


def _own_buttons(made: Digest, telling: Telling) -> list[Button]:
    if len(made.parts) == 1:
        buttons = acts_on(telling.t, made.parts[0])
        if made.overdue:
            buttons.append(
                Button(telling.t("button-extend", code=made.parts[0].code), f"/extend {reference(made.parts[0])}")
            )
        for part in made.due_soon:
            buttons.append(Button(telling.t("button-snooze", code=part.code), f"/snooze {reference(part)} mai"))
        return buttons
    later = [Button(telling.t("button-snooze-all"), "/snooze all mai")] if made.due_soon else []
    listed = made.parts[: _MOST_BUTTONS - len(later)]
    return [*(Button(telling.t("button-done", code=part.code), f"/done {reference(part)}") for part in listed), *later]


def _from_above(contents: Contents, made: Summary, telling: Telling) -> list[str]:
    t = telling.t
    overseen = ", ".join(contents.overseen)
    addressed = "yes" if contents.addressee.leads else "no"
    scope = "some" if overseen else "all"
    lines = [t("summary-opening", leads=addressed, scope=scope, units=overseen, late=made.late_tasks)]
    lines += sums(telling, contents.total)
    lines += [figure(telling, code, figures) for code, figures in contents.agencies]
    if made.waiting:
        lines += waiting_for_signature(telling, made.waiting, "waiting-yours")
    if contents.requests or contents.raised:
        requests = [request_line(telling, *one) for one in contents.requests[:_UNDECIDED]]
        raised = [proposal_line(telling, *one) for one in contents.raised[:_UNDECIDED]]
        lines += ["", *([t("extend-waiting")] if requests else []), *requests]
        lines += [*([t("propose-waiting")] if raised else []), *raised]
        more = sum(max(0, len(listed) - _UNDECIDED) for listed in (contents.requests, contents.raised))
        lines += [t("morning-undecided-more", count=more)] if more else []
    if made.late:
        lines += ["", *late_lines(telling, made.late[:PAGE])]
    if len(made.late) > PAGE:
        lines.append(t("summary-more-late", count=len(made.late) - PAGE))
    elif (others := contents.total.open_overdue - made.late_tasks) > 0:
        lines += ["", t("summary-others-late", count=others)]
    if made.beside:
        lines += ["", t("summary-beside"), *late_lines(telling, made.beside[:PAGE])]
    return lines


def _above_buttons(made: Summary, telling: Telling) -> list[Button]:
    seen = {reference(part): part for part in made.late[:2]}
    return [Button(telling.t("button-look", code=part.code), f"/task {ref}") for ref, part in seen.items()]


def asked_lines(asked: Review, telling: Telling) -> list[str]:
    """Return the request for one line a directive, undated and standing ones too."""
    t = telling.t
    weekday = t(f"weekday-{asked.answer_by.weekday()}")
    lines = [
        t("review-title", date=day_month(asked.meeting)),
        t("review-ask", weekday=weekday, date=day_month(asked.answer_by)),
    ]
    lines += [_asked_line(part, telling) for part in asked.parts]
    tracked = [part for part in asked.parts if part.kind is Kind.TRACKED]
    first = (tracked or list(asked.parts))[0]
    return [*lines, t("review-example", code=first.code)]


def _asked_line(part: Part, telling: Telling) -> str:
    due = part_due(part, telling.today)
    kind = "standing" if part.kind is Kind.STANDING else "dated" if due else "undated"
    return telling.t("review-line", code=part.code, title=part.title, kind=kind, due=due or "")


def _table(parts: Sequence[Part], telling: Telling) -> list[str]:
    """Return what the units said, a line each, under their codes: the office's table for the meeting."""
    lines = [telling.t("review-table")]
    for unit in dict.fromkeys(part.unit_code for part in parts):
        lines.append(f"{unit}:")
        lines += [table_line(part, telling) for part in parts if part.unit_code == unit]
    return lines


def table_line(part: Part, telling: Teller) -> str:
    """Return one directive of the review's table: what the unit said of it in its own words, or its state."""
    words = part.shown(part.progress.note)
    is_late = part.progress.state not in UNASKED and is_overdue(part.progress, telling.now)
    return telling.t(
        "review-table-line",
        late=days_overdue(part.progress.due, telling.today) if is_late else 0,
        code=part.code,
        title=part.title,
        state=telling.t(f"state-{part.progress.state.value}"),
        words=words,
        quoted="yes" if words else "no",
        due=part_due(part, telling.today) or "",
        dated="yes" if part.progress.due else "no",
    )

"""What leadership asks: who is late, what falls due, where a notice stands. Numbers add up to their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from core.errors import UnknownNotice, UnknownUnit
from core.messages import Message
from core.partition import Partition, is_overdue, tally
from core.people import SEES_PROGRESS, UNIT
from core.tasks import Kind, Part, State
from core.text import fold
from core.units import Tree
from handlers.context import Context
from handlers.pages import PAGE, page_of, words_beside_page
from handlers.phrasing import Teller, clock_time, day_month, due_words, near_date
from handlers.routing import Answer, command
from storage.notices import Notice
from storage.reports import Line

_DAYS = re.compile(r"[0-9]{1,4}")

_SILENT = frozenset({State.ASSIGNED, State.ACKNOWLEDGED, State.IN_PROGRESS})


@command("overdue", who=SEES_PROGRESS | UNIT, private=True)
async def overdue(context: Context) -> Answer:
    """List who is late, worst first, under a total that adds up; `overdue QLNL` keeps one unit."""
    lines = await visible(context, await context.work.reports.due_until(context.actor.agency_id, context.today))
    late = [line for line in lines if is_overdue(line.progress, context.now)]
    everything = await visible(context, await context.work.reports.leads(context.actor.agency_id))
    total = tally(everything, context.now)
    title = _at(context, "overdue-title")
    if not late:
        head = [context.t("overdue-none"), *sums(context, total)]
        return Message(tuple(head + waiting_for_signature(context, everything)), title)
    page = page_of(context, late, f"/overdue {_unit_words(context)}".strip(), lambda some: late_lines(context, some))
    head = [context.t("overdue-count", count=total.open_overdue), *sums(context, total), ""]
    return Message(
        tuple(head + page.lines + waiting_for_signature(context, everything)), title, page.buttons, menu=True
    )


@command("due", who=SEES_PROGRESS | UNIT, private=True)
async def due(context: Context) -> Answer:
    """List what falls due within a number of days, seven unless said."""
    words = words_beside_page(context).split()
    days = next((int(word) for word in words if _DAYS.fullmatch(word)), None) or context.said.choice or 7
    days = min(days, 366)
    until = context.today + timedelta(days=days)
    lines = await visible(context, await context.work.reports.due_until(context.actor.agency_id, until))
    ahead = [line for line in lines if line.progress.due is not None and line.progress.due.on >= context.today]
    soon = [line for line in ahead if not is_overdue(line.progress, context.now)]
    title = context.t("due-title", days=days, date=day_month(until))
    if not soon:
        return Message((context.t("due-none"),), title)
    page = page_of(context, soon, f"/due {days}", lambda some: [_due_line(context, line) for line in some])
    return Message(tuple(page.lines), title, page.buttons, menu=True)


@command("summary", who=SEES_PROGRESS | UNIT, private=True)
async def summary(context: Context) -> Answer:
    """Show where everything, or one notice, stands: the four-way partition, what waits, who is late."""
    notice = await _notice(context)
    lines = await context.work.reports.leads(context.actor.agency_id, notice.id if notice else None)
    lines = await visible(context, lines)
    total = tally(lines, context.now)
    late = [line for line in lines if is_overdue(line.progress, context.now) and line.kind is Kind.TRACKED]
    name = f"TB {notice.short}" if notice else context.t("summary-all")
    title = _at(context, "summary-title", name=name)
    out = [*sums(context, total), *waiting_for_signature(context, lines)]
    if notice is None:
        out += ["", *_by_unit(context, lines)]
    elif late:
        out += ["", *late_lines(context, sorted(late, key=_worst_first)[:PAGE])]
        if len(late) > PAGE:
            out.append(context.t("summary-more", count=len(late) - PAGE))
    return Message(tuple(out), title)


def _at(context: Context, key: str, **more: str) -> str:
    """Return a title that says at which moment it holds."""
    day = context.today
    weekday = context.t(f"weekday-{day.weekday()}")
    return context.t(key, time=clock_time(context.now), weekday=weekday, date=day_month(day), **more)


async def _notice(context: Context) -> Notice | None:
    bare = context.said.rest if context.said.rest.isdigit() else None
    number = context.said.notice or next((ref.notice for ref in context.said.refs if ref.notice), bare)
    if number is None:
        return None
    found = await context.work.notices.find(context.actor.agency_id, number)
    if not found and (instead := await context.work.notices.in_place_of(context.actor.agency_id, number)) is not None:
        return instead
    if not found:
        known = [notice.number for notice in await context.work.notices.latest(context.actor.agency_id, 5)]
        raise UnknownNotice(number, tuple(known))
    return found[0]


async def visible(context: Context, lines: list[Line]) -> list[Line]:
    """Keep what the sender may see: leadership and the clerk everything, others their own units; one unit if named."""
    if not context.actor.is_any(SEES_PROGRESS):
        own = {membership.unit_id for membership in context.actor.memberships}
        return [line for line in lines if line.unit_id in own]
    words = _unit_words(context)
    if not words:
        return lines
    tree = Tree(await context.work.people.units(context.actor.agency_id))
    unit = tree.called(words)
    if unit is None:
        raise UnknownUnit(words, tuple(one.code for one in tree.divisions()))
    wanted = tree.below(unit.id)
    return [line for line in lines if line.unit_id in wanted]


def _unit_words(context: Context) -> str:
    return fold(context.said.mentions_unit) if context.said.mentions_unit else ""


def sums(context: Teller, total: Partition) -> list[str]:
    """Return the sentences that add the partition up."""
    lines = [
        context.t("sums-total", total=total.total),
        context.t("sums-done", done=total.done, total=total.total, on_time=total.done_on_time, late=total.done_late),
        context.t("sums-open", open=total.open, in_time=total.open_in_time, overdue=total.open_overdue),
    ]
    apart = [
        context.t(f"sums-{name.replace('_', '-')}", count=value)
        for name in ("no_deadline", "presented", "reported", "submitted")
        if (value := getattr(total, name))
    ]
    return [*lines, context.t("sums-apart", list=", ".join(apart))] if apart else lines


def waiting_for_signature(context: Teller, lines: Sequence[Line | Part], title: str = "waiting-title") -> list[str]:
    """Return what lies before the leadership for signature."""
    waiting = [line for line in lines if line.progress.state is State.PRESENTED]
    if not waiting:
        return []
    out = ["", context.t(title)]
    for line in waiting:
        on = line.progress.presented_on
        out.append(
            context.t(
                "waiting-line",
                code=line.code,
                title=line.title,
                unit=line.unit_code or "",
                date=near_date(on, context.today) if on else "",
            )
        )
    return out


def _worst_first(line: Line | Part) -> tuple[object, ...]:
    due_on = line.progress.due.on if line.progress.due else None
    return (due_on is None, due_on, line.code)


def late_lines(context: Teller, late: Sequence[Line | Part]) -> list[str]:
    """Return late directives under a line for each deadline: days counted by calendar and in working days."""
    out: list[str] = []
    last = None
    for line in sorted(late, key=_worst_first):
        deadline = line.progress.due
        if deadline is None:
            continue
        if deadline.on != last:
            last = deadline.on
            out.append(
                context.t(
                    "late-group",
                    days=(context.today - deadline.on).days,
                    working=max(0, context.calendar.step(deadline.on, context.today)),
                    due=due_words(deadline, None, context.today) or "",
                )
            )
        expected = line.progress.expected_on
        out.append(
            context.t(
                "late-line",
                code=line.code,
                title=line.title,
                unit=line.unit_code or "",
                words=line.progress.note or "",
                quoted=_told(line),
                state=context.t(f"state-{line.progress.state.value}"),
                expected=near_date(expected, context.today) if expected else "",
                dated="yes" if expected else "no",
            )
        )
    return out


def _told(line: Line | Part) -> str:
    """Tell whether the unit's words can be shown, its state only, or neither."""
    if line.progress.note:
        return "yes"
    return "no" if line.progress.state in _SILENT else "state"


def _due_line(context: Context, line: Line) -> str:
    words = due_words(line.progress.due, None, context.today)
    state = context.t(f"state-{line.progress.state.value}")
    return context.t(
        "due-line", code=line.code, title=line.title, unit=line.unit_code or "", due=words or "", state=state
    )


def _by_unit(context: Context, lines: Sequence[Line]) -> list[str]:
    """Return one line of figures per unit; directives no unit leads come last, so that the sum is the total."""
    by_unit: dict[str, list[Line]] = {}
    first_unit: dict[int, str] = {}
    # a unit that was let go comes after whoever leads it now, so that nothing of it is counted as theirs
    for line in sorted(lines, key=lambda line: line.progress.state is State.DROPPED):
        unit = first_unit.setdefault(line.task_id, line.unit_code or "")
        by_unit.setdefault(unit, []).append(line)
    out = []
    for unit, rows in sorted(by_unit.items(), key=lambda item: (item[0] == "", item[0])):
        figures = tally(rows, context.now)
        out.append(
            context.t(
                "summary-unit",
                unit=unit or context.t("summary-no-unit"),
                total=figures.total,
                done=figures.done,
                open=figures.open_in_time,
                overdue=figures.open_overdue,
            )
        )
    return out

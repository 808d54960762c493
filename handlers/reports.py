"""What leadership asks: who is late, what falls due, where a notice stands. Numbers add up to their total."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

from core.messages import Message
from core.partition import Partition, is_overdue, tally
from core.people import SEES_PROGRESS, UNIT
from core.tasks import Kind, Part, State
from handlers.agencies import Group, by_agency, gathered, heading
from handlers.context import Context
from handlers.narrowing import Narrowing, narrowed
from handlers.pages import PAGE, page_of, words_beside_page
from handlers.phrasing import Teller, clock_time, day_month, due_words, near_date, source_called
from handlers.routing import Answer, command
from storage.notices import Notice
from storage.reports import Line

_DAYS = re.compile(r"[0-9]{1,4}")
_MOST_DAYS = 366

_SILENT = frozenset({State.ASSIGNED, State.ACKNOWLEDGED, State.IN_PROGRESS})


@command("overdue", who=SEES_PROGRESS | UNIT)
async def overdue(context: Context) -> Answer:
    """List who is late, worst first, under a total that adds up; `overdue QLNL 718` keeps one unit's, of one notice."""
    narrowing = await narrowed(context)
    groups = await _gathered(context, lambda agency: context.work.reports.due_until(agency, context.today), narrowing)
    late = [row for row in _rows(groups) if is_overdue(row[1].progress, context.now)]
    everything = await _gathered(context, context.work.reports.leads, narrowing)
    total = tally(_lines(everything), context.now)
    title = narrowing.title(context, everything, _at(context, "overdue-title"))
    unsigned = waiting_for_signature(context, _own(everything))
    if not late:
        return Message((context.t("overdue-none"), *sums(context, total), *unsigned), title)
    again = f"/overdue {narrowing.typed()}".strip()
    page = page_of(context, late, again, lambda some: by_agency(context, some, partial(late_lines, context)))
    head = [context.t("overdue-count", count=total.open_overdue), *sums(context, total), ""]
    return Message((*head, *page.lines, *unsigned), title, page.buttons, menu=True)


@command("due", who=SEES_PROGRESS | UNIT)
async def due(context: Context) -> Answer:
    """List what falls due within a number of days, seven unless said, of one unit or notice where it is named."""
    narrowing = await narrowed(context, more_than=_MOST_DAYS)
    said = (int(word) for word in words_beside_page(context).split() if _DAYS.fullmatch(word))
    named = (context.said.date - context.today).days if context.said.date is not None else -1
    days = next((days for days in said if 0 < days <= _MOST_DAYS), None) or context.said.choice
    days = min(days or (named if named >= 0 else 7), _MOST_DAYS)
    until = context.today + timedelta(days=days)
    groups = await _gathered(context, lambda agency: context.work.reports.due_until(agency, until), narrowing)
    rows = _rows(groups)
    ahead = [row for row in rows if row[1].progress.due is not None and row[1].progress.due.on >= context.today]
    soon = [row for row in ahead if not is_overdue(row[1].progress, context.now)]
    title = narrowing.title(context, groups, context.t("due-title", days=days, date=day_month(until)))
    if not soon:
        return Message((context.t("due-none"),), title)
    page = page_of(
        context,
        soon,
        f"/due {narrowing.typed(days)}",
        lambda some: by_agency(context, some, lambda lines: [_due_line(context, line) for line in lines]),
    )
    return Message(tuple(page.lines), title, page.buttons, menu=True)


@command("summary", who=SEES_PROGRESS | UNIT)
async def summary(context: Context) -> Answer:
    """Show where everything, or one notice, stands: the four-way partition, what waits, who is late."""
    narrowing = await narrowed(context)
    notice = narrowing.notice
    groups = await gathered(context, lambda one: _leads(context, one, notice), narrowing.words)
    lines = _lines(groups)
    total = tally(lines, context.now)
    late = [line for line in lines if is_overdue(line.progress, context.now) and line.kind is Kind.TRACKED]
    name = source_called(context.t, notice.number) if notice else context.t("summary-all")
    title = narrowing.title(context, groups, _at(context, "summary-title", name=name), notice=False)
    out = [*sums(context, total), *waiting_for_signature(context, _own(groups))]
    if notice is None:
        out += ["", *_figures(context, groups)]
    elif late:
        out += ["", *late_lines(context, sorted(late, key=_worst_first)[:PAGE])]
        if len(late) > PAGE:
            out.append(context.t("summary-more", count=len(late) - PAGE))
    return Message(tuple(out), title)


async def _gathered(
    context: Context, read: Callable[[int], Awaitable[list[Line]]], narrowing: Narrowing
) -> list[Group[Line]]:
    return narrowing.kept(await gathered(context, read, narrowing.words))


def _at(context: Context, key: str, **more: str) -> str:
    """Return a title that says at which moment it holds."""
    day = context.today
    weekday = context.t(f"weekday-{day.weekday()}")
    return context.t(key, time=clock_time(context.now), weekday=weekday, date=day_month(day), **more)


async def _leads(context: Context, agency_id: int, notice: Notice | None) -> list[Line]:
    """Return an agency's lines, of one notice where given: none where the notice is another agency's."""
    if notice is not None and notice.agency_id != agency_id:
        return []
    return await context.work.reports.leads(agency_id, notice.id if notice is not None else None)


def _lines(groups: Sequence[Group[Line]]) -> list[Line]:
    return [line for group in groups for line in group.lines]


def _own(groups: Sequence[Group[Line]]) -> list[Line]:
    """Return what lies before the sender's own leadership, not before that of an agency below."""
    return [line for group in groups if not group.below for line in group.lines]


def _rows(groups: Sequence[Group[Line]]) -> list[tuple[str, Line]]:
    """Return the lines with the heading each stands under: none where the sender sees one agency's only."""
    several = any(group.below for group in groups)
    return [(heading(one.agency) if several else "", line) for one in groups for line in one.lines]


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
    waiting = presented(context, lines)
    return ["", context.t(title), *waiting] if waiting else []


def presented(context: Teller, lines: Sequence[Line | Part]) -> list[str]:
    """Return a line for each directive that lies before somebody for signature."""
    return [
        context.t(
            "waiting-line",
            code=line.code,
            title=line.title,
            unit=line.unit_code or "",
            date=near_date(line.progress.presented_on, context.today) if line.progress.presented_on else "",
        )
        for line in lines
        if line.progress.state is State.PRESENTED
    ]


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
                words=line.shown(line.progress.note) if isinstance(line, Part) else line.progress.note or "",
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


def _figures(context: Context, groups: Sequence[Group[Line]]) -> list[str]:
    """Return a line of figures for each unit of one agency, and one for each agency below it, which add up as well."""
    if len(groups) == 1:
        return _by_unit(context, groups[0].lines)
    out = []
    for group in groups:
        if group.below:
            out.append(_figure(context, group.agency.code, group.lines))
        elif group.lines:
            out += _by_unit(context, group.lines)
    return out


def _figure(context: Context, name: str, lines: Sequence[Line]) -> str:
    return figure(context, name, tally(lines, context.now))


def figure(telling: Teller, name: str, figures: Partition) -> str:
    """Return the figures of one unit or agency on a line."""
    return telling.t(
        "summary-unit",
        unit=name,
        total=figures.total,
        done=figures.done,
        open=figures.open_in_time,
        overdue=figures.open_overdue,
    )


def _by_unit(context: Context, lines: Sequence[Line]) -> list[str]:
    """Return one line of figures per unit; directives no unit leads come last, so that the sum is the total."""
    by_unit: dict[str, list[Line]] = {}
    first_unit: dict[tuple[int, str], str] = {}
    # a unit that was let go comes after whoever leads it now, so that nothing of it is counted as theirs
    for line in sorted(lines, key=lambda line: line.progress.state is State.DROPPED):
        unit = first_unit.setdefault((line.task_id, line.period), line.unit_code or "")
        by_unit.setdefault(unit, []).append(line)
    named_first = sorted(by_unit.items(), key=lambda item: (item[0] == "", item[0]))
    return [_figure(context, unit or context.t("summary-no-unit"), rows) for unit, rows in named_first]

"""What happened to a directive, in words: who, when and what, newest last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from core.deadlines import local
from core.history import OF_THE_UNIT, Step
from core.messages import Button
from core.tasks import Part, PartRole, shown_title
from core.text import fold
from handlers.context import Context
from handlers.phrasing import clock_time, due_words, full_date, near_date, reference
from storage.history import Event

PAGE = 8
"""Lines of history that stand with the directive itself on a phone."""

_PAGE = re.compile(r"\b(?:trang|page)\s+(\d{1,4})\b")


def page_asked(context: Context) -> int:
    """Return which page of the history is asked for; the first holds what is newest."""
    asked = _PAGE.search(fold(f"{context.said.rest} {context.said.said}"))
    return max(1, int(asked[1])) if asked else 1


async def told(context: Context, parts: Sequence[Part], number: int) -> tuple[list[str], tuple[Button, ...]]:
    """Return a page of what happened to these parts of one directive, and how to see what came before it."""
    lines = await _lines(context, parts)
    count = max(1, -(-len(lines) // PAGE))
    number = min(number, count)
    last = len(lines) - (number - 1) * PAGE
    shown = lines[max(0, last - PAGE) : last]
    if not shown:
        return [], ()
    if count == 1:
        return [context.t("history-title"), *shown], ()
    title = context.t("history-page", number=number, count=count)
    if number == count:
        return [title, *shown], ()
    own = parts[0].agency_id == context.actor.agency_id
    ref = reference(parts[0], None if own else (await context.work.people.agency(parts[0].agency_id)).code)
    typed = parts[0].code if own else ref
    more = context.t("history-more", typed=typed, next=number + 1)
    return [title, *shown, more], (context.button("button-earlier", f"/task {ref} trang {number + 1}"),)


async def _lines(context: Context, parts: Sequence[Part]) -> list[str]:
    """Return a line an act; what it did to several units in the same way stands in one."""
    by_id = {part.id: part for part in parts}
    subjects = {part.id: f"{reference(part)} {part.unit_code}" for part in parts}
    events = await context.work.history.of_parts(parts[0].agency_id, subjects) if parts else []
    titles = await _titles(context, parts, events)
    several = len({part.unit_id for part in parts if part.role is not PartRole.COOPERATING}) > 1
    grouped: dict[tuple[Any, ...], list[str]] = {}
    for event in events:
        part = by_id[event.part_id]
        words = _words(context, event, part, titles)
        units = grouped.setdefault((event.at, event.entry_id, event.by, event.undone, event.step, words), [])
        if not (event.of_the_unit and (not several or part.unit_code in (event.by or ""))):
            units.append(part.unit_code)
    lines = []
    for (at, _, by, undone, step, words), units in grouped.items():
        shown = several or step is Step.GIVEN or (step in OF_THE_UNIT and bool(units))
        lines.append(
            context.t(
                "history-line",
                date=near_date(local(at).date(), context.today),
                time=clock_time(at),
                by=by or "",
                has="yes" if by else "no",
                words=words,
                units=", ".join(dict.fromkeys(units)),
                named="yes" if shown and units else "no",
                undone="yes" if undone else "no",
            )
        )
    return lines


async def _titles(context: Context, parts: Sequence[Part], events: Sequence[Event]) -> dict[int, str]:
    """Return what the people are called to whom parts were handed."""
    if not any(event.step is Step.HANDED for event in events):
        return {}
    return {person.id: person.title for person in await context.work.people.everyone(parts[0].agency_id)}


def _words(context: Context, event: Event, part: Part, titles: dict[int, str]) -> str:
    """Return what was done, without who and when."""
    after, before, today = event.after, event.before, context.today
    due = due_words(after.due, part.deadline_text, today) if after is not None else None
    was = due_words(before.due, part.deadline_text, today) if before is not None else None
    until = event.until
    if after is not None and event.step is Step.PRESENT_BY:
        until = after.present_by
    if after is not None and event.step is Step.PRESENTED:
        until = after.presented_on
    if after is not None and event.step is Step.BLOCKED:
        until = after.expected_on
    said = {
        Step.RETURNED: after.missing if after is not None else None,
        Step.PROGRESS: after.note if after is not None and before is not None and after.note != before.note else None,
        Step.BLOCKED: after.note if after is not None else None,
        Step.HANDED: titles.get(after.handed_to or 0) if after is not None else None,
        Step.DROPPED: event.detail.get("reason"),
        Step.DISPUTED: event.detail.get("words"),
    }.get(event.step, event.words)
    if said and event.step is not Step.HANDED:
        said = shown_title(said, restricted=part.restricted)
    paper = after.document if after is not None and after.document else event.detail.get("document", "")
    what = context.t(
        f"history-{event.step.value}",
        due=due or "",
        dated="yes" if due else "no",
        was=was or "",
        had="yes" if was else "no",
        day=full_date(until) if until is not None else "",
        named="yes" if until is not None else "no",
        said=said or "",
        quoted="yes" if said else "no",
        percent=after.percent if after is not None and after.percent is not None else -1,
        document=paper,
        of=full_date(after.document_on) if paper and after is not None and after.document_on is not None else "",
        has="yes" if paper else "no",
        mend=f"{clock_time(after.mend_by)} {near_date(local(after.mend_by).date(), today)}"
        if after is not None and after.mend_by is not None
        else "",
        times=event.times,
        inside="yes" if event.inside else "no",
        agrees="yes" if event.agrees else "no",
        view=event.detail.get("view", ""),
        asked=", ".join(event.detail.get("asked", ())),
    )
    if event.files:
        what += context.t("history-files", files=event.files)
    if event.step in OF_THE_UNIT and not event.of_the_unit and event.by is not None:
        return context.t("history-instead", what=what)
    return what

"""A notice comes again, corrected or replaced: what changed in print is carried over, what was settled since stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.drafts import DraftTask
from core.matching import matched
from core.text import clean

_PRINTED = ("lead", "implementing", "cooperating", "all_units")


def carried_over(
    read: Sequence[DraftTask], now: Sequence[DraftTask], again: Sequence[DraftTask]
) -> tuple[DraftTask, ...]:
    """Return the directives under follow-up (`now`) with what the text read `again` prints otherwise than that `read` once.

    What was settled by hand is left as it is: split off, merged, given to a unit, dated by a leader, left alone. What
    the new text has no more is left out; what it has besides is added.
    """
    stands = matched(now, read)
    comes = matched(read, again)
    made: list[DraftTask] = []
    used: set[int] = set()
    for index, task in enumerate(again):
        origin = comes.get(index)
        here = stands.get(origin) if origin is not None else None
        if origin is None:
            made.append(task)
        elif here is not None:
            used.add(here)
            made.append(carried(read[origin], task, now[here]))
        elif _says_otherwise(read[origin], task):
            made.append(task)
    gone = {stands[at] for at in range(len(read)) if at not in comes.values() and at in stands}
    by_hand = [at for at in range(len(now)) if at not in used and at not in gone and at not in stands.values()]
    return _with_codes_unlike(_put_back(made, now, by_hand))


def _says_otherwise(once: DraftTask, task: DraftTask) -> bool:
    return carried(once, task, once) != once


def carried(once: DraftTask, task: DraftTask, here: DraftTask) -> DraftTask:
    """Return a directive as it stands (`here`), with what is printed otherwise than `once`."""
    new: dict[str, Any] = {}
    if once.code != task.code:
        new["code"] = task.code
    if clean(once.text) != clean(task.text):
        new |= {"text": task.text, "title": here.title if once.title == task.title else task.title}
    if any(getattr(once, name) != getattr(task, name) for name in _PRINTED):
        new |= {name: getattr(task, name) for name in (*_PRINTED, "unknown_units")}
    if once.kind is not task.kind:
        new["kind"] = task.kind
    if _day(once) != _day(task):
        names = ("due", "due_time", "due_basis", "suggested", "recurrence")
        new |= {name: getattr(task, name) for name in names}
    if once.deadline_text != task.deadline_text:
        new["deadline_text"] = task.deadline_text
    if once.product != task.product:
        new |= {"product": task.product, "needs_document": task.needs_document}
    return replace(here, **new)


def _day(task: DraftTask) -> tuple[object, ...]:
    return task.due, task.due_time, task.recurrence


def _put_back(made: list[DraftTask], now: Sequence[DraftTask], by_hand: Sequence[int]) -> list[DraftTask]:
    """Return the directives with those somebody split off by hand behind the ones they stood behind."""
    for at in by_hand:
        before = {task.follows for task in now[:at]}
        place = max((index + 1 for index, task in enumerate(made) if task.follows in before), default=0)
        made.insert(place, now[at])
    return made


def _with_codes_unlike(tasks: Sequence[DraftTask]) -> tuple[DraftTask, ...]:
    seen: set[str] = set()
    unlike: list[DraftTask] = []
    for task in tasks:
        code, turn = task.code, 2
        while code in seen:
            code, turn = f"{task.code}-{turn}", turn + 1
        seen.add(code)
        unlike.append(replace(task, code=code) if code != task.code else task)
    return tuple(unlike)

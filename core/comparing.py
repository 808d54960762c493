"""What a draft changes in the notice under follow-up: the directives kept, changed, added and missing."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import Final, Literal

from core.drafts import DraftNotice, DraftTask
from core.tasks import PartRole
from core.text import clean

What = Literal["code", "text", "kind", "units", "due", "product"]

_LONGEST: Final = 60
"""Characters shown of what was printed and what is printed now."""
_AROUND: Final = 4
"""Words between two changes that are shown as one."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One directive as it stands and as it will; `what` is never empty."""

    before: DraftTask
    after: DraftTask
    what: frozenset[What]


@dataclass(frozen=True, slots=True)
class Difference:
    """Every directive of a notice under follow-up, and of the draft that amends it, exactly once."""

    kept: tuple[DraftTask, ...] = ()
    changed: tuple[Changed, ...] = ()
    added: tuple[DraftTask, ...] = ()
    missing: tuple[DraftTask, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether the draft says what is under follow-up already."""
        return not (self.changed or self.added or self.missing)

    def units(self) -> tuple[str, ...]:
        """Return every unit for which something changes, each once."""
        named = [unit for one in self.changed for unit in units_told(one)]
        named += [unit for task in (*self.added, *self.missing) for unit in roles(task)]
        return tuple(dict.fromkeys(named))


def difference(notice: DraftNotice) -> Difference:
    """Return what a draft changes; one that amends nothing adds all of its directives."""
    before = {task.follows: task for task in notice.amends.before} if notice.amends is not None else {}
    kept: list[DraftTask] = []
    changed: list[Changed] = []
    added: list[DraftTask] = []
    for task in notice.tasks:
        old = before.pop(task.follows, None) if task.follows is not None else None
        if old is None:
            added.append(task)
        elif what := _what(old, task):
            changed.append(Changed(old, task, what))
        else:
            kept.append(task)
    return Difference(tuple(kept), tuple(changed), tuple(added), tuple(before.values()))


def _what(old: DraftTask, new: DraftTask) -> frozenset[What]:
    pairs: tuple[tuple[What, object, object], ...] = (
        ("code", old.code, new.code),
        ("text", clean(old.text), clean(new.text)),
        ("kind", old.kind, new.kind),
        ("units", (roles(old), old.all_units), (roles(new), new.all_units)),
        ("due", _when(old), _when(new)),
        ("product", old.product, new.product),
    )
    return frozenset(what for what, was, now in pairs if was != now)


def _when(task: DraftTask) -> tuple[object, ...]:
    return task.due, task.due_time, task.due_basis, task.recurrence


def roles(task: DraftTask) -> dict[str, PartRole]:
    """Return what each unit named is to a directive."""
    named: dict[str, PartRole] = {}
    for role, units in (
        (PartRole.LEAD, task.lead),
        (PartRole.IMPLEMENTING, task.implementing),
        (PartRole.COOPERATING, task.cooperating),
    ):
        for unit in units:
            named.setdefault(unit, role)
    return named


def units_told(one: Changed) -> tuple[str, ...]:
    """Return the units to which this change matters: where only the units changed, those moved and those that lead."""
    before, after = roles(one.before), roles(one.after)
    units = dict.fromkeys([*after, *before])
    if one.what != {"units"}:
        return tuple(units)
    return tuple(
        unit
        for unit in units
        if before.get(unit) != after.get(unit) or PartRole.LEAD in {before.get(unit), after.get(unit)}
    )


def rewording(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return the places where a text was reworded, each as it was and as it is, whole words and no more than a line."""
    was, now = clean(old).split(" "), clean(new).split(" ")
    places: list[list[int]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if places and i1 - places[-1][1] < _AROUND:
            places[-1][1], places[-1][3] = i2, j2
        else:
            places.append([i1, i2, j1, j2])
    return tuple((_short(was, i1, i2), _short(now, j1, j2)) for i1, i2, j1, j2 in places)


def _short(words: list[str], start: int, end: int) -> str:
    said = " ".join(words[start:end])
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rsplit(' ', 1)[0]}…"


def put_back(notice: DraftNotice, task: DraftTask) -> DraftNotice:
    """Return the draft with a directive the new text has no more, behind the one it stood behind; its code stays unlike."""
    if notice.amends is None:
        return notice
    earlier = [one.follows for one in notice.amends.before]
    before = set(earlier[: earlier.index(task.follows)])
    place = max((index + 1 for index, one in enumerate(notice.tasks) if one.follows in before), default=0)
    code, letters = task.code, iter("abcdefgh")
    while notice.task(code) is not None:
        code = f"{task.code}{next(letters)}"
    kept = replace(task, code=code)
    return replace(notice, tasks=(*notice.tasks[:place], kept, *notice.tasks[place:]))

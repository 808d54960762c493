"""The codes directives are called by."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from core.reading.model import ReadTask
from core.reading.structure import Item, Marker


def code_of(item: Item, prefix: str, dashes: int) -> str:
    """The code of an entry as printed; dashes count on under their item."""
    if item.marker is Marker.LETTER:
        return f"{prefix}{item.label}"
    if item.marker is Marker.DASH:
        return f"{prefix}.{dashes}" if prefix else f"p{dashes}"
    if item.depth >= 9 and prefix:
        return f"{prefix}.{item.label}"
    return item.label


def _number(code: str) -> str:
    """The number of the entry a code belongs to."""
    found = re.match(r"\d+", code)
    return found[0] if found else code


def unlike(tasks: Sequence[ReadTask], sections: Sequence[str]) -> tuple[ReadTask, ...]:
    """The tasks with codes made unlike.

    A section that begins another's numbers anew stands before all of its codes; what is still repeated takes a running number.
    """
    counted: dict[str, list[str]] = {}
    for task, section in zip(tasks, sections, strict=True):
        counted.setdefault(_number(task.code), []).append(section)
    times = Counter(task.code for task in tasks)
    repeating = {
        section
        for task, section in zip(tasks, sections, strict=True)
        if section and (times[task.code] > 1 or len(set(counted[_number(task.code)])) > 1)
    }
    seen: set[str] = set()
    turns: Counter[str] = Counter()
    named: list[ReadTask] = []
    for task, section in zip(tasks, sections, strict=True):
        code = f"{section}.{task.code}" if section in repeating else task.code
        unique = code
        while unique in seen:
            turns[code] += 1
            unique = f"{code}-{turns[code] + 1}"
        seen.add(unique)
        named.append(replace(task, code=unique))
    return tuple(named)

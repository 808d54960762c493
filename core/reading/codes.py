"""The codes directives are called by."""

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
        return f"{prefix}.{dashes}" if prefix else str(dashes)
    if item.depth == 9 and prefix:
        return f"{prefix}.{item.label}"
    return item.label


def unlike(tasks: Sequence[ReadTask], sections: Sequence[str]) -> tuple[ReadTask, ...]:
    """The tasks with codes made unlike.

    A section that repeats another's code stands before all of its codes; what is still repeated takes a running number.
    """
    times = Counter(task.code for task in tasks)
    repeating = {section for task, section in zip(tasks, sections, strict=True) if section and times[task.code] > 1}
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

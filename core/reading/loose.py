"""Paragraphs that stand behind a numbered entry and are none of it: another's directive, a deadline for several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.reading.assignment import read_assignment
from core.reading.dates import Deadline
from core.reading.deadlines import read_deadline
from core.reading.directives import is_imperative
from core.reading.directory import Directory
from core.reading.lines import joined
from core.reading.model import ReadTask
from core.reading.structure import Item, is_closing

_GIVES = re.compile(r"(?:Giao|Đề nghị|Yêu cầu|Phân công)\s")
_SHARED = re.compile(
    r"(?:Các|Những|Toàn bộ|Tất cả|Thời hạn|Thời gian|Việc)\s[^.;]{0,80}?(?:nhiệm vụ|nội dung|công việc|mục|điểm|khoản)\b[^.;]{0,80}"
)
_ABOVE = re.compile(r"nêu trên|ở trên|trên đây|nói trên|(?:nhiệm vụ|nội dung|công việc|mục) trên|này|còn lại")
_NUMBERED = re.compile(
    r"(?:mục|điểm|khoản|nhiệm vụ(?: số)?|nội dung(?: số)?|và|,|đến|-)\s*(\d{1,2}(?:\.\d{1,2})*[a-zđ]?)(?=[\s,.;)]|$)"
)
_RANGE = re.compile(
    r"(?:từ )?(?:mục|nhiệm vụ(?: số)?|nội dung(?: số)?|điểm)\s*(\d{1,2})\s*(?:đến|-|–)\s*(?:mục |điểm )?(\d{1,2})(?=\D)"
)


@dataclass(frozen=True, slots=True)
class Shared:
    """A deadline several directives share: those of these numbers, or with none all above it."""

    deadline: Deadline
    numbers: frozenset[str]

    def holds(self, code: str) -> bool:
        """Whether the directive of this code is among those meant."""
        bare = code.split(".", 1)[1] if re.match(r"[IVX]+\.", code) else code
        return not self.numbers or any(
            bare == number or re.match(rf"{re.escape(number)}(?:\.|[a-zđ])", bare) for number in self.numbers
        )


def shared(paragraph: str, issued: date | None, around: date | None) -> Shared | None:
    """The deadline a paragraph sets for several directives by pointing to them; None where it does not."""
    match = _SHARED.match(paragraph)
    if not match or len(paragraph) > 300:
        return None
    numbers: frozenset[str] = frozenset()
    if span := _RANGE.search(paragraph):
        numbers = frozenset(map(str, range(int(span[1]), min(int(span[2]), 99) + 1)))
    elif "mục" in match[0] or re.search(r"(?:nhiệm vụ|nội dung)(?: số)? \d", match[0]):
        numbers = frozenset(found[1] for found in _NUMBERED.finditer(paragraph[: match.end()].split(" ngày ", 1)[0]))
    if not numbers and not _ABOVE.search(match[0]):
        return None
    deadline = read_deadline(paragraph, issued, around)
    return Shared(deadline, numbers) if deadline.due or deadline.recurrence else None


def share(tasks: Sequence[ReadTask], found: Shared) -> list[ReadTask]:
    """The directives with the shared deadline where they are meant and set none of their own."""
    given: list[ReadTask] = []
    for task in tasks:
        undated = (task.due is None or task.suggested_due) and task.recurrence is None and task.deadline_text is None
        given.append(_dated(task, found.deadline) if undated and found.holds(task.code) else task)
    return given


def _has(tasks: Sequence[ReadTask], number: str) -> bool:
    meant = Shared(Deadline(), frozenset({number}))
    return any(meant.holds(task.code) for task in tasks)


def _dated(task: ReadTask, deadline: Deadline) -> ReadTask:
    warnings = [one for one in task.warnings if one != "no_deadline"]
    return replace(
        task,
        deadline_text=deadline.text,
        due=deadline.due,
        due_time=deadline.due_time,
        suggested_due=False,
        recurrence=deadline.recurrence,
        kind="tracked",
        warnings=tuple(dict.fromkeys([*warnings, *deadline.warnings])),
    )


def take_loose(items: Sequence[Item], directory: Directory) -> list[str]:
    """The paragraphs behind the last entry that give somebody else a directive, taken out of it."""
    if not items:
        return []
    last = items[-1]
    while last.children:
        last = last.children[-1]
    texts = [joined(lines) for lines in last.lines]
    if len(texts) < 2 or not _is_whole(texts[0], directory):
        return []
    loose = [at for at in range(1, len(texts)) if _gives(texts[at], directory)]
    last.lines = [lines for at, lines in enumerate(last.lines) if at not in loose]
    return [texts[at] for at in loose]


def _is_whole(text: str, directory: Directory) -> bool:
    """Whether an entry's first paragraph is a directive by itself rather than a heading."""
    return text.endswith((".", ";", "./.")) and (is_imperative(text) or read_assignment(text, directory).given)


def _gives(text: str, directory: Directory) -> bool:
    if not _GIVES.match(text) or is_closing(text):
        return False
    found = read_assignment(text, directory)
    return any(ref.kind in {"known", "named"} for ref in (*found.lead, *found.implementing))


def gather(
    found: Iterable[ReadTask | Shared], before: Sequence[ReadTask] = ()
) -> tuple[list[ReadTask], list[ReadTask]]:
    """The directives read one after another, and those before them, with the deadlines they share."""
    earlier = list(before)
    tasks: list[ReadTask] = []
    for one in found:
        if isinstance(one, Shared):
            here = one.numbers and all(_has(tasks, number) for number in one.numbers)
            earlier = earlier if here else share(earlier, one)
            tasks = share(tasks, one)
        else:
            tasks.append(one)
    return earlier, tasks

"""Which act a sentence is: by the command it opens with, or by what it says of the work."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from core.speech.commands import opening
from core.speech.dates import find_dates
from core.speech.model import Utterance
from core.speech.queries import asks_for_list, query_of
from core.speech.reading import FREE_TEXT, NO_BARE_DOCUMENT, Reading, read, utterance
from core.speech.states import percent_of, state_of, waits_at
from core.speech.units import mentioned_unit

_BY_STATE: Final = frozenset({"done", "present", "reported", "progress", "blocked"})
_DECIDES: Final = frozenset({"agree", "refuse"})
_LISTS: Final = frozenset({"tasks", "overdue", "due", "summary"})
_FILLERS: Final = frozenset({
    "em", "toi", "phong", "minh", "anh", "xin", "nho", "nay", "hay", "chung", "dc", "va", "roi", "thi", "da",
    "muon", "nhan", "vien", "on", "ok", "oke", "vang", "tp", "pp", "cua", "vui", "long", "nhanh",
})  # fmt: skip
_EXTENSION: Final = re.compile(r"\b(?:gia han|lui (?:thoi )?han|them thoi gian|lui (?:den|sang|toi))\b")
_ABSENCE: Final = re.compile(r"\b(?:(?:lam|xu ly|dieu hanh|phu trach|nhan viec) thay|nghi phep|uy quyen|di cong tac)\b")
_AGAIN: Final = re.compile(r"\bnhac (?:lai|sau)\b")
_TO_ANOTHER: Final = re.compile(r"^(?:de nghi |xin )?chuyen (?:cho |sang )")
_UNFIT: Final = re.compile(
    r"\b(?:khong|ko|k) (?:phai (?:la )?(?:viec|nhiem vu|trach nhiem)|thuoc (?:tham quyen|chuc nang|nhiem vu|linh vuc|trach nhiem)"
    r"|dung (?:tham quyen|chuc nang|linh vuc))\b"
)
_LATER_TODAY: Final = re.compile(r"\b(?:(?:chieu|toi|trong) (?:hom )?nay|trong ngay)\b")
_ALREADY: Final = re.compile(r"\b(?:da|roi)\b")
_EXPORTS: Final = frozenset({
    "excel", "xlsx", "docx", "pdf", "word", "bao", "bang", "file", "van", "cong", "giay", "danh", "phieu",
})  # fmt: skip
_NOT_INVITED: Final = frozenset({
    "xong", "trinh", "lam", "gui", "co", "nhan", "ky", "duoc", "nop", "hop", "bat", "hoan", "dang", "sang",
    "xin", "ban", "nhat", "phat",
})  # fmt: skip
_OF_A_MEETING: Final = frozenset({
    "hoi", "lai", "again", "nhac", "ngay", "thu", "hai", "ba", "tu", "nam", "sau", "cuoi", "hang", "moi", "thang", "trang",
    "sang", "vao", "doi", "den", "ky", "nay", "toi", "page", "on", "to", "move", "last", "day", "monday", "tuesday",
    "wednesday", "thursday", "friday", "of", "every", "each", "month", "monthly", "nhu", "thuong", "le", "usual",
})  # fmt: skip
"""Words that may follow "giao ban" where the meeting itself is meant, beside dates."""
_LONG: Final = 12
"""Words in a sentence without a reference, beyond which it is prose and no report."""
_LONGEST: Final = 40
"""Words in a sentence with a reference, beyond which it may be a notice's own paragraph."""


def _few(most: int) -> Callable[[Reading, int], bool]:
    return lambda reading, after: len(reading.words) - after <= most


def _invites(reading: Reading, after: int) -> bool:
    words = reading.words
    if reading.left.text[words[after - 1].start : words[after - 1].end].lower() == "mới":
        return False
    return len(words) == after or (words[after].folded not in _NOT_INVITED and len(words) - after <= 6)


def _puts_off(reading: Reading, after: int) -> bool:
    """Whether the speaker wants to be reminded again, and does not tell whom they reminded: "da nhac lai cac huyen"."""
    return len(reading.words) - after <= 7 and not _ALREADY.search(reading.core)


def _exports(reading: Reading, after: int) -> bool:
    words = reading.words
    return len(words) == after or words[after - 1].folded == "excel" or words[after].folded in _EXPORTS


_SHORTEST: Final = 3
"""Words of a sentence that gives a task: whom, and two that say what."""

_ONLY_IF: Final[dict[str, Callable[[Reading, int], bool]]] = {
    "start": _few(3),
    "agree": _few(30),
    "refuse": _few(30),
    "help": _few(3),
    "acknowledge": _few(5),
    "cancel": lambda *_: False,
    "tasks": lambda reading, after: (
        len(reading.words) == after or reading.words[after].folded in {"soon", "all", "trang", "page"}
    ),
    "overdue": _few(6),
    "due": _few(6),
    "summary": _few(8),
    "task": lambda reading, after: bool(reading.refs) or len(reading.words) == after,
    "undo": _few(3),
    "undelivered": lambda reading, after: not reading.refs and len(reading.words) - after <= 4,
    "review": lambda reading, after: (
        not reading.refs
        and _OF_A_MEETING.issuperset(word.folded for word in reading.words[after:] if not word.folded[0].isdigit())
    ),
    "notice": lambda reading, after: not reading.refs and len(reading.words) - after <= 5,
    "settings": _few(3),
    "language": _few(3),
    "channel": _few(4),
    "hour": _few(4),
    "assign": lambda reading, after: bool(reading.refs) or reading.words[after - 1].folded != "giao",
    "handover": lambda reading, after: after > 1 or bool(reading.refs),
    "invite": _invites,
    "snooze": _puts_off,
    "export": _exports,
    "dispute": _few(8),
    "waiting": lambda reading, after: not reading.refs and len(reading.words) - after <= 3,
    "confirming": _few(3),
    "link": _few(3),
    "unlink": _few(3),
    "publish": lambda reading, after: not reading.refs and len(reading.words) - after <= 6,
    "contribute": lambda reading, after: bool(reading.refs) or len(reading.words) == after,
    "nothing": lambda reading, after: after == 1 or len(reading.words) - after <= 2,
    "coordination": lambda reading, after: len(reading.words) == after,
}


def _opened(reading: Reading) -> tuple[str, int, int] | None:
    """The command the sentence opens with, skipping pronouns and a unit's name: command, first word, word after."""
    words = [word.folded for word in reading.words]
    for start in range(min(4, len(words))):
        found = opening(words, start)
        if found is not None:
            name, count = found
            allowed = _ONLY_IF.get(name)
            if allowed is None or allowed(reading, start + count):
                return name, start, start + count
        word = words[start]
        if word not in _FILLERS and (start > 1 or set(word) & set("aeiouy")):
            return None
    return None


def _state(reading: Reading) -> str | None:
    if len(reading.words) > (_LONGEST if reading.refs else _LONG):
        return None
    if not reading.refs and asks_for_list(reading.core):
        return None
    at, text, words = waits_at(reading.core), reading.left.text, reading.words
    if at is None:
        return state_of(reading.core, "", "", accented=False)
    accented = not all(text[word.start : word.end].isascii() for word in words)
    index = reading.core.count(" ", 0, at)
    wait, following = (
        text[word.start : word.end].lower() for word in (words[index], words[min(index + 1, len(words) - 1)])
    )
    return state_of(reading.core, wait, following, accented=accented)


def _promised(reading: Reading, today: date) -> bool:
    """Whether the words put the end in the future: "xong truoc 15/7" is no "xong"."""
    if _LATER_TODAY.search(reading.core) and not _ALREADY.search(reading.core):
        return True
    return any(
        one.day > today or one.lead == "truoc" or (one.day == today and not one.exact)
        for one in find_dates(reading.left.folded, today=today)
    )


def _passes_on(reading: Reading) -> bool:
    """Whether a directive goes to another unit: "chuyen 3.6 sang qlcn"; "3.6 chuyen sang thang 7" only says when."""
    words = reading.words
    found = _TO_ANOTHER.match(reading.core)
    if found is None:
        return False
    after = found[0].count(" ")
    return mentioned_unit(reading.left, words[after : after + 3], reach=3, phrases=False) is not None


def _named_day(reading: Reading, today: date) -> bool:
    return next(find_dates(reading.left.folded, today=today), None) is not None


def _settled(state: str, reading: Reading, today: date) -> str:
    """The state once date and number are known: a promise is not done, a signed document with its date is."""
    if state == "done" and (
        percent_of(reading.core) is not None or (reading.document is None and _promised(reading, today))
    ):
        return "progress"
    if (
        state in {"present", "reported"}
        and reading.document is not None
        and reading.document.document.dated is not None
    ):
        return "done"
    return state


def given_of(reading: Reading, *, today: date) -> Utterance | None:
    """The task that the sentence gives somebody, whatever else it mentions: "viec moi …", "giao QLTM trinh ke hoach"."""
    words = [word.folded for word in reading.words]
    found = opening(words)
    if found is not None and found[0] == "new" and len(words) > found[1]:
        return _commanded("new", reading, ("new", 0, found[1]), today)
    named = not reading.refs and words[0] == "giao" and len(words) > _SHORTEST
    if not named or mentioned_unit(reading.left, reading.words[1:4], reach=3, phrases=False) is None:
        return None
    return utterance("new", reading, today=today)


def act_of(reading: Reading, *, today: date) -> Utterance | None:
    """The act that the sentence is, or None."""
    found = _opened(reading)
    name = None if found is None else found[0]
    if (
        name not in _BY_STATE | _DECIDES
        and _EXTENSION.search(reading.core)
        and (reading.refs or len(reading.words) <= _LONG)
    ):
        name = "extend"
    if name in {None, "task"} and not reading.refs and _ABSENCE.search(reading.core):
        name, found = "delegate", None
    if name is None and _AGAIN.search(reading.core) and _puts_off(reading, 0) and _named_day(reading, today):
        name, found = "snooze", None
    if name is None and reading.refs and _passes_on(reading):
        name, found = "assign", ("assign", 0, 2)
    if name is None and reading.refs and _UNFIT.search(reading.core):
        name = "propose"
    if name in _LISTS and reading.refs:
        return utterance("task", reading, today=today)
    if name is not None and name not in _BY_STATE and name not in {"report", "acknowledge", "notice"}:
        return _commanded(name, reading, found, today)
    state = _state(reading)
    if state is None:
        prose = name in _BY_STATE and len(reading.words) > (_LONGEST if reading.refs else _LONG)
        return None if name is None or prose else _commanded(name, reading, found, today)
    state = _settled(state, reading, today)
    if name == "blocked" and state == "progress" and percent_of(reading.core) is None:
        state = "blocked"  # "vuong so lieu, 12/7 xong" says what holds it up and until when
    if name == state:
        return _commanded(state, reading, found, today)
    return replace(_commanded(state, reading, None, today), inferred=True)


def _commanded(name: str, reading: Reading, found: tuple[str, int, int] | None, today: date) -> Utterance:
    again = name in NO_BARE_DOCUMENT and reading.document is not None
    if again or name == "extend" or (name in FREE_TEXT and len(reading.refs) > 1):
        reading = read(reading.whole, today=today, intent=name)
    command = None
    if found is not None and found[1] < len(reading.words):
        command = reading.words[found[1]].start, reading.words[min(found[2], len(reading.words)) - 1].end
    if name == "extend" and (found is None or found[0] != "extend"):
        at = _EXTENSION.search(reading.left.folded)
        command = None if at is None else at.span()
    if command is not None and all(
        word.folded in _FILLERS or word.folded == "cho" for word in reading.words if word.start < command[0]
    ):
        command = reading.words[0].start, command[1]
    reach = 1 if name in {"blocked", "progress"} else 2
    if name in {"drop", "confirm"} and found is not None:
        reach = found[2] + 1  # the unit stands behind the command's own words, and none of the reason's is meant
    act = utterance(name, reading, today=today, command=command, reach=reach)
    if name in _LISTS and (query := query_of(reading.core)) is not None:
        return replace(act, rest=act.mentions_unit or query.rest or act.rest)
    return act

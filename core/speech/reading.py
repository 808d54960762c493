"""A message taken apart: references, document, notice, the words between; and put together again as an utterance."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.speech.dates import DateFound, find_dates
from core.speech.documents import DocumentFound, find_document
from core.speech.model import DocumentRef, TaskRef, Utterance
from core.speech.refs import argument_ref, find_notice, find_refs, joined_spans, with_notice
from core.speech.states import percent_of
from core.speech.typed import Typed, Word
from core.speech.units import mentioned_unit

ABOUT_TASKS: Final = frozenset({
    "task", "done", "present", "reported", "progress", "blocked", "report", "files", "extend", "propose", "opinion",
    "acknowledge", "handover", "remind", "return", "confirm", "record", "dispute", "assign", "drop", "edit", "merge", "split",
    "request", "contribute", "nothing", "coordination",
})  # fmt: skip
"""Commands whose first argument is a directive, so that a bare or lettered code may stand there."""

NO_BARE_DOCUMENT: Final = frozenset({
    "extend", "blocked", "delegate", "remind", "new", "due", "tasks", "request", "progress", "settings", "drop",
    "snooze",
})  # fmt: skip
"""Commands in which "2 15/7" is no document."""

FREE_TEXT: Final = frozenset({
    "blocked", "report", "propose", "opinion", "return", "remind", "progress", "extend", "request", "drop", "edit", "dispute", "split",
    "contribute",
})  # fmt: skip
"""Commands whose words may mention other directives: only the first ones named are meant."""

_DOCUMENT_APART: Final = frozenset({
    "done", "present", "reported", "record", "document", "extend",
})  # fmt: skip
_DATE_APART: Final = frozenset({
    "done", "present", "reported", "extend", "blocked", "request",
})  # fmt: skip
_LOOKS_BACK: Final = frozenset({
    "done", "present", "reported", "record", "document",
})  # fmt: skip
_LAST_DATE: Final = frozenset({
    "blocked", "choice", "request", "delegate",
})  # fmt: skip
_WHOLE: Final = frozenset({
    "agree", "refuse", "new", "notice", "delegate", "start",
})  # fmt: skip
_NAMES_UNITS: Final = frozenset({
    "overdue", "due", "summary", "remind", "assign", "invite", "new", "record", "delegate", "review", "export",
    "handover", "request", "tasks", "return", "snooze", "waiting", "unacknowledged",
})  # fmt: skip
_WEAK: Final = re.compile(
    r"(?:[ ,;:.]*(?:(?:roi|r|a|nhe|nha|het|ca|luon|em|do|va|da|ok|oke|vang|vua|moi|toi|phong)(?![a-z])|$))+"
)
_PROMISE: Final = re.compile(
    r"[ ,;]*(?:(?<![a-z])(?:phong|em|se|du kien|co gang|thi|la|phan dau) +)*(?:(?<![a-z])(?:xong|hoan thanh|gui|co) *)?$"
)
_KEPT_PROMISE: Final = re.compile(
    r" *(?:(?:thi|se|moi|phong|em|la) )*(?:xong|hoan thanh|co|gui)(?: duoc)?(?= *[,;:.]?(?: *a)? *$)"
)
_BARE_PERCENT: Final = re.compile(r" *([0-9]{1,3})(?= |$|,)(?! *[0-9]+/)")
_WHY: Final = re.compile(r"[ ,;:]*ly do *:?")
_LINKED: Final = {
    "extend": _WHY,
    "return": _WHY,
    "drop": _WHY,
    "handover": re.compile(r"[ ,;:]*cho(?= )"),
    "request": re.compile(r"[ ,;:]*cac (?:phong|don vi)(?=,? +(?:gui|cho|bao cao|cung cap|gop|co))"),
}
_DESCRIBES_UNITS: Final = frozenset(
    {"overdue", "due", "summary", "tasks", "remind", "export", "review", "waiting", "unacknowledged"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a message; `left` is the message with all of it cut out, `core` its folded words."""

    whole: Typed
    quoted: Typed
    left: Typed
    refs: tuple[TaskRef, ...]
    document: DocumentFound | None
    notice: str | None
    words: list[Word]
    core: str


def read(typed: Typed, *, today: date, intent: str | None = None, start: int | None = None) -> Reading:
    """The message taken apart; with `start`, a bare code right there is a reference too."""
    document = find_document(typed, today=today, bare=intent not in NO_BARE_DOCUMENT)
    left = typed if document is None else typed.without((document.start, document.end))
    found = find_refs(left, dates_follow=intent == "extend")
    if start is not None and intent in ABOUT_TASKS and not found:
        alone = argument_ref(left, start)
        if alone is not None and not (intent == "progress" and alone.ref.code.isdigit()):
            found = [alone]
    spans = joined_spans(left, found)
    if intent in FREE_TEXT and len(spans) > 1:
        spans = spans[:1]
        found = [one for one in found if one.end <= spans[0][1]]
    left = left.without(*spans)
    quoted = typed.without(*spans)
    notice = find_notice(left)
    refs = tuple(one.ref for one in found)
    if notice is not None:
        left = left.without((notice[2], notice[3]))
        refs = tuple(with_notice(ref, notice[0], notice[1]) for ref in refs)
    words = left.words()
    return Reading(
        whole=typed,
        quoted=quoted,
        left=left,
        refs=tuple(dict.fromkeys(refs)),
        document=document,
        notice=None if notice is None else notice[0],
        words=words,
        core=" ".join(word.folded for word in words),
    )


def _the_date(intent: str, left: Typed, today: date) -> DateFound | None:
    past = intent in _LOOKS_BACK
    marks = ".-" if intent == "extend" else "." if past else ""
    found = [one for one in find_dates(left.folded, today=today, past=past, marks=marks) if one.exact or not past]
    if intent == "progress":
        found = [one for one in found if one.lead or one.day >= today]  # "xong 1/2" is a half
    towards = [one for one in found if one.lead != "tu"] or found
    if not towards:
        return None
    return towards[-1] if intent in _LAST_DATE else towards[0]


def _date_span(intent: str, left: Typed, found: DateFound) -> tuple[int, int] | None:
    if intent in {"extend", *_LOOKS_BACK}:
        return found.start, found.end
    end = found.end
    if (after := _KEPT_PROMISE.match(left.folded, end)) is not None:
        end = after.end()
    if left.folded[end:].strip(" ,;:.a"):
        return None
    promise = _PROMISE.search(left.folded, max(0, found.start - 40), found.start)
    return found.start if promise is None else promise.start(), end


def _document(intent: str, document: DocumentFound | None, found: DateFound | None) -> DocumentRef | None:
    """The document, dated as the work is where the words date only the work."""
    if document is None:
        return None
    if document.document.dated is None and found is not None and intent in _LOOKS_BACK:
        return replace(document.document, dated=found.day, year_typed=found.year_typed)
    return document.document


def utterance(
    intent: str, reading: Reading, *, today: date, command: tuple[int, int] | None = None, reach: int | None = None
) -> Utterance:
    """The utterance of this intent; `command` is the place of the command's own words, which `rest` leaves out."""
    kept_document = reading.document
    rest = reading.left
    if kept_document is not None and intent not in _DOCUMENT_APART:
        rest = reading.quoted
    if intent in _WHOLE:
        rest = reading.whole
    found = _the_date(intent, reading.left, today)
    percent = None
    spans: list[tuple[int, int]] = [] if command is None else [command]
    if found is not None and intent in _DATE_APART:
        span = _date_span(intent, reading.left, found)
        spans += [] if span is None else [span]
    if intent in {"progress", "choice"} and (told := percent_of(reading.left.folded[:400])) is not None:
        percent = told[0]
        spans += [] if command is None else [(told[1], told[2])]
    rest = rest.without(*spans)
    if intent == "progress" and percent is None and command is not None:
        bare = _BARE_PERCENT.match(rest.folded, command[1])
        if bare is not None and int(bare[1]) <= 100:
            percent = int(bare[1])
            rest = rest.without(bare.span(1))
    if intent in _LINKED and (lead := _LINKED[intent].match(rest.folded)) is not None:
        rest = rest.without(lead.span())
    if intent in {"done", "present", "reported", "acknowledge"} and _WEAK.fullmatch(rest.folded) is not None:
        rest = rest.without((0, len(rest.folded)))
    names_units = intent in _NAMES_UNITS
    unit = mentioned_unit(
        reading.left,
        reading.words,
        reach=99 if names_units else 2 if reach is None else reach,
        phrases=intent in _DESCRIBES_UNITS,
    )
    return Utterance(
        intent,
        reading.refs,
        _document(intent, kept_document, found),
        None if found is None else found.day,
        percent,
        rest=rest.kept(),
        said=reading.quoted.kept(),
        mentions_unit=unit,
        notice=reading.notice,
        before=found is not None and found.lead == "truoc",
    )

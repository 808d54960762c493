"""Several acts in one message: "3.7 cho so, 3.2.2 dung tien do, 3.4 vuong bdt chua gui sl"."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from core.speech.courtesy import without_courtesy, without_mention
from core.speech.model import Utterance
from core.speech.refs import find_refs, joined_spans
from core.speech.typed import HEAD, Typed
from core.text import fold

_ACTS: Final = frozenset({
    "done", "present", "reported", "progress", "blocked", "acknowledge", "extend", "report", "drop", "confirm",
    "return", "remind", "record",
})  # fmt: skip
_LINE: Final = re.compile(r"[\r\n]+")
_BREAK: Final = re.compile(r"(?:[;\n]|[,.](?![0-9]))[ ]*(?:con |va )?|(?<= )(?:con|nhung|va) ")
_PARTICLES: Final = re.compile(r"(?:[ ,;.!]|(?<![a-z])(?:roi|r|a|nhe|nha|em|anh|het|ca|luon|cung|va|deu)(?![a-z]))*")
_NOT_YET: Final = re.compile(r"(?:(?:thi|van|con|muc|phong) )*chua(?: a| em| anh)?")
_MOST = 40
"""Clauses read from one message."""


def _own_words(typed: Typed, start: int, end: int) -> bool:
    """Whether anything but references and particles stands there."""
    return _PARTICLES.fullmatch(typed.folded, start, end) is None


def _led_by_refs(typed: Typed) -> list[str]:
    """The clauses, if the message starts with a reference and every later one has words before it."""
    spans = joined_spans(typed, find_refs(typed))
    if len(spans) < 2 or typed.folded[: spans[0][0]].strip(" ,.;:-"):
        return []
    starts = [spans[0][0]]
    for earlier, later in pairwise(spans):
        if _own_words(typed, earlier[1], later[0]):
            starts.append(later[0])
    return _cut(typed, starts, starts[1:])


def _led_by_breaks(typed: Typed) -> list[str]:
    """The clauses between commas and "còn", as long as each has a reference and words of its own."""
    spans = tuple((one.start, one.end) for one in find_refs(typed))
    starts, ends = [0], list[int]()
    for found in _BREAK.finditer(typed.folded, 0, HEAD):
        inside = any(start < found.end() and found.start() < end for start, end in spans)
        before = [span for span in spans if starts[-1] <= span[0] and span[1] <= found.start()]
        after = [span for span in spans if span[0] >= found.end()]
        if inside or not before or not after:
            continue
        limit = after[1][0] if len(after) > 1 else len(typed.folded)
        blank = typed.without(*spans)
        if _own_words(blank, starts[-1], found.start()) and _own_words(blank, found.end(), limit):
            starts.append(found.end())
            ends.append(found.start())
    return _cut(typed, starts, ends)


def _cut(typed: Typed, starts: list[int], ends: list[int]) -> list[str]:
    places = zip(starts, [*ends, len(typed.text)], strict=True)
    return [typed.text[start:end].strip(" ,;.") for start, end in places]


def _told(clauses: list[str], read: Callable[[str], Utterance]) -> tuple[Utterance, ...]:
    """The clauses understood, if each is an act on directives of its own."""
    if not 1 < len(clauses) <= _MOST:
        return ()
    told: list[Utterance] = []
    for clause in clauses:
        one = read(clause)
        if told and told[-1].intent == "extend" and one.intent in {"text", "unknown"} and one.date is not None:
            one = read(f"gia han {clause}")
        if one.intent == "task" and _NOT_YET.fullmatch(fold(one.said)) is not None:
            one = replace(one, intent="progress")  # between reports "3.4 chưa" is one of them, and asks nothing
        if one.intent == "text" and one.mentions_unit and one.document is not None and one.document.dated is not None:
            one = replace(
                one, intent="record"
            )  # "3.6 QLNL bc 51 ngay 15/5": a unit's paper, as the office writes it down
        if one.intent not in _ACTS or not one.refs:
            return ()
        told.append(one)
    return tuple(told)


def several(text: str, read: Callable[[str], Utterance], *, bot_name: str | None) -> tuple[Utterance, ...]:
    """The acts of a message that has several, each with its own references; empty for any other message."""
    head = text[: HEAD * 4]
    if head.lstrip()[:1] in {"/", "#"}:
        return ()
    lines = [line for line in _LINE.split(head) if line.strip()]
    if len(lines) > 1:
        if not find_refs(Typed.of(lines[0])):
            lines = lines[1:]
        if told := _told([line.strip(" ,;.-+*•") for line in lines], read):
            return told
    typed = without_courtesy(without_mention(Typed.of(head), bot_name))
    if typed is None:
        return ()
    return _told(_led_by_refs(typed), read) or _told(_led_by_breaks(typed), read)

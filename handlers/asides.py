"""What others are told of an act, written when it leaves: in office hours, and several to one person as one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.messages import Message
from core.workdays import WorkCalendar
from handlers.leaving import sent, waits, way_of
from storage.gathering import ASIDE, Aside
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

__all__ = ["ASIDE", "Asides", "joined"]

_LONGEST = timedelta(minutes=30)
"""How long the first of several waits for those behind it, each of which may be taken back for ten minutes."""
_AT_ONCE = timedelta(seconds=5)


class Asides:
    """Writes these notices; the first that leaves takes the others in."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return what there is to say by now and where it goes, or when to look again."""
        if row.person_id is None or row.intent is None or row.content is None:
            return "void"
        if (shut := waits(work, self._calendar)) is not None:
            return shut
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        own = Message.from_json(row.intent["said"]) if "said" in row.intent else row.content
        if own.buttons or row.seen or way.channel != row.channel:
            return sent(row.content if row.seen else own, way)
        others = await work.gathering.waiting(row)
        later = _until_all(others, work)
        if later is not None:
            return Later(later)
        within = await work.gathering.taken_in(row)
        within += await work.gathering.take_in(row, own, [one for one in others if _is_due(one, work)])
        return sent(joined([own, *(one.message for one in within)]), way)


def _is_due(one: Aside, work: Work) -> bool:
    return one.not_before <= work.real + _AT_ONCE


def _until_all(others: Sequence[Aside], work: Work) -> timedelta | None:
    """Return how long the last of them may still be taken back, unless one has waited long enough for the others."""
    last = max((one.not_before for one in others), default=work.real)
    if last <= work.real + _AT_ONCE or any(work.now - one.queued_at >= _LONGEST for one in others):
        return None
    return last - work.real


def joined(messages: Sequence[Message]) -> Message:
    """Return one message that says all of these, an empty line between them, nothing twice."""
    lines: list[str] = []
    for said in dict.fromkeys(one.plain() for one in messages):
        lines += [*([""] if lines else []), *said.split("\n")]
    return messages[0] if len(messages) == 1 else Message(tuple(lines))

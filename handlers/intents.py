"""Every kind of message that is written when it leaves, and who writes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from core.workdays import WorkCalendar
from handlers.asides import ASIDE, Asides
from handlers.catalogue import Catalogue
from handlers.group_lost import GROUP_LOST, GroupLost
from handlers.office_word import OfficeWord
from handlers.reminders import (
    AGAIN,
    ANSWERED,
    FIRST,
    HOURLY,
    IS_BACK,
    POST,
    REVIEW_AGAIN,
    STANDS_IN,
    SUMMED_UP,
    TICKED,
    Absences,
    Answers,
    Asked,
    Composer,
    Hourly,
    PostAsked,
    ReviewAgain,
    Ticked,
)
from handlers.urged import Urged
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

Writes = Callable[[Work, Claimed], Awaitable[Composed | Later | str]]
"""Writes one kind: the message and where it goes, a wait, or what becomes of the row."""


class Intents:
    """Asks whoever writes a row's kind, `otherwise` for those that are not named."""

    def __init__(self, kinds: Mapping[str, Writes], otherwise: Writes) -> None:
        self._kinds = dict(kinds)
        self._otherwise = otherwise

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, or what becomes of the row."""
        kind = str(row.intent.get("kind")) if row.intent is not None else ""
        return await self._kinds.get(kind, self._otherwise)(work, row)


def every_intent(catalogue: Catalogue, calendar: WorkCalendar) -> Intents:
    """Return all there are; a morning message has no kind of its own here."""
    word, asked, absences = OfficeWord(catalogue, calendar), Asked(catalogue, calendar), Absences(catalogue, calendar)
    kinds: dict[str, Writes] = {
        ASIDE: Asides(calendar),
        "told": word.told,
        "undelivered": word.undelivered,
        GROUP_LOST: GroupLost(catalogue, calendar),
        "urge": Urged(catalogue, calendar),
        FIRST: asked,
        AGAIN: asked,
        SUMMED_UP: asked,
        HOURLY: Hourly(catalogue, calendar),
        POST: PostAsked(catalogue, calendar),
        REVIEW_AGAIN: ReviewAgain(catalogue, calendar),
        TICKED: Ticked(catalogue, calendar),
        ANSWERED: Answers(catalogue, calendar),
        STANDS_IN: absences,
        IS_BACK: absences,
    }
    return Intents(kinds, otherwise=Composer(catalogue, calendar))

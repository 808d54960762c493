"""A message that is written as it leaves: the row that stands for it, who reads it, and how it finds its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from core.messages import Message
from core.quiet import until_open
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.telling import Telling
from storage.accounts import Reach
from storage.outbox import Claimed, Composed, Later, Listed, Outgoing, Urgency
from storage.work import Work

LOOK_AGAIN = timedelta(minutes=1)
"""How long a message waits that may not leave now; no longer, because business time can be moved on."""


class Leaving:
    """One who writes such messages."""

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._catalogue = catalogue
        self._calendar = calendar

    def telling(self, work: Work, way: Reach) -> Telling:
        """Return for whom the message is written: whoever reads this account, at this moment."""
        return Telling(self._catalogue, way.language, work.now, self._calendar)


def row_by(
    ways: Sequence[Reach],
    person_id: int,
    intent: dict[str, Any],
    *,
    key: str | None = None,
    about: str | None = None,
    entry_id: int | None = None,
    after: timedelta = timedelta(),
) -> Outgoing:
    """Return the row of such a message by the first of these ways; without one it is kept for the office to phone."""
    channel = ways[0].channel if ways else ""
    return Outgoing(
        channel, None, Urgency.NOTICE, intent=intent, person_id=person_id, key=key, about=about, entry_id=entry_id,
        after=after,
    )  # fmt: skip


async def row_to(work: Work, person_id: int, intent: dict[str, Any], **more: Any) -> Outgoing:
    """Return the row of such a message to somebody, by the way they prefer now."""
    return row_by(await work.accounts.reach(person_id), person_id, intent, **more)


async def readers(work: Work, parts: Sequence[Part]) -> list[int]:
    """Return who hears what concerns these parts of an agency: who acts for their units, and whom they were handed to."""
    if not parts:
        return []
    acting = await work.acting.of_agency(parts[0].agency_id, {part.unit_id for part in parts})
    people = [one.person_id for one in acting if one.reminded]
    people += [part.progress.handed_to for part in parts if part.progress.handed_to is not None]
    return list(dict.fromkeys(people))


def waits(work: Work, calendar: WorkCalendar, longest: timedelta = LOOK_AGAIN) -> Later | None:
    """Return when to look again at what may not leave now, at night or on a day off; `None` where it may."""
    wait = until_open(work.now, calendar)
    return Later(min(wait, longest)) if wait else None


async def way_of(work: Work, row: Claimed) -> Reach | None:
    """Return the way a row takes now; `None` where its reader is out of reach."""
    return next(iter(await work.chain.ways(row)), None)


def sent(message: Message, way: Reach, listed: tuple[Listed, ...] = ()) -> Composed:
    """Return what a row came to: this message, by this way."""
    return Composed(message, way.chat, way.account_id, way.channel, listed)

"""What a leader urges a unit with, written when it leaves: not at night, not to who no longer answers for the part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.messages import Message
from core.quiet import until_open
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.phrasing import acts_on, reference
from storage.outbox import Claimed, Composed, Later, Outgoing, Urgency
from storage.work import Work

_LOOK_AGAIN = timedelta(minutes=1)


async def row_of(work: Work, person_id: int, parts: Sequence[Part], text: str, entry_id: int) -> Outgoing:
    """Return the row that brings this text to somebody, once for one act of the sender's."""
    ways = await work.accounts.reach(person_id)
    return Outgoing(
        ways[0].channel if ways else "",
        None,
        Urgency.NOTICE,
        intent={"kind": "urge", "parts": [part.id for part in parts], "text": text},
        person_id=person_id,
        key=f"urge:{entry_id}:{person_id}",
        about=reference(parts[0]) if len(parts) == 1 else None,
        entry_id=entry_id,
    )


class Urged:
    """Writes the message at the moment it leaves."""

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._catalogue = catalogue
        self._calendar = calendar

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the text that was shown to its sender; nothing where all of it is closed or somebody else's by now."""
        if row.person_id is None or row.intent is None:
            return "void"
        wait = until_open(work.now, self._calendar)
        if wait:
            return Later(min(wait, _LOOK_AGAIN))
        units = {one.unit_id for one in await work.acting.of_person(row.person_id) if one.reminded}
        parts = [
            part
            for part in await work.parts.by_ids(row.intent["parts"])
            if part.progress.is_open and (part.unit_id in units or part.progress.handed_to == row.person_id)
        ]
        if not parts:
            return "void"
        ways = await work.chain.ways(row)
        if not ways:
            return "unreachable"
        way = ways[0]

        def t(key: str, **arguments: object) -> str:
            return self._catalogue.text(way.language, key, **arguments)

        buttons = acts_on(t, parts[0]) if len(parts) == 1 else []
        return Composed(Message.of(row.intent["text"], *buttons, menu=True), way.chat, way.account_id, way.channel)

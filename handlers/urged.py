"""What a leader urges a unit with, written when it leaves: not at night, not to who no longer answers for the part."""

from __future__ import annotations

from collections.abc import Sequence

from core.messages import Message
from core.tasks import Part
from handlers.leaving import Leaving, row_to, sent, waits, way_of
from handlers.phrasing import acts_on, reference
from storage.outbox import Claimed, Composed, Later, Outgoing
from storage.work import Work


async def row_of(work: Work, person_id: int, parts: Sequence[Part], text: str, entry_id: int) -> Outgoing:
    """Return the row that brings this text to somebody, once for one act of the sender's."""
    about = reference(parts[0]) if len(parts) == 1 else None
    intent = {"kind": "urge", "parts": [part.id for part in parts], "text": text}
    return await row_to(
        work, person_id, intent, key=f"urge:{entry_id}:{person_id}", about=about, entry_id=entry_id
    )  # fmt: skip


class Urged(Leaving):
    """Writes the message at the moment it leaves."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the text that was shown to its sender; nothing where all of it is closed or somebody else's by now."""
        if row.person_id is None or row.intent is None:
            return "void"
        if (later := waits(work, self._calendar)) is not None:
            return later
        units = {one.unit_id for one in await work.acting.of_person(row.person_id) if one.reminded}
        parts = [
            part
            for part in await work.parts.by_ids(row.intent["parts"])
            if part.progress.is_open and (part.unit_id in units or part.progress.handed_to == row.person_id)
        ]
        if not parts:
            return "void"
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        t = self.telling(work, way).t

        buttons = acts_on(t, parts[0]) if len(parts) == 1 else []
        return sent(Message.of(row.intent["text"], *buttons, menu=True), way)

"""What a tick queues beside the morning messages, and what it says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.deadlines import today
from core.tasks import Part
from handlers.office_word import tell_office
from storage.planning import Due
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Planned:
    """One message a tick queued; `queued` is false for somebody no account can reach, who is named at every tick."""

    person: str
    kind: str
    date: date
    tasks: tuple[str, ...]
    queued: bool


async def queue_each(work: Work, kind: str, rows: Sequence[tuple[Part, Due]]) -> list[Planned]:
    """Queue messages about one part each, and return those that were not there yet; the office hears of who is out of reach."""
    added = await work.planning.queue([due for _, due in rows])
    planned = []
    for part, due in rows:
        if due.key not in added:
            continue
        if due.channel is None:
            await tell_office(work, due.person_id)
        told = await work.people.person(due.person_id)
        key, code = told.key if told else str(due.person_id), f"{part.notice_number} {part.code}"
        planned.append(Planned(key, kind, today(work.now), (code,), due.channel is not None))
    return planned

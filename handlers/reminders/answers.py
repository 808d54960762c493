"""By when a unit that was urged is to answer: its answer goes to whoever urged it, silence to the office chief too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.deadlines import local
from core.history import Step
from core.messages import Message
from core.people import Role
from core.reminders.hours import may_disturb
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.context import THIRD_PERSON_WAIT
from handlers.leaving import LOOK_AGAIN, Leaving, row_to, sent, waits, way_of
from handlers.office_word import tell_office
from handlers.phrasing import clock_time
from handlers.telling import Telling
from storage.audit import Entry
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

ANSWERED = "urge-answered"
_MARK = "answer due:"
_NO_ANSWER = frozenset({Step.URGED, Step.ACKNOWLEDGED, Step.HANDED, Step.TAKEN_BACK})


async def await_answer(work: Work, entry_id: int, until: datetime) -> None:
    """Let the answer to this urging be looked for until that moment."""
    await work.marks.set(f"{_MARK}{entry_id}", until, entry_id)


async def plan_answers(work: Work, calendar: WorkCalendar) -> None:
    """Queue what became of each urging with an hour: once all of it is answered, else when its hour has come."""
    if not may_disturb(work.now, calendar):
        return
    for mark in await work.marks.beginning(_MARK):
        entry = await work.audit.entry(mark.number or 0)
        if entry is None or entry.person_id is None:
            await work.marks.clear(f"{_MARK}{mark.number}")
            continue
        over = work.now >= mark.at
        parts = await work.parts.by_ids(entry.detail.get("parts", []))
        answered = await _answered(work, entry, parts, work.now if over else work.now - THIRD_PERSON_WAIT)
        if not over and len(answered) < len(parts):
            continue
        readers = [entry.person_id]
        if parts and not answered:
            chiefs = await work.people.offices(parts[0].agency_id, roles={Role.OFFICE_CHIEF})
            readers += [one.person_id for one in chiefs if one.person_id not in entry.detail.get("people", [])]
        for reader in dict.fromkeys(readers):
            intent = {"kind": ANSWERED, "entry": entry.id, "until": mark.at.isoformat()}
            row = await row_to(work, reader, intent, key=f"{ANSWERED}:{entry.id}:{reader}")
            if await work.outbox.say_once(row) and not row.channel:
                await tell_office(work, reader)
        await work.marks.clear(f"{_MARK}{mark.number}")


async def _answered(work: Work, entry: Entry, parts: Sequence[Part], until: datetime) -> set[int]:
    """Return the parts of which the unit said something since it was urged, and those that are closed by now."""
    if not parts:
        return set()
    events = await work.history.of_parts(parts[0].agency_id, {part.id: "" for part in parts})
    said = {
        event.part_id
        for event in events
        if event.of_the_unit and not event.undone and entry.at <= event.at <= until and event.step not in _NO_ANSWER
    }
    return said | {part.id for part in parts if not part.progress.is_open}


class Answers(Leaving):
    """Writes it as it leaves: a line for each directive, or one line that nothing was said."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return what the unit answered by now."""
        entry = await work.audit.entry(row.intent["entry"]) if row.intent is not None else None
        parts = await work.parts.by_ids(entry.detail.get("parts", [])) if entry is not None else []
        if row.person_id is None or row.intent is None or entry is None or not parts:
            return "void"
        if (later := waits(work, self._calendar)) is not None:
            return later
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        hour = datetime.fromisoformat(row.intent["until"])
        answered = await _answered(work, entry, parts, work.now if work.now >= hour else work.now - THIRD_PERSON_WAIT)
        if len(answered) < len(parts) and work.now < hour:
            if row.person_id != entry.person_id:
                return "void"
            # what was answered was taken back since: it is looked for again until its hour
            await await_answer(work, entry.id, hour)
            return Later(min(hour - work.now, LOOK_AGAIN))
        telling = self.telling(work, way)
        urged = await work.people.person(entry.person_id) if entry.person_id is not None else None
        until = clock_time(local(hour))
        lines = _lines(parts, answered, until, urged.title if urged is not None else "", telling)
        return sent(Message(tuple(lines)), way)


def _lines(parts: Sequence[Part], answered: set[int], until: str, by: str, telling: Telling) -> list[str]:
    t, unit = telling.t, parts[0].unit_code
    said = [part for part in parts if part.id in answered]
    missing = ", ".join(part.code for part in parts if part.id not in answered)
    lines = [t("urge-answered", unit=unit)] if said else []
    for part in said:
        words = part.shown(part.progress.note)
        state = t(f"state-{part.progress.state.value}")
        quoted = "yes" if words else "no"
        lines.append(t("urge-answer", code=part.code, title=part.title, state=state, words=words, quoted=quoted))
    return [*lines, t("urge-silent", time=until, unit=unit, codes=missing, by=by)] if missing else lines

"""What passes between a lead and its cooperating units as time passes: the day's account, and a reminder asked for."""

from __future__ import annotations

from core.deadlines import today
from core.inquiries import Inquiry, UnitAnswer
from core.messages import Button, Message
from core.reminders.hours import EVERYBODY, slot_is_open
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.coordination import again_button, answer_buttons, by_words, how_it_stands, lead_of
from handlers.leaving import Leaving, readers, row_by, sent, waits, way_of
from handlers.phrasing import reference
from handlers.reminders.planned import Planned, queue_each
from handlers.telling import Telling
from storage.outbox import Claimed, Composed, Later, Outgoing
from storage.planning import Due
from storage.work import Work

SUMMED_UP = "inquiry"
FIRST = "inquiry-first"
AGAIN = "inquiry-again"


async def plan_inquiries(work: Work, calendar: WorkCalendar) -> list[Planned]:
    """Queue for each lead, once, who has answered what was asked for by today."""
    day = today(work.now)
    if not slot_is_open(EVERYBODY, work.now, calendar):
        return []
    found = await work.inquiries.to_sum_up(day)
    if not found:
        return []
    rows: list[tuple[Part, Due]] = []
    for inquiry in await work.inquiries.by_ids(list({number for number, _ in found})):
        part = await lead_of(work, inquiry)
        if part is None or not part.progress.is_open or not inquiry.answers:
            continue
        last = max(due for number, due in found if number == inquiry.id)
        people = await readers(work, [part])
        ways = await work.accounts.reach_each(people)
        for person in people:
            intent = {"kind": SUMMED_UP, "inquiry": inquiry.id}
            channel = ways[person][0].channel if person in ways else None
            rows.append((part, Due(person, f"{SUMMED_UP}:{inquiry.id}:{last.isoformat()}:{person}", channel, intent)))
    await work.inquiries.sum_up(day)
    return await queue_each(work, SUMMED_UP, rows)


async def asking_rows(
    work: Work, part: Part, answer: UnitAnswer, entry_id: int | None, *, again: bool = False
) -> list[Outgoing]:
    """Return the rows that bring what a unit is asked, for the first time or `again`, to all who answer for it."""
    kind = AGAIN if again else FIRST
    people = await readers(work, [part])
    ways = await work.accounts.reach_each(people)
    return [
        row_by(
            ways.get(person, ()),
            person,
            {"kind": kind, "inquiry": answer.inquiry_id, "part": part.id},
            key=f"{kind}:{entry_id}:{part.id}:{person}",
            about=reference(part),
            entry_id=entry_id,
        )
        for person in people
    ]


class Asked(Leaving):
    """Writes these at the moment they leave: in office hours, with what was answered by then."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, when to look again, or the status of a row that is not sent."""
        found = await work.inquiries.by_ids([row.intent["inquiry"]]) if row.intent is not None else []
        lead = await lead_of(work, found[0]) if found else None
        if row.person_id is None or row.intent is None or lead is None or not lead.progress.is_open:
            return "void"
        if (later := waits(work, self._calendar)) is not None:
            return later
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        telling = self.telling(work, way)
        write = _summed_up if row.intent["kind"] == SUMMED_UP else _asked
        message = await write(work, telling, row, lead, found[0])
        return "void" if message is None else sent(message, way)


async def _summed_up(work: Work, telling: Telling, row: Claimed, lead: Part, inquiry: Inquiry) -> Message | None:
    """Return who has answered; nothing for who leads the directive no more, or of a question that was taken back."""
    if row.person_id not in await readers(work, [lead]) or not inquiry.answers:
        return None
    silent = [one for one in inquiry.answers if one.is_open]
    return Message.of(how_it_stands(telling, lead, inquiry.answers), *again_button(telling, lead, silent))


async def _asked(work: Work, telling: Telling, row: Claimed, lead: Part, inquiry: Inquiry) -> Message | None:
    """Return the question, first or again; nothing where the unit has answered by now."""
    answer = next((one for one in inquiry.answers if row.intent and one.part_id == row.intent["part"]), None)
    parts = await work.parts.by_ids([answer.part_id]) if answer is not None and answer.is_open else []
    if answer is None or not parts or row.person_id not in await readers(work, parts[:1]):
        return None
    text = telling.t(
        "inquiry-told", again="yes" if row.intent and row.intent["kind"] == AGAIN else "no", code=lead.code, title=lead.title, lead=lead.unit_code, unit=answer.unit_code,
        by=by_words(telling, answer.by), words=inquiry.words, shown="no" if lead.restricted else "yes",
    )  # fmt: skip
    return Message.of(text, *(Button(telling.t(label), typed) for label, typed in answer_buttons(parts[0])))

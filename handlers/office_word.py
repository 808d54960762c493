"""What the office is told of itself about deliveries: whom to phone, and how many heads received a new notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.deadlines import local
from core.messages import Button, Message
from core.people import OFFICE
from handlers.leaving import Leaving, row_by, sent, waits, way_of
from handlers.undelivered import Words, by_person, lines_of, why
from storage.deliveries import LATELY, LostAccount, Missed
from storage.outbox import Claimed, Composed, Later, Outgoing, Urgency
from storage.work import Work

GATHERED = timedelta(minutes=10)
"""How long what was lost is gathered before the office is told, so that it is one message."""
SETTLED = timedelta(minutes=2)
"""How long the count of who received a notice waits for what is on its way."""
_SOON = timedelta(seconds=2)
_HOUR = timedelta(hours=1)
_KEY = "undelivered:"


async def tell_office(work: Work, person_id: int) -> None:
    """Queue a word to the person's office that something did not arrive: one at a time, at most one an hour."""
    person = await work.people.person(person_id)
    if person is None:
        return
    agency = person.agency_id
    for office in await work.people.offices(agency, roles=OFFICE):
        ways = await work.accounts.reach(office.person_id)
        if not ways or await work.deliveries.is_queued(office.person_id, f"{_KEY}%"):
            continue
        for later in (timedelta(), _HOUR):
            hour = local(work.now + later)
            key = f"{_KEY}{office.person_id}:{hour:%Y-%m-%dT%H}"
            intent = {"kind": "undelivered", "agency": agency}
            row = row_by(ways, office.person_id, intent, key=key, after=GATHERED + later)
            if await work.outbox.say_once(row):
                break


def count_of(
    work: Work,
    agency_id: int,
    units: Sequence[tuple[str, Sequence[int]]],
    number: str,
    entry_id: int,
    person_id: int,
    channel: str,
) -> Outgoing:
    """Return the row that says how many heads received a notice, once that is known or two minutes have passed.

    `units` are those concerned, each with the people who answer for it.
    """
    intent = {
        "kind": "told",
        "agency": agency_id,
        "entry": entry_id,
        "number": number,
        "units": [[name, list(people)] for name, people in units],
        "until": (work.real + SETTLED).isoformat(),
    }
    key = f"told:{entry_id}:{person_id}"
    return Outgoing(channel, None, Urgency.NOTICE, intent=intent, person_id=person_id, key=key, after=_SOON)


class OfficeWord(Leaving):
    """Writes these two messages at the moment they leave."""

    async def undelivered(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return whom to phone since the office was last told; nothing new is no message."""
        if row.person_id is None or row.intent is None:
            return "void"
        if (later := waits(work, self._calendar, _HOUR)) is not None:
            return later
        way = await way_of(work, row)
        if not any(office.role in OFFICE for office in await work.accounts.offices_of(row.person_id)):
            return "void"
        agency, last = row.intent["agency"], await work.deliveries.last_written(row.person_id, f"{_KEY}%")
        since = max(last, work.real - LATELY) if last is not None else work.real - LATELY
        missed = await work.deliveries.missed(agency, ended_after=since, slow=False)
        lost = await work.deliveries.lost_accounts(agency, since)
        if not missed and not lost:
            return "void"
        if way is None:
            return "unreachable"
        return sent(_undelivered(self.telling(work, way).t, missed, lost), way)

    async def told(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return how many units' heads received a notice, and by name whose did not and why."""
        intent = row.intent
        if intent is None or row.person_id is None:
            return "void"
        became = await work.deliveries.of_entry(intent["entry"])
        units = [(name, [became.get(person, set()) for person in people]) for name, people in intent["units"]]
        under_way = [name for name, heads in units if not _has(heads, "sent") and _has(heads, "queued", "sending")]
        if under_way and work.real < datetime.fromisoformat(intent["until"]):
            return Later(_SOON)
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        t = self.telling(work, way).t
        missed = await work.deliveries.missed(intent["agency"], entry_id=intent["entry"])
        lines = [t("told-count", number=intent["number"], reached=_reached(units), count=len(units))]
        names = by_person(missed)
        out = []
        for (name, heads), (_, people) in zip(units, intent["units"], strict=True):
            if _has(heads, "sent"):
                continue
            first = next((names[person][-1] for person in people if person in names), None)
            if first is not None:
                out.append(t("told-missed", title=first.title, why=why(t, first)))
            else:
                out.append(t("told-under-way" if name in under_way else "told-headless", unit=name))
        if out:
            lines += [t("told-not"), *(f"  {line}" for line in out), t("undelivered-phone")]
        button = Button(t("undelivered-button"), "/undelivered")
        message = Message(tuple(lines), None, (button,) if out else (), menu=True)
        return sent(message, way)


def _has(heads: Sequence[set[str]], *statuses: str) -> bool:
    return any(status in head for head in heads for status in statuses)


def _reached(units: Sequence[tuple[str, Sequence[set[str]]]]) -> int:
    return sum(_has(heads, "sent") for _, heads in units)


def _undelivered(t: Words, missed: Sequence[Missed], lost: Sequence[LostAccount]) -> Message:
    people = by_person(missed)
    keys = {rows[0].key for rows in people.values()}
    lines = lines_of(t, people.values())
    lines += [
        t("undelivered-lost", title=one.title, channel=t(f"channel-{one.channel}"), how=one.status)
        for one in lost
        if one.key not in keys
    ]
    if people:
        lines.append(t("undelivered-phone"))
    return Message(tuple(lines), t("undelivered-new"), (Button(t("undelivered-button"), "/undelivered"),), menu=True)

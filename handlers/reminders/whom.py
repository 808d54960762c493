"""Whom reminders are for, and what a tick says of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from core.reminders.addressees import Addressee, addressees
from storage.people import Office
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Planned:
    """One message a tick queued; `queued` is false for somebody no account can reach, who is named at every tick."""

    person: str
    kind: str
    date: date
    tasks: tuple[str, ...]
    queued: bool


async def everybody(work: Work, day: date, reachable: Collection[int]) -> dict[int, Addressee]:
    """Return everybody of the installation as reminders see them on a day."""
    offices: list[Office] = await work.people.offices_everywhere()
    delegations = await work.acting.delegations_everywhere()
    overseen, mornings = await work.people.oversights(), await work.people.mornings()
    standing = await work.people.units_everywhere()
    return addressees(offices, delegations, overseen, reachable, day, mornings, standing)


_KNOWN: WeakKeyDictionary[Work, dict[tuple[int, date], dict[int, Addressee]]] = WeakKeyDictionary()


async def those_of(work: Work, agency_id: int, day: date) -> dict[int, Addressee]:
    """Return everybody of one agency as reminders see them on a day, as they stood when a transaction first asked."""
    known = _KNOWN.setdefault(work, {})
    if (agency_id, day) not in known:
        # a batch of morning messages is written in one transaction, most of them to the same agency
        offices = await work.people.offices(agency_id)
        reachable = await work.accounts.reach_each(list({office.person_id for office in offices}))
        delegations = await work.acting.delegations(agency_id, day)
        overseen = await work.people.oversights(agency_id)
        standing = [(agency_id, unit.id) for unit in await work.people.units(agency_id)]
        known[agency_id, day] = addressees(offices, delegations, overseen, reachable, day, standing=standing)
    return known[agency_id, day]

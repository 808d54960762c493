"""Whom reminders are for, as a unit of work first read it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core.reminders.addressees import Addressee, addressees
from storage.accounts import Accounts
from storage.acting import ActingFor
from storage.people import People


class Addressees:
    """Returns everybody as reminders see them today; an agency is read once, however many messages it gets."""

    def __init__(self, people: People, acting: ActingFor, accounts: Accounts, today: date) -> None:
        self._people = people
        self._acting = acting
        self._accounts = accounts
        self._today = today
        self._of_agency: dict[int, dict[int, Addressee]] = {}

    async def everywhere(self, reachable: Collection[int]) -> dict[int, Addressee]:
        """Return everybody of the installation, with the hour each wants to be told at."""
        return addressees(
            await self._people.offices_everywhere(),
            await self._acting.delegations_everywhere(),
            await self._people.oversights(),
            reachable,
            self._today,
            await self._people.mornings(),
            await self._people.units_everywhere(),
        )

    async def of_agency(self, agency_id: int) -> dict[int, Addressee]:
        """Return everybody of one agency, as they stood when this was first asked."""
        if agency_id not in self._of_agency:
            offices = await self._people.offices(agency_id)
            self._of_agency[agency_id] = addressees(
                offices,
                await self._acting.delegations(agency_id, self._today),
                await self._people.oversights(agency_id),
                await self._accounts.reach_each(list({office.person_id for office in offices})),
                self._today,
                standing=[(agency_id, unit.id) for unit in await self._people.units(agency_id)],
            )
        return self._of_agency[agency_id]

"""The differences between an agency and its roster, made as they are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.deadlines import today
from core.roster import Roster, RosterPerson, RosterUnit
from core.units import Tree, Unit
from documents.errors import RosterFault, RosterProblem
from storage.rosters import OfficeRow, PersonRow, Recorded, UnitRow
from storage.work import Work


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What an import did, each thing named like `unit QLTM` or `person tp-qltm`; `details` says what changed of which.

    Who or what comes back counts as added.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether the agency already looked like the roster."""
        return not (self.added or self.changed or self.ended)


class Merge:
    """One import under way: what there was, and what became of it."""

    def __init__(self, work: Work, roster: Roster, recorded: Recorded | None) -> None:
        self._work = work
        self._store = work.rosters
        self._roster = roster
        self._recorded = recorded
        self._today = today(work.now)
        self._codes: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        self._added: list[str] = []
        self._changed: dict[str, tuple[str, ...]] = {}
        self._ended: list[str] = []

    async def run(self) -> tuple[RosterChange, int]:
        """Make every difference and return them, with the agency's id."""
        agency_id = await self._agency()
        await self._units(agency_id)
        await self._people(agency_id)
        await self._end_units()
        change = RosterChange(tuple(self._added), tuple(self._changed), tuple(self._ended), self._changed)
        return change, agency_id

    async def _agency(self) -> int:
        roster = self._roster
        above = await self._above()
        if self._recorded is None:
            self._added.append(f"agency {roster.agency_code}")
            agency_id = await self._store.add_agency(
                roster.agency_code, roster.agency_name, roster.agency_aliases, above.id if above else None
            )
        else:
            there = self._recorded.agency
            agency_id = there.id
            details = _renamed(there, roster.agency_name, roster.agency_aliases)
            if there.parent_id != (above.id if above else None):
                was = next((one.code for one in await self._store.agencies() if one.id == there.parent_id), "")
                details.append(f"parent {was} → {roster.agency_parent or ''}")
            if details:
                self._changed[f"agency {there.code}"] = tuple(details)
                await self._store.save_unit(
                    there.id,
                    name=roster.agency_name,
                    aliases=roster.agency_aliases,
                    parent_id=above.id if above else None,
                    position=there.position,
                )
        self._ids[roster.agency_code] = agency_id
        return agency_id

    async def _above(self) -> Unit | None:
        """Return the agency above this one, which must be there already and not lie below it."""
        code = self._roster.agency_parent
        if code is None:
            return None
        agencies = await self._store.agencies()
        above = next((one for one in agencies if one.code == code), None)
        if above is None:
            raise RosterProblem((RosterFault("agency", "unknown_parent", code),))
        own = self._recorded.agency.id if self._recorded else None
        if own is not None and above.id in Tree(agencies).below(own):
            raise RosterProblem((RosterFault("agency", "circular_parent", self._roster.agency_code),))
        return above

    async def _units(self, agency_id: int) -> None:
        below = self._recorded.units if self._recorded else ()
        # of several ended units with one code the last comes back, a current one always goes before
        there = {unit.code: unit for unit in sorted(below, key=lambda unit: (not unit.ended, unit.id))}
        self._codes = {unit.id: unit.code for unit in below} | {agency_id: self._roster.agency_code}
        for position, unit in enumerate(self._roster.units, 1):
            if unit.code not in there:
                self._added.append(f"unit {unit.code}")
                self._ids[unit.code] = await self._store.add_unit(
                    agency_id, agency_id, unit.code, unit.name, unit.aliases, position
                )
                self._codes[self._ids[unit.code]] = unit.code
            else:
                self._ids[unit.code] = there[unit.code].id
        for position, unit in enumerate(self._roster.units, 1):
            parent_id = self._ids[unit.parent] if unit.parent else agency_id
            was = there.get(unit.code)
            if was is None:
                if parent_id != agency_id:
                    await self._save(self._ids[unit.code], unit, parent_id, position)
            elif was.ended:
                self._added.append(f"unit {unit.code}")
                await self._save(was.id, unit, parent_id, position)
            else:
                await self._update(was, unit, parent_id, position)
        self._say_if_reordered([unit.code for unit in below if not unit.ended])

    async def _save(self, unit_id: int, unit: RosterUnit, parent_id: int, position: int) -> None:
        await self._store.save_unit(
            unit_id, name=unit.name, aliases=unit.aliases, parent_id=parent_id, position=position
        )

    async def _update(self, was: UnitRow, unit: RosterUnit, parent_id: int, position: int) -> None:
        details = _renamed(was, unit.name, unit.aliases)
        if was.parent_id != parent_id:
            details.append(f"parent {self._codes.get(was.parent_id or 0, '')} → {self._codes[parent_id]}")
        if details:
            self._changed[f"unit {unit.code}"] = tuple(details)
        if details or was.position != position:
            await self._save(was.id, unit, parent_id, position)

    def _say_if_reordered(self, before: list[str]) -> None:
        after = [unit.code for unit in self._roster.units]
        if [code for code in before if code in after] != [code for code in after if code in before]:
            self._changed["order of units"] = ()

    async def _end_units(self) -> None:
        listed = {unit.code for unit in self._roster.units}
        for unit in self._recorded.units if self._recorded else ():
            if not unit.ended and unit.code not in listed:
                self._ended.append(f"unit {unit.code}")
                await self._store.end_unit(unit.id)

    async def _people(self, agency_id: int) -> None:
        there = {person.key: person for person in (self._recorded.people if self._recorded else ())}
        listed: dict[str, list[RosterPerson]] = {}
        for entry in self._roster.people:
            listed.setdefault(entry.key, []).append(entry)
        for key, entries in listed.items():
            was = there.get(key)
            title, name = entries[0].title, entries[0].name
            if was is None:
                self._added.append(f"person {key}")
                person_id = await self._store.add_person(agency_id, key, title, name)
                await self._offices(person_id, entries, (), None)
                await self._oversights(person_id, entries, (), None)
            else:
                await self._person(was, entries)
        for was in there.values():
            if not was.ended and was.key not in listed:
                self._ended.append(f"person {was.key}")
                await self._offices(was.id, (), was.offices, None)
                await self._oversights(was.id, (), was.oversights, None)
                await self._store.end_person(was.id)
                await self._work.invites.void(was.id)

    async def _person(self, was: PersonRow, entries: list[RosterPerson]) -> None:
        title, name = entries[0].title, entries[0].name
        details = [] if title == was.title else [f"title {was.title} → {title}"]
        details += [] if name == was.name else ["name"]
        if details or was.ended:
            await self._store.save_person(was.id, title, name)
        details += await self._offices(was.id, entries, was.offices, self._today)
        details += await self._oversights(was.id, entries, was.oversights, self._today)
        if was.ended:
            self._added.append(f"person {was.key}")
        elif details:
            self._changed[f"person {was.key}"] = tuple(details)

    async def _offices(
        self, person_id: int, entries: Iterable[RosterPerson], held: Iterable[OfficeRow], since: date | None
    ) -> list[str]:
        wanted = list(dict.fromkeys((self._ids[entry.unit], entry.role) for entry in entries))
        kept = {(office.unit_id, office.role) for office in held}
        details: list[str] = []
        for office in held:
            if (office.unit_id, office.role) not in wanted:
                details.append(f"-{office.role} {self._codes[office.unit_id]}")
                await self._store.leave(office.id)
        for unit_id, role in wanted:
            if (unit_id, role) not in kept:
                details.append(f"+{role} {self._codes[unit_id]}")
                await self._store.hold(person_id, unit_id, role, since)
        return details

    async def _oversights(
        self, person_id: int, entries: Iterable[RosterPerson], watched: Iterable[OfficeRow], since: date | None
    ) -> list[str]:
        wanted = list(dict.fromkeys(self._ids[code] for entry in entries for code in entry.oversees))
        kept = {over.unit_id for over in watched}
        details: list[str] = []
        for over in watched:
            if over.unit_id not in wanted:
                details.append(f"-oversees {self._codes[over.unit_id]}")
                await self._store.stop_overseeing(over.id)
        for unit_id in wanted:
            if unit_id not in kept:
                details.append(f"+oversees {self._codes[unit_id]}")
                await self._store.oversee(person_id, unit_id, since)
        return details


def _renamed(was: UnitRow, name: str, aliases: tuple[str, ...]) -> list[str]:
    details = [] if was.name == name else [f"name {was.name} → {name}"]
    return details if was.aliases == aliases else [*details, "aliases"]

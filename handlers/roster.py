"""A roster comes in, and the agency is made to look like it; nobody's history is deleted."""

from __future__ import annotations

from collections.abc import Iterable

from core.roster import Roster, RosterPerson, RosterUnit
from documents.errors import RosterFault, RosterProblem
from handlers.roster_merge import Merge, RosterChange
from storage.rosters import OfficeRow
from storage.work import Work

__all__ = ["RosterChange", "export_roster", "import_roster"]

_LONGEST = {"code": 40, "key": 64}


async def import_roster(
    work: Work, roster: Roster, *, dry_run: bool = False, by: int | None = None, channel: str = "cli"
) -> RosterChange:
    """Make the agency what the roster says and return the differences; twice is once, and a dry run stores nothing.

    `by` is the person who imports (the operator where `None`). Offices given to newcomers hold for all time, later
    moves from today on. Raises `RosterProblem` for codes and keys too long to keep, and for
    an agency above this one that is not there or lies below it.
    """
    _check(roster)
    # the dry run is the same work taken back, so that what it shows is what would happen
    attempt = await work.connection.begin_nested()
    await work.rosters.lock()
    change, agency_id = await Merge(work, roster, await work.rosters.find(roster.agency_code)).run()
    if dry_run:
        await attempt.rollback()
        return change
    await attempt.commit()
    if not change.is_empty:
        detail = {"added": list(change.added), "changed": list(change.changed), "ended": list(change.ended)}
        await work.audit.add(agency_id, by, channel, "roster", roster.agency_code, detail=detail)
    return change


async def export_roster(work: Work, agency_code: str) -> Roster | None:
    """Return the agency as it is now, such that importing it changes nothing; `None` if there is no such agency."""
    recorded = await work.rosters.find(agency_code)
    if recorded is None:
        return None
    agency = recorded.agency
    current = [unit for unit in recorded.units if not unit.ended]
    codes = {unit.id: unit.code for unit in (agency, *current)}
    above = next((one.code for one in await work.rosters.agencies() if one.id == agency.parent_id), None)
    return Roster(
        agency.code,
        agency.name,
        agency.aliases,
        tuple(
            RosterUnit(
                unit.code,
                unit.name,
                unit.aliases,
                codes.get(unit.parent_id or 0) if unit.parent_id != agency.id else None,
            )
            for unit in current
        ),
        tuple(
            RosterPerson(
                person.key,
                person.title,
                codes[office.unit_id],
                office.role,
                tuple(codes[over.unit_id] for over in person.oversights if over.unit_id in codes) if first else (),
                person.name,
            )
            for person in recorded.people
            if not person.ended
            for first, office in _with_first(office for office in person.offices if office.unit_id in codes)
        ),
        above,
    )


def _with_first(offices: Iterable[OfficeRow]) -> Iterable[tuple[bool, OfficeRow]]:
    return ((number == 0, office) for number, office in enumerate(offices))


def _check(roster: Roster) -> None:
    named = [("code", roster.agency_code)]
    named += [("code", unit.code) for unit in roster.units]
    named += [("key", person.key) for person in roster.people]
    faults = tuple(RosterFault(kind, "too_long", value) for kind, value in named if len(value) > _LONGEST[kind])
    if faults:
        raise RosterProblem(faults)

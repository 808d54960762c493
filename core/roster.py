"""An agency's units and people as a roster file lists them."""

from dataclasses import dataclass

from core.reading.model import KnownAgency, KnownUnit

ROLES = ("leader", "deputy_leader", "office_chief", "head", "deputy_head", "officer", "clerk", "admin")


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit of the agency; `parent` is the unit above it, the agency itself where None."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A post in a unit, held by a person who may be named; `oversees` lists units a deputy leader watches over."""

    key: str
    title: str
    unit: str
    role: str
    oversees: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """One agency with all its units and people; `agency_parent` is the agency above it, which may see how it stands."""

    agency_code: str
    agency_name: str
    agency_aliases: tuple[str, ...] = ()
    units: tuple[RosterUnit, ...] = ()
    people: tuple[RosterPerson, ...] = ()
    agency_parent: str | None = None


def known_agency(roster: Roster) -> KnownAgency:
    """The names a notice's reader recognises this roster's agency and units by."""
    return KnownAgency(
        code=roster.agency_code,
        name=roster.agency_name,
        aliases=roster.agency_aliases,
        units=tuple(KnownUnit(unit.code, unit.name, unit.aliases) for unit in roster.units),
    )

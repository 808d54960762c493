"""Everything wrong with a roster, found in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.roster import Roster, RosterPerson, RosterUnit
from core.text import fold
from documents.errors import RosterFault, RosterProblem

_SPOKEN_ROLES = {
    "leader": ("Giám đốc", "Giám đốc Sở", "Thủ trưởng", "Chủ tịch", "Lãnh đạo"),
    "deputy_leader": ("Phó Giám đốc", "Phó Giám đốc Sở", "Phó Thủ trưởng", "Phó Chủ tịch"),
    "office_chief": ("Chánh Văn phòng",),
    "head": ("Trưởng phòng", "Trưởng đơn vị", "Giám đốc Trung tâm", "Trưởng ban"),
    "deputy_head": ("Phó Trưởng phòng", "Phó trưởng đơn vị", "Phó phòng", "Phó Giám đốc Trung tâm"),
    "officer": ("Chuyên viên", "Cán bộ", "Viên chức"),
    "clerk": ("Chuyên viên tổng hợp", "Văn thư", "Tổng hợp", "Chuyên viên tổng hợp/Văn thư"),
    "admin": ("Quản trị", "Quản trị hệ thống"),
}
_ROLE_OF = {fold(word): role for role, words in _SPOKEN_ROLES.items() for word in (role, *words)}


def spoken_role(role: str) -> str:
    """A role as the roster's Vietnamese sheet calls it."""
    return _SPOKEN_ROLES[role][0] if role in _SPOKEN_ROLES else role


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit as listed, with where it stands in the file."""

    where: str
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person as listed, with where they stand in the file."""

    where: str
    key: str
    title: str
    unit: str
    role: str
    oversees: tuple[str, ...] = ()
    name: str | None = None


def _repeated(entries: Sequence[tuple[str, str]], kind: str) -> list[RosterFault]:
    seen: set[str] = set()
    faults: list[RosterFault] = []
    for where, value in entries:
        if value and value.casefold() in seen:
            faults.append(RosterFault(where, kind, value))
        seen.add(value.casefold())
    return faults


def _loops(units: Sequence[UnitEntry]) -> list[RosterFault]:
    above = {unit.code: unit.parent for unit in units}
    faults: list[RosterFault] = []
    for unit in units:
        passed = {unit.code}
        parent = unit.parent
        while parent and parent in above and parent not in passed:
            passed.add(parent)
            parent = above[parent]
        if parent == unit.code:
            faults.append(RosterFault(unit.where, "circular_parent", unit.code))
    return faults


def checked_roster(
    agency: UnitEntry, units: Sequence[UnitEntry], people: Sequence[PersonEntry], faults: Sequence[RosterFault] = ()
) -> Roster:
    """The roster these entries make; RosterProblem with every fault, those already found among them."""
    found = list(faults)
    codes = {agency.code, *(unit.code for unit in units)}
    for unit in (agency, *units):
        found += [
            RosterFault(unit.where, "missing_value", field) for field in ("code", "name") if not getattr(unit, field)
        ]
        if unit is agency and unit.parent in codes:
            found.append(RosterFault(unit.where, "circular_parent", unit.code))
        elif unit is not agency and unit.parent and unit.parent not in codes:
            found.append(RosterFault(unit.where, "unknown_parent", unit.parent))
    for person in people:
        found += [
            RosterFault(person.where, "missing_value", field)
            for field in ("key", "title", "unit", "role")
            if not getattr(person, field)
        ]
        if person.role and fold(person.role) not in _ROLE_OF:
            found.append(RosterFault(person.where, "unknown_role", person.role))
        found += [
            RosterFault(person.where, "unknown_unit", code)
            for code in (person.unit, *person.oversees)
            if code and code not in codes
        ]
    found += _repeated([(unit.where, unit.code) for unit in (agency, *units)], "duplicate_code")
    found += _repeated([(person.where, person.key) for person in people], "duplicate_key")
    found += _loops(units)
    if found:
        raise RosterProblem(tuple(found))
    return Roster(
        agency_code=agency.code,
        agency_name=agency.name,
        agency_aliases=agency.aliases,
        units=tuple(
            RosterUnit(unit.code, unit.name, unit.aliases, None if unit.parent == agency.code else unit.parent)
            for unit in units
        ),
        people=tuple(
            RosterPerson(one.key, one.title, one.unit, _ROLE_OF[fold(one.role)], one.oversees, one.name)
            for one in people
        ),
        agency_parent=agency.parent,
    )

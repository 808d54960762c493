"""A roster as YAML."""

from typing import Any

import yaml

from core.roster import Roster
from core.text import clean
from documents.errors import RosterFault, RosterProblem
from documents.roster_check import PersonEntry, UnitEntry, checked_roster
from documents.text import text_of

_AGENCY_FIELDS = {"code", "name", "aliases", "parent"}
_UNIT_FIELDS = {"code", "name", "aliases", "parent"}
_PERSON_FIELDS = {"key", "title", "unit", "role", "oversees", "name"}
MAX_ENTRIES = 5000


class _Reader:
    def __init__(self) -> None:
        self.faults: list[RosterFault] = []

    def fault(self, where: str, kind: str, value: str = "") -> None:
        self.faults.append(RosterFault(where, kind, value))

    def mapping(self, value: Any, where: str, fields: set[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fault(where, "not_a_mapping")
            return {}
        for field in value:
            if field not in fields:
                self.fault(where, "unknown_field", clean(str(field))[:60])
        return value

    def listing(self, value: Any, where: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > MAX_ENTRIES:
            self.fault(where, "not_a_list")
            return []
        return value

    def word(self, entry: dict[str, Any], field: str, where: str) -> str:
        value = entry.get(field)
        if isinstance(value, bool) or not isinstance(value, (str, int, type(None))):
            self.fault(where, "not_a_text", field)
            return ""
        return clean(str(value)) if value is not None else ""

    def words(self, entry: dict[str, Any], field: str, where: str) -> tuple[str, ...]:
        found = self.listing(entry.get(field), f"{where}.{field}")
        return tuple(word for item in found if (word := self.word({field: item}, field, where)))

    def unit(self, value: Any, where: str, fields: set[str]) -> UnitEntry:
        entry = self.mapping(value, where, fields)
        return UnitEntry(
            where=where,
            code=self.word(entry, "code", where),
            name=self.word(entry, "name", where),
            aliases=self.words(entry, "aliases", where),
            parent=self.word(entry, "parent", where) or None,
        )

    def person(self, value: Any, where: str) -> PersonEntry:
        entry = self.mapping(value, where, _PERSON_FIELDS)
        return PersonEntry(
            where=where,
            key=self.word(entry, "key", where),
            title=self.word(entry, "title", where),
            unit=self.word(entry, "unit", where),
            role=self.word(entry, "role", where),
            oversees=self.words(entry, "oversees", where),
            name=self.word(entry, "name", where) or None,
        )


def read_yaml(data: bytes, name: str) -> Roster:
    """The roster in a YAML file; RosterProblem with every fault, places named like `people[3]`."""
    try:
        document = yaml.safe_load(text_of(data, name))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else name
        raise RosterProblem((RosterFault(where, "not_yaml", str(getattr(error, "problem", "") or "")),)) from error
    if not isinstance(document, dict):
        raise RosterProblem((RosterFault(name, "not_a_roster", ""),))
    reader = _Reader()
    reader.mapping(document, name, {"agency", "units", "people"})
    for field in ("agency", "units"):
        if field not in document:
            reader.fault(name, "missing_column", field)
    agency = reader.unit(document.get("agency", {}), "agency", _AGENCY_FIELDS)
    units = [
        reader.unit(value, f"units[{at}]", _UNIT_FIELDS)
        for at, value in enumerate(reader.listing(document.get("units"), "units"), 1)
    ]
    people = [
        reader.person(value, f"people[{at}]")
        for at, value in enumerate(reader.listing(document.get("people"), "people"), 1)
    ]
    return checked_roster(agency, units, people, reader.faults)


def write_yaml(roster: Roster) -> bytes:
    """The roster as YAML that `read_yaml` reads back unchanged."""
    document = {
        "agency": _kept(
            code=roster.agency_code,
            name=roster.agency_name,
            aliases=list(roster.agency_aliases),
            parent=roster.agency_parent,
        ),
        "units": [
            _kept(code=unit.code, name=unit.name, aliases=list(unit.aliases), parent=unit.parent)
            for unit in roster.units
        ],
        "people": [
            _kept(
                key=one.key, name=one.name, title=one.title, unit=one.unit, role=one.role, oversees=list(one.oversees)
            )
            for one in roster.people
        ],
    }
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, default_flow_style=None, width=160)
    return text.encode()


def _kept(**fields: str | list[str] | None) -> dict[str, str | list[str]]:
    return {name: value for name, value in fields.items() if value}

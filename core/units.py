"""The tree of units: province, department, division; what lies below what, and whom a name means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.text import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the tree as it stands today. An agency is its own `agency_id`."""

    id: int
    agency_id: int
    parent_id: int | None
    kind: str
    code: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def is_agency(self) -> bool:
        """Tell whether the unit keeps a follow-up of its own."""
        return self.id == self.agency_id

    def is_called(self, words: str) -> bool:
        """Tell whether these words, accents and case aside, are its code, its name or another of its names."""
        return fold(words).strip(" .,") in {fold(self.code), fold(self.name), *map(fold, self.aliases)}


class Tree:
    """Units with their places; a parent that is not among them counts as none, a circle is walked once."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._children: dict[int | None, list[int]] = {}
        for unit in self._units.values():
            self._children.setdefault(unit.parent_id, []).append(unit.id)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return every unit, in the order given."""
        return tuple(self._units.values())

    def below(self, unit_id: int) -> frozenset[int]:
        """Return the unit and everything under it; nothing for a unit that is not in the tree."""
        seen: set[int] = set()
        waiting = [unit_id] if unit_id in self._units else []
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting += self._children.get(current, ())
        return frozenset(seen)

    def above(self, unit_id: int) -> Iterator[Unit]:
        """Yield the unit's parents, the nearest first."""
        seen = {unit_id}
        current = self._units.get(unit_id)
        while current is not None and current.parent_id is not None and current.parent_id not in seen:
            seen.add(current.parent_id)
            current = self._units.get(current.parent_id)
            if current is not None:
                yield current

    def called(self, words: str) -> Unit | None:
        """Return the unit these words mean, divisions before the agency itself."""
        named = [unit for unit in self._units.values() if unit.is_called(words)]
        return min(named, key=lambda unit: unit.is_agency, default=None)

    def divisions(self) -> tuple[Unit, ...]:
        """Return the units that get parts: all but the agency itself."""
        return tuple(unit for unit in self._units.values() if not unit.is_agency)

"""What acts need: the world, the oracle that follows it, and where both are written down."""

from __future__ import annotations

import random
from dataclasses import dataclass

from core.tasks import Part as Stored
from core.workdays import WorkCalendar
from storage.work import Work
from tests.simulation.furnish import Numbers
from tests.simulation.oracle import Oracle
from tests.simulation.rules import Part, Person, World
from tests.simulation.wires import Wire


@dataclass
class Scene:
    """The place of one run, and the chance that is drawn from."""

    oracle: Oracle
    numbers: Numbers
    wires: dict[str, Wire]
    chance: random.Random
    calendar: WorkCalendar

    @property
    def world(self) -> World:
        return self.oracle.world

    def any_part(self) -> Part:
        return self.chance.choice(list(self.world.parts.values()))

    def any_person(self) -> Person:
        return self.chance.choice(list(self.world.people.values()))

    async def stored(self, work: Work, part: Part) -> Stored:
        """Return a part as the product reads it."""
        (found,) = await work.parts.by_ids([self.numbers.parts[part.key]])
        return found

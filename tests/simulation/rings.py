"""The one message more that a directive with an hour, or marked hỏa tốc, brings on its last day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from tests.simulation.rules import Part, World, heads_of, is_asked
from tests.simulation.ways import COUNTED, Beside, Delivery, Owed

_TWO_HOURS = timedelta(hours=2)
Key = tuple[str, str, datetime]
"""Of whom, of which part, and until when."""


class Rings:
    """Follows who is to be told once more, and was."""

    def __init__(self, world: World, may_disturb: Callable[[datetime], bool]) -> None:
        self._world = world
        self._may_disturb = may_disturb
        self._told: set[Key] = set()
        self.owed: dict[Key, Owed] = {}
        self.sent: list[Beside] = []
        self._left: list[Beside] = []

    def tick(self, now: datetime) -> None:
        """Two hours before its hour, or before offices close, everybody who answers for a part is told of it once."""
        for part in self._world.parts.values():
            until = self._until(part)
            if until is None or not self._rings(part, now) or not (self._urgent(part) or self._may_disturb(now)):
                continue
            for person in sorted(self._hear(part, now)):
                key, someone = (person, part.key, until), self._world.people[person]
                if key not in self._told:
                    self._told.add(key)
                    self.owed[key] = Owed.to(someone, [], now)
                elif (owed := self.owed.get(key)) is not None and owed.is_unreachable:
                    owed.again(someone, now)

    def deliver(self, delivery: Delivery) -> set[str]:
        """Let what can leave now leave; return to whom something left by the messenger that counts."""
        self._left, counted = [], set()
        for key, owed in list(self.owed.items()):
            person, part = self._world.people[key[0]], self._world.parts[key[1]]
            if not delivery.looks_at(owed):
                continue
            void = self._is_void(key, delivery.now)
            if not void and not self._urgent(part) and not self._may_disturb(delivery.now):
                owed.planned = delivery.now + timedelta(minutes=1)
                continue
            if void or delivery.ends(person, owed, lambda: False):
                del self.owed[key]
            if not void and key not in self.owed:
                self._left.append(Beside(person.key, delivery.now, part.code))
                counted |= {person.key} if owed.via == COUNTED else set()
        self.sent += self._left
        return counted

    def doubt(self) -> None:
        """Accounts were found gone in the last delivery: who answered for a unit then nothing says."""
        for rung in self._left:
            rung.sure = False

    def _is_void(self, key: Key, now: datetime) -> bool:
        person, name, until = key
        part = self._world.parts[name]
        late = now >= until or now.date() != until.date()
        return (
            late or self._until(part) != until or not is_asked(part, now.date()) or person not in self._hear(part, now)
        )

    def _rings(self, part: Part, now: datetime) -> bool:
        until = self._until(part)
        if until is None or now.date() != until.date() or not is_asked(part, now.date()):
            return False
        first = until - _TWO_HOURS
        if not self._urgent(part) and time(11, 30) <= first.time() < time(13, 30):
            first = datetime.combine(until.date(), time(11), until.tzinfo)  # before the midday rest
        return first <= now < until

    def _until(self, part: Part) -> datetime | None:
        """Return the end of a part's last day: its hour, or for one that is hỏa tốc when offices close."""
        if part.due is None or not (part.hour or self._urgent(part)):
            return None
        return datetime.combine(part.due, part.hour or time(17), self._world.zone)

    def _urgent(self, part: Part) -> bool:
        return self._world.steps(part).urgent

    def _hear(self, part: Part, now: datetime) -> set[str]:
        holder = self._world.people.get(part.handed_to or "")
        held = {holder.key} if holder is not None and part.unit in {unit for _, unit in holder.offices} else set()
        return heads_of(self._world, part.unit, now.date()) | held

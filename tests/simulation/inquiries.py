"""What a lead asked of the units it works with: on the day that was named it is told who has answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.simulation.rules import Part, World, acting_for, is_open
from tests.simulation.ways import COUNTED, Beside, Delivery, Owed

Key = tuple[str, int, date]
"""To whom, of which question, and of which day."""


@dataclass
class Answer:
    """One unit's answer, or that there is none yet: by which day, and whether the lead was told on that day."""

    part: str
    by: date
    is_open: bool = True
    summed: bool = False


@dataclass
class Inquiry:
    """A question of a unit about a directive."""

    number: int
    directive: tuple[str, str, str]
    unit: str
    answers: list[Answer]


class Inquiries:
    """Follows who is to be told how their questions stand, and was."""

    def __init__(self, world: World, may_disturb: Callable[[datetime], bool]) -> None:
        self._world = world
        self._may_disturb = may_disturb
        self.asked: list[Inquiry] = []
        self.owed: dict[Key, Owed] = {}
        self.sent: list[Beside] = []

    def tick(self, now: datetime) -> None:
        """From half past seven on, once, those who lead are told how it stands with what was asked for by today."""
        if not self._may_disturb(now) or now.time() < time(7, 30):
            return
        for inquiry in self.asked:
            due = [one for one in inquiry.answers if one.by <= now.date() and not one.summed]
            lead = self.lead(inquiry)
            if lead is not None and is_open(lead) and due and self._answers(inquiry):
                for person in self._readers(lead, now):
                    key = (person, inquiry.number, max(one.by for one in due))
                    self.owed.setdefault(key, Owed.to(self._world.people[person], [], now))
            for one in due:
                one.summed = True

    def deliver(self, delivery: Delivery) -> set[str]:
        """Let what can leave now leave; return to whom something left by the messenger that counts."""
        counted = set()
        for key, owed in list(self.owed.items()):
            inquiry = next(one for one in self.asked if one.number == key[1])
            lead, person = self.lead(inquiry), self._world.people[key[0]]
            if not delivery.looks_at(owed):
                continue
            if lead is None or not is_open(lead):
                del self.owed[key]
                continue
            if not self._may_disturb(delivery.now):
                owed.planned = delivery.now + timedelta(minutes=1)
                continue
            void = not self._answers(inquiry) or key[0] not in self._readers(lead, delivery.now)
            if delivery.ends(person, owed, lambda void=void: void):  # type: ignore[misc]
                del self.owed[key]
                if not void:
                    self.sent.append(Beside(person.key, delivery.now, inquiry.directive[2]))
                    counted |= {person.key} if owed.via == COUNTED else set()
        return counted

    def lead(self, inquiry: Inquiry) -> Part | None:
        """Return the part of the unit that asked, or of the one that leads the directive since."""
        leads = [part for part in self.parts_of(inquiry.directive) if part.role == "lead" and part.state != "dropped"]
        return next((part for part in leads if part.unit == inquiry.unit), leads[0] if leads else None)

    def parts_of(self, directive: tuple[str, str, str]) -> list[Part]:
        return [part for part in self._world.parts.values() if (part.agency, part.notice, part.code) == directive]

    def _answers(self, inquiry: Inquiry) -> list[Answer]:
        return [one for one in inquiry.answers if self._world.parts[one.part].state != "dropped"]

    def _readers(self, lead: Part, now: datetime) -> list[str]:
        return sorted(acting_for(self._world, lead.unit, now.date()) | ({lead.handed_to} if lead.handed_to else set()))

"""By which of somebody's accounts a message leaves: each is tried once, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.simulation.rules import Person, usable

COUNTED = "zalo_bot"
"""The messenger whose last tenth of a month is kept for answers."""


@dataclass
class Owed:
    """A message somebody is owed: of which day, for which missed days, by which channel (`None`: by none).

    `tried` could not bring it; `whys` it could not be brought: blocked, as far as anybody knows before it is tried,
    window or quota, the last one last. `comes`: an account came since, be it too late in the day.
    """

    day: date
    missed: list[date]
    via: str | None
    planned: datetime
    tried: set[str] = field(default_factory=set)
    whys: list[str] = field(default_factory=list)
    comes: bool = False

    @property
    def is_unreachable(self) -> bool:
        """Tell whether no account was there to be tried any more, as opposed to one that did not take it."""
        return self.via is None and self.whys[-1:] in ([], ["blocked"])

    @classmethod
    def to(cls, person: Person, missed: list[date], now: datetime) -> Owed:
        """Return a message planned now, by the first account that works."""
        return cls(now.date(), missed, next(iter(usable(person)), None), now)

    def again(self, person: Person, at: datetime, first: str | None = None) -> None:
        """Try once more all the ways there are, `first` where somebody wrote there."""
        self.via, self.tried, self.whys, self.planned = first or next(iter(usable(person)), None), set(), [], at
        self.comes = False


@dataclass
class Delivery:
    """One moment at which everything leaves that can: by the channels that are `up`.

    `refused` says which messages are not taken, by person and channel, and why; `sparing`: the messenger that counts a
    month's messages has too few left for a morning's.
    """

    now: datetime
    up: set[str]
    refused: dict[tuple[str, str], str]
    sparing: bool

    def looks_at(self, owed: Owed) -> bool:
        """Tell whether a message is asked for now: should the clock be set back, nothing leaves before it was planned."""
        return owed.via in self.up and self.now >= owed.planned

    def ends(self, person: Person, owed: Owed, is_void: Callable[[], bool]) -> bool:
        """Tell whether the message leaves, or is void; else it waits where it is left now."""
        while owed.via in self.up:
            spared = COUNTED if self.sparing else None
            ways = [way for way in usable(person) if way not in owed.tried and way != spared]
            if not ways:
                owed.via = None
                owed.whys.append("blocked")
                return False
            if ways[0] != owed.via:
                owed.via = ways[0]
                continue
            why = self.refused.get((person.key, owed.via))
            if is_void() or why is None:
                return True
            if why == "blocked":
                for account in person.accounts:
                    if account[0] == owed.via:
                        account[1] = False
            owed.tried.add(owed.via)
            left = [way for way in usable(person) if way not in owed.tried]
            owed.via = left[0] if left else None
            owed.whys.append(why)
        return False


@dataclass
class Beside:
    """A message beside the mornings: to whom, when and of what; not `sure` where accounts were found gone as it left."""

    person: str
    at: datetime
    code: str
    sure: bool = True

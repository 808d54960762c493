"""What returns: once one turn is over the next begins, due as the rule says, a day at a time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.rules import Part, World


@dataclass(frozen=True)
class Returns:
    """How often something returns; `on` is the day of the week or of the month it is due, `None` the usual one."""

    every: str
    on: int | None = None

    def is_due(self, day: date) -> bool:
        if self.every == "day":
            return day.weekday() < 5
        if self.every == "week":
            return day.isoweekday() == (self.on or 5)
        last = monthrange(day.year, day.month)[1]
        ends = day.month % {"month": 1, "quarter": 3}[self.every] == 0
        return ends and day.day == min(self.on or last, last)

    def from_day(self, day: date) -> date:
        """Return the first day on or after this one on which something is due."""
        while not self.is_due(day):
            day += timedelta(days=1)
        return day

    def as_kept(self) -> dict[str, object]:
        return {"every": self.every, **({"weekday" if self.every == "week" else "day": self.on} if self.on else {})}


def begin(world: World, today: date) -> list[Part]:
    """Begin the next turn of all that returns and is over, and return the parts that are new."""
    latest: dict[str, Part] = {}
    for part in world.parts.values():
        if part.returns is not None:
            latest[part.directive] = part
    begun = []
    for part in latest.values():
        assert part.returns is not None
        if part.state in {"dropped", "paused"}:
            continue
        if part.due is None and part.state != "done":
            part.due = part.original = part.returns.from_day(today)
        elif _is_over(part, today):
            after = part.original + timedelta(days=1) if part.original is not None else today
            due = part.returns.from_day(max(after, today))
            new = replace(part, key=f"{part.directive} {due}", due=due, original=due, state="assigned", expected=None,
                          present_by=None, completed=None, recorded=None, mend_by=None)  # fmt: skip
            world.parts[new.key] = new
            begun.append(new)
    return begun


def _is_over(part: Part, today: date) -> bool:
    """Tell whether its day has passed, or it was finished before today."""
    finished = part.state == "done" and part.recorded is not None and part.recorded < today
    return finished or (part.original is not None and part.original < today)

"""What a lead unit asks of the units it works with: by a day, answered once by each, never a deadline of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from core.workdays import WorkCalendar

_MORE_DAYS = 3


class Answered(StrEnum):
    """What became of the question for one unit."""

    ASKED = "asked"
    MORE_TIME = "more_time"
    GIVEN = "given"
    NOTHING = "nothing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class By:
    """The day an answer is wanted by, as it was named: `strict` is "trước 20/4", whose last day is the 19th."""

    day: date
    strict: bool = False

    @property
    def last(self) -> date:
        """Return the last day that is in time."""
        return self.day - timedelta(days=1) if self.strict else self.day

    def to_json(self) -> list[Any]:
        """Return the day as it is kept."""
        return [self.day.isoformat(), self.strict]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> By:
        """Return the day that was kept."""
        return cls(date.fromisoformat(kept[0]), kept[1])


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """One unit's answer, or that there is none yet; `wanted` is until when it asks for more time."""

    id: int
    inquiry_id: int
    part_id: int
    unit_id: int
    unit_code: str
    by: By
    state: Answered
    wanted: date | None = None
    at: datetime | None = None
    reminded_at: datetime | None = None
    summed: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether the unit has still to answer."""
        return self.state in {Answered.ASKED, Answered.MORE_TIME}


@dataclass(frozen=True, slots=True)
class Decided:
    """What the lead decided of the day of one unit's answer: the day since, and how the question stood before."""

    answer_id: int
    by: By
    state: Answered
    before: By
    summed: bool

    @classmethod
    def of(cls, was: UnitAnswer, by: By) -> Decided:
        """Return what becomes of a question as it stands now."""
        return cls(was.id, by, was.state, was.by, was.summed)

    def to_json(self) -> dict[str, Any]:
        """Return the decision as it is kept with the act."""
        return {
            "answer": self.answer_id, "by": self.by.to_json(), "state": self.state.value,
            "before": self.before.to_json(), "summed": self.summed,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Decided:
        """Return the decision that was kept."""
        state = Answered(kept["state"])
        return cls(kept["answer"], By.from_json(kept["by"]), state, By.from_json(kept["before"]), kept["summed"])


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question of the unit that leads a directive to the units that cooperate, with what each has answered."""

    id: int
    agency_id: int
    task_id: int
    unit_id: int
    words: str
    by: By
    answers: tuple[UnitAnswer, ...] = ()


def unanswered(inquiries: Iterable[Inquiry]) -> tuple[UnitAnswer, ...]:
    """Return who has still to answer, each unit once."""
    found = {answer.unit_id: answer for one in inquiries for answer in one.answers if answer.is_open}
    return tuple(found.values())


def more_time(by: By, today: date, calendar: WorkCalendar) -> date:
    """Return the day to offer to a unit that asks for more time and names none: some working days on."""
    return calendar.add(max(by.last, today), _MORE_DAYS)

"""More time for a part: asked with a reason, an opinion, a decision; the first date a part was given never changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from core.deadlines import Deadline
from core.tasks import Progress


class Moved(StrEnum):
    """Which of a part's dates an extension moves."""

    DUE = "due"
    PRESENT_BY = "present_by"


class Outcome(StrEnum):
    """How an extension ended."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Extension:
    """One request for more time; `supported` is the overseeing deputy's opinion, `None` while there is none."""

    id: int
    part_id: int
    what: Moved
    until: date
    reason: str
    asked_by: int | None
    asked_at: datetime
    supported: bool | None = None
    outcome: Outcome | None = None
    granted_until: date | None = None
    document: str | None = None
    document_on: date | None = None

    @property
    def has_opinion(self) -> bool:
        """Tell whether the deputy has said what they think of it."""
        return self.supported is not None

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.outcome is None


def times_granted(extensions: Iterable[Extension], original: date | None = None) -> int:
    """Return how often the deadline itself was moved; the `original` date that a request brought about moved none."""
    return sum(
        one.outcome is Outcome.GRANTED and one.what is Moved.DUE and one.granted_until != original for one in extensions
    )


def extend(progress: Progress, what: Moved, until: date, basis: str) -> Progress:
    """Return the progress with the date moved; `basis` is what the new deadline rests on."""
    if what is Moved.PRESENT_BY:
        return replace(progress, present_by=until)
    hour = progress.due.at if progress.due is not None else None
    return replace(progress, due=Deadline(until, hour, basis))

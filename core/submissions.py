"""What a unit hands in for its part: a document's number and date, words, files, and the moment it was reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """A result with its two dates: the document's own (`dated`) and when we heard of it (`recorded_at`)."""

    document: str | None
    dated: date | None
    recorded_at: datetime
    text: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Tell whether it has not been taken back."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file handed in: where its bytes lie, and the name, type and size in bytes it is shown with."""

    ref: str
    name: str
    mime: str
    size: int

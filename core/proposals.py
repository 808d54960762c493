"""Kiến nghị: a head finds a directive unfit; what became of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class View(StrEnum):
    """What somebody above the unit thinks of a proposal."""

    AGREED = "agreed"
    REFUSED = "refused"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit's proposal about a directive, in the head's own words, with its document where there is one.

    Nobody was told of it while `told_at` is `None`: it waits for its document. `opinion` is the overseeing deputy's,
    `outcome` the leader's.
    """

    id: int
    part_id: int
    text: str
    raised_by: int | None
    raised_at: datetime
    document: str | None = None
    document_on: date | None = None
    told_at: datetime | None = None
    opinion: View | None = None
    opinion_words: str | None = None
    outcome: View | None = None
    words: str | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def has_opinion(self) -> bool:
        """Tell whether the deputy has said what they think of it."""
        return self.opinion is not None

    @property
    def is_open(self) -> bool:
        """Tell whether the leader has not answered yet."""
        return self.outcome is None and self.withdrawn_at is None

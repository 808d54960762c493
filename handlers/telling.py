"""Who a message is written for: their language, the moment and the working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.deadlines import today
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Telling:
    """What lists need to be worded for one reader."""

    catalogue: Catalogue
    language: str
    now: datetime
    calendar: WorkCalendar

    @property
    def today(self) -> date:
        """Return the business day in Hanoi."""
        return today(self.now)

    def t(self, key: str, **arguments: Any) -> str:
        """Return a sentence in the reader's language."""
        return self.catalogue.text(self.language, key, **arguments)

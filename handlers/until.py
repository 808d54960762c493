"""By when something is wanted of a unit: the day and hour somebody named, else the end of the office's day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from core.deadlines import HANOI
from core.speech import Utterance
from core.text import fold

_EVENING = time(17)
_HOUR = re.compile(r"\b([01]?[0-9]|2[0-3]) ?(?:h|gio|:)(?: ?([0-5][0-9]))?\b")


def named_hour(words: str) -> time | None:
    """Return the hour these words name ("17h", "17 giờ 30"), if any."""
    found = _HOUR.search(fold(words))
    return time(int(found[1]), int(found[2] or 0)) if found is not None else None


def by_when(said: Utterance, words: str, otherwise: date) -> datetime:
    """Return the moment that was named; a day alone means 17:00, "trước" a day alone the day before, none `otherwise`."""
    hour = named_hour(words)
    day = said.date or otherwise
    if said.date is not None and said.before and hour is None:
        day -= timedelta(days=1)
    return datetime.combine(day, hour or _EVENING, HANOI)

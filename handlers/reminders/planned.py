"""What a tick says of each message it queued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Planned:
    """One message a tick queued; `queued` is false for somebody no account can reach, who is named at every tick."""

    person: str
    kind: str
    date: date
    tasks: tuple[str, ...]
    queued: bool

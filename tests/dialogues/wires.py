"""The wires a dialogue runs over: each says, presses and hears the way its people do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

HEARD_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One message a person got: its text, and the labels of its buttons."""

    text: str
    labels: tuple[str, ...] = ()


class Wire(Protocol):
    """People on one messenger, linked, in front of the running product."""

    name: str

    async def open(self, people: list[str]) -> None: ...

    async def close(self) -> None: ...

    async def says(self, who: str, text: str) -> None: ...

    async def sends(self, who: str, path: Path, caption: str) -> None: ...

    async def presses(self, who: str, label: str) -> None: ...

    async def heard(self, who: str) -> list[Heard]:
        """Everything the person got so far, oldest first."""
        ...

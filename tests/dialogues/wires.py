"""The wires a dialogue runs over: each says, presses and hears the way its people do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Heard:
    """One message a person got: its text, the labels of its buttons, and what the wire calls it."""

    text: str
    labels: tuple[str, ...] = ()
    id: str = ""


class Wire(Protocol):
    """People on one messenger, linked, in front of the running product."""

    name: str

    async def open(self, people: list[str]) -> None: ...

    async def close(self) -> None: ...

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None: ...

    async def sends(self, who: str, path: Path, caption: str) -> None: ...

    async def pastes(self, who: str, path: Path) -> None: ...

    async def presses(self, who: str, label: str) -> None: ...

    async def heard(self, who: str) -> list[Heard]:
        """Everything the person got so far, oldest first."""
        ...

"""What a messenger that survives every kill must offer, whichever it is."""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AsyncExitStack
from random import Random
from types import TracebackType
from typing import Self

from core.messages import Message
from storage.tokens import Token
from storage.work import Work
from tests.kill.stream import UNITS

LONGEST_PAUSE = 0.3
"""The most seconds before an update that was not taken is handed over again."""
_RECENT = 20


def first_phone(unit: int) -> str:
    """The chat a head of a unit writes from."""
    return str(5001 + unit)


def second_phone(unit: int) -> str:
    """The chat that is tried where the first was in doubt."""
    return str(6001 + unit)


class Messenger(ABC):
    """A stand-in of one messenger with everybody's telephones.

    `events` are the updates handed over, each once, as the inbox names them.
    """

    name: str
    channel: str

    def __init__(self) -> None:
        self.port = _free_port()
        self.stack = AsyncExitStack()
        self.events: list[str] = []
        self.redelivered = 0

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stack.aclose()

    def second_channel(self, unit: int) -> str:
        """Return where a head's second telephone is."""
        return self.channel

    async def link(self, work: Work, unit: int, person_id: int, *, first: bool) -> None:
        """Link one telephone of a head."""
        chat, channel = (first_phone(unit), self.channel) if first else (second_phone(unit), self.second_channel(unit))
        await work.accounts.add_linked(channel, chat, chat, person_id)

    def tokens(self) -> list[Token]:
        """Return the token pairs an earlier life of the product left in the database."""
        return []

    @abstractmethod
    async def start(self) -> None:
        """Be there, with everybody's telephones."""

    @abstractmethod
    def settings(self) -> dict[str, str]:
        """Return the product's settings for this wire; to be asked once started."""

    @abstractmethod
    def slow(self, seconds: float) -> None:
        """Let every call take so long."""

    @property
    @abstractmethod
    def pending(self) -> int:
        """How many updates were not taken yet."""

    @property
    @abstractmethod
    def sent(self) -> int:
        """How many messages arrived."""

    @abstractmethod
    async def says(self, unit: int, text: str) -> None:
        """Let a head write from the first telephone."""

    @abstractmethod
    def redeliver(self, number: int) -> None:
        """Hand over the update of that place in `events` once more."""

    @abstractmethod
    def heard(self, unit: int, *, first: bool) -> list[str]:
        """Return what a head reads on one telephone, oldest first."""

    @abstractmethod
    def shown(self, message: Message, channel: str) -> str:
        """Return what somebody reads of a message."""

    @abstractmethod
    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Wait until it holds; TimeoutError after so many seconds."""

    def redeliver_one(self, random: Random) -> None:
        """Hand over one of the latest updates once more."""
        self.redeliver(random.randrange(max(0, len(self.events) - _RECENT), len(self.events)))
        self.redelivered += 1

    @property
    def public_url(self) -> str:
        """Where the product is reached."""
        return f"http://127.0.0.1:{self.port}"


def units_with_phones() -> list[tuple[str, str]]:
    """Return both telephones of every head."""
    return [(first_phone(unit), second_phone(unit)) for unit in range(UNITS)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

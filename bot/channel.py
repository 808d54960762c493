"""What a wire must be able to do, and the five ways a sending can end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from core.messages import Incoming, Message, Receipt


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform confirmed the message; `external_id` is its id there, where it has one."""

    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Nothing left, or the platform refused for now: try again after `after` seconds, the whole channel if so said."""

    after: float
    whole_channel: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Permanent:
    """It will never arrive this way. `kind` is one of blocked, deactivated, chat_not_found, kicked, too_long,
    bad_request, unauthorized, quota, window; withdrawn is our own: the account may not be written to any more.
    """

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have arrived: the answer was lost."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has a new id; send it there."""

    chat: str


Outcome = Sent | RetryAt | Permanent | Uncertain | Moved


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show and carry. Rates are messages per second; `None` means no limit of ours.

    `push_window` is how long after somebody was heard writing to them is free, where it is not always.
    """

    buttons: bool
    edit: bool
    files_in: bool
    max_text: int
    rate: float | None = None
    chat_rate: float | None = None
    group_rate: float | None = None
    push_window: timedelta | None = None
    monthly_quota: int | None = None
    typing: bool = False


class Channel(Protocol):
    """One wire: it renders and sends a message, answers a button and fetches a file."""

    name: str
    can: Capabilities

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        """Send one page of `message`, marked as sent again if `resend`; never raises for what a wire can do to us."""
        ...

    def parts(self, message: Message) -> int:
        """Return how many pages the message needs on this channel."""
        ...

    async def answers(self) -> bool:
        """Ask the platform something that has no effect; tell whether it answered. Never raises."""
        ...

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None:
        """Answer a pressed button after the commit; a failure is of no consequence."""
        ...

    async def type(self, chat: str) -> None:
        """Show in the chat that an answer is being written, where the wire `can`; a failure is of no consequence."""
        ...

    async def fetch(self, ref: str, limit: int) -> bytes:
        """Return the bytes of a file somebody sent, at most `limit` of them."""
        ...

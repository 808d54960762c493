"""Even pacing: when the next message may leave, for the whole channel and for each chat."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Self

from bot.channel import Capabilities

_CAREFUL = 600.0
_SLOWER = 0.94
"""How much of the rate is left for a while after the platform refused."""
_SECOND = 1.013
"""The second in which the rate is counted: a little longer, because what left evenly does not arrive so."""
_AHEAD = 0.02
"""How long before it may leave a message is fetched at the least, so that it leaves on time."""
_FAR_AHEAD = 0.3
"""How long before at the most: what was fetched counts as leaving should the process die."""
_SLOWNESS = 1.5
"""How many times the time fetching takes that is."""
_FORGETS = 0.9
"""How much of a slow fetch is remembered from one to the next."""
_BEHIND = 0.3
"""How many seconds' worth of messages that were late may be made up for."""
_HURRY = 3
"""How many times as close together as usual they then leave."""

Departure = list[float]
"""When a message leaves, in a list so that it can be put right."""


@dataclass(slots=True)
class _Meter:
    """The generic cell rate algorithm: `free` is when the next one would leave at a perfectly even pace."""

    free: float = -math.inf

    def wait(self, now: float, slack: float) -> float:
        return max(0.0, self.free - slack - now)

    def take(self, now: float, interval: float) -> None:
        self.free = max(now, self.free) + interval


class Pacer:
    """Spaces messages evenly, and never lets more than the rate, rounded up, leave within a sliding second.

    Evenness alone would put one more than a whole rate into some second, and a lower rate would waste what is allowed:
    so a late message is made up for, but only where the second it falls into has room, and never by a burst: who comes
    after a rest has nothing to make up for. Rates are messages per second and `None` is no limit; `burst` is how many
    may leave to one private chat at once. Pure over `now`, a monotonic time in seconds. Chats whose id starts with "-"
    are groups.
    """

    def __init__(
        self,
        rate: float | None = 28.0,
        chat_rate: float | None = None,
        group_rate: float | None = None,
        burst: int = 3,
    ) -> None:
        self._interval = 1 / rate if rate else 0.0
        self._second: deque[Departure] = deque(maxlen=math.ceil(rate) if rate else 1)
        self._chat_interval = 1 / chat_rate if chat_rate else 0.0
        self._group_interval = 1 / group_rate if group_rate else self._chat_interval
        self._burst = burst
        self._all = _Meter()
        self._chats: dict[str, _Meter] = {}
        self._careful_until = -math.inf
        self._ahead = _AHEAD

    @classmethod
    def of(cls, can: Capabilities, burst: int = 3) -> Self:
        """Return a pacer for what a channel can take."""
        return cls(can.rate, can.chat_rate, can.group_rate, burst)

    def wait(self, chat: str | None, now: float) -> float:
        """Return the seconds until a message to `chat`, or to any chat where `None`, may leave."""
        wait = self._wait(now)
        meter = self._chats.get(chat) if chat is not None else None
        if chat is None or meter is None:
            return wait
        return max(wait, meter.wait(now, self._chat_slack(chat, now)))

    def take(self, chat: str, now: float) -> Departure:
        """Count a message that leaves now; what is returned may be put right if it leaves a little later."""
        departure = [now]
        if self._interval:
            rested = not self._second or now - self._second[-1][0] > _SECOND
            behind = 0.0 if rested or now < self._careful_until else _BEHIND
            self._all.take(now - behind, self._interval / self._share(now))
            self._second.append(departure)
        if interval := self._chat_pace(chat):
            self._chats.setdefault(chat, _Meter()).take(now, interval)
        return departure

    def fetched(self, took: float) -> None:
        """Note how many seconds it takes to fetch a message: a slow database is asked so much earlier, and for more."""
        self._ahead = min(_FAR_AHEAD, max(_AHEAD, _SLOWNESS * took, _FORGETS * self._ahead))

    def room(self, now: float, most: int) -> int:
        """Return how many messages to different chats to fetch now, at most `most`: each waits for its own moment."""
        if not self._interval:
            return most
        spare = self._ahead - self._wait(now)
        return 0 if spare < 0 else min(most, 1 + int((spare - _AHEAD) / self._interval) if spare > _AHEAD else 1)

    def until_room(self, now: float) -> float:
        """Return the seconds until one may be fetched for leaving."""
        return max(0.0, self._wait(now) - self._ahead)

    def resting(self, now: float) -> dict[str, float]:
        """Return the chats that may not take another message yet, and for how many seconds."""
        self._chats = {chat: meter for chat, meter in self._chats.items() if meter.free > now}
        waits = ((chat, meter.wait(now, self._chat_slack(chat, now))) for chat, meter in self._chats.items())
        return {chat: wait for chat, wait in waits if wait > 0}

    def refused(self, now: float) -> None:
        """Go slower and allow no bursts for ten minutes: the platform has just shown that it counts strictly."""
        self._careful_until = now + _CAREFUL

    def _wait(self, now: float) -> float:
        if not self._interval:
            return 0.0
        wait = self._all.wait(now, 0.0)
        if self._second:
            wait = max(wait, self._second[-1][0] + self._interval / _HURRY - now)
        if len(self._second) == self._second.maxlen:
            wait = max(wait, self._second[0][0] + _SECOND / self._share(now) - now)
        return wait

    def _share(self, now: float) -> float:
        return _SLOWER if now < self._careful_until else 1.0

    def _chat_pace(self, chat: str) -> float:
        return self._group_interval if chat.startswith("-") else self._chat_interval

    def _chat_slack(self, chat: str, now: float) -> float:
        strict = chat.startswith("-") or now < self._careful_until
        return 0.0 if strict else (self._burst - 1) * self._chat_interval

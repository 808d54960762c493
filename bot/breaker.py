"""When a channel as a whole is left alone, and for how long."""

from __future__ import annotations

import math

_LONGEST = 60.0
_DOUBTS = 3


class Breaker:
    """Pauses a channel that refuses or does not answer, then lets one message at a time try it until one arrives.

    Pure over `now`, a monotonic time in seconds. Every sending passes the `turn` it began in, so that the many that
    fail together count once. `since` is when nothing came through any more, `None` while all is well, `is_proven` says
    that something has come through. After lost answers it `must_knock`: a message would only lose its own, so that
    something that does no harm asks first; a message that lost one already leaves only while it `is_trusted`.
    """

    def __init__(self) -> None:
        self.turn = 0
        self.since: float | None = None
        self.is_proven = False
        self.must_knock = False
        self.is_trusted = False
        self._until = -math.inf
        self._refusals = 0
        self._doubts = 0

    def wait(self, now: float) -> float:
        """Return the seconds until the channel may be tried."""
        return max(0.0, self._until - now)

    @property
    def probing(self) -> bool:
        """Whether only one message may be on its way, to see whether the channel is well again."""
        return self._refusals > 0

    def arrived(self, turn: int) -> None:
        """Count an answer that was not about the channel."""
        if turn == self.turn:
            self._refusals = self._doubts = 0
            self.since, self.must_knock = None, False
            self.is_proven = self.is_trusted = True

    def refused(self, after: float, turn: int, now: float) -> float:
        """Pause for `after` seconds, longer each time in a row but no longer than a minute of our own; return it."""
        if turn == self.turn:
            self.turn += 1
            self._refusals += 1
        pause = max(after, min(_LONGEST, 2.0 ** (min(self._refusals, 10) - 1)))
        self._until = max(self._until, now + pause)
        self.is_trusted = False
        self.since = now if self.since is None else self.since
        return pause

    def doubted(self, turn: int, now: float) -> None:
        """Count a lost answer; several in a row pause the channel, or each would cost a message its certainty."""
        self._doubts += 1
        self.must_knock, self.is_trusted = True, False
        if self._doubts >= _DOUBTS or self.probing:
            self.refused(1.0, turn, now)

    def knocked(self, *, answered: bool, now: float) -> None:
        """Count the answer to something harmless: one message may try then; without one the pause grows."""
        if answered:
            self.must_knock, self.is_trusted = False, True
        else:
            self.refused(1.0, self.turn, now)

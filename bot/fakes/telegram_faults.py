"""What can go wrong on the way: injected faults, delays, and Telegram's flood limits."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.fakes.telegram_spec import Refusal

Kind = Literal[
    "400",
    "401",
    "403",
    "409",
    "413",
    "429",
    "500",
    "502",
    "timeout_before",
    "timeout_after",
    "drop_before",
    "drop_after",
]
KINDS: tuple[str, ...] = get_args(Kind)
_TEXTS = {"400": "USER_IS_BLOCKED", "403": "bot was blocked by the user"}
FLOODING = (
    "sendMessage",
    "sendDocument",
    "sendPhoto",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
)


@dataclass(slots=True)
class Fault:
    """A mishap for the next `times` calls of a method (`*`: any), in one chat or in all."""

    method: str
    kind: Kind
    chat: int | None = None
    times: int = 1
    retry_after: float = 1
    text: str = ""
    after_calls: int = 0

    def matches(self, method: str, chat: int | None) -> bool:
        """Whether it strikes this call."""
        return self.times > 0 and self.method in ("*", method) and self.chat in (None, chat)

    def refusal(self) -> Refusal:
        """Return the answer it gives, for the kinds that answer."""
        if self.kind == "429":
            seconds = math.ceil(self.retry_after)
            return Refusal(429, f"retry after {seconds}", retry_after=seconds)
        return Refusal(int(self.kind), self.text or _TEXTS.get(self.kind, ""))


@dataclass(slots=True)
class Limits:
    """Flood limits, each a count in a sliding window, `None` for none; the defaults are the documented ones."""

    overall: int | None = 30
    chat: int | None = 1
    group: int | None = 20


class Faults:
    """Decides the fate of each call before and after it acts."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._recent: dict[object, deque[float]] = {}
        self.planned: list[Fault] = []
        self.limits: Limits | None = None
        self.latency = 0.0
        self.hang = 60.0

    def plan(self, fault: Fault) -> Fault:
        """Add a mishap and return it; set its `times` to 0 to call it off."""
        if fault.kind not in KINDS:
            raise ValueError(f"no such fault {fault.kind!r}, there are {', '.join(KINDS)}")
        self.planned.append(fault)
        return fault

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """Return the mishap due for this call and count it down."""
        for fault in self.planned:
            if fault.matches(method, chat):
                if fault.after_calls > 0:
                    fault.after_calls -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None

    def admit(self, method: str, chat: int | None) -> None:
        """Count a call against the flood limits; refuses it with 429 where one is exceeded."""
        if self.limits is None or method not in FLOODING:
            return
        now = self._now()
        rules: list[tuple[object, int | None, float]] = [
            ("overall", self.limits.overall, 1.0),
            (("chat", chat), self.limits.chat, 1.0),
        ]
        if chat is not None and chat < 0:
            rules.append((("group", chat), self.limits.group, 60.0))
        windows = [(self._window(key, now, span), most, span) for key, most, span in rules if most is not None]
        wait = max((window[0] + span - now for window, most, span in windows if len(window) >= most), default=0.0)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            raise Refusal(429, f"retry after {seconds}", retry_after=seconds)
        for window, _, _ in windows:
            window.append(now)

    def _window(self, key: object, now: float, span: float) -> deque[float]:
        window = self._recent.setdefault(key, deque())
        while window and window[0] <= now - span:
            window.popleft()
        return window

"""Updates that wait for the bot, and getUpdates with its offsets."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from bot.fakes.telegram_spec import JSON, Refusal

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CALLBACK_SECONDS = 150
MESSAGE_SECONDS = 24 * 3600
_LOG_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its bytes, the line it stands in (serial delivery per line), and when it lapses."""

    id: int
    kind: str
    line: Hashable
    body: bytes
    expires: float


class Updates:
    """The queue between the world and the bot: polled here, or handed on to whoever listens (the webhook)."""

    def __init__(self, clock: Callable[[], float] = time.time, *, keep_log: bool = True) -> None:
        self._clock = clock
        self._keep_log = keep_log
        self._log: dict[int, Update] = {}
        self._again: list[Update] = []
        self._poller: asyncio.Future[None] | None = None
        self.waiting: dict[int, Update] = {}
        self.next_id = 1000
        self.allowed: frozenset[str] | None = None
        self.listener: Callable[[Update], None] | None = None
        self.on_acknowledged: Callable[[], None] = lambda: None

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Take a new list of wanted kinds: `None` keeps the last one, an empty one means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of that kind."""
        return kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT

    def add(self, kind: str, payload: JSON, line: Hashable) -> int | None:
        """Queue an update and return its id; `None` if the bot did not ask for its kind."""
        return self.put({"update_id": self.next_id, kind: payload}, kind, line) if self.wants(kind) else None

    def put(self, raw: JSON, kind: str, line: Hashable) -> int:
        """Queue an update exactly as given, with its own id, whatever it holds."""
        number = int(raw["update_id"])
        self.next_id = max(self.next_id, number + 1)
        lapse = CALLBACK_SECONDS if kind == "callback_query" else MESSAGE_SECONDS
        body = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        update = Update(number, kind, line, body, self._clock() + lapse)
        if self._keep_log:
            self._log[number] = update
            if len(self._log) > _LOG_SIZE:
                del self._log[next(iter(self._log))]
        self.waiting[number] = update
        self._announce(update)
        return number

    def redeliver(self, update_id: int) -> None:
        """Hand the bot an update once more, as after an answer that got lost; KeyError if it is not remembered."""
        update = self._log[update_id]
        if self.listener is None:
            if update_id not in self.waiting:
                self._again.append(update)
        else:
            self.waiting[update_id] = update
        self._announce(update)

    def acknowledge(self, update_id: int) -> None:
        """Forget an update the bot took."""
        self.waiting.pop(update_id, None)
        self.on_acknowledged()

    def drop(self) -> None:
        """Forget everything that waits."""
        self.waiting.clear()
        self._again.clear()

    def interrupt(self, why: str) -> None:
        """End the long poll under way with a conflict."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(Refusal(409, why))

    def release(self) -> None:
        """Let the long poll under way return at once, empty-handed if need be."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[bytes]:
        """Return up to `limit` updates from `offset` on, waiting up to `seconds` for the first; a rival ends it with 409."""
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._confirm(offset)
        batch = self._ready(limit)
        if batch or seconds <= 0:
            return batch
        self._poller = poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait((poller,), timeout=seconds)
            if poller.done():
                poller.result()
        finally:
            if self._poller is poller:
                self._poller = None
        return self._ready(limit)

    def _announce(self, update: Update) -> None:
        if self.listener is not None:
            self.listener(update)
        else:
            self.release()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            for number in list(self.waiting)[:offset]:
                del self.waiting[number]
        elif 0 < offset <= self.next_id:
            for number in [number for number in self.waiting if number < offset]:
                del self.waiting[number]
        self.on_acknowledged()

    def _ready(self, limit: int) -> list[bytes]:
        now = self._clock()
        batch = self._again[:limit]
        del self._again[:limit]
        lapsed: list[int] = []
        for update in self.waiting.values():
            if len(batch) >= limit:
                break
            if update.expires <= now:
                lapsed.append(update.id)
            else:
                batch.append(update)
        for number in lapsed:
            del self.waiting[number]
        return [update.body for update in batch]

"""How fast a morning's messages leave at a messenger's limit, whether the limit is ever passed, and what each costs."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bench.contenders import free_port, program
from bench.load import FIRST_CHAT
from bench.measure import USUAL, calibrate, cpu_seconds
from bench.office import MORNING, settle_in
from bench.standin import BOT, TOKEN, StandIn
from core.messages import Message
from storage.database import Database
from storage.outbox import Outgoing, Urgency

LIMIT = 30
"""How many messages a second the messenger takes; what comes beyond is refused with 429."""
LATENCY = 0.1
FLOOR, PRODUCT = "bare aiohttp", "product"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many messages leave, to as many chats, and on which database."""

    messages: int = 3000
    database: str = ""


class Window(StandIn):
    """A Bot API that counts strictly: each call takes `LATENCY`, and no sliding second holds more than `LIMIT`."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []
        self.texts: dict[int, int] = {}
        self.refused = 0
        self._recent: deque[float] = deque()

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        given = await request.json() if request.can_read_body else {}
        method = request.path.rpartition("/")[2]
        if method != "sendMessage":
            return _answer(BOT if method == "getMe" else True)
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= LIMIT:
            self.refused += 1
            refusal = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
            return web.json_response({**refusal, "parameters": {"retry_after": 1}}, status=429)
        self._recent.append(now)
        self.taken.append(now)
        chat = int(given["chat_id"])
        self.texts[chat] = self.texts.get(chat, 0) + 1
        await asyncio.sleep(LATENCY)
        return _answer({"message_id": len(self.taken), "date": 0, "chat": {"id": chat, "type": "private"}})


def _answer(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@dataclass(frozen=True, slots=True)
class Leaving:
    """What one run was like: seconds from the first to the last message, and normalised microseconds for each."""

    messages: int
    lasted: float
    most: int
    refused: int
    cost: float
    doubled: int

    @property
    def rate(self) -> float:
        """Messages a second."""
        return (self.messages - 1) / self.lasted if self.lasted else 0.0


def most_in_a_second(moments: Sequence[float]) -> int:
    """Return how many messages the fullest sliding second holds."""
    window: deque[float] = deque()
    most = 0
    for moment in moments:
        window.append(moment)
        while window[0] <= moment - 1:
            window.popleft()
        most = max(most, len(window))
    return most


async def run(plan: Plan, url: str) -> dict[str, Leaving]:
    """Let the same number of messages leave by the bare loop and by the product, one after the other."""
    _say(f"{plan.messages} messages at {LIMIT} a second, {LATENCY * 1000:.0f} ms each: bare aiohttp")
    floor = await _floor(plan)
    _say("the product")
    return {FLOOR: floor, PRODUCT: await _product(plan, url)}


async def _floor(plan: Plan) -> Leaving:
    async with Window() as window, program(["-m", "bench.delivery", window.url, str(plan.messages)], {}) as process:
        await _all_sent(window, 1)  # it has started, and what that cost is not counted
        pace, before = calibrate(), cpu_seconds(process.pid)
        async with asyncio.timeout(60 + plan.messages / 10):
            await _all_sent(window, plan.messages)
        used = cpu_seconds(process.pid) - before
        return _leaving(window, used, (pace + calibrate()) / 2)


async def _product(plan: Plan, url: str) -> Leaving:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        window = await stack.enter_async_context(Window())
        await settle_in(url, plan.messages, 1, past=0)
        settings = {
            "DATABASE_URL": url,
            "FILES_URL": f"file:{folder}/files",
            "SECRET_KEY": "only for measurements",
            "PORT": str(free_port()),
            "PUBLIC_URL": "http://127.0.0.1:1",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": window.url,
            "CLOCK_START": MORNING.isoformat(),
        }
        process = await stack.enter_async_context(program(["-m", "bot", "worker"], settings))
        await asyncio.sleep(5.0)  # it has started, and what that cost is not counted
        pace, before = calibrate(), cpu_seconds(process.pid)
        await _queue(url, plan.messages)
        async with asyncio.timeout(60 + plan.messages / 10):
            await _all_sent(window, plan.messages)
        used = cpu_seconds(process.pid) - before
        return _leaving(window, used, (pace + calibrate()) / 2)


async def _queue(url: str, messages: int) -> None:
    database = Database(url)
    try:
        async with database.work(MORNING) as work:
            await work.outbox.say(
                [
                    Outgoing(
                        "telegram", str(FIRST_CHAT + n), Urgency.DIGEST, _message(n), account_id=n + 2, person_id=n + 2
                    )
                    for n in range(messages)
                ]
            )
    finally:
        await database.close()


def _message(number: int) -> Message:
    lines = tuple(f"3.{place} Vướng mắc thủy điện – 30/6, quá {place} ngày" for place in range(1, 6))
    return Message(lines, f"Phòng {number} – thứ Sáu 30/6")


async def _all_sent(window: Window, messages: int) -> None:
    while len(window.taken) < messages:  # noqa: ASYNC110 - it only looks, and disturbs nothing
        await asyncio.sleep(0.05)
    await asyncio.sleep(3 * LATENCY)


def _leaving(window: Window, used: float, pace: float) -> Leaving:
    taken = window.taken
    doubled = sum(count - 1 for count in window.texts.values())
    cost = used / len(taken) * USUAL / pace * 1e6
    return Leaving(len(taken), taken[-1] - taken[0], most_in_a_second(taken), window.refused, cost, doubled)


def table(results: dict[str, Leaving]) -> str:
    """Return the figures for people to read."""
    lines = [
        "",
        f"{'':<16}{'rate/s':>8}{'of limit':>10}{'most in 1 s':>13}{'refused':>9}{'twice':>7}{'CPU us':>9}{'x bare':>8}",
    ]
    floor = results[FLOOR].cost
    for name, one in results.items():
        lines.append(
            f"{name:<16}{one.rate:>8.2f}{one.rate / LIMIT:>9.1%}{one.most:>13}{one.refused:>9}{one.doubled:>7}"
            f"{one.cost:>9,.0f}{one.cost / floor:>8.2f}"
        )
    return "\n".join(lines)


def _say(words: str) -> None:
    print(f"# {words}", file=sys.stderr, flush=True)


async def bare(url: str, messages: int) -> None:
    """Send as the least that paces would: an even step, aiohttp by hand, nothing remembered."""
    step, free = 1 / (LIMIT - 1), 0.0
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:

        async def send(number: int) -> None:
            text = "\n".join([_message(number).title or "", *_message(number).lines])
            while True:
                async with session.post(
                    f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": FIRST_CHAT + number, "text": text}
                ) as answer:
                    if (await answer.json())["ok"]:
                        return
                await asyncio.sleep(1)

        for number in range(messages):
            now = time.monotonic()
            if free > now:
                await asyncio.sleep(free - now)
            free = max(free, now) + step
            group.create_task(send(number))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(bare(sys.argv[1], int(sys.argv[2])))

"""The delivery benchmark counts strictly, and a server that refuses above its limit is really met."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bench.delivery import FLOOR, LIMIT, PRODUCT, Leaving, Window, most_in_a_second, table
from bench.standin import TOKEN


@pytest.mark.parametrize(
    ("moments", "most"),
    [
        ([0.0, 0.5, 0.999], 3),
        ([0.0, 0.5, 1.0], 2),
        ([n * 0.034 for n in range(300)], 30),
        ([n * 0.0325 for n in range(300)], 31),
    ],
)
def test_the_fullest_second_is_found(moments: list[float], most: int) -> None:
    assert most_in_a_second(moments) == most


async def test_the_server_takes_no_more_than_its_limit_in_a_second() -> None:
    async with Window() as window, aiohttp.ClientSession() as session:

        async def send(number: int) -> int:
            url, body = f"{window.url}/bot{TOKEN}/sendMessage", {"chat_id": number, "text": "x"}
            async with session.post(url, json=body) as answer:
                return answer.status

        statuses = await asyncio.gather(*(send(number) for number in range(LIMIT + 5)))
    assert sorted(statuses) == [200] * LIMIT + [429] * 5
    assert (window.refused, len(window.taken), set(window.texts.values())) == (5, LIMIT, {1})


def test_the_table_says_how_much_of_the_limit_was_reached() -> None:
    bare, ours = Leaving(301, 10.2, 30, 0, 500.0, 0), Leaving(301, 10.0, 30, 0, 1000.0, 0)
    lines = table({FLOOR: bare, PRODUCT: ours}).splitlines()
    assert lines[-1].split() == ["product", "30.00", "100.0%", "30", "0", "0", "1,000", "2.00"]

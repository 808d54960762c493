from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from bot.fakes.telegram import FakeTelegram
from bot.fakes.telegram_faults import Faults, Limits
from bot.fakes.telegram_spec import Refusal


@pytest.fixture
def an(fake):
    person = fake.user(7)
    fake.private(person)
    return person


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500), ("502", 502), ("403", 403), ("400", 400)])
async def test_a_refusal_strikes_as_often_as_planned(fake, api, an, kind, status):
    fake.fail("sendMessage", kind, times=2, retry_after=3)
    for _ in range(2):
        got, body = await api.raw("sendMessage", {"chat_id": 7, "text": "x"})
        assert got == status
        if kind == "429":
            assert body["parameters"] == {"retry_after": 3}
    await api("sendMessage", chat_id=7, text="x")
    assert [call.status for call in fake.calls] == [status, status, 200]
    assert an.chat.texts == ["x"]


async def test_a_fault_strikes_its_own_chat_and_method_only(fake, api, an):
    fake.private(fake.user(8))
    fake.fail("sendMessage", "500", chat=an.chat)
    await api("sendMessage", chat_id=8, text="x")
    await api("sendChatAction", chat_id=7, action="typing")
    assert "500" in await api.refused("sendMessage", chat_id=7, text="x")


async def test_a_fault_can_wait_for_some_calls(fake, api, an):
    fake.fail("*", "502", after_calls=2)
    await api("getMe")
    await api("getMe")
    assert "502" in await api.refused("getMe")
    with pytest.raises(ValueError, match="drop_after"):
        fake.fail("getMe", "nonsense")


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", False), ("drop_after", True)])
async def test_a_cut_connection_before_or_after_the_act(fake, api, an, kind, arrived):
    fake.fail("sendMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=7, text="x")
    assert bool(an.chat.texts) is arrived


@pytest.mark.parametrize(("kind", "arrived"), [("timeout_before", False), ("timeout_after", True)])
async def test_a_hang_before_or_after_the_act(fake, api, an, kind, arrived):
    fake.fail("sendMessage", kind)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await api("sendMessage", chat_id=7, text="x")
    assert bool(an.chat.texts) is arrived


async def test_latency_delays_every_answer(fake, api, an):
    fake.faults.latency = 0.1
    began = time.monotonic()
    await asyncio.gather(*(api("sendMessage", chat_id=7, text=str(n)) for n in range(5)))
    assert 0.1 <= time.monotonic() - began < 0.4


def test_limits_are_sliding_windows():
    now = [0.0]
    faults = Faults(lambda: now[0])
    faults.limits = Limits(overall=3, chat=1, group=2)
    faults.admit("sendMessage", 1)
    with pytest.raises(Refusal, match="retry after 1"):
        faults.admit("sendMessage", 1)
    faults.admit("sendMessage", 2)
    faults.admit("sendMessage", 3)
    with pytest.raises(Refusal):
        faults.admit("sendMessage", 4)
    faults.admit("sendChatAction", 4)
    now[0] = 1.0
    faults.admit("sendMessage", -5)
    now[0] = 2.0
    faults.admit("sendMessage", -5)
    now[0] = 3.0
    with pytest.raises(Refusal, match="retry after 58"):
        faults.admit("sendMessage", -5)


async def test_limits_refuse_over_the_wire(fake, api, an):
    fake.limit(Limits())
    await api("sendMessage", chat_id=7, text="một")
    assert "429 Too Many Requests: retry after 1" in await api.refused("sendMessage", chat_id=7, text="hai")


async def test_counting_only_keeps_no_messages():
    async with FakeTelegram(keep_messages=False) as fake, aiohttp.ClientSession() as session:
        chat = fake.private(fake.user(7))
        for _ in range(3):
            url = f"{fake.url}/bot{fake.token}/sendMessage"
            await session.post(url, json={"chat_id": 7, "text": "x", "reply_parameters": {"message_id": 5}})
        await session.post(
            f"{fake.url}/bot{fake.token}/editMessageText", json={"chat_id": 7, "message_id": 5, "text": "y"}
        )
        assert (chat.messages, fake.calls, chat.sent) == ([], [], 3)
        assert fake.world.counts["sendMessage", 200] == 3

from __future__ import annotations

import asyncio
import time

import pytest
from aiohttp import web


async def test_updates_arrive_with_the_secret_and_are_then_forgotten(fake, api, receiver):
    await api("setWebhook", url=receiver.url, secret_token="bi_mat-1")
    await fake.user(7).sends("chào")
    await fake.until_acknowledged()
    assert [u["message"]["text"] for u in receiver.updates] == ["chào"]
    assert receiver.secrets == ["bi_mat-1"]
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)
    assert "last_error_message" not in info


async def test_a_refused_update_comes_again_and_holds_back_its_own_chat_only(fake, api, receiver):
    receiver.answers = [web.Response(status=500), web.Response(status=503), web.Response(status=200)]
    await api("setWebhook", url=receiver.url)
    an, binh = fake.user(7), fake.user(8)
    await an.sends("một")
    await an.sends("hai")
    await fake.changes.until(lambda: len(receiver.updates) >= 2)
    await binh.sends("ba")
    await fake.until_acknowledged()
    texts = [u["message"]["text"] for u in receiver.updates]
    assert texts.count("một") == 3
    assert texts.index("hai") > 2
    assert texts.count("ba") == 1
    assert "503" in (await api("getWebhookInfo"))["last_error_message"]


async def test_retry_after_is_honoured(fake, api, receiver):
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "0.3"})]
    await api("setWebhook", url=receiver.url)
    began = time.monotonic()
    await fake.user(7).sends("một")
    await fake.until_acknowledged()
    assert time.monotonic() - began >= 0.3
    assert len(receiver.updates) == 2


async def test_a_closed_port_is_tried_until_it_opens(fake, api, receiver):
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    await fake.user(7).sends("một")
    await fake.changes.until(lambda: fake.webhook_attempts >= 2)
    assert (await api("getWebhookInfo"))["pending_update_count"] == 1
    assert "refused" in (await api("getWebhookInfo"))["last_error_message"]
    await api("setWebhook", url=receiver.url)
    await fake.until_acknowledged()
    assert len(receiver.updates) == 1


async def test_chats_go_in_parallel_one_chat_in_order(fake, api, receiver):
    opened = asyncio.Event()

    async def gate(update):
        if update["message"]["chat"]["id"] == 7:
            await opened.wait()

    receiver.gate = gate
    await api("setWebhook", url=receiver.url)
    for number in range(3):
        await fake.user(7).sends(f"a{number}")
    await fake.user(8).sends("b")
    await fake.changes.until(lambda: fake.pending == 3)
    assert sorted(u["message"]["text"] for u in receiver.updates) == ["a0", "b"]
    opened.set()
    await fake.until_acknowledged()
    assert [t for u in receiver.updates if (t := u["message"]["text"]) != "b"] == ["a0", "a1", "a2"]


async def test_pending_updates_can_be_dropped(fake, api, receiver):
    await fake.user(7).sends("cũ")
    await api("setWebhook", url=receiver.url, drop_pending_updates=True)
    await fake.user(7).sends("mới")
    await fake.until_acknowledged()
    assert [u["message"]["text"] for u in receiver.updates] == ["mới"]
    await fake.user(7).sends("sau")
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_a_call_in_the_answer_is_executed(fake, api, receiver):
    receiver.answers = [web.json_response({"method": "sendMessage", "chat_id": 7, "text": "trả lời"})]
    await api("setWebhook", url=receiver.url)
    await fake.user(7).sends("một")
    await fake.until_acknowledged()
    assert fake.user(7).chat.texts == ["trả lời"]


async def test_an_acknowledged_update_can_be_posted_again(fake, api, receiver):
    await api("setWebhook", url=receiver.url)
    said = await fake.user(7).sends("một")
    await fake.until_acknowledged()
    fake.redeliver(said.update_id)
    await fake.until_acknowledged()
    assert [u["update_id"] for u in receiver.updates] == [said.update_id] * 2


async def test_the_webhook_survives_an_outage_of_the_server(fake, api, receiver):
    await api("setWebhook", url=receiver.url)
    await fake.stop()
    await fake.user(7).sends("trong lúc mất mạng")
    assert receiver.updates == []
    await fake.start()
    await fake.until_acknowledged()
    assert len(receiver.updates) == 1


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://example.org/hook"}, "HTTPS URL"),
        ({"url": "http://127.0.0.1/h", "secret_token": "có dấu"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/h", "secret_token": "a" * 257}, "secret token"),
        ({"url": "http://127.0.0.1/h", "max_connections": 101}, "max_connections"),
        ({}, 'parameter "url" is required'),
    ],
)
async def test_a_wrong_webhook_is_refused(api, params, words):
    assert words in await api.refused("setWebhook", **params)

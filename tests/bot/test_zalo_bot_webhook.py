from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.web import make_app, serve
from bot.zalo_bot_webhook import PATH, Webhook
from tests.bot.telegram_rig import running
from tests.bot.test_zalo_bot_updates import update
from tests.bot.zalo_bot_rig import Rig, rigged

SECRET = "a-secret_of-ours"


async def _slowly(body: bytes) -> AsyncIterator[bytes]:
    for start in range(len(body)):
        yield body[start : start + 1]


class Site:
    """The rig behind a web server."""

    def __init__(self, rig: Rig, webhook: Webhook, url: str) -> None:
        self.rig = rig
        self.webhook = webhook
        self.url = url

    async def post(self, body: bytes, secret: str | None = SECRET, *, streamed: bool = False) -> tuple[int, bytes]:
        headers = {"X-Bot-Api-Secret-Token": secret} if secret is not None else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                self.url + PATH, data=_slowly(body) if streamed else io.BytesIO(body), headers=headers
            ) as response,
        ):
            return response.status, await response.read()


async def always_ready() -> bool:
    return True


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with rigged() as rig:
        webhook = Webhook(rig.client, rig.intake, public_url="http://127.0.0.1:1", secret=SECRET)
        runner, port = await serve(make_app([webhook.routes], ready=always_ready), "127.0.0.1", 0)
        webhook._url = f"http://127.0.0.1:{port}{PATH}"
        yield Site(rig, webhook, f"http://127.0.0.1:{port}")
        await runner.cleanup()


def body(**content: Any) -> bytes:
    return json.dumps(update(text="/done 3.5", **content)).encode()


@pytest.mark.parametrize("wrapped", [True, False, None])
async def test_what_is_said_arrives_wrapped_or_bare(site: Site, wrapped: bool | None) -> None:
    await site.webhook.register()
    site.rig.fake._deliveries.wrapped = wrapped
    await site.rig.tam.sends("xong 3.5")
    await site.rig.tam.sends_image(b"jpg", "xong 3.6")
    await site.rig.tam.sends_file()
    await site.rig.fake.until_taken()
    assert site.rig.notes.texts == ["xong 3.5", "xong 3.6", ""]
    assert site.rig.fake.webhook_attempts == 3


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ệ"])
async def test_without_the_secret_nothing_happens(site: Site, secret: str | None) -> None:
    assert await site.post(body(), secret) == (403, b"")
    assert await site.post(b"not json either", secret) == (403, b"")
    assert not site.rig.notes.begun
    assert not site.rig.notes.rejected


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("secret", [None, SECRET])
@pytest.mark.parametrize("probe", [b"", b"{}", b" {} ", b"[]", b"null"])
async def test_probes_are_well_and_do_nothing(site: Site, probe: bytes, secret: str | None, streamed: bool) -> None:
    assert await site.post(probe, secret, streamed=streamed) == (200, b"")
    assert not site.rig.notes.begun
    assert not site.rig.notes.rejected


async def test_a_look_from_a_browser_is_well(site: Site) -> None:
    async with aiohttp.ClientSession() as session, session.get(site.url + PATH) as response:
        assert response.status == 200


async def test_200_only_after_the_commit(site: Site) -> None:
    held = site.rig.notes.held["/done 3.5"]
    posting = asyncio.create_task(site.post(body()))
    await asyncio.sleep(0.05)
    assert not posting.done()
    held.set()
    assert (await posting)[0] == 200
    assert len(site.rig.notes.committed) == 1


async def test_a_database_that_is_down_is_not_200(site: Site) -> None:
    site.rig.notes.down = True
    assert (await site.post(body()))[0] == 503
    assert (await site.post(b"{"))[0] == 503
    site.rig.notes.down = False
    assert (await site.post(body()))[0] == 200
    assert len(site.rig.notes.committed) == 1


async def test_a_redelivery_acts_once(site: Site) -> None:
    await site.webhook.register()
    number = await site.rig.tam.sends("xong 3.5")
    await site.rig.fake.until_taken()
    site.rig.fake.redeliver(number)
    await site.rig.fake.until_taken()
    assert site.rig.notes.begun == ["xong 3.5"] * 2
    assert len(site.rig.notes.committed) == 1


@pytest.mark.parametrize("raw", [b"{", b"\xff\x00", b"7", b'{"event_name": "message.text.received"}', b'"x"'])
async def test_what_nobody_can_read_is_kept_and_taken(site: Site, raw: bytes) -> None:
    assert await site.post(raw) == (200, b"")
    ((channel, _, _),) = site.rig.notes.rejected
    assert channel == "zalo_bot"


async def test_what_always_fails_is_kept_and_taken(site: Site) -> None:
    site.rig.notes.broken.add("/done 3.5")
    assert (await site.post(body()))[0] == 200
    assert "m1" in site.rig.notes.rejected[0][1]


async def test_unknown_events_are_taken(site: Site) -> None:
    assert (await site.post(b'{"event_name":"message.poll.received","message":{}}'))[0] == 200
    assert not site.rig.notes.rejected


async def test_a_body_too_large_is_refused(site: Site) -> None:
    assert (await site.post(b"x" * (1024 * 1024 + 1)))[0] == 413


async def test_the_webhook_is_set_only_when_it_is_not_as_it_should_be(site: Site) -> None:
    assert await site.webhook.register()
    (call,) = [call for call in site.rig.fake.calls if call.method == "setWebhook"]
    assert call.params == {"url": site.url + PATH, "secret_token": SECRET}
    assert not await site.webhook.register()
    await site.rig.client.call("deleteWebhook")
    assert await site.webhook.register()


async def test_forged_calls_do_not_make_us_set_it_again_and_again(site: Site) -> None:
    await site.webhook.register()
    await site.post(body(), "wrong")
    assert not await site.webhook.register()
    site.webhook._set_at = None
    assert await site.webhook.register()
    assert not await site.webhook.register()


async def test_zalo_out_of_reach_at_the_start(site: Site) -> None:
    await site.rig.fake.stop()
    async with running(site.webhook.run()):
        await asyncio.sleep(0.05)
        await site.rig.fake.start()
        await site.rig.fake.changes.until(lambda: site.rig.fake.world.webhook_url)
        await site.rig.tam.sends("việc")
        await site.rig.fake.until_taken()
    assert site.rig.notes.texts == ["việc"]

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.fakes.telegram_people import Person
from bot.telegram_updates import ALLOWED
from bot.telegram_webhook import PATH, Webhook
from bot.web import make_app, serve
from tests.bot.telegram_rig import Rig, rigged, running
from tests.bot.test_telegram_updates import payload

SECRET = "a-secret_of-ours"


class Site:
    """The rig behind a web server."""

    def __init__(self, rig: Rig, webhook: Webhook, url: str) -> None:
        self.rig = rig
        self.webhook = webhook
        self.url = url

    async def post(self, body: bytes, secret: str | None = SECRET) -> tuple[int, str | None, bytes]:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + PATH, data=io.BytesIO(body), headers=headers) as response,
        ):
            return response.status, response.headers.get("Retry-After"), await response.read()


async def always_ready() -> bool:
    return True


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with rigged() as rig:
        webhook = Webhook(rig.connection, rig.intake, public_url="http://127.0.0.1:1", secret=SECRET)
        app = make_app([webhook.routes], ready=always_ready)
        runner, port = await serve(app, "127.0.0.1", 0)
        webhook._url = f"http://127.0.0.1:{port}{PATH}"
        yield Site(rig, webhook, f"http://127.0.0.1:{port}")
        await runner.cleanup()


@pytest.fixture
def tam(site: Site) -> Person:
    return site.rig.fake.user(71800021, "Tâm")


def body(name: str) -> bytes:
    return json.dumps(payload(name)).encode()


async def test_what_is_said_arrives_and_the_answer_is_empty(site: Site, tam: Person) -> None:
    await site.webhook.register()
    await tam.sends("/done 3.5")
    await site.rig.fake.until_acknowledged()
    assert site.rig.notes.texts == ["/done 3.5"]
    assert await site.post(body("text")) == (200, None, b"")


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ệ"])
async def test_without_the_secret_nothing_happens(site: Site, secret: str | None) -> None:
    await site.rig.connection.identify()
    status, _, answer = await site.post(body("text"), secret)
    assert (status, answer) == (403, b"")
    assert not site.rig.notes.begun


async def test_200_only_after_the_commit(site: Site) -> None:
    await site.rig.connection.identify()
    held = site.rig.notes.held["/done 3.5 45 27/4"]
    posting = asyncio.create_task(site.post(body("text")))
    await asyncio.sleep(0.05)
    assert not posting.done()
    held.set()
    assert (await posting)[0] == 200
    assert len(site.rig.notes.committed) == 1


async def test_a_database_that_is_down_has_telegram_come_again(site: Site, tam: Person) -> None:
    await site.webhook.register()
    site.rig.notes.down = True
    assert (await site.post(body("text")))[:2] == (503, "3")
    assert (await site.post(body("malformed")))[:2] == (503, "3")
    site.rig.notes.down = False
    assert (await site.post(body("text")))[0] == 200
    assert len(site.rig.notes.committed) == 1


async def test_before_we_know_our_name_telegram_is_to_come_again(site: Site) -> None:
    assert (await site.post(body("text")))[:2] == (503, "3")
    assert not site.rig.notes.begun


async def test_a_redelivery_acts_once(site: Site, tam: Person) -> None:
    await site.webhook.register()
    said = await tam.sends("/done 3.5")
    await site.rig.fake.until_acknowledged()
    assert said.update_id is not None
    site.rig.fake.redeliver(said.update_id)
    await site.rig.fake.until_acknowledged()
    assert site.rig.notes.begun == ["/done 3.5"] * 2
    assert len(site.rig.notes.committed) == 1


@pytest.mark.parametrize("raw", [body("malformed"), b"{", b"", b"\xff\x00", b"[]", b"7", b'{"update_id": 1e999}'])
async def test_what_nobody_can_read_is_kept_and_taken(site: Site, raw: bytes) -> None:
    await site.rig.connection.identify()
    assert await site.post(raw) == (200, None, b"")
    ((channel, kept, _),) = site.rig.notes.rejected
    assert channel == "telegram"
    assert "\x00" not in kept


async def test_what_always_fails_is_kept_and_taken(site: Site) -> None:
    await site.rig.connection.identify()
    site.rig.notes.broken.add("/done 3.5 45 27/4")
    assert (await site.post(body("text")))[0] == 200
    assert "880001" in site.rig.notes.rejected[0][1]


async def test_what_does_not_concern_us_is_taken(site: Site) -> None:
    await site.rig.connection.identify()
    assert (await site.post(body("edited")))[0] == 200
    assert not site.rig.notes.begun
    assert not site.rig.notes.rejected


async def test_a_body_too_large_is_refused(site: Site) -> None:
    await site.rig.connection.identify()
    assert (await site.post(b"x" * (1024 * 1024 + 1)))[0] == 413


async def test_a_button_is_answered_without_delaying_the_200(site: Site, tam: Person) -> None:
    rig = site.rig
    rig.fake.private(tam)
    await site.webhook.register()
    markup = {"inline_keyboard": [[{"text": "Xong", "callback_data": "/done 3.5"}]]}
    await rig.connection.call("sendMessage", {"chat_id": tam.id, "text": "3.5?", "reply_markup": markup})
    rig.fake.faults.latency = 0.2
    press = await tam.presses(tam.chat.last, "Xong")
    await rig.fake.until_acknowledged()
    assert not press.answered
    await rig.fake.changes.until(lambda: press.answered)
    assert rig.notes.texts == ["/done 3.5"]


async def test_the_webhook_is_set_only_when_it_is_not_as_it_should_be(site: Site, tam: Person) -> None:
    assert await site.webhook.register()
    (call,) = [call for call in site.rig.fake.calls if call.method == "setWebhook"]
    assert call.params["secret_token"] == SECRET
    assert call.params["max_connections"] == 40
    assert tuple(call.params["allowed_updates"]) == ALLOWED
    assert not await site.webhook.register()
    await site.rig.connection.call("deleteWebhook")
    assert await site.webhook.register()


async def test_a_secret_that_changed_is_told(site: Site, tam: Person) -> None:
    await site.webhook.register()
    new = Webhook(site.rig.connection, site.rig.intake, public_url="http://127.0.0.1:1", secret="another")
    new._url = site.webhook._url
    site.webhook._secret = "another"
    await tam.sends("việc")
    await site.rig.fake.changes.until(lambda: site.rig.fake._server.webhook.info().get("last_error_message"))
    assert await new.register()
    await site.rig.fake.until_acknowledged()
    assert site.rig.notes.texts == ["việc"]
    assert not await new.register()


async def test_telegram_out_of_reach_at_the_start(site: Site, tam: Person) -> None:
    await site.rig.fake.stop()
    async with running(site.webhook.run()):
        await asyncio.sleep(0.05)
        await site.rig.fake.start()
        await tam.sends("việc")
        await site.rig.fake.changes.until(lambda: site.rig.notes.texts == ["việc"])

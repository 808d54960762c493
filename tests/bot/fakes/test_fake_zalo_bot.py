from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.fakes.zalo_bot import FakeZaloBot

SECRET = "12345678"


class Api:
    def __init__(self, fake: FakeZaloBot, session: aiohttp.ClientSession) -> None:
        self.fake = fake
        self.session = session
        self.ted = fake.user("Ted")

    async def raw(self, method: str, token: str | None = None, /, **params: Any) -> tuple[int, Any]:
        url = f"{self.fake.url}/bot{token or self.fake.token}/{method}"
        async with self.session.post(url, json=params) as response:
            return response.status, await response.json(content_type=None) if response.status < 500 else None

    async def __call__(self, method: str, /, **params: Any) -> Any:
        status, body = await self.raw(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body.get("result")

    async def refused(self, method: str, /, **params: Any) -> str:
        status, body = await self.raw(method, **params)
        assert (status, body["ok"]) == (200, False)
        return f"{body['error_code']} {body['description']}"


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with FakeZaloBot() as fake, aiohttp.ClientSession() as session:
        yield Api(fake, session)


async def test_who_the_bot_is(api: Api) -> None:
    me = await api("getMe")
    assert (me["account_type"], me["display_name"], me["can_join_groups"]) == ("BASIC", "Bot Đôn Đốc", True)
    assert me == await api("getMe")


async def test_an_update_is_one_object_and_gone_once_read(api: Api) -> None:
    number = await api.ted.sends("xong 3.5")
    update = await api("getUpdates", timeout="1")
    assert update["event_name"] == "message.text.received"
    message = update["message"]
    assert (message["message_id"], message["text"]) == (number, "xong 3.5")
    assert message["chat"] == {"id": api.ted.id, "chat_type": "PRIVATE"}
    assert message["from"] == {"id": api.ted.id, "display_name": "Ted", "is_bot": False}
    assert message["date"] > 1e12
    assert (await api.refused("getUpdates", timeout=0)).startswith("408")


async def test_an_empty_poll_takes_exactly_its_time(api: Api) -> None:
    began = time.monotonic()
    assert await api.refused("getUpdates", timeout=0.2) == "408 Request timeout"
    assert 0.19 < time.monotonic() - began < 1


async def test_a_poll_ends_with_the_first_word(api: Api) -> None:
    polling = asyncio.create_task(api("getUpdates", timeout=20))
    await api.fake.changes.until(lambda: True)
    await asyncio.sleep(0.05)
    await api.ted.sends("chào")
    assert (await polling)["message"]["text"] == "chào"


@pytest.mark.parametrize("timeout", ["x", -1, 61])
async def test_a_timeout_is_a_number(api: Api, timeout: object) -> None:
    assert (await api.refused("getUpdates", timeout=timeout)).startswith("400")


@pytest.mark.parametrize("text", ["", " ", "x" * 2001, "🙂" * 1001, 5, None])
async def test_a_text_has_1_to_2000_units(api: Api, text: object) -> None:
    await api.ted.sends("chào")
    assert (await api.refused("sendMessage", chat_id=api.ted.id, text=text)).startswith("400")
    assert not api.ted.heard


async def test_the_longest_text_arrives(api: Api) -> None:
    await api.ted.sends("chào")
    result = await api("sendMessage", chat_id=api.ted.id, text="🙂" * 1000)
    assert result["message_id"] == api.ted.chat.last.id
    assert result["date"] > 1e12


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"text": "x", "reply_markup": {}}),
        ("sendMessage", {"text": "x", "parse_mode": "MarkdownV2"}),
        ("sendPhoto", {"photo": "data:image/png;base64,xx"}),
        ("sendPhoto", {"photo": "AgACAgQ"}),
        ("sendPhoto", {"photo": "https://a.vn/x.png", "caption": ""}),
        ("sendPhoto", {}),
        ("sendVoice", {"voice_url": "https://a.vn/x.mp3"}),
        ("sendChatAction", {"action": "dancing"}),
        ("sendSticker", {}),
    ],
)
async def test_what_it_does_not_take(api: Api, method: str, params: dict[str, Any]) -> None:
    await api.ted.sends("chào")
    assert (await api.refused(method, chat_id=api.ted.id, **params)).startswith("400")


@pytest.mark.parametrize("method", ["sendDocument", "editMessageText", "sendmessage", "answerCallbackQuery", ""])
async def test_what_it_does_not_know(api: Api, method: str) -> None:
    assert (await api.refused(method)).startswith("404")


async def test_what_else_it_sends(api: Api) -> None:
    await api.ted.sends("chào")
    await api("sendPhoto", chat_id=api.ted.id, photo="https://a.vn/x.png", caption="Mã")
    assert await api("sendChatAction", chat_id=api.ted.id, action="typing") is None
    await api("sendVoice", chat_id=api.ted.id, voice_url="https://a.vn/x.aac")
    await api("sendSticker", chat_id=api.ted.id, sticker="s1")
    assert api.ted.chat.texts == ["Mã", "[voice https://a.vn/x.aac]", "[sticker s1]"]
    assert api.ted.chat.messages[0].photo == "https://a.vn/x.png"
    assert api.ted.chat.actions == ["typing"]


async def test_an_uploaded_picture_is_refused(api: Api) -> None:
    await api.ted.sends("chào")
    form = aiohttp.FormData({"chat_id": api.ted.id})
    form.add_field("photo", b"png", filename="x.png")
    async with api.session.post(f"{api.fake.url}/bot{api.fake.token}/sendPhoto", data=form) as response:
        assert (await response.json())["description"] == "The photo must start with http:// or https://"


async def test_parameters_may_stand_in_the_address(api: Api) -> None:
    await api.ted.sends("chào")
    url = f"{api.fake.url}/bot{api.fake.token}/sendMessage"
    async with api.session.get(url, params={"chat_id": api.ted.id, "text": "x"}) as response:
        assert (await response.json())["ok"]


async def test_who_never_wrote_cannot_be_written_to(api: Api) -> None:
    assert (await api.refused("sendMessage", chat_id=api.ted.id, text="x")).startswith("400")


async def test_a_wrong_token(api: Api) -> None:
    assert (await api.raw("getMe", "1:other"))[1]["error_code"] == 401


async def test_refusals_with_a_status_and_codes_as_texts(api: Api) -> None:
    api.fake.server.http_errors = api.fake.server.text_codes = True
    assert await api.raw("nothing") == (
        404,
        {"ok": False, "description": "Method not found: nothing", "error_code": "404"},
    )


async def test_the_months_messages(api: Api) -> None:
    api.fake.world.quota = 2
    await api.ted.sends("chào")
    for _ in range(2):
        await api("sendMessage", chat_id=api.ted.id, text="x")
    assert (await api.refused("sendMessage", chat_id=api.ted.id, text="x")).startswith("429")
    await api("sendChatAction", chat_id=api.ted.id, action="typing")


async def test_the_51st_person_is_not_heard(api: Api) -> None:
    api.fake.world.people_limit = 2
    for name in ("Ted", "Tâm", "Bình"):
        await api.fake.user(name, name).sends("chào")
    assert (api.fake.pending, api.fake.world.lost) == (2, 1)
    await api.fake.user("Ted", "Ted").sends("nữa")
    assert api.fake.pending == 3


async def test_what_is_said_while_nobody_polls_is_lost(api: Api) -> None:
    api.fake.world.offline_after = 0.02
    await asyncio.sleep(0.04)
    await api.ted.sends("chào")
    assert (api.fake.pending, api.fake.world.lost) == (0, 1)


@pytest.mark.parametrize(
    "params",
    [{"url": "http://a.vn/x", "secret_token": SECRET}, {"url": "https://127.0.0.1/x", "secret_token": SECRET},
     {"url": "https://a.vn/x"}, {"url": "https://a.vn/x", "secret_token": "short"}, {"secret_token": SECRET},
     {"url": "https://a.vn/x", "secret_token": "x" * 257}],
)  # fmt: skip
async def test_a_webhook_it_does_not_take(api: Api, params: dict[str, Any]) -> None:
    assert (await api.refused("setWebhook", **params)).startswith("400")
    assert (await api("getWebhookInfo"))["url"] == ""


async def test_outage(api: Api) -> None:
    api.fake.world.outage = True
    assert (await api.raw("getMe"))[0] == 502


async def test_a_group_is_heard_where_it_names_the_bot(api: Api) -> None:
    group = api.fake.group([api.ted])
    await api.ted.mentions(group, "xong 3.5")
    await api.ted.mentions(group, "xong 3.6", caption_of=b"jpg")
    first, second = [await api("getUpdates", timeout=1) for _ in range(2)]
    assert first["message"]["chat"] == {"id": group.id, "chat_type": "GROUP"}
    assert first["message"]["text"] == "@Bot Đôn Đốc xong 3.5"
    assert second["message"]["caption"] == "@Bot Đôn Đốc xong 3.6"
    for _ in range(2):
        api.fake.group([])
    with pytest.raises(ValueError, match="3 groups"):
        api.fake.group([])


async def test_every_kind_of_message(api: Api) -> None:
    await api.ted.sends_image(b"jpg", "xong", documented=True)
    await api.ted.sends_sticker()
    await api.ted.sends_voice(b"aac")
    await api.ted.sends_file()
    events = [await api("getUpdates", timeout=1) for _ in range(4)]
    names = [
        "message.image.received",
        "message.sticker.received",
        "message.voice.received",
        "message.unsupported.received",
    ]
    assert [event["event_name"] for event in events] == names
    async with api.session.get(events[0]["message"]["photo"]) as response:
        assert await response.read() == b"jpg"
    assert not {"text", "photo", "url", "voice_url"} & set(events[3]["message"])


class Hook:
    """A webhook whose statuses the test dictates, 200 when it has no more to say."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.url = ""

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.bodies.append(json.loads(await request.read()))
        self.secrets.append(request.headers.get("X-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    runner = web.ServerRunner(web.Server(hook.handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_is_probed_and_then_told(api: Api, hook: Hook) -> None:
    result = await api("setWebhook", url=hook.url, secret_token=SECRET)
    assert (result["url"], hook.bodies, hook.secrets) == (hook.url, [{}], [None])
    assert (await api("getWebhookInfo"))["url"] == hook.url
    assert (await api.refused("getUpdates", timeout=1)).startswith("400")
    for text in ("một", "hai"):
        await api.ted.sends(text)
    await api.fake.until_taken()
    bare, wrapped = hook.bodies[1:]
    assert (bare["message"]["text"], wrapped["ok"], wrapped["result"]["message"]["text"]) == ("một", True, "hai")
    assert hook.secrets[1:] == [SECRET, SECRET]
    await api("deleteWebhook")
    await api.ted.sends("ba")
    assert (await api("getUpdates", timeout=1))["message"]["text"] == "ba"


async def test_a_delivery_comes_again_until_it_is_taken(api: Api, hook: Hook) -> None:
    await api("setWebhook", url=hook.url, secret_token=SECRET)
    hook.statuses = [503, 500]
    number = await api.ted.sends("một")
    await api.fake.until_taken()
    assert api.fake.webhook_attempts == 3
    api.fake.redeliver(number)
    await api.fake.until_taken()
    assert api.fake.webhook_attempts == 4


async def test_a_delivery_is_given_up_in_the_end(hook: Hook) -> None:
    async with FakeZaloBot(webhook_attempts=2) as fake, aiohttp.ClientSession() as session:
        api = Api(fake, session)
        await api("setWebhook", url=hook.url, secret_token=SECRET)
        hook.statuses = [503] * 2
        await api.ted.sends("một")
        await fake.until_taken()
        assert (fake.webhook_attempts, fake.world.lost) == (2, 1)


async def test_mishaps(api: Api) -> None:
    await api.ted.sends("chào")
    api.fake.fail("sendMessage", "403", chat=api.ted.chat)
    assert await api.refused("sendMessage", chat_id=api.ted.id, text="x") == "403 Internal server error"
    api.fake.fail("*", "drop_after")
    with pytest.raises(aiohttp.ClientError):
        await api.raw("sendMessage", chat_id=api.ted.id, text="y")
    assert api.ted.chat.texts == ["y"]
    assert [call.code for call in api.fake.calls] == [403, 0]
    with pytest.raises(ValueError, match="no such fault"):
        api.fake.fail("*", "fire")  # type: ignore[arg-type]


async def test_people_driven_from_another_process(api: Api) -> None:
    async with api.session.post(f"{api.fake.url}/fake/say", json={"user": "u1", "text": "chào"}) as response:
        assert (await response.json())["message_id"]
    await api("sendMessage", chat_id="u1", text="Vâng")
    async with api.session.get(f"{api.fake.url}/fake/heard", params={"user": "u1"}) as response:
        assert [one["text"] for one in await response.json()] == ["Vâng"]

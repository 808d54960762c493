from __future__ import annotations

import traceback
from collections.abc import AsyncIterator

import pytest

from bot.channel import Outcome, Permanent, RetryAt, Uncertain
from bot.fakes.zalo_bot import FakeZaloBot
from bot.fakes.zalo_bot_state import Kind
from bot.zalo_bot_client import NoAnswer, NotConnected, NotZalo, ZaloBotClient, ZaloBotError, ZaloBotRefused
from bot.zalo_bot_errors import outcome_of
from tests.bot.zalo_bot_rig import Rig, rigged


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with rigged() as rig:
        await rig.tam.sends("chào")
        yield rig


async def raised(rig: Rig, method: str = "sendMessage") -> ZaloBotError:
    parameters = {"chat_id": rig.tam.id, "text": "việc"} if method == "sendMessage" else {}
    with pytest.raises(ZaloBotError) as caught:
        await rig.client.call(method, parameters)
    shown = "".join(traceback.format_exception(caught.value))
    assert rig.fake.token not in shown
    assert rig.fake.token.partition(":")[2] not in shown
    return caught.value


@pytest.mark.parametrize("http_errors", [False, True])
@pytest.mark.parametrize("text_codes", [False, True])
@pytest.mark.parametrize("code", [400, 401, 403, 404, 408, 429])
async def test_a_refusal_is_one_over_any_status_and_in_any_spelling(
    rig: Rig, code: int, text_codes: bool, http_errors: bool
) -> None:
    rig.fake.server.http_errors, rig.fake.server.text_codes = http_errors, text_codes
    rig.fake.fail("sendMessage", str(code), text="nói rằng không")  # type: ignore[arg-type]
    error = await raised(rig)
    assert isinstance(error, ZaloBotRefused)
    assert (error.code, error.description) == (code, "nói rằng không")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("500", NoAnswer), ("502", NoAnswer), ("504", NoAnswer), ("not_json", NoAnswer), ("waf", NotZalo),
     ("drop_before", NoAnswer), ("drop_after", NoAnswer)],
)  # fmt: skip
async def test_what_is_no_answer_of_zalo(rig: Rig, kind: Kind, expected: type[ZaloBotError]) -> None:
    rig.fake.fail("sendMessage", kind)
    assert isinstance(await raised(rig), expected)


async def test_a_time_limit_leaves_open_what_came_of_it(rig: Rig) -> None:
    rig.client._timeout = 0.1
    rig.fake.fail("sendMessage", "timeout_after")
    assert isinstance(await raised(rig), NoAnswer)
    assert rig.tam.chat.texts == ["việc"]


async def test_out_of_reach_means_nothing_left(rig: Rig) -> None:
    await rig.fake.stop()
    assert isinstance(await raised(rig), NotConnected)


async def test_a_closed_client_sends_nothing() -> None:
    with pytest.raises(NotConnected):
        await ZaloBotClient("1:a").call("getMe")


async def test_a_wrong_token_is_unauthorised(rig: Rig) -> None:
    async with ZaloBotClient("1:wrong-token", api_url=rig.fake.url) as client:
        with pytest.raises(ZaloBotRefused) as caught:
            await client.identify()
    assert caught.value.code == 401


async def test_no_call_is_repeated(rig: Rig) -> None:
    rig.fake.fail("sendMessage", "502")
    await raised(rig)
    assert [call.method for call in rig.fake.calls] == ["sendMessage"]


async def test_an_empty_poll_is_nothing_after_its_time(rig: Rig) -> None:
    assert (await rig.client.poll(0))["event_name"] == "message.text.received"
    assert await rig.client.poll(0) is None


async def test_who_the_bot_is(rig: Rig) -> None:
    await rig.client.identify()
    assert rig.client.names[0] == "Bot Đôn Đốc"
    assert rig.client.own_id == rig.fake.world.bot_id
    assert rig.client.fingerprint not in rig.fake.token


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotConnected("x"), RetryAt(5.0, True, "x")),
        (NotZalo("403"), RetryAt(60.0, True, "403")),
        (NoAnswer("x"), Uncertain("x")),
        (ZaloBotRefused(401, "Unauthorized"), Permanent("unauthorized", "401 Unauthorized")),
        (ZaloBotRefused(403, "Internal server error"), Uncertain("403 Internal server error")),
        (ZaloBotRefused(403, "user blocked the bot"), Permanent("blocked", "403 user blocked the bot")),
        (ZaloBotRefused(408, "timeout"), Uncertain("408 timeout")),
        (ZaloBotRefused(429, "slow down"), RetryAt(900.0, True, "429 slow down")),
        (ZaloBotRefused(400, "chat not found"), Permanent("chat_not_found", "400 chat not found")),
        (ZaloBotRefused(400, "text is too long"), Permanent("too_long", "400 text is too long")),
        (ZaloBotRefused(404, ""), Permanent("bad_request", "404")),
        (ZaloBotRefused(503, ""), Uncertain("503")),
        (ZaloBotRefused(0, "?"), Permanent("bad_request", "0 ?")),
    ],
)
def test_what_an_error_means_for_the_message(error: ZaloBotError, expected: Outcome) -> None:
    assert outcome_of(error) == expected


async def test_the_stand_in_is_not_the_default() -> None:
    assert ZaloBotClient("1:a").api_url == "https://bot-api.zaloplatforms.com"
    async with FakeZaloBot() as fake:
        assert fake.url.startswith("http://127.0.0.1:")

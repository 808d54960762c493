from __future__ import annotations

import asyncio

import pytest
from telegram.error import Conflict, TelegramError
from telegram.ext import ExtBot

from bot.channel import Moved, RetryAt, Sent, Uncertain
from bot.fakes.telegram import FakeTelegram
from bot.telegram_errors import outcome_of
from bot.telegram_request import AiohttpRequest


@pytest.fixture
async def fake():
    async with FakeTelegram() as fake:
        fake.private(fake.user(7, "An"))
        yield fake


@pytest.fixture
async def bot(fake):
    timeouts = {"read_timeout": 0.2, "connect_timeout": 0.2, "pool_timeout": 0.2}
    async with ExtBot(fake.token, base_url=fake.base_url, request=AiohttpRequest(**timeouts)) as bot:
        yield bot


async def sending(bot, text="x", chat=7, **more):
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(chat, text, **more)
    return outcome_of(caught.value)


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "drop_before", "drop_after", "500", "502"])
async def test_what_may_have_arrived_is_uncertain(fake, bot, kind):
    fake.fail("sendMessage", kind)
    assert isinstance(await sending(bot), Uncertain)


async def test_what_never_left_is_tried_again(fake, bot):
    await fake.stop()
    outcome = await sending(bot)
    assert isinstance(outcome, RetryAt)
    assert outcome.whole_channel


async def test_flood_control(fake, bot):
    fake.fail("sendMessage", "429", retry_after=9)
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(7, "x")
    assert outcome_of(caught.value) == RetryAt(9.0, True, "Flood control exceeded. Retry in 9 seconds")
    assert outcome_of(caught.value, group=True).whole_channel is False


async def test_people_and_groups_that_cannot_be_reached(fake, bot):
    an, binh = fake.person(7), fake.user(8, "Bình")
    assert (await sending(bot, chat=99)).kind == "chat_not_found"
    group = fake.group([binh])
    assert (await sending(bot, chat=8)).kind == "chat_not_found"
    await an.blocks()
    assert (await sending(bot)).kind == "blocked"
    await an.unblocks()
    an.leaves_telegram()
    assert (await sending(bot)).kind == "deactivated"
    await fake.changes_membership(group, "kicked", binh)
    assert (await sending(bot, chat=group.id)).kind == "kicked"


async def test_a_moved_group_names_its_new_chat(fake, bot):
    group = fake.group([fake.person(7)])
    new = await fake.migrates(group)
    assert await sending(bot, chat=group.id) == Moved(str(new.id))


async def test_wrong_messages(fake, bot):
    assert (await sending(bot, "x" * 4097)).kind == "too_long"
    assert (await sending(bot, "<b>x", parse_mode="HTML")).kind == "bad_request"
    fake.fail("sendMessage", "413")
    assert (await sending(bot)).kind == "too_long"
    fake.fail("sendMessage", "401")
    assert (await sending(bot)).kind == "unauthorized"


async def test_an_edit_that_changes_nothing_is_fine(bot):
    sent = await bot.send_message(7, "x")
    with pytest.raises(TelegramError) as caught:
        await bot.edit_message_text("x", 7, sent.message_id)
    assert outcome_of(caught.value) == Sent(None)


def test_anything_else_is_uncertain_and_names_itself():
    assert outcome_of(asyncio.CancelledError()) == Uncertain("CancelledError: CancelledError")
    assert outcome_of(TelegramError("Invalid server response")).reason.endswith("Invalid server response")
    assert isinstance(outcome_of(Conflict("other")), RetryAt)
    assert "AAsecret" not in outcome_of(OSError("http://x/bot123456:AAsecret/y")).reason

from __future__ import annotations

import asyncio
import time

import pytest
from telegram.ext import ExtBot


async def test_unacknowledged_updates_come_again_until_the_offset_passes_them(fake, api):
    an = fake.user(7, "An")
    first, second = await an.sends("một"), await an.sends("hai")
    seen = await api("getUpdates")
    assert [u["message"]["text"] for u in seen] == ["một", "hai"]
    assert [u["update_id"] for u in await api("getUpdates")] == [first.update_id, second.update_id]
    assert [u["update_id"] for u in await api("getUpdates", offset=second.update_id)] == [second.update_id]
    assert await api("getUpdates", offset=second.update_id + 1) == []
    assert fake.pending == 0


async def test_limit_and_a_negative_offset(fake, api):
    an = fake.user(7)
    for number in range(5):
        await an.sends(f"số {number}")
    assert len(await api("getUpdates", limit=2)) == 2
    last = await api("getUpdates", offset=-1)
    assert [u["message"]["text"] for u in last] == ["số 4"]
    assert fake.pending == 1


async def test_a_long_poll_returns_as_soon_as_somebody_speaks(fake, api):
    poll = asyncio.ensure_future(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await fake.user(7).sends("chào")
    assert (await asyncio.wait_for(poll, 1))[0]["message"]["text"] == "chào"


async def test_a_long_poll_ends_empty_after_its_time(api):
    began = time.monotonic()
    assert await api("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - began < 2


async def test_a_second_poller_ends_the_first_with_conflict(fake, api):
    first = asyncio.ensure_future(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(api("getUpdates", timeout=30))
    assert "409 Conflict: terminated by other getUpdates request" in await asyncio.wait_for(first, 1)
    await fake.user(7).sends("ơi")
    assert len(await asyncio.wait_for(second, 1)) == 1


async def test_polling_is_refused_while_a_webhook_is_set(api):
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    assert "409 Conflict: can't use getUpdates" in await api.refused("getUpdates")
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_setting_a_webhook_ends_the_poll_under_way(api):
    poll = asyncio.ensure_future(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    assert "terminated by setWebhook request" in await asyncio.wait_for(poll, 1)


async def test_allowed_updates_are_kept_until_given_anew(fake, api):
    an = fake.user(7)
    await api("getUpdates", allowed_updates=["callback_query"])
    assert (await an.sends("bỏ qua")).update_id is None
    await api("getUpdates")
    assert (await an.sends("vẫn bỏ qua")).update_id is None
    await api("getUpdates", allowed_updates=[])
    assert (await an.sends("nhận")).update_id is not None


async def test_an_acknowledged_update_can_be_delivered_again(fake, api):
    said = await fake.user(7).sends("một")
    (update,) = await api("getUpdates")
    await api("getUpdates", offset=said.update_id + 1)
    fake.redeliver(said.update_id)
    assert await api("getUpdates", offset=said.update_id + 1) == [update]
    assert await api("getUpdates", offset=said.update_id + 1) == []
    with pytest.raises(KeyError):
        fake.redeliver(1)


async def test_a_button_tap_lapses_after_150_seconds_and_a_message_after_a_day(fake, api):
    now = [1_700_000_000.0]
    fake.world.clock = lambda: now[0]
    fake.world.updates._clock = fake.world.clock
    an = fake.user(7)
    await an.sends("một")
    await api(
        "sendMessage", chat_id=7, text="?", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    )
    await an.presses(an.chat.last, "A")
    assert len(await api("getUpdates")) == 2
    now[0] += 151
    assert [list(u)[1] for u in await api("getUpdates")] == ["message"]
    now[0] += 24 * 3600
    assert await api("getUpdates") == []


async def test_raw_updates_pass_as_they_are_malformed_or_not(fake, api):
    number = fake.inject({"message": {"date": "not a date"}})
    fake.inject(
        {"update_id": 5, "message": {"message_id": 1, "date": 0, "chat": {"id": 9, "type": "private"}, "text": "x"}}
    )
    assert [u["update_id"] for u in await api("getUpdates")] == [number, 5]
    assert (await api("sendMessage", chat_id=9, text="chào"))["chat"]["id"] == 9


async def test_update_numbers_may_restart_lower(fake, api):
    said = await fake.user(7).sends("một")
    await api("getUpdates", offset=said.update_id + 1)
    fake.world.updates.next_id = 10
    again = await fake.user(7).sends("hai")
    assert again.update_id == 10
    assert [u["update_id"] for u in await api("getUpdates", offset=said.update_id + 1)] == [10]
    assert await api("getUpdates", offset=11) == []


async def test_python_telegram_bot_reads_what_people_do(fake):
    an = fake.user(7, "An")
    await an.starts("ma-moi")
    await an.sends_file(b"x" * 10, "báo cáo.pdf", caption="/done 3.5")
    await an.blocks()
    async with ExtBot(fake.token, base_url=fake.base_url, base_file_url=fake.base_file_url) as bot:
        started, file, blocked = await bot.get_updates()
        content = await (await bot.get_file(file.message.document.file_id)).download_as_bytearray()
    assert started.message.text == "/start ma-moi"
    assert started.message.entities[0].type == "bot_command"
    assert file.message.caption_entities[0].length == 5
    assert (file.message.document.file_name, file.message.document.mime_type) == ("báo cáo.pdf", "application/pdf")
    assert bytes(content) == b"x" * 10
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert blocked.my_chat_member.from_user.language_code == "vi"

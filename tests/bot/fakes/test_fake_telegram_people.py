from __future__ import annotations

import pytest

KEYS = {"inline_keyboard": [[{"text": "Xong", "callback_data": "done:1"}, {"text": "Xem", "url": "https://a.vn"}]]}


async def texts(api):
    updates = await api("getUpdates")
    return [u[list(u)[1]].get("text") for u in updates]


async def test_commands_are_marked_as_the_server_marks_them(fake):
    an = fake.user(7)
    marked = {
        "/done 3.5": (0, 5),
        "/done3.5": (0, 6),
        "/done@dondoc_bot 3.5": (0, 16),
        "😀 /tasks": (3, 6),
    }
    for text, (offset, length) in marked.items():
        (entity,) = (await an.sends(text)).message["entities"]
        assert (entity["type"], entity["offset"], entity["length"]) == ("bot_command", offset, length), text
    for text in ("/ovẻdue", "3/4/2023", "718/TB-SCT", "xong 3.5", "/a/b"):
        assert "entities" not in (await an.sends(text)).message, text


async def test_a_press_brings_the_query_and_takes_one_answer(fake, api):
    an = fake.user(7)
    await an.starts()
    await api("sendMessage", chat_id=7, text="Việc 3.5", reply_markup=KEYS)
    press = await an.presses(an.chat.last, "Xong")
    query = (await api("getUpdates", offset=press.update_id))[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("done:1", 7, "Việc 3.5")
    assert query["chat_instance"]
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi", show_alert=True)
    assert (press.answered, press.answer, press.alert) == (True, "Đã ghi", True)
    assert "query is too old" in await api.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert (await an.presses(an.chat.last, "done:1")).data == "done:1"
    with pytest.raises(LookupError, match="Xong"):
        await an.presses(an.chat.last, "Không có")
    with pytest.raises(LookupError):
        await an.presses(an.chat.last, "Xem")


async def test_a_screen_keyboard_sends_its_text(fake, api):
    an = fake.user(7)
    fake.private(an)
    sent = await api("sendMessage", chat_id=7, text="?", reply_markup={"keyboard": [[{"text": "Việc của tôi"}]]})
    assert "reply_markup" not in sent
    await an.presses(an.chat.last, "Việc của tôi")
    assert await texts(api) == ["Việc của tôi"]


async def test_edits_arrive_as_edited_messages(fake, api):
    an = fake.user(7)
    said = await an.sends("/done 3.4")
    await an.sends("/done 3.5", edit_of=said)
    first, second = await api("getUpdates")
    assert first["message"]["message_id"] == second["edited_message"]["message_id"]
    assert second["edited_message"]["text"] == "/done 3.5"
    assert second["edited_message"]["edit_date"]


async def test_an_album_is_several_messages_with_one_caption(fake, api):
    await fake.user(7).sends_album([(b"\xff\xd8\xff1", ""), (b"\xff\xd8\xff2", ""), (b"%PDF", "a.pdf")], "/report 3.5")
    messages = [u["message"] for u in await api("getUpdates")]
    assert len({m["media_group_id"] for m in messages}) == 1
    assert [m.get("caption") for m in messages] == ["/report 3.5", None, None]
    assert ["photo" in m for m in messages] == [True, True, False]


async def test_voice_sticker_contact_and_anything_else(fake, api):
    an = fake.user(7, "An")
    await an.sends_voice(seconds=4)
    await an.sends_sticker("👍")
    await an.sends_contact("+84900000001", fake.user(8, "Bình"))
    await an.sends_photo(caption="biên bản")
    await an.sends_other({"location": {"latitude": 15.1, "longitude": 108.8}})
    voice, sticker, contact, photo, place = (u["message"] for u in await api("getUpdates"))
    assert (voice["voice"]["duration"], sticker["sticker"]["emoji"]) == (4, "👍")
    assert contact["contact"]["user_id"] == 8
    assert (photo["caption"], photo["photo"][-1]["width"]) == ("biên bản", 1280)
    assert place["location"]["latitude"] == 15.1


async def test_in_a_group_the_bot_sees_what_is_meant_for_it(fake, api):
    an, binh = fake.user(7), fake.user(8)
    group = fake.group([an, binh], "Giao ban")
    await api("sendMessage", chat_id=group.id, text="Chào")
    for text in ("nói chuyện", "/done@khac_bot 3.5"):
        assert (await an.sends(text, chat=group)).update_id is None
    await an.sends("/done 3.5", chat=group)
    await an.sends("/done@dondoc_bot 3.5", chat=group)
    await binh.sends("vâng", chat=group, reply_to=group.last)
    await binh.sends("này @dondoc_bot", chat=group)
    assert await texts(api) == ["/done 3.5", "/done@dondoc_bot 3.5", "vâng", "này @dondoc_bot"]
    assert not an.chat.started
    open_group = fake.group([an], privacy=False)
    assert (await an.sends("nói chuyện", chat=open_group)).update_id is not None


async def test_blocking_and_membership_are_told(fake, api):
    an = fake.user(7)
    await an.starts()
    await an.blocks()
    await an.starts("lai")
    group = fake.group([an])
    await fake.changes_membership(group, "kicked", an)
    assert (await an.sends("/tasks", chat=group)).update_id is None
    told = [
        (u["my_chat_member"]["chat"]["type"], u["my_chat_member"]["new_chat_member"]["status"])
        for u in await api("getUpdates")
        if "my_chat_member" in u
    ]
    assert told == [("private", "kicked"), ("private", "member"), ("group", "kicked")]


async def test_waiting_for_the_bot(fake, api):
    an = fake.user(7)
    fake.private(an)
    with pytest.raises(TimeoutError):
        await fake.changes.until(lambda: an.chat.texts, 0.05)
    with pytest.raises(LookupError):
        _ = an.chat.last
    await api("sendMessage", chat_id=7, text="x")
    assert await fake.changes.until(lambda: an.chat.texts) == ["x"]

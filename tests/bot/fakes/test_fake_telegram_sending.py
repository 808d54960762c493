from __future__ import annotations

import json

import aiohttp
import pytest

BUTTONS = {"inline_keyboard": [[{"text": "Xong", "callback_data": "done:1"}]]}


@pytest.fixture
def an(fake):
    person = fake.user(7, "An")
    fake.private(person)
    return person


def inline(**button):
    return {"inline_keyboard": [[{"text": "A", **button}]]}


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "x"}, 'parameter "chat_id" is required'),
        ("sendMessage", {"chat_id": 7}, 'parameter "text" is required'),
        ("sendMessage", {"chat_id": 7, "text": "x", "disable_web_page_preview": True}, "unexpected parameter"),
        ("sendMessage", {"chat_id": 7, "text": 5}, '"text" must be a String'),
        ("sendMessage", {"chat_id": 7, "text": "x", "protect_content": "yes"}, "must be a Boolean"),
        ("sendMessage", {"chat_id": 7.5, "text": "x"}, '"chat_id" must be'),
        ("sendMessage", {"chat_id": 7, "text": " \n"}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "ệ" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": 7, "text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [{}]}}, "must be an Array"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline()}, "Text buttons are unallowed"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(callback_data="")}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(callback_data="ệ" * 22)}, "BUTTON_DATA"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(callback_data="a", url="https://a.vn")}, "only one"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(callback_data="a", colour="red")}, "unknown field"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(callback_data="a", style="red")}, "style"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(url="example")}, "URL is invalid"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}}, "must not be empty"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 9]}}, "BUTTONS_TOO_MANY"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        ("sendMessage", {"chat_id": 8, "text": "x"}, "400 Bad Request: chat not found"),
        ("sendDocument", {"chat_id": 7, "document": "nope"}, "wrong file identifier"),
        ("sendDocument", {"chat_id": 7, "document": "attach://missing"}, "wrong file identifier"),
        ("editMessageText", {"chat_id": 7, "message_id": 1, "text": "x"}, "message to edit not found"),
        ("deleteMessage", {"chat_id": 7, "message_id": 1}, "message to delete not found"),
        ("setMessageReaction", {"chat_id": 7, "message_id": 1}, "message to react not found"),
        ("sendChatAction", {"chat_id": 7, "action": "dancing"}, "wrong parameter action"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "ệ" * 201}, "MESSAGE_TOO_LONG"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
        ("getFile", {"file_id": "1"}, "invalid file_id"),
        ("setMyCommands", {"commands": [{"command": "Việc", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, 'field "description" is missing'),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 99}}, "chat not found"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, 'field "chat_id" is missing'),
        ("setMyCommands", {"commands": [], "scope": {"type": "all"}}, "unsupported type"),
        ("setMyCommands", {"commands": [], "language_code": "vie"}, "LANGUAGE_INVALID"),
        ("setMyName", {"name": "x" * 65}, "BOT_NAME_INVALID"),
        ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_INVALID"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_SHORT_DESCRIPTION_INVALID"),
        ("getChatMember", {"chat_id": 7, "user_id": 12345}, "invalid user_id"),
        ("sendRocket", {}, "404 Not Found: method not found"),
    ],
)  # fmt: skip
async def test_what_the_server_would_not_take_is_refused(api, an, method, params, words):
    assert words in await api.refused(method, **params)
    assert an.chat.messages == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("việc <x>", 'Unsupported start tag "x" at byte offset 7'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", "Expected equal sign"),
        ('<span class="x">x</span>', 'must have class "tg-spoiler"'),
        ('<tg-time unix="soon">x</tg-time>', "tg-time"),
    ],
)
async def test_broken_markup_is_refused(api, an, text, words):
    assert f"can't parse entities: {words}" in (
        await api.refused("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    ).replace('Tag "span" ', "").replace('Tag "tg-time" must', "tg-time must")


async def test_markup_becomes_entities_counted_in_utf16(api, an):
    text = '😀 <b>Việc <i>3.5</i></b> &lt;&amp;&gt;&quot;&#9989; &nbsp; <a href="https://a.vn?x=1&amp;y=2">xem</a>'
    sent = await api("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert sent["text"] == '😀 Việc 3.5 <&>"✅ &nbsp; xem'
    bold, italic, link = sent["entities"]
    assert bold == {"type": "bold", "offset": 3, "length": 8}
    assert italic == {"type": "italic", "offset": 8, "length": 3}
    assert (link["url"], link["length"]) == ("https://a.vn?x=1&y=2", 3)
    assert an.chat.last.source["text"] == text


async def test_length_is_counted_after_parsing(api, an):
    text = "<b>" + "ệ" * 4096 + "</b>"
    assert len((await api("sendMessage", chat_id=7, text=text, parse_mode="HTML"))["text"]) == 4096


async def test_blocked_deactivated_kicked_and_unknown(fake, api, an):
    await an.blocks()
    assert await api.refused("sendMessage", chat_id=7, text="x") == "403 Forbidden: bot was blocked by the user"
    await an.unblocks()
    assert (await api("sendMessage", chat_id="7", text="x"))["text"] == "x"
    an.leaves_telegram()
    assert await api.refused("sendMessage", chat_id=7, text="x") == "403 Forbidden: user is deactivated"
    shy = fake.user(8)
    group = fake.group([shy])
    assert "can't initiate conversation" in await api.refused("sendMessage", chat_id=8, text="x")
    await fake.changes_membership(group, "kicked", shy)
    assert "403 Forbidden: bot was kicked from the group chat" in await api.refused(
        "sendMessage", chat_id=group.id, text="x"
    )


async def test_a_migrated_group_names_its_new_id(fake, api, an):
    group = fake.group([an])
    new = await fake.migrates(group)
    status, body = await api.raw("sendMessage", {"chat_id": group.id, "text": "x"})
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert (await api("sendMessage", chat_id=new.id, text="x"))["chat"]["type"] == "supergroup"
    old_chat, new_chat = await api("getUpdates")
    assert old_chat["message"]["migrate_to_chat_id"] == new_chat["message"]["chat"]["id"]


async def test_edits_replace_and_refuse_to_change_nothing(api, an):
    sent = await api("sendMessage", chat_id=7, text="một", reply_markup=BUTTONS)
    same = {"chat_id": 7, "message_id": sent["message_id"]}
    assert "message is not modified" in await api.refused("editMessageText", **same, text="một", reply_markup=BUTTONS)
    edited = await api("editMessageText", **same, text="hai")
    assert "reply_markup" not in edited
    assert (an.chat.last.text, an.chat.last.buttons) == ("hai", [])
    assert [e["text"] for e in an.chat.last.edits] == ["một"]
    assert "message is not modified" in await api.refused("editMessageText", **same, text="hai")
    await api("editMessageReplyMarkup", **same, reply_markup=json.dumps(BUTTONS))
    assert an.chat.last.buttons == [["Xong"]]
    said = await an.sends("của tôi")
    assert "can't be edited" in await api.refused("editMessageText", chat_id=7, message_id=said.id, text="x")
    await api("deleteMessage", **same)
    assert an.chat.texts == []
    assert "message to edit not found" in await api.refused("editMessageText", **same, text="ba")


async def test_replies_quote_the_original_or_go_without(api, an):
    said = await an.sends("/done 3.5")
    sent = await api("sendMessage", chat_id=7, text="Đã ghi", reply_parameters={"message_id": said.id})
    assert sent["reply_to_message"]["text"] == "/done 3.5"
    lost = {"message_id": 999_999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", chat_id=7, text="x", reply_parameters=lost)


async def test_form_query_and_case_are_read_as_well(fake, api, an):
    url = f"{fake.url}/bot{fake.token}/SENDMESSAGE"
    async with api.session.post(url, data={"chat_id": "7", "text": "một", "reply_markup": json.dumps(BUTTONS)}) as got:
        assert got.status == 200
    async with api.session.get(url, params={"chat_id": "7", "text": "hai"}) as got:
        assert got.status == 200
    assert an.chat.texts == ["một", "hai"]
    assert [(call.method, call.status) for call in fake.calls] == [("sendMessage", 200)] * 2


async def test_documents_and_pictures_travel_both_ways(fake, api, an):
    form = aiohttp.FormData({"chat_id": "7", "caption": "Bảng"}, quote_fields=False)
    form.add_field("document", b"PK..", filename="tiến độ.xlsx", content_type="application/vnd.ms-excel")
    async with api.session.post(f"{fake.url}/bot{fake.token}/sendDocument", data=form) as got:
        sent = (await got.json())["result"]
    assert sent["document"]["file_name"] == "tiến độ.xlsx"
    assert sent["document"]["mime_type"] == "application/vnd.ms-excel"
    again = await api("sendDocument", chat_id=7, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    path = (await api("getFile", file_id=sent["document"]["file_id"]))["file_path"]
    async with api.session.get(f"{fake.url}/file/bot{fake.token}/{path}") as got:
        assert await got.read() == b"PK.."
    form = aiohttp.FormData({"chat_id": "7", "photo": "attach://p"})
    form.add_field("p", b"not a picture", filename="a.png")
    async with api.session.post(f"{fake.url}/bot{fake.token}/sendPhoto", data=form) as got:
        assert "IMAGE_PROCESS_FAILED" in (await got.json())["description"]


async def test_a_file_beyond_the_download_limit(api, an):
    said = await an.sends_file(b"small", "lớn.pdf", size=20 * 1024 * 1024 + 1)
    assert "file is too big" in await api.refused("getFile", file_id=said.message["document"]["file_id"])


async def test_menus_are_kept_by_scope_and_language(api, an):
    menu = [{"command": "tasks", "description": "Việc của đơn vị"}]
    await api("setMyCommands", commands=menu, language_code="vi", scope={"type": "chat", "chat_id": 7})
    assert await api("getMyCommands", language_code="vi", scope={"type": "chat", "chat_id": 7}) == menu
    assert await api("getMyCommands") == []
    await api("deleteMyCommands", language_code="vi", scope={"type": "chat", "chat_id": 7})
    assert await api("getMyCommands", language_code="vi", scope={"type": "chat", "chat_id": 7}) == []
    await api("setMyName", name="Nhắc việc SCT")
    assert (await api("getMyName"))["name"] == "Nhắc việc SCT"


async def test_wrong_tokens_are_told_apart(fake, api):
    assert (await api.raw("getMe", {}, token="1:wrong"))[0] == 401
    assert (await api.raw("getMe", {}, token="nonsense"))[0] == 404
    assert (await api("getMe"))["username"] == "dondoc_bot"


async def test_reactions_actions_chats_and_members(fake, api, an):
    said = await an.sends("xong")
    await api("setMessageReaction", chat_id=7, message_id=said.id, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert an.chat.reactions[said.id] == [{"type": "emoji", "emoji": "👍"}]
    assert "REACTION_INVALID" in await api.refused(
        "setMessageReaction", chat_id=7, message_id=said.id, reaction=[{"type": "emoji", "emoji": "📎"}]
    )
    await api("sendChatAction", chat_id=7, action="typing")
    assert an.chat.actions == ["typing"]
    group = fake.group([an, fake.user(8)], "Giao ban")
    assert (await api("getChat", chat_id=group.id))["title"] == "Giao ban"
    assert (await api("getChatMember", chat_id=group.id, user_id=7))["status"] == "creator"
    fake.user(9)
    assert (await api("getChatMember", chat_id=group.id, user_id=9))["status"] == "left"
    await api("leaveChat", chat_id=group.id)
    assert "bot is not a member" in await api.refused("getChat", chat_id=group.id)

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.telegram_connection import Connection
from bot.telegram_updates import Reader, UnreadableUpdate
from core.messages import Incoming, IncomingFile

PAYLOADS = Path(__file__).parent / "payloads"
TAM = "71800021"
GROUP = "-100718000111"


def payload(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())
    return raw


@pytest.fixture
def reader() -> Reader:
    connection = Connection("1234567:AAFake")
    connection.username = "dondoc_bot"
    return Reader(connection)


def read(reader: Reader, name: str) -> Incoming:
    incoming = reader.read(payload(name))
    assert incoming is not None
    return incoming


def test_a_text(reader: Reader) -> None:
    assert read(reader, "text") == Incoming(
        "telegram", "tg:1234567:880001", TAM, TAM, "/done 3.5 45 27/4", language="vi"
    )


def test_a_deep_link_keeps_its_code(reader: Reader) -> None:
    assert read(reader, "start_with_code").text == "/start q7F-k2_x"


def test_a_group_that_throws_us_out_says_so(reader: Reader) -> None:
    thrown = read(reader, "thrown_out_of_a_group")
    assert (thrown.kind, thrown.private, thrown.chat) == ("blocked", False, "-100718000111")


@pytest.mark.parametrize(
    "name",
    [
        "edited",
        "channel_post",
        "unknown_kind",
        "group_chatter",
        "group_joined",
        "group_command_for_another_bot",
        "group_anonymous_administrator",
    ],
)
def test_what_does_not_concern_us(reader: Reader, name: str) -> None:
    assert reader.read(payload(name)) is None


def test_a_caption_is_text(reader: Reader) -> None:
    incoming = read(reader, "document_with_caption")
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (incoming.kind, incoming.text) == ("file", "/report 3.5")
    assert incoming.files == (IncomingFile("BQACAgUAAxkBAAIB", "Kế hoạch 3.5.docx", 48211, mime),)


def test_the_largest_size_of_a_photo(reader: Reader) -> None:
    incoming = read(reader, "photo")
    assert incoming.kind == "photo"
    assert incoming.files == (IncomingFile("AgACAgUAAxkBlarge", "photo-501.jpg", 181022, "image/jpeg"),)


def test_a_part_of_an_album_names_it(reader: Reader) -> None:
    assert read(reader, "album_second_part").album == "13455718000231"


@pytest.mark.parametrize(("name", "kind"), [("voice", "voice"), ("sticker", "other"), ("contact", "other")])
def test_what_is_no_text(reader: Reader, name: str, kind: str) -> None:
    assert (read(reader, name).kind, read(reader, name).files) == (kind, ())


def test_only_a_reply_to_our_own_message_is_one(reader: Reader) -> None:
    assert read(reader, "reply_to_the_bot").replied_to == "499"
    assert read(reader, "reply_to_oneself").replied_to is None


@pytest.mark.parametrize(
    ("name", "text"),
    [("group_command", "/done 3.5"), ("group_mention", "qua han"), ("group_reply_to_the_bot", "xong 3.7")],
)
def test_a_group_says_to_us(reader: Reader, name: str, text: str) -> None:
    incoming = read(reader, name)
    assert (incoming.text, incoming.chat, incoming.sender, incoming.private) == (text, GROUP, TAM, False)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/overdue", "/overdue"),
        ("xong 3.5 @dondoc_bot", "xong 3.5"),
        ("xong @DONDOC_BOT: 3.5\ndòng hai", "xong 3.5\ndòng hai"),
        ("@dondoc_bot_2 xong 3.5", None),
        ("xong 3.5", None),
        ("  /done@dondoc_bot\n3.5", "/done\n3.5"),
    ],
)
def test_what_a_group_may_say(reader: Reader, said: str, heard: str | None) -> None:
    raw = payload("group_chatter")
    raw["message"]["text"] = said
    incoming = reader.read(raw)
    assert (incoming.text if incoming else None) == heard


def test_a_command_named_for_us_in_private(reader: Reader) -> None:
    raw = payload("text")
    raw["message"]["text"] = "/done@dondoc_bot 3.5"
    incoming = reader.read(raw)
    assert incoming is not None
    assert incoming.text == "/done 3.5"


def test_the_rest_of_a_groups_album_follows_the_part_that_addressed_us(reader: Reader) -> None:
    def part(album: str, caption: str) -> dict[str, Any]:
        raw = payload("album_second_part")
        raw["message"] |= {"chat": payload("group_command")["message"]["chat"], "media_group_id": album}
        if caption:
            raw["message"]["caption"] = caption
        return raw

    assert reader.read(part("1", "")) is None
    first = reader.read(part("1", "/report@dondoc_bot 3.5"))
    second = reader.read(part("1", ""))
    assert first is not None
    assert second is not None
    assert (first.text, second.text, second.album) == ("/report 3.5", "", "1")
    assert reader.read(part("2", "")) is None


def test_a_button(reader: Reader) -> None:
    assert read(reader, "button") == Incoming(
        "telegram",
        "tg:1234567:880030",
        TAM,
        TAM,
        "/done 718/3.5",
        "button",
        callback="308379742212345",
        language="vi",
    )


def test_a_button_on_a_message_too_old_to_be_shown(reader: Reader) -> None:
    incoming = read(reader, "button_on_inaccessible_message")
    assert (incoming.chat, incoming.private, incoming.text) == (GROUP, False, "/task 3.5")
    assert read(reader, "button_without_message").chat == TAM


def test_blocking_and_coming_back(reader: Reader) -> None:
    assert [read(reader, name).kind for name in ("blocked", "unblocked")] == ["blocked", "unblocked"]
    assert read(reader, "blocked").sender == TAM


def test_both_ends_of_a_migration_say_the_same(reader: Reader) -> None:
    for name in ("migrated_to", "migrated_from"):
        incoming = read(reader, name)
        assert (incoming.kind, incoming.chat, incoming.moved_to) == ("moved", "-718001", "-100718000222")


@pytest.mark.parametrize("raw", [payload("malformed"), {}, [], "text", 7, {"update_id": 1, "message": {}}])
def test_what_cannot_be_read_is_said_to_be_so(reader: Reader, raw: object) -> None:
    with pytest.raises(UnreadableUpdate):
        reader.read(raw)


def test_no_character_that_cannot_be_stored_gets_through(reader: Reader) -> None:
    raw = payload("document_with_caption")
    raw["message"]["caption"] = "xong\x00 3.5 \ud83d"
    raw["message"]["document"]["file_name"] = "a\x00b.docx"
    incoming = reader.read(raw)
    assert incoming is not None
    assert (incoming.text, incoming.files[0].name) == ("xong  3.5 ?", "a b.docx")


def test_a_forwarded_message_says_so_and_in_a_group_its_words_are_not_ours(reader: Reader) -> None:
    raw = payload("text")
    origin = {"type": "hidden_user", "sender_user_name": "Tâm", "date": 1682640300}
    raw["message"]["forward_origin"] = origin
    told = reader.read(raw)
    assert told is not None
    assert told.forwarded
    assert not read(reader, "text").forwarded
    group = payload("group_command")
    group["message"]["forward_origin"] = origin
    assert reader.read(group) is None
    file = payload("document_with_caption")
    file["message"]["forward_origin"] = origin
    sent = reader.read(file)
    assert sent is not None
    assert sent.forwarded
    assert sent.files

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.zalo_bot_client import ZaloBotClient
from bot.zalo_bot_intake import Intake
from bot.zalo_bot_updates import Reader, UnreadableUpdate, updates_in
from core.messages import Incoming, IncomingFile
from tests.bot.telegram_rig import Notes

TED = "3f1c9a7be2d04c55a1b2"


def update(event: str = "text", /, chat: str = TED, kind: str = "PRIVATE", **content: Any) -> dict[str, Any]:
    message = {
        "from": {"id": TED, "display_name": "Ted", "is_bot": False},
        "chat": {"id": chat, "chat_type": kind},
        "message_id": "m1",
        "date": 1750316131602,
        **content,
    }
    return {"event_name": f"message.{event}.received", "message": message}


@pytest.fixture
def reader() -> Reader:
    client = ZaloBotClient("1:a")
    client.names, client.own_id = ("Bot Đôn Đốc", "bot.abc"), "b" * 20
    return Reader(client)


def test_words(reader: Reader) -> None:
    assert reader.read(update(text="/done 3.5")) == Incoming("zalo_bot", "zb:m1", TED, TED, "/done 3.5")


def test_words_are_composed_and_storable(reader: Reader) -> None:
    read = reader.read(update(text="Viê\u0323c\x00 \ud800"))
    assert read is not None
    assert read.text == "Việc  ?"


@pytest.mark.parametrize("field", ["photo", "photo_url"])
def test_a_picture_with_its_words(reader: Reader, field: str) -> None:
    read = reader.read(
        update("image", **{field: "https://a.zdn.vn/x.jpg"}, caption="xong 3.5", message_type="CHAT_PHOTO")
    )
    assert read is not None
    assert (read.kind, read.text) == ("photo", "xong 3.5")
    assert read.files == (IncomingFile("https://a.zdn.vn/x.jpg", "anh.jpg", None, "image/jpeg"),)


@pytest.mark.parametrize(
    ("event", "kind"), [("sticker", "other"), ("voice", "voice"), ("unsupported", "other"), ("image", "photo")]
)
def test_what_has_no_words_is_still_answered(reader: Reader, event: str, kind: str) -> None:
    read = reader.read(update(event))
    assert read is not None
    assert (read.kind, read.text, read.files) == (kind, "", ())


@pytest.mark.parametrize(
    ("said", "meant"),
    [("@Bot Đôn Đốc /done 3.5", "/done 3.5"), ("@bot đôn đốc: xong 3.5", "xong 3.5"), ("xong 3.5 @Bot Đôn Đốc", "xong 3.5"),
     ("@bot.abc xong 3.5", "xong 3.5"), ("xong 3.5", "xong 3.5"), ("@Bot Đôn Đốcx 3.5", "@Bot Đôn Đốcx 3.5")],
)  # fmt: skip
def test_a_group_names_the_bot(reader: Reader, said: str, meant: str) -> None:
    read = reader.read(update(text=said, chat="zgr-d0a1a6afd9c0309e69d1", kind="GROUP"))
    assert read is not None
    assert (read.text, read.private, read.chat) == (meant, False, "zgr-d0a1a6afd9c0309e69d1")


def test_a_name_not_known_yet_is_taken_out_as_one_word() -> None:
    read = Reader(ZaloBotClient("1:a")).read(update(text="@Bot xong 3.5", chat="zgr-1", kind="GROUP"))
    assert read is not None
    assert read.text == "xong 3.5"


def test_a_mention_in_private_is_left_alone(reader: Reader) -> None:
    read = reader.read(update(text="@Bot Đôn Đốc xong"))
    assert read is not None
    assert read.text == "@Bot Đôn Đốc xong"


@pytest.mark.parametrize("sender", [{"id": TED, "is_bot": True}, {"id": "b" * 20}])
def test_our_own_echo_is_dropped(reader: Reader, sender: dict[str, Any]) -> None:
    assert reader.read(update(text="Đã ghi", **{"from": sender})) is None


@pytest.mark.parametrize("raw", [{"event_name": "user.followed", "message": {}}, {"event_name": "x"}, {"hello": 1}])
def test_what_is_not_known_is_passed_over(reader: Reader, raw: object) -> None:
    assert reader.read(raw) is None


def test_a_very_long_id_still_tells_events_apart(reader: Reader) -> None:
    first, second = (reader.read(update(text="x", message_id="m" * 500 + end)) for end in "ab")
    assert first is not None
    assert second is not None
    assert first.event_id != second.event_id
    assert len(first.event_id) <= 96


@pytest.mark.parametrize(
    "raw",
    [7, "x", [1], update(text=5), update(), update(text="x", message_id=None), update(text="x", message_id=True),
     update(text="x", chat=""), update(text="x", chat="c" * 65), update(text="x", **{"from": None}),
     {"event_name": "message.text.received"}, {"message": {}}, {"event_name": 5, "message": {"text": "/done"}}],
)  # fmt: skip
def test_what_is_not_as_documented_is_unreadable(reader: Reader, raw: object) -> None:
    with pytest.raises(UnreadableUpdate):
        reader.read(raw)


@pytest.mark.parametrize(
    ("raw", "count"),
    [({}, 0), ([], 0), (None, 0), ("", 0), ({"ok": True}, 0), ({"ok": True, "result": {}}, 0), ({"ok": True, "result": []}, 0),
     (update(), 1), ({"ok": True, "result": update()}, 1), ([update(), update()], 2), ({"ok": True, "result": [update()] * 3}, 3)],
)  # fmt: skip
def test_the_envelope_comes_off(raw: object, count: int) -> None:
    assert updates_in(raw) == [update()] * count


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_odd = st.fixed_dictionaries(
    {"event_name": st.sampled_from(["message.text.received", "message.image.received"]) | _json},
    optional={
        "message": st.fixed_dictionaries(
            {},
            optional={
                "from": st.fixed_dictionaries({}, optional={"id": _json, "is_bot": _json}) | _json,
                "chat": st.fixed_dictionaries({}, optional={"id": _json, "chat_type": _json}) | _json,
                "text": _json,
                "caption": _json,
                "photo": _json,
                "mentions": _json,
                "message_id": _json,
            },
        )
        | _json
    },
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(_odd.map(json.dumps).map(str.encode), _json.map(json.dumps).map(str.encode), st.binary(max_size=60)))
async def test_odd_bodies_never_raise_and_act_only_as_what_they_say(body: bytes) -> None:
    notes = Notes()
    intake = Intake(Reader(ZaloBotClient("1:a")), notes)
    for arrival in intake.read_body(body):
        await intake.settle(arrival)
    for incoming in notes.committed:
        message = json.loads(body)
        message = message.get("result", message)["message"] if isinstance(message, dict) else message
        assert incoming.sender
        assert incoming.chat
        assert incoming.text.isprintable() or incoming.text
        assert incoming.sender == message["from"]["id"]
    for _, kept, _ in notes.rejected:
        assert "\x00" not in kept
        kept.encode()


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"ok":true,"result":' * 2000 + b"1" + b"}" * 2000])
async def test_deep_bodies_are_kept_and_taken(body: bytes) -> None:
    notes = Notes()
    intake = Intake(Reader(ZaloBotClient("1:a")), notes)
    for arrival in intake.read_body(body):
        await intake.settle(arrival)
    assert not notes.committed
    assert len(notes.rejected) == 1

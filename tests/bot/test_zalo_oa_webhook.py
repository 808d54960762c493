"""Events: signed as Zalo signs, each of them read, and nothing forged or broken ever acts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fakes.zalo_oa import APP_ID, APP_SECRET, OA_ID, SECRET_KEY
from bot.zalo_oa_account import PATH as GETOA
from bot.zalo_oa_account import OaAccount
from bot.zalo_oa_oauth import without_owner
from bot.zalo_oa_signature import HEADER, matching, sign
from bot.zalo_oa_updates import Event, UnreadableEvent, read
from bot.zalo_oa_webhook import PATH
from core.messages import Incoming, IncomingFile
from storage.database import Database
from tests.bot.zalo_oa_office import Office, an_office

VECTOR = "2f1ef5aabe67e8396a459ca89562e108ad541f82ba5022c85f645bd6b7220cb9"
USER = "4001"


@pytest.fixture
async def office(sqlite_database: Database) -> AsyncIterator[Office]:
    async with an_office(sqlite_database, listening=True) as made:
        yield made


def _event(name: str, message: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    said = {"message": {"msg_id": "m1", **message}} if message is not None else {}
    people = {"sender": {"id": USER}, "recipient": {"id": OA_ID}}
    return {
        "app_id": APP_ID,
        "user_id_by_app": "9",
        "event_name": name,
        "timestamp": "1543908534731",
        **people,
        **said,
        **more,
    }


def _attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"attachments": [{"type": kind, "payload": payload}]}


def _follow(name: str) -> dict[str, Any]:
    event = _event(name, oa_id=OA_ID, follower={"id": USER}, source="oa_profile")
    del event["sender"], event["recipient"]
    return event


def _said(kind: str, text: str = "", *files: IncomingFile, event_id: str = "zo:m1", **more: Any) -> Incoming:
    return Incoming("zalo_oa", event_id, USER, USER, text, kind, files=files, **more)  # type: ignore[arg-type]


def test_the_published_vector() -> None:
    assert sign("X", b"BODY", "1234567890", "Y") == VECTOR
    event = {"timestamp": "1234567890"}
    for given_signature in (VECTOR, f"mac={VECTOR}", f" mac={VECTOR.upper()}"):
        assert matching(given_signature, event, b"BODY", app_id="X", secret_key="Y") == "app_id+key"
    assert matching(VECTOR, event, b"BODY ", app_id="X", secret_key="Y") is None
    assert matching(VECTOR, {"timestamp": "1"}, b"BODY", app_id="X", secret_key="Y") is None
    assert matching("", event, b"BODY", app_id="X", secret_key="Y") is None
    assert matching("\udcff", event, b"BODY", app_id="X", secret_key="Y") is None


@pytest.mark.parametrize(
    ("first", "key", "name"),
    [(APP_ID, SECRET_KEY, "app_id+key"), (OA_ID, SECRET_KEY, "oa_id+key"), (APP_ID, APP_SECRET, "app_id+app_secret")],
)
def test_the_candidate_that_fits_is_named(first: str, key: str, name: str) -> None:
    event = _event("user_send_text", {"text": "xong"})
    body = json.dumps(event).encode()
    signature = sign(first, body, event["timestamp"], key)
    found = matching(signature, event, body, app_id=APP_ID, secret_key=SECRET_KEY, app_secret=APP_SECRET)
    assert found == name


FILE = {"url": "https://f1.dlfl.vn/a.docx", "name": "Kế hoạch.docx", "size": "12", "checksum": "a" * 32, "type": "docx"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURE = {"thumbnail": "https://t.zdn.vn/t.jpg", "url": "https://f.zdn.vn/p.jpg"}
PLACE = {"coordinates": {"latitude": "10.7", "longitude": "106.6"}}
NUMBERED = "1543908534731"

SHAPES: list[tuple[dict[str, Any], Incoming]] = [
    (_event("user_send_text", {"text": "/done 3.5"}), _said("text", "/done 3.5")),
    (_event("user_send_text", {"text": "xong", "quote_msg_id": "m0"}), _said("text", "xong", replied_to="m0")),
    (
        _event("user_send_image", {"text": "xong 3.7", **_attached("image", **PICTURE)}),
        _said("photo", "xong 3.7", IncomingFile("https://f.zdn.vn/p.jpg", "image-m1.jpg", None, "image/jpeg")),
    ),
    (_event("user_send_gif", _attached("gif", **PICTURE)), _said("other")),
    (_event("user_send_link", {"text": "https://so.vn", **_attached("link", url="https://so.vn")}),
     _said("text", "https://so.vn")),
    (_event("user_send_link", _attached("link", url="https://so.vn")), _said("other")),
    (_event("user_send_location", _attached("location", **PLACE)), _said("other")),
    (_event("user_send_business_card", _attached("link", description="{}")), _said("other")),
    (
        _event("user_send_file", _attached("file", **FILE)),
        _said("file", "", IncomingFile(f"{FILE['url']}#md5={'a' * 32}", "Kế hoạch.docx", 12, DOCX)),
    ),
    (_event("user_send_sticker", _attached("sticker", id="1", url="https://f.zdn.vn/s")), _said("other")),
    (_event("user_send_audio", _attached("audio", url="https://f.zdn.vn/a.aac")), _said("voice")),
    (
        _event("user_send_video", _attached("video", url="https://f.zdn.vn/v.mp4")),
        _said("file", "", IncomingFile("https://f.zdn.vn/v.mp4", "video-m1.mp4", None, "video/mp4")),
    ),
    (_event("user_submit_info", info={"name": "An", "phone": "84912345678"}),
     _said("other", event_id=f"zo:user_submit_info:{NUMBERED}:{USER}")),
    (_event("user_click_button", {"payload": "/done 3.5"}), _said("button", "/done 3.5")),
    (_follow("follow"), _said("unblocked", event_id=f"zo:follow:{NUMBERED}:{USER}")),
    (_follow("unfollow"), _said("blocked", event_id=f"zo:unfollow:{NUMBERED}:{USER}")),
]  # fmt: skip


@pytest.mark.parametrize(("event", "expected"), SHAPES, ids=[shape[0]["event_name"] for shape in SHAPES])
def test_every_event_is_read(event: dict[str, Any], expected: Incoming) -> None:
    made = read(event)
    assert made.incoming == expected
    assert made.moment is not None
    assert made.moment.year == 2018


@pytest.mark.parametrize("name", ["oa_send_text", "oa_send_image"])
def test_echoes_are_passed_over(name: str) -> None:
    assert read(_event(name, {"text": "/done 3.5"})) == Event(name)


@pytest.mark.parametrize(
    ("message", "named"),
    [({"msg_id": "m1"}, ("m1",)), ({"msg_ids": ["m1", 7, None]}, ("m1", "7")), ({}, None), ({"msg_ids": "m1"}, None)],
)
@pytest.mark.parametrize(("name", "seen"), [("user_received_message", False), ("user_seen_message", True)])
def test_receipts_are_kept_apart_and_say_nothing(
    name: str, seen: bool, message: dict[str, Any], named: tuple[str, ...] | None
) -> None:
    event = _event(name)
    event["message"] = message
    made = read(event)
    assert (made.incoming, made.known) == (None, True)
    if named is None:
        assert made.receipt is None
    else:
        assert made.receipt is not None
        assert (made.receipt.messages, made.receipt.seen) == (named, seen)
        assert USER in made.receipt.between


@pytest.mark.parametrize("name", ["user_send_group_text", "create_group", "user_reacted_message", "something new"])
def test_other_events_are_named_and_do_nothing(name: str) -> None:
    made = read(_event(name, {"text": "/done 3.5"}))
    assert made.incoming is None
    assert not made.known


_NAMES = [shape[0]["event_name"] for shape in SHAPES]
_KEYS = st.sampled_from(
    ["id", "text", "msg_id", "quote_msg_id", "attachments", "payload", "url", "name", "size", "checksum", "type"]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=80)
    | st.just("\ud800\x00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(
    st.fixed_dictionaries(
        {"event_name": st.sampled_from(_NAMES)},
        optional=dict.fromkeys(("sender", "recipient", "follower", "message", "timestamp", "info", "oa_id"), _VALUES),
    )
    | _VALUES
)
def test_fuzzed_events_are_read_or_refused_and_hold_nothing_unstorable(event: Any) -> None:
    try:
        made = read(event)
    except UnreadableEvent:
        return
    matching("mac=00", event, b"{}", app_id="a", secret_key="k")
    if made.incoming is not None:
        said = made.incoming
        assert 1 <= len(said.sender) <= 64
        assert len(said.event_id) <= 96
        for text in (said.event_id, said.sender, said.text, *(f.ref + f.name for f in said.files)):
            assert "\x00" not in text
            text.encode()


async def test_an_event_is_taken_in_once_and_opens_the_window(office: Office) -> None:
    person = office.fake.person(USER)
    person.sends("/done 3.5")
    await office.fake.until(lambda: not office.fake.pending)
    again = office.fake.deliveries.events[-1]
    assert await office.fake.deliveries.post(again, 1) == 200
    assert office.notes.texts == ["/done 3.5"]
    async with office.database.read(office.clock()) as work:
        seen = await work.tokens.last_seen("zalo_oa", USER)
    assert seen is not None
    assert abs((office.clock() - seen).total_seconds()) < 10


async def test_the_window_is_open_before_the_answer_can_leave(office: Office) -> None:
    seen: list[object] = []
    take = office.notes.receive

    async def receive(incoming: Incoming) -> Any:
        async with office.database.read(office.clock()) as work:
            seen.append(await work.tokens.last_seen("zalo_oa", incoming.sender))
        return await take(incoming)

    office.notes.receive = receive  # type: ignore[method-assign]
    office.fake.person(USER).follows()
    await office.fake.until(lambda: not office.fake.pending)
    assert len(seen) == 1
    assert seen[0] is not None


@pytest.mark.parametrize("body", [b"{}", b" { } ", b""])
async def test_the_unsigned_probe_is_answered(office: Office, body: bytes) -> None:
    assert await office.fake.deliveries.post_raw(body, {}) == 200
    assert office.notes.tried == 0


@pytest.mark.parametrize("signature", ["", "mac=", f"mac={VECTOR}", VECTOR, "\u00e9"])
async def test_what_zalo_did_not_sign_is_refused(office: Office, signature: str) -> None:
    body = json.dumps(_event("user_send_text", {"text": "/done 3.5"})).encode()
    assert await office.fake.deliveries.post_raw(body, {HEADER: signature} if signature else {}) == 401
    assert office.notes.tried == 0
    assert sum(sample.value for metric in office.webhook.refused.collect() for sample in metric.samples
               if sample.name.endswith("_total")) == 1  # fmt: skip


@pytest.mark.parametrize("body", [b"[]", b"null", b"7", b"not json", b"\xff\xfe", b"[" * 5000, b'{"event_name":7}'])
async def test_signed_nonsense_is_kept_and_never_acts(office: Office, body: bytes) -> None:
    headers = {HEADER: sign(APP_ID, body, "", SECRET_KEY)}
    assert await office.fake.deliveries.post_raw(body, headers) == 200
    assert office.notes.tried == 0
    assert len(office.notes.rejected) == 1


async def test_events_of_another_application_do_nothing(office: Office) -> None:
    event = _event("user_send_text", {"text": "/done 3.5"}, app_id="another")
    assert await office.fake.deliveries.post(event) == 200
    assert office.notes.tried == 0


async def test_events_of_another_account_do_nothing_once_ours_is_known(office: Office) -> None:
    now = str(int(office.clock().timestamp() * 1000))
    said = _event("user_send_text", {"text": "/done 3.5", "msg_id": "n1"}, recipient={"id": "999"}, timestamp=now)
    assert await office.fake.deliveries.post(said) == 200
    assert office.notes.texts == ["/done 3.5"]  # not known yet: the signature vouches for it
    await office.account.learn()
    followed = _follow("follow") | {"oa_id": "999", "timestamp": now}
    for foreign in (said | {"message": {"text": "/undo", "msg_id": "n2"}}, followed):
        assert await office.fake.deliveries.post(foreign) == 200
    ours = _event("user_send_text", {"text": "viec", "msg_id": "n3"}, timestamp=now)
    assert await office.fake.deliveries.post(ours) == 200
    assert office.notes.texts == ["/done 3.5", "viec"]


async def test_the_account_is_asked_for_once_and_anew_after_a_new_consent(office: Office) -> None:
    await office.account.learn()
    await office.account.learn()
    assert await office.keeper.owner() == OA_ID
    assert office.fake.answers(GETOA) == [0]
    held = await office.token()
    async with office.database.work(office.clock()) as work:
        await work.tokens.save(replace(held, notes=without_owner(held.notes)))
    office.fake.world.oa_id = "999"
    assert not await OaAccount(office.client, office.keeper, OA_ID).owns("999")
    await office.account.learn()
    assert await office.account.owns("999")
    assert not await office.account.owns(OA_ID)


async def test_what_another_token_was_told_is_not_kept(office: Office) -> None:
    await office.keeper.access()
    await office.keeper.note(of="another", oa_id="999")
    assert await office.keeper.owner() is None


async def test_a_late_retry_acts_and_an_ancient_event_does_not(office: Office) -> None:
    now = office.clock().timestamp()
    for number, (hours, acts) in enumerate([(2, True), (-1, True), (30, False), (-30, False)]):
        event = _event("user_send_text", {"text": f"{hours}", "msg_id": f"n{number}"})
        event["timestamp"] = str(int((now - hours * 3600) * 1000))
        assert await office.fake.deliveries.post(event) == 200
        assert (f"{hours}" in office.notes.texts) is acts


async def test_a_database_that_is_down_brings_the_event_again(office: Office) -> None:
    office.notes.down = True
    office.fake.person(USER).sends("/done 3.5")
    await office.fake.until(lambda: office.fake.deliveries.attempts)
    assert office.fake.deliveries.attempts[0] == ("0", 503)
    office.notes.down = False
    await office.fake.until(lambda: not office.fake.pending)
    assert office.notes.texts == ["/done 3.5"]


async def test_a_slow_commit_is_not_waited_for_and_not_done_twice(office: Office) -> None:
    office.webhook._patience = 0.1
    held = office.notes.held["/done 3.5"]
    office.fake.person(USER).sends("/done 3.5")
    await office.fake.until(lambda: office.fake.deliveries.attempts)
    assert office.fake.deliveries.attempts[0] == ("0", 503)
    held.set()
    await office.fake.until(lambda: not office.fake.pending)
    await asyncio.sleep(0.05)
    assert office.notes.texts == ["/done 3.5"]


async def test_an_event_that_fails_is_kept_and_does_not_block_the_line(office: Office) -> None:
    office.notes.broken.add("boom")
    person = office.fake.person(USER)
    person.sends("boom")
    person.sends("after")
    await office.fake.until(lambda: not office.fake.pending)
    assert office.notes.texts == ["after"]
    assert len(office.notes.rejected) == 1


async def test_everything_people_do_arrives(office: Office) -> None:
    person = office.fake.person(USER)
    person.follows()
    person.sends_file(b"PK a notice", "718.docx")
    person.sends_image(b"\xff\xd8\xff a picture", "xong 3.7")
    person.sends_audio(b"voice")
    person.sends_sticker()
    person.sends_location()
    person.submits_info("An", "84912345678")
    person.unfollows()
    await office.fake.until(lambda: not office.fake.pending)
    kinds = [incoming.kind for incoming in office.notes.committed]
    assert kinds == ["unblocked", "file", "photo", "voice", "other", "other", "other", "blocked"]
    document = office.notes.committed[1].files[0]
    assert document.name == "718.docx"
    assert await office.channel.fetch(document.ref, 1000) == b"PK a notice"
    assert office.webhook is not None
    assert PATH == "/webhooks/zalo-oa"

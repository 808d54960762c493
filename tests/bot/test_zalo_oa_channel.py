"""What we say goes out as Zalo allows: windows, buttons, files, the government's way, and every error's meaning."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest

from bot.channel import Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.fakes.zalo_oa import APP_SECRET
from bot.fakes.zalo_oa_people import Person
from bot.fakes.zalo_oa_server import V2, V3
from bot.fetching import FetchFailed, FileGone, FileTooBig
from bot.metrics import Metrics
from bot.zalo_oa_charges import Charges, charges
from bot.zalo_oa_client import Proof
from bot.zalo_oa_errors import NeverLeft, Refused, Unanswered, Walled, outcome_of
from bot.zalo_oa_render import render
from core.messages import Button, Message, OutgoingFile
from storage.database import Database
from tests.bot.zalo_oa_office import FILES, Office, an_office

HELLO = Message.of("# Việc hôm nay\n3.5 còn 1 ngày")
ASK = HELLO.with_buttons(Button("Xong", "/done 3.5"), Button("Để sau", "/cancel", opt_out=True))
PDF = OutgoingFile("pdf", "Công văn.pdf", "application/pdf")
PNG = OutgoingFile("png", "qr.png", "image/png")
XLSX = OutgoingFile("xlsx", "Tổng hợp.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
UPLOAD_IMAGE, UPLOAD_FILE = "/v2.0/oa/upload/image", "/v2.0/oa/upload/file"


@pytest.fixture
async def office(sqlite_database: Database) -> AsyncIterator[Office]:
    async with an_office(sqlite_database) as made:
        yield made


async def _send(office: Office, person: Person, message: Message = HELLO) -> list[Outcome]:
    channel = office.channel
    return [await channel.send(person.id, message, resend=False, part=part) for part in range(channel.parts(message))]


async def _kind(office: Office, person: Person, message: Message = HELLO) -> str:
    outcome = (await _send(office, person, message))[-1]
    assert isinstance(outcome, Permanent), outcome
    return outcome.kind


async def test_a_message_arrives_with_its_id(office: Office) -> None:
    person = await office.person()
    (outcome,) = await _send(office, person)
    (message,) = person.messages
    assert outcome == Sent(message.id)
    assert message.text == "Việc hôm nay\n3.5 còn 1 ngày"
    assert message.path == V3


async def test_one_sent_again_says_so(office: Office) -> None:
    person = await office.person()
    assert isinstance(await office.channel.send(person.id, HELLO, resend=True, part=0), Sent)
    assert person.messages[0].text.startswith("(gửi lại)\n")


async def test_buttons_are_drawn_and_say_their_command(office: Office) -> None:
    person = await office.person()
    await _send(office, person, ASK)
    (message,) = person.messages
    assert [(one.label, one.type, one.payload) for one in message.buttons] == [
        ("Xong", "oa.query.hide", "/done 3.5"),
        ("Để sau", "oa.query.hide", "/cancel"),
    ]
    assert "1 Xong" not in message.text
    person.presses(message, "Xong")
    assert office.fake.deliveries.events[-1]["message"]["text"] == "/done 3.5"


async def test_buttons_that_are_refused_become_numbers(office: Office) -> None:
    office.fake.world.no_buttons = True
    person = await office.person()
    assert isinstance((await _send(office, person, ASK))[0], Sent)
    assert person.messages[0].text.endswith("\n1 Xong\n0 Để sau")
    assert office.fake.answers(V3) == [-201, 0]


def test_more_choices_than_five_are_numbered_and_of_a_menu_five_are_drawn() -> None:
    six = tuple(Button(f"Mục {n}", f"/show 3.{n}") for n in range(1, 7))
    (asked,) = render(HELLO.with_buttons(*six))
    assert asked.buttons == ()
    assert asked.text.endswith("5 Mục 5\n6 Mục 6")
    (menu,) = render(HELLO.with_buttons(*six, menu=True))
    assert [label for label, _ in menu.buttons] == [f"Mục {n}" for n in range(1, 6)]
    assert "1 Mục 1" not in menu.words(resend=False, numbered=True)


def test_a_button_zalo_cannot_carry_turns_the_choices_into_numbers() -> None:
    (part,) = render(HELLO.with_buttons(Button("Xong", "/done 3.5"), Button("Dài", "/x " + "y" * 1000)))
    assert part.buttons == ()
    assert part.text.endswith("1 Xong\n2 Dài")
    (long,) = render(HELLO.with_buttons(Button("đ" * 150, "/done 3.5")))
    assert len(long.buttons[0][0]) <= 100


async def test_a_long_message_comes_in_pages_zalo_takes(office: Office) -> None:
    person = await office.person()
    long = Message(tuple(f"Dòng {n} 😀 đôn đốc thực hiện" for n in range(300)), "Danh sách", ASK.buttons)
    office.fake.world.no_buttons = True
    outcomes = [
        await office.channel.send(person.id, long, resend=True, part=n) for n in range(office.channel.parts(long))
    ]
    assert len(outcomes) > 3
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert all(len(message.text.encode("utf-16-le")) // 2 <= 2000 for message in person.messages)
    assert person.messages[-1].text.endswith("0 Để sau")
    said = "\n".join(message.text for message in person.messages)
    assert all(line in said for line in long.lines)
    assert isinstance(await office.channel.send(person.id, long, resend=False, part=99), Permanent)


async def test_files_are_uploaded_once_and_a_picture_takes_its_words_along(office: Office) -> None:
    one, two = await office.person("1"), await office.person("2")
    for person in (one, two):
        assert all(
            isinstance(outcome, Sent) for outcome in await _send(office, person, Message(("Mã mời",), files=(PNG,)))
        )
        assert all(
            isinstance(outcome, Sent) for outcome in await _send(office, person, Message(("Gửi",), files=(PDF,)))
        )
    for person in (one, two):
        picture, words, letter = person.messages
        assert picture.text == "Mã mời"
        assert picture.file is not None
        assert picture.file.content == FILES["png"]
        assert words.text == "Gửi"
        assert letter.file is not None
        assert (letter.file.name, letter.file.content) == ("Công văn.pdf", FILES["pdf"])
    assert office.fake.answers(UPLOAD_IMAGE) == office.fake.answers(UPLOAD_FILE) == [0]


async def test_an_upload_that_expired_is_made_once_more(office: Office) -> None:
    person = await office.person()
    await _send(office, person, Message((), files=(PDF,)))
    office.fake.world.uploads.clear()
    assert isinstance((await _send(office, person, Message((), files=(PDF,))))[0], Sent)
    assert office.fake.answers(UPLOAD_FILE) == [0, 0]
    assert office.fake.answers(V3) == [0, -100, 0]


@pytest.mark.parametrize(
    "file", [XLSX, OutgoingFile("big", "lớn.png", "image/png"), OutgoingFile("xlsx", "hỏng.png", "image/png")]
)
async def test_what_zalo_does_not_take_is_a_link(office: Office, file: OutgoingFile) -> None:
    person = await office.person()
    assert isinstance((await _send(office, person, Message(("Tổng hợp",), files=(file,))))[-1], Sent)
    assert person.messages[-1].file is None
    assert f"{file.name}:\nhttps://so.example/d/{file.ref}" in person.messages[-1].text


async def test_an_upload_whose_answer_was_lost_is_tried_again(office: Office) -> None:
    person = await office.person()
    office.fake.fail(UPLOAD_FILE, "drop_after")
    (outcome,) = await _send(office, person, Message((), files=(PDF,)))
    assert isinstance(outcome, RetryAt)
    assert person.messages == []


async def test_a_file_that_is_missing_is_permanent(office: Office) -> None:
    person = await office.person()
    missing = OutgoingFile("gone", "x.pdf", "application/pdf")
    assert await _kind(office, person, Message((), files=(missing,))) == "bad_request"


async def test_a_picture_beside_the_words_is_left_out_where_it_is_gone(office: Office) -> None:
    person = await office.person()
    gone = OutgoingFile("gone", "dòng.png", "image/png", beside=True)
    (outcome,) = await _send(office, person, Message(("Mục 3.5",), files=(gone,)))
    assert isinstance(outcome, Sent)
    assert [(message.text, message.file) for message in person.messages] == [("Mục 3.5", None)]


async def test_the_window_is_known_before_anything_is_sent(office: Office) -> None:
    assert await _kind(office, office.fake.person("never")) == "window"
    person = await office.person()
    office.clock.passes(hours=47)
    await _send(office, person)
    office.clock.passes(hours=2)
    await _send(office, person)
    office.clock.passes(days=4.9)
    await _send(office, person)
    assert [message.quota for message in person.messages] == ["reply", "sub_quota", "sub_quota"]
    office.clock.passes(hours=3)
    assert await _kind(office, person) == "window"
    assert office.fake.answers(V3) == [0, 0, 0]
    await office.heard(person.id)
    person.was_silent(0)
    assert isinstance((await _send(office, person))[0], Sent)


async def test_what_zalo_charges_is_counted_by_the_month(office: Office) -> None:
    counter = Metrics().charged
    office.channel._charges = Charges(office.database, counter)
    person = await office.person()
    await _send(office, person)
    assert await _charged(office) == {"window": 0, "template": 0}
    office.clock.passes(hours=50)
    for _ in range(2):
        await _send(office, person)
    assert await _charged(office) == {"window": 2, "template": 0}
    assert counter.labels("zalo_oa", "window")._value.get() == 2


async def test_a_charge_the_database_missed_is_counted_with_the_next(office: Office) -> None:
    made = Charges(office.database)
    with patch.object(office.database, "work", side_effect=OSError):
        await made.count("template", "template")
    assert await _charged(office) == {"window": 0, "template": 0}
    await made.count("template", "template")
    assert await _charged(office) == {"window": 0, "template": 2}


async def _charged(office: Office) -> dict[str, int]:
    async with office.database.read(office.clock()) as work:
        return await charges(work.quota)


async def test_a_used_up_package_stops_the_channel_for_a_while(office: Office) -> None:
    person = await office.person()
    office.fake.world.package = 0
    office.clock.passes(hours=50)
    assert await _kind(office, person) == "quota"
    assert await _kind(office, person) == "quota"
    assert office.fake.answers(V3) == [-211]


async def test_a_government_account_is_pinned_to_v2(sqlite_database: Database) -> None:
    async with an_office(sqlite_database, government=True) as office:
        person = await office.person()
        assert all([isinstance((await _send(office, person))[0], Sent) for _ in range(2)])
        assert office.fake.answers(V3) == [-235]
        assert office.fake.answers(V2) == [0, 0]
        again = office.another()
        assert (await again.notes())["send_path"] == V2
        await again.after_refusal(await again.access())
        assert (await office.token()).notes["send_path"] == V2


@pytest.mark.parametrize("kind", ["error:-201", "error:-32", "error:-999", "http:500", "drop_after"])
async def test_no_other_error_turns_to_v2(office: Office, kind: str) -> None:
    person = await office.person()
    office.fake.fail(V3, kind)
    (outcome,) = await _send(office, person)
    assert not isinstance(outcome, Sent)
    assert office.fake.answers(V2) == []
    assert "send_path" not in await office.keeper.notes()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "timeout_after", "http:502"])
async def test_a_lost_answer_is_uncertain(sqlite_database: Database, kind: str) -> None:
    async with an_office(sqlite_database, answer=0.2) as office:
        office.fake.server.hang = 0.5
        person = await office.person()
        await office.keeper.access()
        office.fake.fail(V3, kind)
        (outcome,) = await _send(office, person)
        assert isinstance(outcome, Uncertain)


async def test_an_account_that_wants_a_proof_gets_it_where_its_header_is_set(office: Office) -> None:
    office.fake.world.wants_proof = True
    person = await office.person()
    outcome = await office.channel.send(person.id, HELLO, resend=False, part=0)
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "unauthorized"
    assert "ZALO_OA_PROOF_HEADER" in outcome.reason
    office.client._proof = Proof("appsecret_proof", APP_SECRET)
    assert isinstance(await office.channel.send(person.id, HELLO, resend=False, part=0), Sent)


async def test_nothing_left_when_zalo_is_out_of_reach(office: Office) -> None:
    person = await office.person()
    await office.keeper.access()
    await office.fake.stop()
    (outcome,) = await _send(office, person)
    assert isinstance(outcome, RetryAt)
    assert outcome.whole_channel


async def test_a_token_refused_twice_locks_the_channel(office: Office) -> None:
    person = await office.person()
    office.fake.fail(V3, "error:-216", times=2)
    assert await _kind(office, person) == "unauthorized"
    assert office.fake.world.refreshes == 2


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ((-216, -220), "unauthorized"),
        ((-213,), "blocked"),
        ((-217, -218, -244), "chat_not_found"),
        ((-227,), "deactivated"),
        ((-230, -232), "window"),
        ((-211,), "quota"),
        ((-201, -233, -100, -999, 0), "bad_request"),
        ((-210,), "too_long"),
        ((-204, -205, -209, -212, -219, -221, -223, -224, -235, -240, -242, -248), "unauthorized"),
        ((-237, -238, -241, -403), "kicked"),
    ],
)
def test_every_class_of_error_has_its_meaning(codes: tuple[int, ...], kind: str) -> None:
    for code in codes:
        outcome = outcome_of(Refused(code, "no"), datetime.now(UTC))
        assert isinstance(outcome, Permanent)
        assert outcome.kind == kind


def test_what_may_be_tried_again_says_when() -> None:
    night = datetime(2026, 10, 5, 16, 30, tzinfo=UTC)  # 23:30 in Hanoi
    for code in (-234, -133):
        assert outcome_of(Refused(code, "night"), night) == RetryAt(
            6.5 * 3600, whole_channel=False, reason=f"{code}: night"
        )
    for error in (Refused(-32, "slow down"), NeverLeft("x"), Walled("HTTP 403")):
        outcome = outcome_of(error, night)
        assert isinstance(outcome, RetryAt)
        assert outcome.whole_channel
    assert isinstance(outcome_of(Unanswered("HTTP 500"), night), Uncertain)


async def test_a_file_is_fetched_checked_and_never_from_elsewhere(office: Office) -> None:
    person = office.fake.person("4001")
    url = person.keeps(b"PK a notice", "a.docx")
    assert await office.channel.fetch(url, 100) == b"PK a notice"
    with pytest.raises(FetchFailed):
        await office.channel.fetch(f"{url}#md5={'0' * 32}", 100)
    with pytest.raises(FileTooBig):
        await office.channel.fetch(url, 5)
    for forged in ("https://example.com/a", "http://127.0.0.1:1/a", "file:///etc/passwd", "https://zdn.vn.evil.com/a"):
        with pytest.raises(FileGone):
            await office.channel.fetch(forged, 100)

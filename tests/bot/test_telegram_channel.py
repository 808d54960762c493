from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channel import Moved, Permanent, RetryAt, Sent, Uncertain
from bot.fakes.telegram_people import Person
from bot.fetching import FetchFailed, FileGone, FileTooBig
from core.messages import Button, Incoming, Message, OutgoingFile, Receipt
from tests.bot.telegram_rig import FILES, Rig, rigged

HELLO = Message.of("# Việc hôm nay\n3.5 hạn 30/4", Button("Xong", "/done 3.5"))


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with rigged() as made:
        yield made


@pytest.fixture
def tam(rig: Rig) -> Person:
    person = rig.fake.user(71800021, "Tâm")
    rig.fake.private(person)
    return person


async def send(rig: Rig, to: object, message: Message = HELLO, *, resend: bool = False, part: int = 0) -> object:
    return await rig.channel.send(str(getattr(to, "id", to)), message, resend=resend, part=part)


async def test_a_message_arrives(rig: Rig, tam: Person) -> None:
    outcome = await send(rig, tam)
    assert outcome == Sent(str(tam.chat.last.id))
    assert tam.chat.texts == ["Việc hôm nay\n3.5 hạn 30/4"]
    assert tam.chat.last.raw["entities"] == [{"type": "bold", "offset": 0, "length": 12}]
    assert tam.chat.last.button("Xong")["callback_data"] == "/done 3.5"


async def test_a_message_is_marked_when_it_may_have_arrived_before(rig: Rig, tam: Person) -> None:
    await send(rig, tam, resend=True)
    assert tam.chat.texts == ["(gửi lại)\nViệc hôm nay\n3.5 hạn 30/4"]


async def test_a_message_takes_the_place_of_an_earlier_one(rig: Rig, tam: Person) -> None:
    sent = await send(rig, tam)
    assert isinstance(sent, Sent)
    new = Message(("✓ 3.5 <đã xong>",), "Việc hôm nay", edits=(sent.external_id or "",))
    assert rig.channel.parts(new) == 1
    assert await send(rig, tam, new, resend=True) == Sent()
    assert tam.chat.texts == ["Việc hôm nay\n✓ 3.5 <đã xong>"]
    assert "reply_markup" not in tam.chat.last.raw
    assert await send(rig, tam, new) == Sent()  # nothing left to change


async def test_a_message_of_several_pages_takes_the_place_of_an_earlier_one(rig: Rig, tam: Person) -> None:
    message = Message(tuple(f"3.{number} Trình kế hoạch – 30/4" for number in range(250)), buttons=HELLO.buttons)
    pages = range(rig.channel.parts(message))
    assert len(pages) > 1
    sent = [await send(rig, tam, message, part=page) for page in pages]
    before = len(tam.chat.messages)
    lines = [f"✓ {line} – Đã hoàn thành" if number in {3, 240} else line for number, line in enumerate(message.lines)]
    edits = tuple(one.external_id or "" for one in sent if isinstance(one, Sent))
    new = replace(message, lines=tuple(lines), buttons=(), edits=edits)
    assert rig.channel.parts(new) == len(pages)
    assert [await send(rig, tam, new, part=page) for page in pages] == [Sent() for _ in pages]
    assert "\n".join(tam.chat.texts).split("\n") == lines
    assert (len(tam.chat.messages), tam.chat.last.buttons) == (before, [])


async def test_a_change_that_cannot_be_made_is_of_no_consequence(rig: Rig, tam: Person) -> None:
    sent = await send(rig, tam)
    assert isinstance(sent, Sent)
    assert await send(rig, tam, replace(HELLO, edits=("4711",))) == Sent()
    assert await send(rig, tam, replace(HELLO, edits=("no number",))) == Sent()
    assert await send(rig, tam, Message(tuple("x" * 4000 for _ in range(3)), edits=(sent.external_id or "",))) == Sent()
    assert tam.chat.texts == ["Việc hôm nay\n3.5 hạn 30/4"]
    rig.fake.fail("editMessageText", "drop_after")
    outcome = await send(rig, tam, Message(("khác",), edits=(sent.external_id or "",)))
    assert isinstance(outcome, RetryAt)
    assert not outcome.whole_channel
    await tam.blocks()
    assert await send(rig, tam, Message(("nữa",), edits=(sent.external_id or "",))) == Sent()


async def test_every_page_arrives(rig: Rig, tam: Person) -> None:
    message = Message(tuple(f"{number} <Trình> & ký" for number in range(700)), buttons=HELLO.buttons)
    assert rig.channel.parts(message) > 1
    for part in range(rig.channel.parts(message)):
        assert isinstance(await send(rig, tam, message, part=part), Sent)
    assert "\n".join(tam.chat.texts) == "\n".join(message.lines)
    assert [bool(sent.buttons) for sent in tam.chat.messages][-2:] == [False, True]
    assert isinstance(await send(rig, tam, message, part=9), Permanent)


async def test_a_file_arrives_with_its_name_and_type(rig: Rig, tam: Person) -> None:
    letter = OutgoingFile("letter", "Công văn đôn đốc.docx", "application/msword")
    await send(rig, tam, Message(("Dự thảo <1>",), "Công văn", HELLO.buttons, (letter,)), resend=True)
    document = tam.chat.last.document
    assert document is not None
    assert (document["file_name"], document["mime_type"]) == (letter.name, letter.mime)
    assert rig.fake.world.files[document["file_id"]].content == FILES["letter"]
    assert tam.chat.texts == ["(gửi lại)\nCông văn\nDự thảo <1>"]
    assert tam.chat.last.buttons == [["Xong"]]


async def test_a_picture_is_shown_and_what_is_none_comes_as_a_file(rig: Rig, tam: Person) -> None:
    for ref in ("picture", "not a picture"):
        assert isinstance(
            await send(rig, tam, Message(("Mã QR",), files=(OutgoingFile(ref, "qr.png", "image/png"),))), Sent
        )
    first, second = tam.chat.messages
    assert "photo" in first.raw
    assert second.document is not None


async def test_a_picture_beside_the_words_is_left_out_where_it_is_gone(rig: Rig, tam: Person) -> None:
    gone = OutgoingFile("nothing", "dòng.png", "image/png", beside=True)
    assert isinstance(await send(rig, tam, Message(("Mục 3.5",), None, HELLO.buttons, (gone,))), Sent)
    assert isinstance(await send(rig, tam, Message((), files=(gone,))), Sent)
    (words,) = tam.chat.messages
    assert (tam.chat.texts, words.document, words.buttons) == (["Mục 3.5"], None, [["Xong"]])


async def test_a_file_we_lost_is_no_reason_to_try_for_ever(rig: Rig, tam: Person) -> None:
    outcome = await send(rig, tam, Message((), files=(OutgoingFile("nothing", "a.txt", "text/plain"),)))
    assert isinstance(outcome, Permanent)
    assert not tam.chat.messages


async def test_how_a_sending_ends(rig: Rig, tam: Person) -> None:
    fake = rig.fake
    assert isinstance(await send(rig, 999), Permanent)
    assert isinstance(await send(rig, "no number"), Permanent)
    fake.fail("sendMessage", "429", retry_after=7)
    outcome = await send(rig, tam)
    assert isinstance(outcome, RetryAt)
    assert (outcome.after, outcome.whole_channel) == (7, True)
    fake.fail("sendMessage", "502")
    assert isinstance(await send(rig, tam), Uncertain)
    fake.fail("sendMessage", "drop_after")
    assert isinstance(await send(rig, tam), Uncertain)
    await tam.blocks()
    outcome = await send(rig, tam)
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "blocked"
    fake.fail("sendMessage", "401")
    outcome = await send(rig, tam)
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "unauthorized"


async def test_a_group_that_moved_says_where(rig: Rig, tam: Person) -> None:
    group = rig.fake.group([tam])
    new = await rig.fake.migrates(group)
    assert await send(rig, group) == Moved(str(new.id))
    rig.fake.fail("sendMessage", "429", retry_after=3)
    outcome = await send(rig, new)
    assert isinstance(outcome, RetryAt)
    assert not outcome.whole_channel


async def test_telegram_out_of_reach_loses_nothing(rig: Rig, tam: Person) -> None:
    await rig.fake.stop()
    outcome = await send(rig, tam)
    assert isinstance(outcome, RetryAt)
    assert outcome.whole_channel


async def test_a_pressed_button_is_answered(rig: Rig, tam: Person) -> None:
    await send(rig, tam)
    press = await tam.presses(tam.chat.last, "Xong")
    incoming = Incoming("telegram", "tg:1:1", str(tam.id), str(tam.id), press.data, "button", callback=press.query_id)
    await rig.channel.acknowledge(incoming, Receipt(answer="Đã ghi " + "👍" * 150, alert=True))
    assert press.answered
    assert press.alert
    assert press.answer is not None
    assert press.answer.startswith("Đã ghi 👍")
    assert press.answer.endswith("👍…")
    await rig.channel.acknowledge(incoming, Receipt())


async def test_an_answer_that_fails_is_of_no_consequence(rig: Rig, tam: Person) -> None:
    incoming = Incoming("telegram", "tg:1:1", str(tam.id), str(tam.id), "/x", "button", callback="long ago")
    await rig.channel.acknowledge(incoming, Receipt())
    await rig.channel.acknowledge(Incoming("telegram", "tg:1:2", "5", "5", "/x"), Receipt(answer="no button"))
    assert [(call.method, call.status) for call in rig.fake.calls] == [("answerCallbackQuery", 400)]


async def test_a_file_comes_in_up_to_the_limit(rig: Rig, tam: Person) -> None:
    said = await tam.sends_file(b"x" * 200_000, "a.pdf")
    ref = said.message["document"]["file_id"]
    assert await rig.channel.fetch(ref, 200_000) == b"x" * 200_000
    with pytest.raises(FileTooBig) as told:
        await rig.channel.fetch(ref, 199_999)
    assert told.value.size == 200_000


async def test_a_file_larger_than_it_claims_is_stopped(rig: Rig, tam: Person) -> None:
    said = await tam.sends_file(b"x" * 200_000, "a.pdf", size=10)
    with pytest.raises(FileTooBig):
        await rig.channel.fetch(said.message["document"]["file_id"], 100_000)


async def test_a_file_telegram_does_not_hand_out(rig: Rig, tam: Person) -> None:
    said = await tam.sends_file(b"x", "film.mp4", size=30_000_000)
    with pytest.raises(FileTooBig):
        await rig.channel.fetch(said.message["document"]["file_id"], 50_000_000)
    with pytest.raises(FileGone):
        await rig.channel.fetch("nothing", 100)
    await rig.fake.stop()
    with pytest.raises(FetchFailed):
        await rig.channel.fetch("nothing", 100)

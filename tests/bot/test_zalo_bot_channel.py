from __future__ import annotations

from collections.abc import AsyncIterator
from unittest.mock import AsyncMock

import pytest

from bot.channel import Permanent, RetryAt, Sent, Uncertain
from bot.telegram_render import utf16
from bot.zalo_bot import no_link
from bot.zalo_bot_render import Part, render
from core.messages import Button, Message, OutgoingFile
from tests.bot.zalo_bot_rig import Rig, link, rigged

QR = OutgoingFile("qr", "ma.png", "image/png")
LETTER = OutgoingFile("letter", "bao-cao.docx", "application/vnd.openxmlformats")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with rigged() as rig:
        await rig.tam.sends("chào")
        yield rig


def test_words_are_plain_and_choices_numbered() -> None:
    message = Message(("Còn 2 việc <hôm nay>",), "Đôn đốc", (Button("Xong", "/done"), Button("Thôi", "/no", True)))
    assert render(message, no_link) == (Part("Đôn đốc\nCòn 2 việc <hôm nay>\n1 Xong\n0 Thôi"),)


def test_words_go_out_composed() -> None:
    assert render(Message(("Viê\u0323c",)), no_link)[0].text == "Việc"


@pytest.mark.parametrize("line", ["Việc số 3.5 phải báo cáo Giám đốc Sở", "🙂 " * 60, "x" * 7000])
def test_pages_fit_and_lose_nothing(line: str) -> None:
    parts = render(Message((line,) * 90), link)
    assert len(parts) > 1
    assert all(utf16(part.marked(resend=True)) <= 1900 for part in parts)
    words = "".join(part.text.rpartition("\n")[0] for part in parts)
    assert "".join(words.split()) == "".join((line * 90).split())
    assert parts[0].text.endswith(f"(1/{len(parts)})")


def test_a_lone_picture_takes_the_words_along() -> None:
    message = Message(("Mã của đồng chí",), files=(QR,))
    assert render(message, link) == (Part("Mã của đồng chí", "https://so.example.vn/d/qr?name=ma.png"),)
    assert render(message, no_link) == (Part("Mã của đồng chí"),)


def test_other_files_are_links() -> None:
    assert render(Message(("Báo cáo",), files=(LETTER,)), link)[0].text.split("\n") == [
        "Báo cáo", "bao-cao.docx:", "https://so.example.vn/d/letter?name=bao-cao.docx",
    ]  # fmt: skip
    assert render(Message(("Báo cáo",), files=(LETTER,)), no_link)[0].text == "Báo cáo\n[bao-cao.docx]"


def test_long_words_come_before_their_picture() -> None:
    *pages, last = render(Message(("dòng",) * 900, files=(QR,)), link)
    assert len(pages) > 1
    assert last == Part("", "https://so.example.vn/d/qr?name=ma.png")


def test_there_is_always_something_to_send() -> None:
    assert render(Message(()), no_link) == (Part("…"),)
    assert render(Message((), files=(QR,)), no_link) == (Part("[ma.png]"),)
    assert render(Message((), files=(QR, QR)), link)[1].photo is not None


async def test_a_message_arrives_with_its_id(rig: Rig) -> None:
    outcome = await rig.channel.send(rig.tam.id, Message(("Đã ghi",)), resend=False, part=0)
    assert outcome == Sent(rig.tam.chat.last.id)
    assert rig.tam.chat.texts == ["Đã ghi"]


async def test_a_message_sent_again_says_so(rig: Rig) -> None:
    await rig.channel.send(rig.tam.id, Message(("Đã ghi",)), resend=True, part=0)
    assert rig.tam.chat.texts == ["(gửi lại)\nĐã ghi"]


async def test_every_page_arrives(rig: Rig) -> None:
    message = Message(("Việc số 3.5 phải báo cáo Giám đốc Sở",) * 200)
    for part in range(rig.channel.parts(message)):
        assert isinstance(await rig.channel.send(rig.tam.id, message, resend=True, part=part), Sent)
    assert len(rig.tam.chat.texts) == rig.channel.parts(message) > 3
    beyond = await rig.channel.send(rig.tam.id, message, resend=False, part=99)
    assert isinstance(beyond, Permanent)


async def test_a_picture_goes_by_its_address(rig: Rig) -> None:
    await rig.channel.send(rig.tam.id, Message(("Mã",), files=(QR,)), resend=False, part=0)
    assert rig.tam.chat.last.photo == "https://so.example.vn/d/qr?name=ma.png"
    assert rig.tam.chat.last.text == "Mã"


async def test_a_picture_zalo_cannot_get_is_sent_as_its_link(rig: Rig) -> None:
    rig.fake.fail("sendPhoto", "400", text="Bad Request: photo cannot be downloaded")
    outcome = await rig.channel.send(rig.tam.id, Message(("Mã",), files=(QR,)), resend=False, part=0)
    assert isinstance(outcome, Sent)
    assert rig.tam.chat.texts == ["Mã\nhttps://so.example.vn/d/qr?name=ma.png"]


async def test_who_never_wrote_cannot_be_reached(rig: Rig) -> None:
    outcome = await rig.channel.send("b" * 20, Message(("x",)), resend=False, part=0)
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "chat_not_found"


async def test_a_quota_used_up_moves_everybody_on_without_asking_again(rig: Rig) -> None:
    rig.fake.world.quota = 0
    for _ in range(3):
        outcome = await rig.channel.send(rig.tam.id, Message(("x",)), resend=False, part=0)
        assert isinstance(outcome, Permanent)
        assert outcome.kind == "quota"
    assert len([call for call in rig.fake.calls if call.method == "sendMessage"]) == 1
    rig.channel._shut_until = 0.0
    rig.fake.world.quota = 10
    assert isinstance(await rig.channel.send(rig.tam.id, Message(("x",)), resend=False, part=0), Sent)


async def test_a_429_of_another_kind_only_rests(rig: Rig) -> None:
    rig.fake.fail("sendMessage", "429", text="too many requests")
    outcome = await rig.channel.send(rig.tam.id, Message(("x",)), resend=False, part=0)
    assert isinstance(outcome, RetryAt)
    assert outcome.whole_channel
    assert isinstance(await rig.channel.send(rig.tam.id, Message(("x",)), resend=False, part=0), Sent)


async def test_what_left_or_may_have_left_is_counted(rig: Rig) -> None:
    quota = AsyncMock()
    rig.channel._quota = quota
    rig.fake.fail("sendMessage", "400", text="chat not found")
    for expected, counted in ((Permanent, 0), (Sent, 1)):
        assert isinstance(await rig.channel.send(rig.tam.id, Message(("x",)), resend=False, part=0), expected)
        assert quota.count.await_count == counted
    rig.fake.fail("sendMessage", "drop_after")
    assert isinstance(await rig.channel.send(rig.tam.id, Message(("x",)), resend=False, part=0), Uncertain)
    assert quota.count.await_count == 2

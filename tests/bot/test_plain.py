import pytest

from bot.channel import Permanent, Sent
from bot.fetching import FileGone
from bot.plain import PlainChannel
from core.messages import Button, Incoming, Message, OutgoingFile, Receipt

QUESTION = Message(
    ("Đồng chí báo xong mục nào?",),
    "Trả lời số",
    (Button("3.5", "xong 3.5"), Button("Chưa xong", "thoi", opt_out=True)),
)


async def test_choices_are_numbered_lines():
    plain = PlainChannel()
    assert await plain.send("qltm", QUESTION, resend=False, part=0) == Sent("qltm/1")
    assert plain.sent["qltm"] == ["Trả lời số\nĐồng chí báo xong mục nào?\n1 3.5\n0 Chưa xong"]


async def test_a_menu_is_left_out_and_a_file_is_only_named():
    plain = PlainChannel()
    menu = Message(("Hạn 30/4",), None, (Button("Xem", "xem 3.5"),), (OutgoingFile("r1", "bang.xlsx", "x"),), menu=True)
    await plain.send("gd", menu, resend=False, part=0)
    assert plain.sent["gd"] == ["Hạn 30/4\n[bang.xlsx]"]


async def test_what_is_sent_again_says_so():
    plain = PlainChannel()
    await plain.send("gd", Message(("Chào đồng chí",)), resend=True, part=0)
    assert plain.sent["gd"] == ["(gửi lại)\nChào đồng chí"]


async def test_a_long_list_comes_in_pages_and_loses_no_line():
    plain = PlainChannel()
    lines = tuple(f"{n} Nhiệm vụ số {n} giao phòng Quản lý Thương mại" for n in range(1, 120))
    message = Message(lines, "Đang mở")
    count = plain.parts(message)
    for part in range(count):
        await plain.send("gd", message, resend=True, part=part)
    assert count == len(plain.sent["gd"]) > 2
    assert max(map(len, plain.sent["gd"])) <= plain.can.max_text
    said = [line for text in plain.sent["gd"] for line in text.split("\n") if not line.startswith("(")]
    assert said == ["Đang mở", *lines]
    assert isinstance(await plain.send("gd", message, resend=False, part=count), Permanent)


async def test_what_people_say_is_handed_over_and_may_be_said_twice():
    heard: list[Incoming] = []

    async def receive(incoming: Incoming) -> Receipt:
        heard.append(incoming)
        return Receipt(answer="Đã ghi")

    plain = PlainChannel(receive)
    assert (await plain.deliver("xong 3.5", sender="qltm", event_id="e1", replied_to="qltm/1")).answer == "Đã ghi"
    await plain.deliver("xong 3.5", sender="qltm")
    await plain.deliver("qua han", sender="gd", chat="nhom", private=False)
    assert heard[0] == Incoming("plain", "e1", "qltm", "qltm", "xong 3.5", replied_to="qltm/1")
    assert heard[1].event_id not in {"e1", heard[2].event_id}
    assert (heard[2].chat, heard[2].private) == ("nhom", False)


async def test_it_carries_no_files_and_needs_somebody_to_listen():
    plain = PlainChannel()
    with pytest.raises(FileGone):
        await plain.fetch("r1", 10)
    with pytest.raises(RuntimeError):
        await plain.deliver("xin chao", sender="x")

"""What only Telegram has: edits, redeliveries, buttons pressed twice, albums, groups, and what cuts a message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.fakes.telegram_chats import Chat
from core.deadlines import HANOI
from storage.database import Database
from tests.dialogues.loaded import load
from tests.dialogues.rigs import PollingRig, TelegramRig
from tests.dialogues.test_dialogues import Play
from tests.office import MORNING

PEOPLE = ["gd", "cvp", "th", "tp-qltm", "tp-qlnl", "tp-qlcn"]
BOT = "@dondoc_bot"


class Talk(Play):
    """Plays by hand: says something, and returns what came back."""

    rig: TelegramRig

    async def start(self) -> None:
        for who in PEOPLE:
            self.seen[who] = len(await self.rig.heard(who))

    async def says(self, who: str, text: str, **more: Any) -> tuple[Any, str]:
        self.seen[who] = len(await self.rig.heard(who))
        said = await self.rig.people[who].sends(text, **more)
        await self.quiet()
        return said, await self.unread(who)

    async def new(self, who: str) -> str:
        await self.quiet()
        return await self.unread(who)

    async def acts(self, act: str | None = None) -> int:
        """Return how often something was done, by the versions that are kept."""
        async with self.rig.database.read(self.rig.moment) as work:
            agency = (await work.people.agencies())[0]
            parts = await work.parts.by_code(agency.id, act or "3.7")
        return sum(part.version for part in parts if part.unit_code == "QLTM") - 1

    async def linked(self, people: list[Any], title: str = "Nhóm") -> Chat:
        """Return a group of these people, which the office chief linked to the agency."""
        group: Chat = self.fake.group([*people, self.rig.people["cvp"]], title)
        await self.says("cvp", f"{BOT} lien ket nhom", chat=group)
        return group

    @property
    def fake(self) -> Any:
        return self.rig.fake


@pytest.fixture
async def talk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    first = MORNING - timedelta(days=3)
    database = Database(sqlite_url)
    await load(database, "loaded", first)
    await database.close()
    rig = PollingRig(sqlite_url, tmp_path, first)
    await rig.open(PEOPLE)
    played = Talk(rig)
    await played.start()
    yield played
    await rig.close()


def texts(group: Chat) -> list[str]:
    return [message.text for message in group.messages]


async def test_an_edited_message_does_not_act_twice(talk: Talk) -> None:
    said, answer = await talk.says("tp-qltm", "xong 3.7")
    assert "Đã ghi 3.7 hoàn thành" in answer
    _, answer = await talk.says("tp-qltm", "xong 3.4", edit_of=said)
    assert answer == ""
    assert await talk.acts("3.7") == 1
    assert await talk.acts("3.4") == 0


async def test_an_update_that_comes_again_acts_once(talk: Talk) -> None:
    said, answer = await talk.says("tp-qltm", "3.7 xong 50%")
    assert "50 %" in answer
    talk.seen["tp-qltm"] = len(await talk.rig.heard("tp-qltm"))
    talk.fake.redeliver(said.update_id)
    assert await talk.new("tp-qltm") == ""
    assert await talk.acts() == 1


async def test_a_button_pressed_twice_acts_once_and_both_are_answered(talk: Talk) -> None:
    await talk.says("tp-qltm", "xem 3.7")
    person, message = talk.rig.people["tp-qltm"], talk.rig.chats["tp-qltm"].last
    presses = [await person.presses(message, "3.7 đã xong") for _ in range(2)]
    heard = await talk.new("tp-qltm")
    assert heard.count("Đã ghi 3.7 hoàn thành ngày 25/4/2023") == 1
    assert "3.7 đã ghi hoàn thành ngày 25/4/2023. Chưa ghi gì thêm" in heard
    await talk.fake.changes.until(lambda: all(press.answered for press in presses), 5)
    assert [press.answer is not None and "3.7" in press.answer for press in presses] == [True, True]
    assert await talk.acts() == 1


async def test_the_first_part_of_an_album_acts_and_the_others_belong_to_it(talk: Talk) -> None:
    files = [(b"one", "to-trinh.docx"), (b"two", "phu-luc.docx"), (b"three", "")]
    await talk.rig.people["tp-qltm"].sends_album(files, caption="xong 3.7")
    assert (await talk.new("tp-qltm")).count("Đã ghi 3.7 hoàn thành") == 1
    assert await talk.acts() == 1
    talk.seen["tp-qltm"] = len(await talk.rig.heard("tp-qltm"))
    await talk.rig.people["tp-qltm"].sends_album(files)
    heard = await talk.new("tp-qltm")
    assert len((await talk.rig.heard("tp-qltm"))[talk.seen["tp-qltm"] :]) == 1
    assert heard.count("chưa lưu được") == 3, "these are no documents: each is named, once, in one answer"


async def test_a_caption_is_a_command(talk: Talk) -> None:
    person = talk.rig.people["tp-qltm"]
    await person.sends_file(b"PK", "to-trinh.docx", None, "/done 3.5 45 24/4")
    assert "Đã ghi 3.5 hoàn thành ngày 24/4/2023" in await talk.new("tp-qltm")
    await person.sends_photo(b"\xff\xd8\xff\xe0", "3.4 xong 80%")
    assert "Đã ghi 3.4: 80 %" in await talk.new("tp-qltm")


async def test_a_group_reads_that_it_was_recorded_and_the_person_the_rest(talk: Talk) -> None:
    people = [talk.rig.people[key] for key in ("gd", "tp-qltm", "tp-qlcn")]
    group = await talk.linked(people, "Lãnh đạo Sở – Trưởng phòng")
    _, answer = await talk.says("tp-qltm", f"/done{BOT} 3.7", chat=group)
    assert "Đã ghi 3.7 hoàn thành ngày 25/4/2023" in answer
    assert texts(group)[1:] == ["Đã ghi nhận 3.7, phòng QLTM."]
    _, answer = await talk.says("tp-qltm", f"{BOT} 3.4 xong 60%", chat=group)
    assert "Đã ghi 3.4: 60 %" in answer
    assert texts(group)[2:] == ["Đã ghi nhận 3.4, phòng QLTM."]
    # what goes wrong is nobody else's business
    _, answer = await talk.says("tp-qltm", f"{BOT} xong 3.6", chat=group)
    assert "3.6 giao QLNL, không phải QLTM. Chưa ghi gì." in answer
    assert len(texts(group)) == 3


async def test_a_group_hears_of_no_late_unit(talk: Talk) -> None:
    await talk.rig.clock_to(MORNING + timedelta(days=69))
    group = await talk.linked([talk.rig.people["gd"], talk.rig.people["tp-qltm"]])
    _, answer = await talk.says("gd", f"{BOT} qua han", chat=group)
    assert "Quá hạn đến" in answer
    assert "3.5 KH Đề án TMĐT – QLTM" in answer
    assert texts(group)[1:] == ["Đã gửi riêng đồng chí Giám đốc."]
    _, answer = await talk.says("gd", "ai qua han day", chat=group)
    assert answer == ""
    assert len(texts(group)) == 2


async def test_a_stranger_in_a_group_is_not_answered(talk: Talk) -> None:
    stranger = talk.fake.user(4711, "Người lạ")
    group = talk.fake.group([talk.rig.people["gd"], stranger])
    await stranger.sends(f"{BOT} qua han", chat=group)
    await talk.quiet()
    assert texts(group) == []
    assert stranger.chat.texts == []


async def test_another_units_button_is_theirs(talk: Talk) -> None:
    group = await talk.linked([talk.rig.people["gd"], talk.rig.people["tp-qlcn"]])
    read = texts(group)
    talk.seen["tp-qlcn"] = len(await talk.rig.heard("tp-qlcn"))
    pressed = {
        "id": "815",
        "from": talk.rig.people["tp-qlcn"].user,
        "chat_instance": "1",
        "data": "/done 718-2023/3.6",
        "message": {"message_id": 9, "date": 1, "chat": talk.fake.world.chat_json(group), "text": "…"},
    }
    talk.fake.inject({"callback_query": pressed})
    heard = await talk.new("tp-qlcn")
    assert "3.6 giao QLNL, không phải QLCN. Chưa ghi gì." in heard
    assert texts(group) == read
    (answer,) = [call.params for call in talk.fake.calls if call.method == "answerCallbackQuery"]
    assert (answer["text"], answer["show_alert"]) == ("Nút này của QLNL, chưa ghi gì.", True)


async def test_a_group_that_throws_the_bot_out_is_nobodys(talk: Talk) -> None:
    chief = talk.rig.people["cvp"]
    group = await talk.linked([chief])
    await talk.fake.changes_membership(group, "kicked", chief)
    await talk.fake.changes_membership(group, "member", chief)
    await talk.says("cvp", f"{BOT} viec", chat=group)
    assert texts(group)[1:] == ["Nhóm này chưa liên kết. Chánh Văn phòng cơ quan gõ trong nhóm: lien ket nhom"]


async def test_a_paste_longer_than_a_message_is_read_as_one(talk: Talk, tmp_path: Path) -> None:
    lines = [
        "SỞ CÔNG THƯƠNG", "Số: 900/TB-SCT", "Quảng Ngãi, ngày 20 tháng 4 năm 2023", "THÔNG BÁO",
        "Kết luận của Giám đốc Sở", "1. Tình hình chung", "2. Yêu cầu các phòng thực hiện:",
    ]  # fmt: skip
    filler = (
        "rà soát, tổng hợp, báo cáo kết quả thực hiện và đề xuất các giải pháp tháo gỡ khó khăn trên địa bàn tỉnh; "
    )
    lines += [
        f"2.{n}. Nhiệm vụ thứ {n}: {filler * 8}giao phòng QLTM tham mưu trước ngày 30/6/2023." for n in range(1, 6)
    ]
    lines += ["Nay thông báo để các phòng thực hiện./.", "Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    words = "\n".join(lines)
    assert 4500 < len(words) < 8000
    for start in range(0, len(words), 4096):
        await talk.rig.people["th"].sends(words[start : start + 4096])
    heard = await talk.new("th")
    assert "Đã nhận phần 1 (4.096 chữ cái)" in heard
    assert "Thông báo 900/TB-SCT ngày 20/4/2023" in heard
    assert "5 nhiệm vụ, 1 đơn vị" in heard
    assert heard.count("QLTM – 30/6") + heard.count("QLTM – trước 30/6") == 5


async def test_somebody_who_blocked_the_bot_and_came_back_is_answered_again(talk: Talk) -> None:
    person = talk.rig.people["tp-qltm"]
    await person.blocks()
    await talk.quiet()
    await person.unblocks()
    _, answer = await talk.says("tp-qltm", "viec")
    assert "QLTM – việc đang mở" in answer


async def test_a_deep_link_opens_with_its_code(talk: Talk) -> None:
    _, made = await talk.says("th", "moi QLNL")
    link = next(word for word in made.split() if word.startswith("https://t.me/"))
    assert talk.rig.chats["th"].last.raw.get("photo") or talk.rig.chats["th"].last.document
    newcomer = talk.fake.user(5000, "Máy mới")
    await newcomer.starts(link.partition("start=")[2])
    await talk.quiet()
    assert "Đồng chí là Trưởng phòng QLNL" in newcomer.chat.texts[-1]
    await newcomer.presses(newcomer.chat.last, "Đúng")
    await talk.quiet()
    assert newcomer.chat.texts[-1].startswith("Đã liên kết: Trưởng phòng QLNL")


async def test_a_post_that_does_not_arrive_is_told_to_the_chief(talk: Talk) -> None:
    group = await talk.linked([talk.rig.people["gd"]])
    _, shown = await talk.says("cvp", "dang len nhom")
    assert "TB 718: hoàn thành" in shown
    group.bot_status = "kicked"
    _, answer = await talk.says("cvp", "dang")
    assert "Đã đăng lên 1 nhóm." in answer
    assert "không còn nhắn được vào một nhóm Telegram của cơ quan" in answer
    _, answer = await talk.says("cvp", "dang len nhom")
    assert "Cơ quan chưa liên kết nhóm nào" in answer


async def test_the_morning_list_ticks_itself_off_where_it_stands(talk: Talk) -> None:
    await talk.says("tp-qltm", "xong 3.5 45 24/4")
    await talk.rig.clock_to(datetime(2023, 6, 27, 7, 31, tzinfo=HANOI))
    await talk.quiet()
    chat = talk.rig.chats["tp-qltm"]
    morning, count = chat.last, len(chat.messages)
    assert "3.4 02 CTMTQG – 30/6 *" in morning.text
    _, answer = await talk.says("tp-qltm", "xong 3.7")
    assert "Đã ghi 3.7 hoàn thành" in answer
    await talk.says("tp-qltm", "3.4 vuong cho so lieu")
    await talk.fake.changes.until(lambda: "→ 3.4" in morning.text, 10)
    assert morning.text.splitlines()[1:5] == [
        "Sắp đến hạn:", "3.2.2 KH mạng phân phối – 30/6 *", "→ 3.4 02 CTMTQG – Đang vướng",
        "✓ 3.7 Ban biên tập Sàn TMĐT – Đã hoàn thành",
    ]  # fmt: skip
    assert [button["text"] for row in morning.raw["reply_markup"]["inline_keyboard"] for button in row] == [
        "3.2.2 đã xong", "3.4 đã xong", "Mai nhắc lại",
    ]  # fmt: skip
    assert len(chat.messages) == count + 2  # the two answers: no list came anew
    await talk.says("tp-qltm", "hoan tac")
    await talk.fake.changes.until(lambda: "→ 3.4" not in morning.text, 10)
    assert "3.4 02 CTMTQG – 30/6 *" in morning.text
    # done on paper, written down by the office: the head's list knows it too
    await talk.says("cvp", "xong 3.2.2 QLTM 46 26/6")
    await talk.says("cvp", "ghi nhan")
    await talk.fake.changes.until(lambda: "✓ 3.2.2" in morning.text, 10)

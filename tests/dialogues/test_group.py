"""Dialogue 19 in a real group: on Telegram, on Zalo and in plain text, whoever is in it reads what all may read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.deadlines import HANOI
from storage.database import Database
from tests.dialogues.loaded import load
from tests.dialogues.rigs import PlainRig, PollingRig, Rig, TelegramRig, WebhookRig
from tests.dialogues.test_dialogues import Play
from tests.dialogues.zalo_bot_rig import ZaloBotPollingRig, ZaloBotRig, ZaloBotWebhookRig

PEOPLE = ["gd", "cvp", "tp-qltm", "tp-qlcn"]
BEFORE = datetime(2023, 5, 23, 16, tzinfo=HANOI)
WORD = (
    "Giao ban thứ Hai 29/5. Đề nghị các phòng, đơn vị cho tình hình trước 16:00 thứ Sáu 26/5. "
    "Trợ lý đã gửi riêng từng đơn vị."
)


class InGroup(Play):
    """Plays by hand, in one group."""

    group: Any = None

    async def start(self) -> None:
        for who in PEOPLE:
            self.seen[who] = len(await self.rig.heard(who))
        if isinstance(self.rig, TelegramRig | ZaloBotRig):
            self.group = self.rig.fake.group(list(self.rig.people.values()))

    def texts(self) -> list[str]:
        """Return what the group has read."""
        if isinstance(self.rig, PlainRig):
            return list(self.rig.channel.sent["group"])
        return [message.text for message in self.group.messages]

    async def says(self, who: str, text: str, *, private: bool = False) -> tuple[list[str], str]:
        """Let somebody say this, naming the bot where it is in the group; return what the group and what they hear."""
        await self.quiet()
        before, rig = len(self.texts()), self.rig
        self.seen[who] = len(await rig.heard(who))
        if private:
            await rig.says(who, text)
        elif isinstance(rig, TelegramRig):
            await rig.people[who].sends(f"@dondoc_bot {text}", chat=self.group)
        elif isinstance(rig, ZaloBotRig):
            await rig.people[who].mentions(self.group, text)
        elif isinstance(rig, PlainRig):
            await rig.channel.deliver(text, sender=who, chat="group", private=False)
        await self.quiet()
        return self.texts()[before:], await self.unread(who)


WIRES = [
    pytest.param(rig, id=rig.name, marks=() if quick else pytest.mark.soak)
    for rig, quick in (
        (WebhookRig, True), (ZaloBotPollingRig, True), (PlainRig, True), (PollingRig, False), (ZaloBotWebhookRig, False),
    )
]  # fmt: skip


@pytest.fixture
async def talk(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[InGroup]:
    database = Database(sqlite_url)
    await load(database, "loaded-group", BEFORE)
    await database.close()
    rig: Rig = request.param(sqlite_url, tmp_path, BEFORE)
    await rig.open(PEOPLE)
    played = InGroup(rig)
    await played.start()
    yield played
    await rig.close()


@pytest.mark.parametrize("talk", WIRES, indirect=True)
async def test_dialogue_19(talk: InGroup) -> None:
    group, own = await talk.says("gd", "qua han")
    assert group == ["Nhóm này chưa liên kết. Chánh Văn phòng cơ quan gõ trong nhóm: lien ket nhom"]
    assert own == ""
    group, own = await talk.says("cvp", "lien ket nhom")
    assert group == ["Đã liên kết nhóm. Gõ lệnh ở đây như khi nhắn riêng; trả lời gửi riêng từng đồng chí."]
    assert "không nêu đơn vị chậm" in own
    # three working days before the meeting the chief reads the word for the group, and the group nothing yet
    read = len(talk.texts())
    await talk.rig.clock_to(datetime(2023, 5, 24, 7, 31, tzinfo=HANOI))
    await talk.hears("cvp", WORD)
    assert talk.texts()[read:] == []
    group, own = await talk.says("cvp", "dang len nhom giao ban", private=True)
    assert group == []
    assert WORD in own
    group, own = await talk.says("cvp", "dang", private=True)
    assert group == [WORD]
    assert "Đã đăng lên 1 nhóm." in own
    group, own = await talk.says("cvp", "dang len nhom giao ban", private=True)
    group, own = await talk.says("cvp", "dang", private=True)
    assert group == []
    assert "đã đăng lên nhóm" in own
    # a month later nobody's delay is the group's business
    await talk.rig.clock_to(datetime(2023, 6, 5, 9, tzinfo=HANOI))
    group, own = await talk.says("gd", "qua han")
    assert group == ["Đã gửi riêng đồng chí Giám đốc."]
    assert "Quá hạn đến" in own
    group, own = await talk.says("tp-qltm", "xong 3.7 qd 812 ngay 02/6")
    assert group == ["Đã ghi nhận 3.7, phòng QLTM."]
    assert "Đã ghi 3.7 hoàn thành ngày 02/6/2023" in own
    group, own = await talk.says("tp-qlcn", "xong 3.6")
    assert group == []
    assert "3.6 giao QLNL, không phải QLCN. Chưa ghi gì." in own
    # the Director sees the figures first; the group reads exactly these
    group, own = await talk.says("gd", "dang len nhom 718")
    assert group == ["Đã gửi riêng đồng chí Giám đốc."]
    (figures,) = [line for line in own.split("\n") if line.startswith("TB 718:")]
    group, own = await talk.says("gd", "dang", private=True)
    assert group == [figures]
    everything = "\n".join(talk.texts()).lower()
    assert not any(word in everything for word in ("quá hạn", "ngày làm việc", "đôn đốc", "trễ", "@", "3.5"))

"""One person on several channels is one person: what is asked on one is answered on another, and one comes first."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select, update

from core.codes import body_of
from core.messages import Incoming, Message
from handlers.catalogue import Catalogue
from handlers.dispatch import Dispatcher
from storage.database import Database
from storage.schema import outbox
from tests.handlers.notice_office import Clock
from tests.office import MORNING, open_office

HEAD = "tp-qltm"


class Office:
    """The head of a division in front of the dispatcher, on any channel, and the Director on Telegram."""

    def __init__(self, database: Database, agency: int) -> None:
        self.database = database
        self.agency = agency
        self.clock = Clock(MORNING.isoformat())
        self.dispatcher = Dispatcher(database, self.clock, Catalogue())
        self.events = itertools.count(1)
        self.people: dict[str, int] = {}

    async def link(self, key: str, *channels: str) -> None:
        async with self.database.work(MORNING) as work:
            offices = await work.people.offices(self.agency)
            self.people[key] = next(office.person_id for office in offices if office.key == key)
            for channel in channels:
                await work.accounts.add_linked(channel, key, f"{channel}:{key}", self.people[key])

    async def says(self, channel: str, text: str, key: str = HEAD) -> Message:
        """Let somebody say this on a channel, deliver everything, and return the last thing said to them there."""
        chat = f"{channel}:{key}"
        await self.dispatcher.receive(Incoming(channel, str(next(self.events)), key, chat, text))
        async with self.database.work(self.clock.now()) as work:
            await work.connection.execute(update(outbox).where(outbox.c.status == "queued").values(status="sent"))
            statement = select(outbox.c.content).where(outbox.c.chat == chat).order_by(outbox.c.id.desc()).limit(1)
            return Message.from_json((await work.connection.execute(statement)).scalar_one())

    async def reached(self, key: str = HEAD) -> list[str]:
        async with self.database.read(MORNING) as work:
            return [way.channel for way in await work.accounts.reach(self.people[key])]


@pytest.fixture
async def office(database: Database) -> Office:
    made = Office(database, await open_office(database))
    await made.link(HEAD, "telegram", "zalo_bot", "zalo_oa")
    return made


async def test_settings_offer_every_other_channel(office: Office) -> None:
    shown = await office.says("telegram", "cai dat")
    assert shown.lines == (
        "Ngôn ngữ: Tiếng Việt", "Nhận tin qua: Zalo OA (còn có Zalo, Telegram)", "Tin sáng: 07:30",
    )  # fmt: skip
    assert [button.command for button in shown.buttons] == [
        "/language en", "/channel zalo_bot", "/channel telegram", "/hour 07:00", "/hour 08:00", "/hour 09:00",
    ]  # fmt: skip
    assert "2 Nhận tin qua Zalo" in shown.plain().splitlines()
    chosen = await office.says("telegram", "2")
    assert "qua Zalo." in chosen.plain()
    assert await office.reached() == ["zalo_bot", "zalo_oa", "telegram"]
    shown = await office.says("telegram", "/settings")
    assert "Nhận tin qua: Zalo (còn có Zalo OA, Telegram)" in shown.lines


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("nhận tin qua Telegram", "telegram"),
        ("/channel zalo_bot", "zalo_bot"),
        ("kenh nhan tin zalo oa", "zalo_oa"),
        ("/channel OA", "zalo_oa"),
    ],
)
async def test_a_channel_is_chosen_by_name(office: Office, said: str, first: str) -> None:
    await office.says("zalo_bot", said)
    assert (await office.reached())[0] == first


@pytest.mark.parametrize("said", ["nhận tin qua Zalo", "/channel", "nhan tin qua viber"])
async def test_what_names_no_one_channel_is_asked_about(office: Office, said: str) -> None:
    asked = await office.says("zalo_bot", said)
    assert asked.plain().startswith("Đồng chí đã liên kết: Zalo OA, Zalo, Telegram.")
    assert [button.command for button in asked.buttons] == [
        "/channel zalo_oa",
        "/channel zalo_bot",
        "/channel telegram",
    ]
    assert await office.reached() == ["zalo_oa", "zalo_bot", "telegram"]


async def test_zalo_is_enough_where_one_zalo_is_linked(office: Office) -> None:
    await office.link("tp-qlnl", "zalo_bot", "telegram")
    await office.says("telegram", "nhận tin qua Zalo", "tp-qlnl")
    assert await office.reached("tp-qlnl") == ["zalo_bot", "telegram"]


async def test_one_channel_leaves_no_choice(office: Office) -> None:
    await office.link("tp-qlnl", "zalo_bot")
    shown = await office.says("zalo_bot", "cai dat", "tp-qlnl")
    assert shown.lines[1] == "Nhận tin qua: Zalo"
    assert [button.command for button in shown.buttons if "/hour" not in button.command] == ["/language en"]
    assert (await office.says("zalo_bot", "nhan tin qua telegram", "tp-qlnl")).plain().startswith("Đồng chí mới liên")


async def test_a_preferred_account_that_is_blocked_is_passed_over(office: Office) -> None:
    await office.says("zalo_bot", "/channel telegram")
    async with office.database.work(MORNING) as work:
        await work.accounts.lost("telegram", f"telegram:{HEAD}", "blocked")
    assert await office.reached() == ["zalo_oa", "zalo_bot"]


async def test_what_others_do_is_told_on_the_preferred_channel(office: Office) -> None:
    await office.link("gd", "telegram")
    await office.says("zalo_oa", "nhan tin qua telegram")
    await office.says("telegram", "phan cong 3.6 QLTM", "gd")
    async with office.database.read(MORNING) as work:
        statement = select(outbox.c.channel).where(outbox.c.person_id == office.people[HEAD], outbox.c["class"] == 1)
        assert (await work.connection.execute(statement)).scalars().all() == ["telegram"]


async def test_a_question_is_answered_on_another_channel(office: Office) -> None:
    await office.says("telegram", "/done 3.5")
    answered = await office.says("zalo_bot", "45 27/4")
    assert "3.5" in answered.plain()
    assert "27/4/2023" in answered.plain()
    assert "chưa" not in answered.plain().lower()
    async with office.database.read(MORNING) as work:
        (part,) = [part for part in await work.parts.by_code(office.agency, "3.5") if part.unit_code == "QLTM"]
        assert (part.progress.state, part.progress.document) == ("done", "45/TTr-SCT")


async def test_a_number_answers_what_was_asked_on_another_channel(office: Office) -> None:
    asked = await office.says("telegram", "/done")
    number = next(number for number, button in asked.numbered() if button.command.endswith("/3.5"))
    assert "3.5" in (await office.says("zalo_bot", str(number))).plain()
    # what this chat shows comes before what another shows
    await office.says("telegram", "cai dat")
    shown = await office.says("zalo_bot", "0")
    assert "3.5" in shown.plain()


async def test_a_number_in_a_group_answers_nothing_that_was_asked_in_private(office: Office) -> None:
    await office.link("cvp", "zalo_bot")
    await office.dispatcher.receive(Incoming("zalo_bot", "g0", "cvp", "zalo_bot:group", "/link", private=False))
    await office.says("telegram", "/done")
    group = Incoming("zalo_bot", "g1", HEAD, "zalo_bot:group", "1", private=False)
    await office.dispatcher.receive(group)
    async with office.database.read(MORNING) as work:
        assert await work.groups.of_chat("zalo_bot", "zalo_bot:group") is not None
    async with office.database.read(MORNING) as work:
        (part,) = [part for part in await work.parts.by_code(office.agency, "3.5") if part.unit_code == "QLTM"]
        assert part.progress.state == "assigned"
        assert await work.shown.choices("zalo_bot", "zalo_bot:group") is None


async def test_a_number_answers_nobody_elses_choices(office: Office) -> None:
    await office.link("tp-qlnl", "zalo_bot")
    await office.says("telegram", "/done")
    answered = await office.says("zalo_bot", "1", "tp-qlnl")
    async with office.database.read(MORNING) as work:
        assert await work.shown.choices_of(office.people["tp-qlnl"]) is None
    assert "Đã ghi" not in answered.plain()


async def test_undo_takes_back_what_was_said_on_another_channel(office: Office) -> None:
    await office.says("telegram", "xong 3.5 45 27/4")
    taken_back = await office.says("zalo_oa", "hoan tac")
    assert taken_back.plain().startswith("Đã hoàn tác.")
    async with office.database.read(MORNING) as work:
        (part,) = [part for part in await work.parts.by_code(office.agency, "3.5") if part.unit_code == "QLTM"]
        assert part.progress.state == "assigned"


async def test_a_second_code_links_a_second_account_to_the_same_person(office: Office) -> None:
    await office.link("tp-qlnl")
    for channel in ("telegram", "zalo_bot"):
        async with office.database.work(MORNING) as work:
            code = (await work.invites.create(office.people["tp-qlnl"], None)).text
        assert body_of(code)
        assert "Trưởng phòng" in (await office.says(channel, code, "tp-qlnl")).plain()
        await office.says(channel, "đúng", "tp-qlnl")
    assert sorted(await office.reached("tp-qlnl")) == ["telegram", "zalo_bot"]
    await office.says("telegram", "/done 3.6", "tp-qlnl")
    assert "3.6" in (await office.says("zalo_bot", "12 27/4", "tp-qlnl")).plain()

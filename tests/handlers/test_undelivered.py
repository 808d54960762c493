"""The office learns in good time who did not receive what; the count after a new notice is what really arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from core.deadlines import HANOI
from core.quiet import until_open
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.office_word import SETTLED, OfficeWord, tell_office
from storage.database import Database
from storage.outbox import Claimed, Composed, Later, Outgoing, Urgency
from storage.schema import outbox
from storage.work import Work
from tests.handlers.notice_office import DATA, Office

CALENDAR = WorkCalendar()
WORD = OfficeWord(Catalogue(), CALENDAR)
TEXT = (DATA / "notice-718.txt").read_text(encoding="utf-8")


def at(hour: int, minute: int = 0, day: int = 28) -> datetime:
    return datetime(2023, 4, day, hour, minute, tzinfo=HANOI)


def claimed(row: object) -> Claimed:
    return Claimed(row.id, row.channel, row.chat, row.person_id, None, Urgency.NOTICE, None, row.intent, 0, 0, 0)  # type: ignore[attr-defined]


async def intents(work: Work, kind: str) -> list[Claimed]:
    found = await work.connection.execute(select(outbox).where(outbox.c.intent.is_not(None)).order_by(outbox.c.id))
    return [claimed(row) for row in found if row.intent and row.intent["kind"] == kind]


async def approved(database: Database) -> Office:
    office = await Office.open(database)
    for words in (TEXT[:4000], TEXT[4000:], "sua 3.2 tong hop KHTCTH", "trinh"):
        await office.says("th", words)
    office.clock.at = office.clock.at.replace(day=5)
    await office.says("cvp", "dua vao theo doi")
    return office


async def test_the_count_after_a_notice_is_of_what_arrived(database: Database) -> None:
    office = await approved(database)
    async with database.work(office.clock.now()) as work:
        rows = await intents(work, "told")
        assert {row.person_id for row in rows} == {office.people["cvp"], office.people["th"]}
        lists = outbox.c.entry_id.is_not(None) & (outbox.c["class"] == 1) & (outbox.c.channel != "")
        # one is on its way still, one was refused for good, one may have arrived
        head = {key: office.people[key] for key in ("tp-qltm", "tp-qlnl", "tp-qlcn")}
        await work.connection.execute(update(outbox).where(lists).values(status="sent"))
        for key, status, error in (
            ("tp-qltm", "queued", None),
            ("tp-qlnl", "unreachable", "blocked: no"),
            ("tp-qlcn", "uncertain", "timeout"),
        ):
            values = {"status": status, "error": error, "finished_at": work.real}
            await work.connection.execute(update(outbox).where(lists, outbox.c.person_id == head[key]).values(values))
        first = await WORD.told(work, rows[0])
        assert isinstance(first, Later), "it waits for what is on its way"
    async with database.work(office.clock.now(), real=datetime.now(HANOI) + SETTLED) as work:
        said = await WORD.told(work, rows[0])
    assert isinstance(said, Composed)
    assert said.content.plain().split("\n") == [
        "TB 718: 2/6 trưởng đơn vị đã nhận tin.",
        "Chưa nhận:",
        "  Trưởng phòng QLCN (không rõ tin đã tới chưa)",
        "  phòng QLTM (đang gửi)",
        "  Trưởng phòng QLNL (đã chặn Trợ lý trên Tin chữ)",
        "  Giám đốc Trung tâm (chưa liên kết)",
        "Đề nghị gọi điện.",
    ]


async def test_when_all_have_received_it_the_count_does_not_wait(sqlite_database: Database) -> None:
    office = await approved(sqlite_database)
    async with sqlite_database.work(office.clock.now()) as work:
        await work.connection.execute(
            update(outbox).where(outbox.c.entry_id.is_not(None)).values(status="sent", channel="plain")
        )
        said = await WORD.told(work, (await intents(work, "told"))[0])
    assert isinstance(said, Composed)
    assert said.content.lines == ("TB 718: 6/6 trưởng đơn vị đã nhận tin.",)


async def lose(
    work: Work,
    person_id: int,
    *,
    error: str = "blocked: no",
    status: str = "unreachable",
    at: datetime | None = None,
) -> None:
    values = {"status": status, "error": error, "finished_at": at or work.real}
    one = select(outbox.c.id).where(outbox.c.person_id == person_id, outbox.c["class"] == 1).limit(1).scalar_subquery()
    await work.connection.execute(update(outbox).where(outbox.c.id == one).values(values))


async def test_the_office_is_told_once_of_what_was_lost_and_of_nothing_twice(database: Database) -> None:
    office = await approved(database)
    await office.messages("cvp")
    async with database.work(at(8)) as work:
        await work.connection.execute(update(outbox).values(finished_at=work.real - timedelta(days=8), queued_at=at(7)))
        await lose(work, office.people["tp-qlnl"])
        for _ in range(5):
            await tell_office(work, office.people["tp-qlnl"])
        rows = await intents(work, "undelivered")
        assert {row.person_id for row in rows} == {office.people["cvp"], office.people["th"]}
        assert len(rows) == 2
        said = await WORD.undelivered(work, rows[0])
        assert isinstance(said, Composed)
        assert said.content.plain().split("\n") == [
            "Có tin chưa tới nơi",
            "Trưởng phòng QLNL: đã chặn Trợ lý trên Tin chữ",
            "  từ 07:00 28/4: Phòng QLNL – Thông báo 718/TB-SCT",
            "Đề nghị gọi điện.",
        ]
        await work.connection.execute(
            update(outbox).where(outbox.c.id == rows[0].id).values(status="sent", sending_at=work.real)
        )
    async with database.work(at(8, 20)) as work:
        await tell_office(work, office.people["tp-qlnl"])
        again = [row for row in await intents(work, "undelivered") if row.id > rows[-1].id]
        assert [row.person_id for row in again] == [rows[0].person_id], "in the next hour, and only once more"
        assert await WORD.undelivered(work, again[0]) == "void"
        await lose(work, office.people["tp-qltm"], error="timeout", status="uncertain")
        said = await WORD.undelivered(work, again[0])
        assert isinstance(said, Composed)
        assert "QLNL" not in said.content.plain()
        assert "Trưởng phòng QLTM: không rõ tin đã tới chưa" in said.content.plain()


async def test_what_was_lost_while_the_last_word_was_on_its_way_is_told_with_the_next(
    sqlite_database: Database,
) -> None:
    office = await approved(sqlite_database)
    async with sqlite_database.work(at(8)) as work:
        await work.connection.execute(update(outbox).values(finished_at=work.real - timedelta(days=8), queued_at=at(7)))
        await tell_office(work, office.people["tp-qlnl"])
        (row, *_) = await intents(work, "undelivered")
        left, arrived = work.real - timedelta(seconds=2), work.real
        word = update(outbox).where(outbox.c.id == row.id)
        await work.connection.execute(word.values(status="sent", sending_at=left, finished_at=arrived))
        await lose(work, office.people["tp-qltm"], at=arrived - timedelta(seconds=1))
        said = await WORD.undelivered(work, row)
    assert isinstance(said, Composed)
    assert "Trưởng phòng QLTM: đã chặn Trợ lý" in said.content.plain()


@pytest.mark.parametrize("again", ["digest:{}:2023-04-29", "hourly:{}:1:2023-04-28", "edit:1:{}"])
async def test_only_another_morning_message_tells_again_what_one_did_not_bring(
    sqlite_database: Database, again: str
) -> None:
    office = await approved(sqlite_database)
    person = office.people["tp-qltm"]
    async with sqlite_database.work(at(8)) as work:
        for key, status in ((f"digest:{person}:2023-04-28", "uncertain"), (again.format(person), "sent")):
            intent = {"kind": "digest"}
            row = Outgoing("plain", "t", Urgency.DIGEST, intent=intent, person_id=person, key=key)
            assert await work.outbox.say_once(row)
            await work.connection.execute(update(outbox).where(outbox.c.key == key).values(status=status))
        missed = await work.deliveries.missed(office.agency)
    assert ("uncertain" in {one.status for one in missed}) == (not again.startswith("digest"))


async def test_an_account_lost_while_another_serves_is_told_too(sqlite_database: Database) -> None:
    office = await approved(sqlite_database)
    async with sqlite_database.work(at(8)) as work:
        await work.connection.execute(update(outbox).values(finished_at=work.real - timedelta(days=8)))
        await work.accounts.add_linked("zalo_bot", "z", "z", office.people["tp-qltm"])
        assert await work.accounts.lost("plain", "tp-qltm", "blocked")
        assert not await work.accounts.lost("plain", "tp-qltm", "blocked"), "the office is told once"
        await tell_office(work, office.people["tp-qltm"])
        said = await WORD.undelivered(work, (await intents(work, "undelivered"))[0])
    assert isinstance(said, Composed)
    assert said.content.lines == ("Trưởng phòng QLTM: Tin chữ đã chặn Trợ lý, tin đi qua kênh khác.",)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(8), at(8)),
        (at(6, 30), at(7)),
        (at(11, 30), at(13, 30)),
        (at(13, 30), at(13, 30)),
        (at(19, 59), at(19, 59)),
        # the holiday lasts until 3 May
        (at(20), datetime(2023, 5, 4, 7, tzinfo=HANOI)),
        (at(9, 0, 29), datetime(2023, 5, 4, 7, tzinfo=HANOI)),
    ],
)
async def test_the_office_is_not_woken(moment: datetime, opens: datetime) -> None:
    assert moment + until_open(moment, CALENDAR) == opens


async def test_who_left_the_office_is_told_nothing(sqlite_database: Database) -> None:
    office = await approved(sqlite_database)
    async with sqlite_database.work(at(8)) as work:
        await lose(work, office.people["tp-qlnl"])
        await tell_office(work, office.people["tp-qlnl"])
        (row, *_) = await intents(work, "undelivered")
        await work.connection.exec_driver_sql("UPDATE memberships SET valid_until = '2023-04-27'")
        assert await WORD.undelivered(work, row) == "void"

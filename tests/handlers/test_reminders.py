"""Morning messages are planned once however often the clock ticks, and say what is true when they leave."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from bot.cli import main
from bot.composing import compose_all
from config.settings import Settings
from core import tasks
from core.deadlines import HANOI, Deadline
from core.drafts import DraftTask
from core.messages import Message
from core.reminders.digest import digest, horizon
from core.tasks import Part, Progress, State
from core.workdays import CalendarDay, WorkCalendar
from handlers.catalogue import Catalogue
from handlers.reminders import Composer, Planned, tick
from storage.database import Database
from storage.schema import leases, memberships, outbox
from tests.core.parts import PATIENT, days, part, progresses
from tests.office import MORNING, draft_718, follow, open_office

CALENDAR = WorkCalendar()
LEASE = "sender:plain:"
HALF_PAST_SEVEN = MORNING.replace(hour=7, minute=30)
OF_3_5 = Planned("tp-qltm", "digest", date(2023, 4, 28), ("718/TB-SCT 3.5",), queued=True)


def at(month: int, day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=HANOI)


async def ticked(database: Database, moment: datetime, calendar: WorkCalendar = CALENDAR) -> list[Planned]:
    async with database.work(moment) as work:
        return await tick(work, calendar)


async def linked(database: Database, *keys: str, moment: datetime = MORNING) -> dict[str, int]:
    """Give these people an account on the plain channel, and return who they are."""
    async with database.work(moment) as work:
        (agency,) = await work.people.agencies()
        known = {person.key: person.id for person in await work.people.everyone(agency.id)}
        for key in keys:
            await work.accounts.add_linked("plain", key, key, known[key])
    return known


async def rows(database: Database) -> list[Any]:
    async with database.read(MORNING) as work:
        return list((await work.connection.execute(select(outbox).order_by(outbox.c.id))).all())


async def all_sent(database: Database) -> None:
    async with database.work(MORNING) as work:
        await work.connection.execute(update(outbox).where(outbox.c.status == "queued").values(status="sent"))


async def statuses(database: Database) -> list[str]:
    return [row.status for row in await rows(database) if row.channel]


async def leave(
    database: Database, moment: datetime, channel: str = "plain", calendar: WorkCalendar = CALENDAR
) -> list[Message]:
    """Let everything that is queued leave as the sender would, and return what left."""
    async with database.work(moment) as work:
        if not (await work.connection.execute(select(leases))).all():
            held = {"name": LEASE, "holder": "me", "until": work.real, "fence": 1}
            await work.connection.execute(insert(leases).values(held))
        claimed = await work.outbox.claim(channel, 50, 1, (), LEASE)
        taken = await work.outbox.take([row.id for row in claimed if row.waiting], 1, LEASE)
        batch = await compose_all(work, taken, Composer(Catalogue(), calendar), channel, 1, ())
    return [row.content for row in batch.ready if row.content is not None]


async def change(database: Database, code: str, unit: str, progress: Any) -> None:
    async with database.work(MORNING) as work:
        notice = (await work.notices.find(1, "718"))[0]
        found = next(p for p in await work.parts.of_notice(notice.id) if (p.code, p.unit_code) == (code, unit))
        await work.parts.save(found, progress(found.progress), None)


def done(progress: Progress) -> Progress:
    return tasks.complete(progress, MORNING, needs_document=False)


async def test_the_morning_of_28_april_brings_one_head_one_message(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qltm", "tp-qlcn", "cvp", "gd", "th", "pp-qltm")
    assert await ticked(database, HALF_PAST_SEVEN) == [OF_3_5]
    (row,) = await rows(database)
    assert (row.key, row.person_id) == (f"digest:{people['tp-qltm']}:2023-04-28", people["tp-qltm"])
    assert (row.channel, row.chat, row._mapping["class"]) == ("plain", None, 2)
    assert (row.status, row.content, row.intent) == ("queued", None, {"kind": "digest", "day": "2023-04-28"})
    assert row.queued_at == HALF_PAST_SEVEN


async def test_ticking_again_adds_nothing(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qltm")
    assert await ticked(database, HALF_PAST_SEVEN) == [OF_3_5]
    for minutes in (0, 1, 120):
        assert await ticked(database, HALF_PAST_SEVEN + timedelta(minutes=minutes)) == []
    assert await statuses(database) == ["queued"]


async def in_doubt(database: Database) -> str:
    """Let the digest of 28 April leave without an answer, and be queued to be sent once more; return its words."""
    await open_office(database)
    await linked(database, "tp-qltm")
    await ticked(database, HALF_PAST_SEVEN)
    (message,) = await leave(database, HALF_PAST_SEVEN)
    async with database.work(HALF_PAST_SEVEN) as work:
        await work.connection.execute(update(outbox).values(status="queued", uncertain=1))
    return message.plain()


async def test_what_may_have_arrived_is_repeated_word_for_word_while_it_stands(database: Database) -> None:
    words = await in_doubt(database)
    await change(database, "3.4", "QLTM", lambda progress: replace(progress, note="cho so lieu"))
    (again,) = await leave(database, HALF_PAST_SEVEN + timedelta(minutes=1))
    assert again.plain() == words
    assert [(row.status, row.uncertain) for row in await rows(database)] == [("sending", 1)]


async def test_what_may_have_arrived_is_not_repeated_once_it_is_done(database: Database) -> None:
    await in_doubt(database)
    await change(database, "3.5", "QLTM", done)
    assert await leave(database, HALF_PAST_SEVEN + timedelta(minutes=1)) == []
    assert [(row.status, row.uncertain) for row in await rows(database)] == [("void", 1)]


async def test_what_may_have_arrived_yesterday_does_not_leave_today(database: Database) -> None:
    await in_doubt(database)
    assert await leave(database, at(4, 28, 20, 30)) == []  # nor in the evening
    assert await leave(database, at(5, 4, 6, 50)) == []
    await ticked(database, at(5, 4))
    old, new = (row for row in await rows(database) if row.channel)
    assert (old.status, old.uncertain, new.status) == ("superseded", 1, "queued")


async def test_two_machines_that_tick_at_once_queue_one(database: Database, database_url: str) -> None:
    await open_office(database)
    await linked(database, "tp-qltm")
    other = Database(database_url)
    found = await asyncio.gather(*(ticked(handle, HALF_PAST_SEVEN) for handle in (database, other) for _ in range(3)))
    await other.close()
    assert [row for planned in found for row in planned] == [OF_3_5]
    assert await statuses(database) == ["queued"]


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(4, 28, 7, 29), False),
        (at(4, 28, 7, 30), True),
        (at(4, 28, 9, 30), True),
        (at(4, 28, 19, 59), True),
        (at(4, 28, 20, 1), False),
        (at(4, 29), False),
        (at(4, 30), False),
        (at(5, 1), False),
        (at(5, 3), False),
        (at(5, 4), True),
    ],
    ids=lambda value: value.strftime("%d/%m %H:%M") if isinstance(value, datetime) else None,
)
async def test_late_is_better_than_never_and_evenings_and_holidays_are_quiet(
    sqlite_database: Database, moment: datetime, due: bool
) -> None:
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qltm")
    planned = await ticked(sqlite_database, moment)
    assert [row.person for row in planned if row.queued] == (["tp-qltm"] if due else [])


async def test_a_day_the_office_took_off_is_quiet(sqlite_database: Database) -> None:
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qltm")
    off = WorkCalendar([CalendarDay(date(2023, 4, 28), working=False)])
    assert await ticked(sqlite_database, HALF_PAST_SEVEN, off) == []
    assert await ticked(sqlite_database, at(4, 27), off) == [replace(OF_3_5, date=date(2023, 4, 27))]


# 30/6/2023 is a Friday, and no holiday lies between; counted on the wall calendar
LADDER = {
    date(2023, 6, 21): -7,
    date(2023, 6, 27): -3,
    date(2023, 6, 29): -1,
    date(2023, 6, 30): 0,
    date(2023, 7, 3): 1,
    date(2023, 7, 4): 2,
    date(2023, 7, 5): 3,
    date(2023, 7, 6): 4,
    date(2023, 7, 7): 5,
    date(2023, 7, 10): 6,
    date(2023, 7, 11): 7,
    date(2023, 7, 12): 8,
    date(2023, 7, 13): 9,
    date(2023, 7, 14): 10,
    date(2023, 7, 17): 11,
    date(2023, 7, 18): 12,
    date(2023, 7, 19): 13,
    date(2023, 7, 20): 14,
    date(2023, 7, 21): 15,
}
REVIEW = date(2023, 7, 26)
"""Three working days before the last Monday of July."""
WEEKLY = [date(2023, 7, 24), date(2023, 7, 31), date(2023, 8, 7)]


async def test_the_days_a_head_hears_of_30_june(sqlite_database: Database) -> None:
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    heard: dict[str, list[date]] = {"tp-qlnl": []}
    listed = set()
    for day in range((date(2023, 8, 11) - date(2023, 6, 15)).days):
        for row in await ticked(sqlite_database, at(6, 15) + timedelta(days=day)):
            if row.queued:
                heard[row.person].append(row.date)
                if row.kind == "digest":
                    listed.add((row.person, row.tasks))
        await all_sent(sqlite_database)
    assert heard == {"tp-qlnl": sorted([*LADDER, *WEEKLY, REVIEW])}
    assert listed == {("tp-qlnl", ("718/TB-SCT 3.6",))}
    assert [CALENDAR.step(date(2023, 6, 30), day) for day in LADDER] == list(LADDER.values())


async def test_only_heads_and_the_office_chief_hear_in_the_morning(sqlite_database: Database) -> None:
    await open_office(sqlite_database)
    everyone = await linked(sqlite_database)
    await linked(sqlite_database, *everyone)
    planned = await ticked(sqlite_database, at(6, 30))
    assert {row.person: row.tasks for row in planned} == {
        "cvp": ("718/TB-SCT 3.8",),
        "tp-qlcn": ("718/TB-SCT 3.2.1",),
        "tp-qltm": tuple(f"718/TB-SCT {code}" for code in ("3.5", "3.2.2", "3.4", "3.7")),
        "tp-qlnl": ("718/TB-SCT 3.6",),
        "tp-khtcth": ("718/TB-SCT 3.3",),
        "gd-ttkc": ("718/TB-SCT 3.4",),
    }


async def test_who_waits_for_a_signature_or_a_later_day_is_left_in_peace(sqlite_database: Database) -> None:
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlcn", "tp-qlnl", "cvp")
    await change(sqlite_database, "3.2.1", "QLCN", lambda p: tasks.present(p, MORNING.date(), MORNING))
    await change(sqlite_database, "3.6", "QLNL", lambda p: tasks.block(p, "chờ số liệu", date(2023, 7, 10)))
    on_the_day = {row.person for row in await ticked(sqlite_database, at(6, 30)) if row.queued}
    after = {row.person for row in await ticked(sqlite_database, at(7, 10)) if row.queued}
    then = {row.person for row in await ticked(sqlite_database, at(7, 11)) if row.queued}
    assert (on_the_day, after, then) == ({"cvp", "tp-qlnl"}, {"cvp"}, {"cvp", "tp-qlnl"})


async def test_done_meanwhile_is_not_told(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qltm")
    await ticked(database, HALF_PAST_SEVEN)
    await change(database, "3.5", "QLTM", done)
    assert await leave(database, HALF_PAST_SEVEN) == []
    assert await statuses(database) == ["void"]
    assert await ticked(database, at(4, 28, 8)) == []


async def test_yesterdays_message_gives_way_to_todays(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 29))
    await ticked(database, at(6, 30))
    (message,) = await leave(database, at(6, 30))
    assert message.title is not None
    assert "30/6" in message.title
    assert message.lines[0] == "Tin này gộp cả phần nhắc các ngày 29/6 chưa gửi được."
    assert await statuses(database) == ["superseded", "sending"]


async def test_what_did_not_leave_is_not_lost_where_today_is_no_step(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 27))
    assert [row.date for row in await ticked(database, at(6, 28)) if row.queued] == [date(2023, 6, 28)]
    await all_sent(database)
    assert [row for row in await ticked(database, at(6, 28, 9)) if row.queued] == []
    assert await statuses(database) == ["superseded", "sent"]


async def test_an_old_message_waits_for_the_plan_that_takes_its_place(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 29))
    assert await leave(database, at(6, 30, 6)) == []
    assert await leave(database, at(6, 30, 9)) == []
    assert await statuses(database) == ["queued"]


async def test_who_has_no_account_is_named_and_hears_once_there_is_one(database: Database) -> None:
    await open_office(database)
    missing = replace(OF_3_5, queued=False)
    assert await ticked(database, HALF_PAST_SEVEN) == [missing]
    assert await ticked(database, at(4, 28, 9)) == [missing]
    assert [row.status for row in await rows(database)] == ["unreachable"]
    await linked(database, "tp-qltm")
    assert await ticked(database, at(4, 28, 20)) == []
    assert await ticked(database, at(4, 28, 19)) == [OF_3_5]
    assert len(await leave(database, at(4, 28, 19))) == 1


async def test_whose_account_went_away_hears_by_the_next_one_the_same_day(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qltm")
    await ticked(database, HALF_PAST_SEVEN)
    async with database.work(MORNING) as work:
        (way,) = await work.accounts.reach(people["tp-qltm"])
        await work.accounts.set_status(way.account_id, "blocked")
    assert await leave(database, HALF_PAST_SEVEN) == []
    assert await statuses(database) == ["unreachable"]
    assert await ticked(database, at(4, 28, 8)) == [replace(OF_3_5, queued=False)]
    async with database.work(MORNING) as work:
        await work.accounts.add_linked("zalo_bot", "z", "z", people["tp-qltm"])
    assert await ticked(database, at(4, 28, 9)) == [OF_3_5]
    assert await ticked(database, at(4, 28, 9)) == []
    (row,) = await rows(database)
    assert (row.channel, row.status, row.queued_at) == ("zalo_bot", "queued", at(4, 28, 9))
    assert len(await leave(database, at(4, 28, 9), "zalo_bot")) == 1


async def test_two_units_of_one_head_come_in_one_message(database: Database) -> None:
    agency = await open_office(database)
    people = await linked(database, "tp-qltm")
    async with database.work(MORNING) as work:
        units = {unit.code: unit.id for unit in await work.people.units(agency)}
        also = {"person_id": people["tp-qltm"], "unit_id": units["QLNL"], "role": "head"}
        await work.connection.execute(insert(memberships).values(also))
    planned = [row for row in await ticked(database, at(6, 30)) if row.queued]
    assert [row.tasks for row in planned] == [
        tuple(f"718/TB-SCT {code}" for code in ("3.5", "3.2.2", "3.4", "3.6", "3.7"))
    ]
    (message,) = await leave(database, at(6, 30))
    assert message.title == "QLTM, QLNL – thứ Sáu 30/6"
    assert sum("3.6 Vướng mắc thủy điện" in line for line in message.lines) == 1


async def test_the_message_says_worst_first_with_days_and_asterisks(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qltm")
    await ticked(database, at(6, 27))
    (message,) = await leave(database, at(6, 27))
    assert message.plain().split("\n") == [
        "QLTM – thứ Ba 27/6",
        "Đã qua hạn, chưa ghi hoàn thành:",
        "3.5 KH Đề án TMĐT – trước 30/4, quá 59 ngày",
        "Sắp đến hạn:",
        "3.2.2 KH mạng phân phối – 30/6 *",
        "3.4 02 CTMTQG – 30/6 *",
        "3.7 Ban biên tập Sàn TMĐT – 30/6 *",
        "Cho biết tình hình, gõ một trong các câu:",
        "xong 3.5 45 27/4",
        "3.5 trinh gd",
        "3.5 vuong cho so lieu, 10/7",
        "gia han 3.5 10/7",
        "Nếu văn bản đã ký trước hạn, hạn tính theo ngày văn bản.",
    ]
    assert [button.command for button in message.buttons] == [
        *(f"/done 718-2023/{code}" for code in ("3.5", "3.2.2", "3.4", "3.7")), "/snooze all mai",
    ]  # fmt: skip
    assert message.menu


async def test_one_directive_offers_all_that_can_be_said_of_it(sqlite_database: Database) -> None:
    await open_office(sqlite_database)
    people = await linked(sqlite_database, "tp-qltm")
    async with sqlite_database.work(MORNING) as work:
        await work.accounts.set_language(people["tp-qltm"], "en")
    await ticked(sqlite_database, HALF_PAST_SEVEN)
    (message,) = await leave(sqlite_database, HALF_PAST_SEVEN)
    assert message.title is not None
    assert message.title.startswith("QLTM – Fri")
    assert message.lines[0] == "Due today:"
    assert [button.command for button in message.buttons] == [
        f"/{verb} 718-2023/3.5" for verb in ("done", "present", "blocked")
    ]


async def test_the_notices_own_order_is_kept_among_equals(sqlite_database: Database) -> None:
    agency = await open_office(sqlite_database, loaded=False)
    await linked(sqlite_database, "tp-qltm")
    due = date(2023, 4, 28)
    rows = tuple(DraftTask(f"3.{number}", "t", "t", lead=("QLTM",), due=due) for number in (9, 10, 11))
    async with sqlite_database.work(MORNING) as work:
        await follow(work, agency, replace(draft_718(), tasks=rows))
    (planned,) = await ticked(sqlite_database, HALF_PAST_SEVEN)
    assert planned.tasks == tuple(f"718/TB-SCT 3.{number}" for number in (9, 10, 11))


@PATIENT
@given(st.lists(progresses(State.ASSIGNED, State.BLOCKED, State.REPORTED), max_size=6), days)
def test_what_lies_behind_the_horizon_is_in_no_message(drawn: Sequence[Progress], day: date) -> None:
    parts: list[Part] = [replace(part(f"3.{n}", id=n), progress=progress) for n, progress in enumerate(drawn)]
    now = datetime(day.year, day.month, day.day, 7, 30, tzinfo=HANOI)
    last = horizon(day, CALENDAR)
    near = [one for one in parts if one.progress.due is not None and one.progress.due.on <= last]
    assert digest(near, now, CALENDAR) == digest(parts, now, CALENDAR)


def test_the_command_prints_what_it_queued_once(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def prepare() -> None:
        database = Database(sqlite_url)
        await open_office(database)
        await linked(database, "tp-qltm")
        await database.close()

    asyncio.run(prepare())
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    said = []
    for moment in ("2023-04-28T07:29:00+07:00", "2023-04-28T07:30:00+07:00", "2023-04-28T09:00:00+07:00"):
        assert main(["tick", "--now", moment]) == 0
        said.append(capsys.readouterr().out)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    assert said[0] == said[2] == ""
    assert [json.loads(line) for line in said[1].splitlines()] == [
        {"person": "tp-qltm", "kind": "digest", "date": "2023-04-28", "tasks": ["718/TB-SCT 3.5"], "queued": True}
    ]


async def test_a_clock_set_back_for_days_repeats_nothing_once_it_is_right(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    for day in (23, 26, 27, 28):
        await ticked(database, at(6, day, 11, 0))
        await all_sent(database)
    assert len(await statuses(database)) == 1  # the 27th, three working days before
    for day in (23, 26, 28):
        assert [row for row in await ticked(database, at(6, day, 11, 0)) if row.queued] == []
    assert [row.date.day for row in await ticked(database, at(6, 29, 11, 0)) if row.queued] == [29]


async def test_a_clock_that_was_ahead_loses_nothing_of_the_days_it_passed_over(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 26, 11, 0))
    await ticked(database, at(8, 25, 11, 0))
    assert [row.date.day for row in await ticked(database, at(6, 27, 11, 0)) if row.queued] == [27]
    await all_sent(database)
    (row,) = (row for row in await ticked(database, at(6, 30, 11, 0)) if row.person == "tp-qlnl")
    assert row.tasks == ("718/TB-SCT 3.6",)
    (message,) = await leave(database, at(6, 30, 11, 0))
    assert message.lines[0] == "Tin này gộp cả phần nhắc các ngày 28/6, 29/6 chưa gửi được."


async def test_an_outage_over_tet_is_made_up_for_in_one_message_of_the_days_that_are_worked(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await change(database, "3.6", "QLNL", lambda progress: replace(progress, due=Deadline(date(2024, 2, 7))))

    async def heard(moment: datetime) -> list[Planned]:
        return [row for row in await ticked(database, moment) if row.person == "tp-qlnl"]

    before, after = (datetime(2024, 2, day, 7, 30, tzinfo=HANOI) for day in (5, 16))
    assert await heard(before) == []
    for moment in (after.replace(day=11), after.replace(day=15, hour=6), after.replace(day=15, hour=23, minute=59)):
        assert await heard(moment) == []
    (row,) = await heard(after)
    assert (row.kind, row.tasks) == ("digest", ("718/TB-SCT 3.6",))
    (message,) = await leave(database, after)
    assert message.lines[0] == "Tin này gộp cả phần nhắc các ngày 06/02, 07/02, 15/02 chưa gửi được."
    assert await heard(after.replace(hour=11)) == []


async def test_a_day_taken_off_after_its_message_was_planned_stays_quiet_and_the_next_step_is_told(
    database: Database,
) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 26))
    assert [row.date.day for row in await ticked(database, at(6, 27)) if row.queued] == [27]
    off = WorkCalendar([CalendarDay(date(2023, 6, 27), working=False)])
    assert await leave(database, at(6, 27, 9), calendar=off) == []
    assert await statuses(database) == ["queued"]
    assert [row for row in await ticked(database, at(6, 28), off) if row.queued] == []
    assert [row.date.day for row in await ticked(database, at(6, 29), off) if row.queued] == [29]
    assert len(await leave(database, at(6, 29, 9), calendar=off)) == 1
    assert await statuses(database) == ["superseded", "sending"]


async def test_the_delay_of_a_unit_whose_offices_are_vacant_is_told_above_it(database: Database) -> None:
    await open_office(database)
    await linked(database, "pgd-1", "gd", "cvp")
    async with database.work(MORNING) as work:
        unit = next(one.id for one in await work.people.units(1) if one.code == "QLNL")
        ended = update(memberships).where(memberships.c.unit_id == unit).values(valid_until=MORNING.date())
        await work.connection.execute(ended)
    heard = {row.person: row.tasks for row in await ticked(database, at(7, 4)) if row.queued}
    assert "718/TB-SCT 3.6" in heard["cvp"]
    assert "718/TB-SCT 3.6" in heard["pgd-1"]
    heard = {row.person: row.tasks for row in await ticked(database, at(7, 7)) if row.queued}
    assert "718/TB-SCT 3.6" in heard["gd"]

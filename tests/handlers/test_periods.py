"""What returns goes on: a period for each unit, begun once, told apart from the one before, ended with its directive."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from core.deadlines import Deadline
from core.reminders.digest import digest
from core.workdays import WorkCalendar
from handlers.reminders import Composer, tick
from storage.database import Database
from storage.outbox import Claimed, Composed, Urgency
from tests.handlers.test_leading import intent
from tests.handlers.two_agencies import Town, notice
from tests.office import follow

HEAD, CHIEF, LEADER = "SCT:tp-qltm", "SCT:cvp", "SCT:gd"


@pytest.fixture
async def town(database: Database) -> Town:
    made = await Town.build(database)
    await made.says(LEADER, "việc mới QLTM, phối hợp VP: báo cáo giá hàng tháng ngày 25")
    await made.says(LEADER, "giao")
    return made


async def at(town: Town, day: str) -> None:
    town.clock.at = datetime.fromisoformat(f"{day}T00:05:00+07:00")
    async with town.database.work(town.clock.now()) as work:
        await tick(work, WorkCalendar())


async def periods(town: Town, unit: str = "QLTM", code: str = "V1") -> list[tuple[str, str, str]]:
    where = f"code = '{code}' AND unit_id = (SELECT id FROM units WHERE code = '{unit}' AND agency_id = {town.agencies['SCT']})"
    rows = await town.rows("assignments", "period, due_on, state", f"{where} ORDER BY id")
    return [(row.period, str(row.due_on), row.state) for row in rows]


async def test_the_first_period_is_there_at_once_and_the_next_once_its_day_has_passed(town: Town) -> None:
    first = ("2023-05", "2023-05-25", "assigned")
    assert await periods(town) == [first]
    await at(town, "2023-05-25")
    assert await periods(town) == [first], "the last day is not over"
    await at(town, "2023-05-26")
    assert await periods(town) == [first, ("2023-06", "2023-06-25", "assigned")]
    assert await periods(town, "VP") == [first], "who cooperates reports nothing"
    await at(town, "2023-05-26")
    assert len(await periods(town)) == 2


async def test_two_clocks_begin_a_period_once(town: Town) -> None:
    town.clock.at = datetime.fromisoformat("2023-05-26T00:05:00+07:00")

    async def ticks() -> None:
        async with town.database.work(town.clock.now()) as work:
            await tick(work, WorkCalendar())

    await asyncio.gather(ticks(), ticks())
    assert len(await periods(town)) == 2


async def test_what_is_done_early_goes_on_the_day_after_and_a_slip_finishes_nothing_more(town: Town) -> None:
    await town.says(HEAD, "xong v1 45 27/4")
    await at(town, "2023-04-28")
    assert [state for *_, state in await periods(town)] == ["done"]
    assert "Đã ghi V1 hoàn thành" not in await town.says(HEAD, "xong v1 45 27/4")
    await at(town, "2023-04-29")
    assert [(key, state) for key, _, state in await periods(town)] == [("2023-05", "done"), ("2023-06", "assigned")]


async def test_a_code_means_the_oldest_period_that_is_open(town: Town) -> None:
    await at(town, "2023-05-26")
    await town.says(HEAD, "xong v1 45 26/5")
    assert [state for *_, state in await periods(town)] == ["done", "assigned"]
    await town.says(HEAD, "v1 đang làm")
    assert [state for *_, state in await periods(town)] == ["done", "in_progress"]
    shown = await town.says(LEADER, "xem v1")
    assert "25/6" in shown
    assert "QLTM: đang thực hiện" in shown
    assert "Phối hợp: VP\n" in shown


async def test_what_is_no_longer_followed_does_not_return(town: Town) -> None:
    await town.says(LEADER, "thôi theo dõi v1 vì trùng")
    await at(town, "2023-06-26")
    assert [state for *_, state in await periods(town)] == ["dropped"]


async def test_more_time_for_one_period_does_not_move_the_next(town: Town) -> None:
    await town.says(CHIEF, "sửa v1 hạn 30/6")
    await at(town, "2023-05-26")
    assert [day for _, day, _ in await periods(town)] == ["2023-06-30", "2023-06-25"]


async def test_a_notice_that_wants_something_every_week_gets_the_same(town: Town) -> None:
    weekly = {"every": "week", "weekday": 5, "day": None}
    first, *_ = notice("SCT").tasks
    task = replace(notice("SCT").tasks[4], code="5.1", due=None, recurrence=weekly, deadline_text="thứ Sáu hàng tuần")
    async with town.database.work(town.clock.now()) as work:
        draft = replace(notice("SCT"), number="801/TB-SCT", issued_on=date(2023, 4, 24), tasks=(first, task))
        await follow(work, town.agencies["SCT"], draft)
    await at(town, "2023-04-29")
    await at(town, "2023-05-06")
    assert [key for key, *_ in await periods(town, code="5.1")] == ["2023-W17", "2023-W18", "2023-W19"]
    async with town.database.read(town.clock.now()) as work:
        (found, *_) = await work.notices.find(town.agencies["SCT"], "801", 2023)
        (_, standing) = await work.amendments.standing(found.id)
    assert (standing.lead, standing.due, standing.recurrence) == (("QLTM",), None, weekly)


async def test_what_was_followed_before_there_were_periods_gets_its_first(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        (part, *_) = await work.parts.by_code(town.agencies["SCT"], "V1")
        await work.parts.save(part, replace(part.progress, due=None), None)
    await at(town, "2023-05-02")
    assert await periods(town) == [("2023-05", "2023-05-25", "assigned")]


async def test_clock_that_slept_begins_only_what_is_still_ahead(town: Town) -> None:
    await at(town, "2023-08-01")
    assert [key for key, *_ in await periods(town)] == ["2023-05", "2023-08"]


async def morning_of(town: Town) -> str:
    """Write the morning's message of the unit's head as it would leave now."""
    async with town.database.work(town.clock.now()) as work:
        await tick(work, WorkCalendar())
        people = await work.people.everyone(town.agencies["SCT"])
    (head,) = [person.id for person in people if person.key == "tp-qltm"]
    (row,) = await town.rows("outbox", "id, person_id", f"key LIKE 'digest:{head}:2023-06-23%'")
    async with town.database.read(town.clock.now()) as work:
        claimed = Claimed(
            row.id, "plain", HEAD, row.person_id, None, Urgency.DIGEST, None, await intent(work, row.id), 1, 0, 0
        )
        left = await Composer(town.catalogue, WorkCalendar())(work, claimed)
    assert isinstance(left, Composed)
    return left.content.plain()


async def test_each_period_is_counted_as_one(town: Town) -> None:
    """May done in time, June late and still open, July ahead: three, which add up in the sum and unit by unit."""
    before = await town.says(LEADER, "tổng hợp")
    await town.says(HEAD, "xong v1 45 27/4")
    await at(town, "2023-04-29")
    await at(town, "2023-06-26")
    after = await town.says(LEADER, "tổng hợp")

    def sums(told: str) -> list[int]:
        found = re.search(r"Tổng (\d+) .*?Hoàn thành (\d+)/\d+ \(đúng hạn (\d+), trễ (\d+)\)", told, re.DOTALL)
        assert found is not None, told
        return [int(number) for number in found.groups()]

    was, now = sums(before), sums(after)
    assert [one - other for one, other in zip(now, was, strict=True)] == [2, 1, 1, 0]
    assert await periods(town) == [
        ("2023-05", "2023-05-25", "done"), ("2023-06", "2023-06-25", "assigned"), ("2023-07", "2023-07-25", "assigned"),
    ]  # fmt: skip
    units = [int(number) for number in re.findall(r"^[^:\n]+: (\d+) việc", after, re.MULTILINE)]
    assert sum(units) == now[0], after


async def test_a_turn_that_falls_on_a_sunday_is_asked_for_on_the_friday_before(town: Town) -> None:
    await at(town, "2023-05-26")
    town.clock.at = datetime.fromisoformat("2023-06-23T07:35:00+07:00")
    async with town.database.work(town.clock.now()) as work:
        (part,) = [
            one
            for one in await work.parts.by_code(town.agencies["SCT"], "V1")
            if one.progress.due == Deadline(date(2023, 6, 25))
        ]
        made = digest([part], town.clock.now(), WorkCalendar())
    assert made is not None
    assert made.due_today == (part,)
    heard = await morning_of(town)
    assert "Đến hạn hôm nay:" in heard
    assert "– 25/6, hôm nay là ngày làm việc cuối" in heard


async def test_the_day_off_is_said_before_it_is_given(town: Town) -> None:
    shown = await town.says(LEADER, "việc mới QLTM: báo cáo điện hàng tháng ngày 30")
    assert "Kỳ đầu: 30/4 (ngày nghỉ, nhắc hạn vào 28/4)" in shown


async def test_handing_it_to_another_unit_between_two_periods_is_taken_back(town: Town) -> None:
    await town.says(HEAD, "xong v1 45 27/4")
    await town.says(LEADER, "phân công v1 QLCN")
    assert "V1: QLTM chủ trì, VP phối hợp như trước." in await town.says(LEADER, "hoan tac")
    assert [state for *_, state in await periods(town)] == ["done", "assigned"]
    assert [state for *_, state in await periods(town, "QLCN")] == ["dropped"]
    await at(town, "2023-06-26")
    assert [key for key, *_ in await periods(town)] == ["2023-05", "2023-06", "2023-07"]


async def test_whoever_is_let_go_between_two_periods_gets_none_any_more(town: Town) -> None:
    await town.says(HEAD, "xong v1 45 27/4")
    assert "Đã giao V1 cho QLCN chủ trì" in await town.says(LEADER, "phân công v1 QLCN")
    assert await periods(town) == [("2023-05", "2023-05-25", "done"), ("2023-06", "2023-06-25", "dropped")]
    assert [(day, state) for _, day, state in await periods(town, "QLCN")] == [("2023-06-25", "assigned")]
    for day in ("2023-04-29", "2023-05-26", "2023-06-26"):
        await at(town, day)
    assert len(await periods(town)) == 2
    assert [day for _, day, _ in await periods(town, "QLCN")] == ["2023-06-25", "2023-07-25"]

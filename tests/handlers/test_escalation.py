"""How a delay goes up: the head is asked first and told what goes up, then deputy, office chief and leader read his words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import update

from core import tasks
from core.deadlines import HANOI
from core.tasks import Progress, State
from core.workdays import CalendarDay, WorkCalendar
from handlers.catalogue import Catalogue
from handlers.reminders import tick
from handlers.reminders.contents import contents_of
from handlers.reminders.morning import morning
from handlers.telling import Telling
from storage.database import Database
from storage.schema import outbox
from tests.handlers.test_reminders import change, linked
from tests.office import open_office

EVERYBODY = ("gd", "pgd-1", "pgd-2", "cvp", "th", "tp-qltm", "tp-qlnl", "tp-qlcn", "tp-khtcth", "gd-ttkc")


@pytest.fixture
async def office(database: Database) -> Database:
    await open_office(database)
    known = await linked(database)
    await linked(database, *(key for key in EVERYBODY if key in known))
    return database


async def mornings(database: Database, day: date, calendar: WorkCalendar | None = None) -> dict[str, str]:
    """Return what everybody reads on that morning, by their key; all of it arrives."""
    calendar = calendar or WorkCalendar()
    said = {}
    for hour, minute in ((7, 1), (7, 31)):
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)
        async with database.work(moment) as work:
            queued = [one.person for one in await tick(work, calendar) if one.queued]
            (agency,) = await work.people.agencies()
            people = {person.key: person.id for person in await work.people.everyone(agency.id)}
            for key in queued:
                contents = await contents_of(work, calendar, people[key], None)
                if contents is not None:
                    said[key] = morning(contents, Telling(Catalogue(), "vi", moment, calendar)).plain()
            await work.connection.execute(update(outbox).where(outbox.c.status == "queued").values(status="sent"))
    return said


def who_reads(said: dict[str, str], code: str) -> set[str]:
    return {key for key, text in said.items() if any(line.startswith(f"{code} ") for line in text.split("\n"))}


async def test_dialogue_14(office: Database) -> None:
    """The first day late only the head is asked, and told what goes up; the second the deputy reads his words."""
    first = await mornings(office, date(2023, 7, 3))
    assert who_reads(first, "3.6") == {"tp-qlnl"}
    assert (
        "Sáng ngày làm việc tới, 3.6 có trong bản tổng hợp gửi Phó Giám đốc phụ trách, kèm ý kiến của phòng."
        in first["tp-qlnl"]
    )

    def held_up(progress: Progress) -> Progress:
        return tasks.block(progress, "cho so lieu 2 huyen", date(2023, 7, 10))

    await change(office, "3.6", "QLNL", held_up)
    second = await mornings(office, date(2023, 7, 4))
    # blocked with a day to come: the unit is left in peace, those above read what it said
    assert who_reads(second, "3.6") == {"pgd-1", "cvp", "th"}
    for key in ("pgd-1", "cvp"):
        assert '3.6 Vướng mắc thủy điện – QLNL: "cho so lieu 2 huyen", dự kiến xong 10/7' in second[key]
    for day in (5, 6):
        assert who_reads(await mornings(office, date(2023, 7, day)), "3.6") == set()
    fifth = await mornings(office, date(2023, 7, 7))
    assert who_reads(fifth, "3.6") == {"gd", "pgd-1", "cvp", "th"}
    assert '"cho so lieu 2 huyen"' in fifth["gd"]


async def test_the_offices_own_goes_to_the_leader_and_a_unit_nobody_oversees_to_the_office(office: Database) -> None:
    first = await mornings(office, date(2023, 7, 3))
    assert who_reads(first, "3.8") == {"cvp"}
    assert "3.8 có trong bản tổng hợp gửi Giám đốc" in first["cvp"]
    assert "3.3 có trong bản tổng hợp gửi Chánh Văn phòng" in first["tp-khtcth"]
    second = await mornings(office, date(2023, 7, 4))
    assert who_reads(second, "3.8") == {"cvp", "gd"}
    assert who_reads(second, "3.3") == {"tp-khtcth", "cvp", "th"}


async def test_after_the_fifteenth_day_everybody_hears_once_a_week(office: Database) -> None:
    heard = {}
    for day in range(20, 32):
        heard[day] = who_reads(await mornings(office, date(2023, 7, day)), "3.6")
    everybody = {"tp-qlnl", "pgd-1", "cvp", "th", "gd"}
    assert heard[20] == {"tp-qlnl"}
    assert heard[21] == everybody  # the fifteenth
    assert heard[24] == everybody  # the first working day of the next weeks, and no other
    assert heard[31] == everybody
    assert heard[26] == {"tp-qlnl"}  # asked for the meeting of 31 July
    assert not any(heard[day] for day in (22, 23, 25, 27, 28, 29, 30))


@pytest.mark.parametrize("ended", ["done", "dropped", "presented", "later"])
async def test_it_stops_at_once_and_a_new_date_plans_anew(office: Database, ended: str) -> None:
    await mornings(office, date(2023, 7, 3))
    moment = datetime(2023, 7, 3, 9, tzinfo=HANOI)
    await change(office, "3.6", "QLNL", {
        "done": lambda progress: tasks.complete(progress, moment, needs_document=False),
        "dropped": lambda progress: replace(progress, state=State.DROPPED),
        "presented": lambda progress: tasks.present(progress, moment.date(), moment),
        "later": lambda progress: _due(progress, date(2023, 7, 14)),
    }[ended])  # fmt: skip
    heard = {day: who_reads(await mornings(office, date(2023, 7, day)), "3.6") for day in range(4, 19)}
    if ended == "later":
        # 14 July: three days and one before it, the day, then up again
        assert [day for day in heard if "tp-qlnl" in heard[day]] == [5, 11, 13, 14, 17, 18]
        assert [day for day in heard if "pgd-1" in heard[day]] == [18]
    elif ended == "presented":
        # the leader reads it under what waits for a signature, and nobody is called late
        assert set().union(*heard.values()) <= {"gd"}
    else:
        assert not any(heard.values())


def _due(progress: Progress, day: date) -> Progress:
    assert progress.due is not None
    return replace(progress, due=replace(progress.due, on=day))


async def test_dialogue_5(office: Database) -> None:
    """Presented in time: the unit hears no more, the leader reads what waits three days before it falls due."""
    moment = datetime(2023, 4, 21, 9, tzinfo=HANOI)
    await change(office, "3.5", "QLTM", lambda progress: tasks.present(progress, moment.date(), moment))
    heard = {day: await mornings(office, date(2023, 4, day)) for day in (25, 26, 27, 28)}
    assert not any("tp-qltm" in said for said in heard.values())
    assert "Chờ đồng chí ký:\n3.5 KH Đề án TMĐT – QLTM trình 21/4" in heard[28]["gd"]
    assert [day for day in heard if "gd" in heard[day]] == [26, 27, 28]
    assert "toàn cơ quan: không có mục quá hạn phải báo" in heard[28]["gd"]


async def test_what_a_summary_lists_adds_up_with_its_figures(office: Database) -> None:
    """Every directive counted late is listed or among the others; a unit that carries one out for another is apart."""
    moment = datetime(2023, 6, 28, 9, tzinfo=HANOI)
    await change(office, "3.4", "QLTM", lambda progress: tasks.present(progress, moment.date(), moment))
    said = await mornings(office, date(2023, 7, 4))
    deputy, leader = said["pgd-2"], said["gd"]
    assert "lĩnh vực QLTM: quá hạn phải báo 3 mục." in deputy
    assert "trong hạn 1, quá hạn 3" in deputy
    assert "mục quá hạn khác" not in deputy
    assert deputy.endswith(
        "\n\nĐơn vị cùng thực hiện:\nQuá hạn 4 ngày (2 ngày làm việc), hạn hết 30/6 *:\n3.4 02 CTMTQG – TTKC: chưa báo lý do"
    )
    assert "toàn cơ quan: quá hạn phải báo 2 mục." in leader
    assert "quá hạn 7" in leader
    assert "\nCòn 5 mục quá hạn khác, xem: qua han" in leader
    assert "TTKC" not in leader


async def test_a_day_taken_off_moves_the_steps(office: Database) -> None:
    calendar = WorkCalendar([CalendarDay(date(2023, 7, 3), working=False)])
    assert await mornings(office, date(2023, 7, 3), calendar) == {}
    first = await mornings(office, date(2023, 7, 4), calendar)
    assert who_reads(first, "3.6") == {"tp-qlnl"}
    assert "pgd-1" in who_reads(await mornings(office, date(2023, 7, 5), calendar), "3.6")

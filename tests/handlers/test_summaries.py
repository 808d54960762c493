"""What leaders read in the morning beside delays: what waits for their word, and the agencies below theirs."""

from __future__ import annotations

from datetime import datetime

import pytest

from core import tasks
from core.messages import Message
from core.workdays import WorkCalendar
from handlers.reminders import tick
from handlers.reminders.contents import contents_of
from handlers.reminders.morning import morning
from handlers.telling import Telling
from storage.database import Database
from tests.handlers.two_agencies import FOREIGN, OWN, PROVINCE, SECRET, Town

MONDAY, TUESDAY = "2023-05-08T07:01", "2023-05-09T07:01"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def reads(town: Town, who: str, moment: str = MONDAY) -> Message | None:
    """Return what somebody's message of that morning says, `None` where they get none; the plan is asked too."""
    town.clock.at = datetime.fromisoformat(f"{moment}:00+07:00")
    async with town.database.work(town.clock.at) as work:
        (person,) = await work.people.named(who.replace(":", "/"))
        planned = {one.person for one in await tick(work, WorkCalendar()) if one.kind == "leader_summary"}
        key = await work.outbox.said([f"digest:{person.id}:{moment[:10]}"])
        contents = await contents_of(work, WorkCalendar(), person.id, None)
    await town.deliver()
    assert bool(key) == (contents is not None), planned
    if contents is None:
        return None
    return morning(contents, Telling(town.catalogue, "vi", town.clock.at, WorkCalendar()))


async def test_what_waits_for_a_leaders_word_stands_in_the_morning(town: Town) -> None:
    await town.says(f"{OWN}:tp-qltm", "gia han 3.7 den 15/6 cho so lieu")
    await town.says(f"{OWN}:tp-qlnl", "gia han 3.6 den 20/5 huyen chua gui")
    await town.says(f"{OWN}:tp-qlnl", "kien nghi 3.6 phan viec cua BDT khong thuoc tham quyen phong")
    await town.says(f"{OWN}:tp-qlnl", "bao truoc")
    # QLTM has an overseeing deputy, who is asked first; QLNL has none
    leader, deputy = await reads(town, f"{OWN}:gd"), await reads(town, f"{OWN}:pgd")
    assert leader is not None
    assert deputy is not None
    said = leader.plain()
    assert 'Chờ ý kiến gia hạn:\n3.6 Vướng mắc thủy điện – QLNL xin đến 20/5/2023: "huyen chua gui"' in said
    assert 'Chờ ý kiến về kiến nghị:\n3.6 Vướng mắc thủy điện – QLNL: "phan viec cua BDT khong thuoc' in said
    assert "15/6/2023" not in said
    assert "/waiting" in [button.command for button in leader.buttons]
    assert '3.7 Sàn TMĐT – QLTM xin đến 15/6/2023: "cho so lieu"' in deputy.plain()
    assert "3.6" not in deputy.plain()
    await town.says(f"{OWN}:pgd", "thong nhat 3.7")
    await town.says(f"{OWN}:gd", "/agree 3.6 QLNL kiến nghị")
    await town.says(f"{OWN}:gd", "/refuse 718-2023/3.6 QLNL")
    after = await reads(town, f"{OWN}:gd")
    assert after is not None
    assert "QLTM xin đến 15/6/2023" in after.plain()
    assert "20/5/2023" not in after.plain()
    assert "Chờ ý kiến về kiến nghị" not in after.plain()
    office = await reads(town, f"{OWN}:cvp", "2023-05-08T07:31")
    assert office is not None
    assert "Chờ ý kiến" not in office.plain()


async def test_a_provinces_leader_reads_a_line_for_each_agency_below_and_they_add_up(town: Town) -> None:
    message = await reads(town, f"{PROVINCE}:gd")
    assert message is not None
    lines = message.plain().split("\n")
    figures = [line for line in lines if line.startswith((f"{PROVINCE}: ", f"{OWN}: "))]
    assert [line.partition(":")[0] for line in figures] == [PROVINCE, OWN]
    counts = [int(line.partition(": ")[2].partition(" ")[0]) for line in figures]
    assert f"Tổng {sum(counts)} nhiệm vụ" in message.plain()
    assert SECRET not in message.plain()
    assert not any(line.startswith(f"{FOREIGN}:") for line in lines)
    assert "/718/" not in message.plain()
    own = await reads(town, f"{OWN}:gd")
    assert own is not None
    assert not any(line.startswith((f"{PROVINCE}: ", f"{OWN}: ")) for line in own.plain().split("\n"))


async def test_a_province_with_nothing_of_its_own_hears_of_the_agencies_once_a_week(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql(
            f"UPDATE assignments SET state = 'dropped' WHERE agency_id = {town.agencies[PROVINCE]}"
        )
    message = await reads(town, f"{PROVINCE}:gd")
    assert message is not None
    assert f"{OWN}: " in message.plain()
    assert await reads(town, f"{PROVINCE}:gd", TUESDAY) is None


async def test_a_request_for_what_is_done_by_now_waits_for_nobody(town: Town) -> None:
    """It could not be granted any more: the leader could only refuse it."""
    await town.says(f"{OWN}:tp-qlnl", "gia han 3.6 den 20/5 huyen chua gui")
    await town.says(f"{OWN}:tp-qlnl", "xong 3.6")
    leader = await reads(town, f"{OWN}:gd")
    assert leader is not None
    assert "huyen chua gui" not in leader.plain()


async def test_what_is_being_mended_in_time_goes_up_as_no_delay(town: Town) -> None:
    """Reported in time, returned after the deadline: while it can be mended nobody above is told of it, not even of none."""
    async with town.database.work(datetime.fromisoformat("2023-04-19T09:00+07:00")) as work:
        (part,) = [one for one in await work.parts.by_code(town.agencies[OWN], "3.6") if one.unit_code == "QLNL"]
        assert part.progress.due is not None
        done = tasks.complete(part.progress, work.now, needs_document=False)
        returned = tasks.send_back(done, "phụ lục", datetime.fromisoformat("2023-04-27T17:00+07:00"))
        await work.parts.save(part, returned, None)
    assert part.progress.due.on.isoformat() == "2023-04-20"
    assert await reads(town, f"{OWN}:gd", "2023-04-27T07:01") is None
    late = await reads(town, f"{OWN}:gd", TUESDAY)
    assert late is not None
    assert "\n3.6 " in late.plain()

"""The office records for a unit: seen first, one of two that cross stands, and the unit has the last word."""

from __future__ import annotations

import asyncio

import pytest

from storage.database import Database
from tests.handlers.test_judging import last_told, progress, told_since
from tests.handlers.two_agencies import Town

HEAD, SECOND, CHIEF, CLERK, OTHER_CLERK = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:cvp", "SCT:th", "SCT:th-2"
PLAIN = "3.5 qltm da trinh, ttr 45 ngay 27/4"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def tap(town: Town, who: str, said: str) -> str:
    """Press [Ghi nhận] under what this is answered with."""
    button = next(one for message in await town.messages(who, said) for one in message.buttons if not one.opt_out)
    return await town.says(who, button.command, kind="button")


@pytest.mark.parametrize("who", [CLERK, CHIEF])
async def test_nothing_is_written_before_the_tap(town: Town, who: str) -> None:
    before = await town.rows("assignments"), await town.last("audit_entries")
    shown = await town.says(who, PLAIN)
    assert "Ghi nhận thay QLTM:\n3.5 hoàn thành ngày 27/4/2023, đúng hạn" in shown
    assert (await town.rows("assignments"), await town.last("audit_entries")) == before
    assert "Đã ghi nhận thay QLTM: 3.5" in await town.says(who, "ghi nhan")
    where = f"code = '3.5' AND agency_id = {town.agencies['SCT']}"
    (row,) = await town.rows("assignments", "state, completed_on, document, recorded_at", where)
    assert (row.state, str(row.completed_on), row.document) == ("done", "2023-04-27", "45/TTr-SCT")
    assert str(row.recorded_at).startswith("2023-04-28")
    (entry,) = await town.rows("audit_entries", "person_id, detail, said", "act = 'record'")
    (person,) = await town.rows("people", "key", f"id = {entry.person_id}")
    assert person.key == who.partition(":")[2]
    assert "45/TTr-SCT 27/4/2023" in str(entry.detail)


@pytest.mark.parametrize(
    ("typed", "document"),
    [("45 27/4", "45/TTr-SCT"), ("qd 812 ngay 27/4", "812/QĐ-SCT"), ("cv 52 ngay 27/4", "52/SCT"),
     ("120/SCT-QLTM 27/4", "120/SCT-QLTM"), ("7/GM-UBND 27/4/2023", "7/GM-UBND")],
)  # fmt: skip
async def test_the_button_records_the_document_that_was_shown(town: Town, typed: str, document: str) -> None:
    assert f"theo {document}." in await tap(town, CLERK, f"ghi nhan thay 3.5 qltm {typed}")
    where = f"code = '3.5' AND agency_id = {town.agencies['SCT']}"
    (row,) = await town.rows("assignments", "document, document_on", where)
    assert (row.document, str(row.document_on)) == (document, "2023-04-27")


async def test_a_basis_is_asked_for_whatever_the_part(town: Town) -> None:
    assert "theo văn bản nào?" in await town.says(CLERK, "xong 3.7")
    assert "theo văn bản nào?" in await town.says(CLERK, "45")
    assert (await town.state("3.7"))[0] == "assigned"
    assert "Ngày 27/5/2023 chưa tới" in await town.says(CLERK, "45 27/5/2023")
    assert "Căn cứ: 45/TTr-SCT" in await town.says(CLERK, "45 27/4")
    assert "theo văn bản nào?" in await town.says(CLERK, "3.5 qltm da trinh")
    assert "Căn cứ: 52/KH-SCT" in await town.says(CLERK, "3.5 qltm da gui, kh 52 ngay 27/4")
    assert "không báo xong" in await town.says(CLERK, "ghi nhan thay 3.1 qltm 45 27/4")


async def test_of_several_units_the_one_is_asked_for_and_the_document_kept(town: Town) -> None:
    assert "Ghi cho đơn vị nào?" in await town.says(CLERK, "ghi nhan thay 3.3 ttr 45 ngay 27/4")
    shown = await town.says(CLERK, "2")
    assert "Ghi nhận thay QLNL:\n3.3" in shown
    assert "45/TTr-SCT" in shown


async def test_two_of_the_office_tap_at_once(town: Town) -> None:
    commands = []
    for who in (CLERK, OTHER_CLERK):
        shown = (await town.messages(who, PLAIN))[-1]
        commands.append((who, shown.buttons[0].command))
    before = await town.last("outbox")
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, said, kind="button")) for who, said in commands))
    heard = await told_since(town, before, CLERK, OTHER_CLERK)
    assert sorted("Đã ghi nhận thay" in one for one in heard) == [False, True]
    assert any("3.5 đã ghi hoàn thành ngày 27/4/2023" in one for one in heard)
    assert len(await told_since(town, before, HEAD)) == 1


async def test_what_the_unit_reported_meanwhile_is_not_overwritten(town: Town) -> None:
    shown = (await town.messages(CLERK, PLAIN))[-1]
    await town.says(HEAD, "xong 3.5 46 26/4")
    assert "3.5 đã ghi hoàn thành ngày 26/4/2023" in await town.says(CLERK, shown.buttons[0].command, kind="button")


async def test_undone_in_time_nobody_hears_of_it(town: Town) -> None:
    before = await town.last("outbox")
    shown = (await town.messages(CLERK, PLAIN))[-1]
    await town.dispatcher.receive(town.event(CLERK, shown.buttons[0].command, kind="button"))
    await town.dispatcher.receive(town.event(CLERK, "hoan tac"))
    assert (await town.state("3.5"))[0] == "assigned"
    (row,) = await town.rows("outbox", "status", f"id > {before} AND chat = '{HEAD}'")
    assert row.status == "void"


async def test_where_the_agency_confirms_a_clerks_record_waits_for_it(town: Town) -> None:
    await town.says(CHIEF, "/confirming on")
    assert "báo xong, chờ xác nhận" in await tap(town, CLERK, PLAIN)
    assert await progress(town, "3.5") == ("submitted", "2023-04-27")
    assert "45/TTr-SCT" in await last_told(town, CHIEF)
    assert "Đã xác nhận 3.5" in await town.says(CHIEF, "xac nhan 3.5")
    before = await town.last("outbox")
    assert "giữ nguyên. Đã báo Văn phòng" in await town.says(HEAD, "sai 3.5 so la 46")
    assert await progress(town, "3.5") == ("done", "2023-04-27")
    for who in (CLERK, CHIEF):
        assert any('chưa đúng: "so la 46"' in one for one in await told_since(town, before, who))


async def test_head_and_deputy_say_at_once_that_it_is_wrong(town: Town) -> None:
    await town.says(HEAD, "3.5 vuong cho so lieu")
    await tap(town, CLERK, PLAIN)
    before = await town.last("outbox")
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, "sai 3.5")) for who in (HEAD, SECOND)))
    heard = await told_since(town, before, HEAD, SECOND)
    assert sorted("Đã bỏ ghi nhận thay 3.5" in one for one in heard) == [False, True]
    assert any("hiện không có ghi nhận thay nào" in one for one in heard)
    assert (await town.state("3.5"))[0] == "blocked"
    (told,) = await told_since(town, before, CLERK)
    assert "mục trở lại: Đang vướng" in told
    (row,) = await town.rows("submissions", "withdrawn_at", "document = '45/TTr-SCT'")
    assert row.withdrawn_at is not None


async def test_after_that_undo_takes_back_nothing_older(town: Town) -> None:
    await tap(town, CLERK, "ghi nhan thay 3.7 qltm 44 26/4")
    await tap(town, CLERK, PLAIN)
    await town.says(HEAD, "sai 3.5")
    assert "3.5 đã có người ghi tiếp" in await town.says(CLERK, "hoan tac")
    assert (await town.state("3.7"))[0] == "done"


async def test_a_unit_takes_back_that_it_was_wrong(town: Town) -> None:
    await tap(town, CLERK, PLAIN)
    await town.says(HEAD, "sai 3.5")
    assert (await town.state("3.5"))[0] == "assigned"
    before = await town.last("outbox")
    assert "3.5 trở lại: Đã hoàn thành" in await town.says(HEAD, "hoan tac")
    assert await progress(town, "3.5") == ("done", "2023-04-27")
    (row,) = await town.rows("submissions", "withdrawn_at", "document = '45/TTr-SCT'")
    assert row.withdrawn_at is None
    assert "45/TTr-SCT" in await town.says(HEAD, "xem 3.5")
    (told,) = await told_since(town, before, CLERK)
    assert "Tin trước không còn hiệu lực" in told
    # both may do it once more: the unit say that it is wrong, the office take its record back
    assert "Đã bỏ ghi nhận thay 3.5" in await town.says(HEAD, "sai 3.5")
    await town.says(HEAD, "hoan tac")
    assert "3.5 trở lại: Đã giao" in await town.says(CLERK, "hoan tac")


async def test_the_right_document_follows_in_one_tap(town: Town) -> None:
    await tap(town, CLERK, PLAIN)
    assert "Đã ghi 3.5 hoàn thành ngày 26/4/2023" in await tap(town, HEAD, "sai 3.5 so 46 ngay 26/4")


async def test_only_the_units_own_says_that_it_is_wrong(town: Town) -> None:
    await tap(town, CLERK, PLAIN)
    assert "3.5 giao QLTM" in await town.says("SCT:tp-qlnl", "sai 3.5")
    assert "chưa được phân quyền" in await town.says("SCT:gd", "sai 3.5")
    assert "hiện không có ghi nhận thay" in await town.says("SNN:tp-qltm", "sai 3.5")
    assert (await town.state("3.5"))[0] == "done"


async def test_who_recorded_it_has_left(town: Town) -> None:
    await tap(town, OTHER_CLERK, PLAIN)
    async with town.database.work(town.clock.now()) as work:
        agency = town.agencies["SCT"]
        (left,) = [one for one in await work.people.everyone(agency) if one.key == "th-2"]
        await work.connection.exec_driver_sql(f"DELETE FROM memberships WHERE person_id = {left.id}")
    before = await town.last("outbox")
    await town.says(HEAD, "sai 3.5")
    assert any("Đã bỏ ghi nhận" in one for one in await told_since(town, before, CHIEF))

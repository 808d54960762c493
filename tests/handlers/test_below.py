"""A province reads every list of the agencies below it, agency by agency; a department reads its own alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.drafts import DraftTask
from core.submissions import Evidence, Submission
from handlers.following import follow_up
from storage.database import Database
from tests.handlers.two_agencies import FOREIGN, OWN, PROVINCE, SECRET, Town, notice

ABOVE, LEADER, BESIDE = f"{PROVINCE}:gd", f"{OWN}:gd", f"{FOREIGN}:gd"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def test_what_waits_below_stands_under_its_agency_and_has_no_buttons(town: Town) -> None:
    for agency in (OWN, FOREIGN, PROVINCE):
        await town.says(f"{agency}:cvp", "/confirming on")
    await town.says(f"{OWN}:tp-qltm", "xong 3.7")
    await town.says(f"{OWN}:tp-qlnl", "trình 3.6")
    await town.says(f"{PROVINCE}:tp-qltm", "trình 3.5")
    await town.says(f"{FOREIGN}:tp-qltm", "xong 3.7")
    (told,) = await town.messages(ABOVE, "chờ xác nhận")
    assert told.plain().split("\n") == [
        "Chờ đồng chí ký:",
        "3.5 Đề án TMĐT – QLTM trình 28/4",
        "",
        "SCT – Sở Công Thương:",
        "Chờ xác nhận: 1",
        "SCT/718/3.7 Sàn TMĐT – QLTM báo ngày 28/4",
        "",
        "Chờ Lãnh đạo ký:",
        "SCT/718/3.6 Vướng mắc thủy điện – QLNL trình 28/4",
    ]
    assert not told.buttons
    (below,) = await town.messages(LEADER, "chờ xác nhận")
    assert "PROVINCE" not in below.plain()
    assert "3.5" not in below.plain()
    assert [button.command.split()[0] for button in below.buttons] == ["/confirm", "/return"]
    assert "SCT" not in await town.says(BESIDE, "chờ xác nhận")
    assert "3.7" not in await town.says(f"{PROVINCE}:tp-qltm", "chờ xác nhận")


async def test_what_waits_is_kept_to_an_agency_below_or_to_its_unit(town: Town) -> None:
    await town.says(f"{PROVINCE}:tp-qltm", "trình 3.5")
    await town.says(f"{OWN}:tp-qlnl", "trình 3.6")
    every, named = await town.says(ABOVE, "chờ xác nhận SCT"), await town.says(ABOVE, "/waiting SCT 718")
    assert every.startswith("SCT – Sở Công Thương:\n")
    assert "SCT/718/3.6" in every
    assert "3.5" not in every
    assert named.startswith("TB 718\n")
    assert "SCT/718/3.6" in named


async def test_what_a_unit_below_asks_for_is_its_own_leaders_to_decide(town: Town) -> None:
    await town.says(f"{OWN}:tp-qltm", "gia han 3.7 den 15/6 cho huyen")
    for said in ("/agree SCT/718/3.7", "dong y SCT/718/3.7", "khong dong y SCT/3.7"):
        told = await town.says(ABOVE, said)
        assert "QLTM (SCT)" in told, told
        assert "Chưa ghi gì" in told
        # of an agency that is not below nothing is said but what is said of one that is not there
        assert "Không có mục" in await town.says(ABOVE, said.replace("SCT", "SNN"))
    assert "xin đến 15/6" in await town.says(f"{OWN}:pgd", "chờ xác nhận")


async def test_a_long_list_of_what_waits_is_paged(town: Town) -> None:
    many = tuple(
        DraftTask(f"7.{number}", f"Việc {number}.", f"Việc {number}", lead=("QLNL",)) for number in range(1, 16)
    )
    async with town.database.work(town.clock.now()) as work:
        more = replace(notice(OWN), number="901/TB-SCT", tasks=many)
        await follow_up(work, town.catalogue, town.agencies[OWN], more, by=None, entry_id=None)
    for number in range(1, 16):
        await town.says(f"{OWN}:tp-qlnl", f"trình 7.{number}")
    first, second = await town.says(ABOVE, "chờ xác nhận"), await town.says(ABOVE, "/waiting trang 2")
    assert first.count("SCT/901/7.") == 12
    assert "(trang 1/2)" in first.casefold() or "trang 1/2" in first.casefold()
    assert second.count("SCT/901/7.") == 3
    assert second.startswith("SCT – Sở Công Thương:\nChờ Lãnh đạo ký:")


async def test_who_has_not_acknowledged_below_stands_under_its_agency(town: Town) -> None:
    for agency in (OWN, PROVINCE):
        for head in ("tp-qltm", "tp-qlcn", "cvp"):
            await town.says(f"{agency}:{head}", "ok")
    told = await town.says(ABOVE, "chưa tiếp nhận")
    assert told.split("\n")[1:] == [
        "2 đơn vị chưa tiếp nhận:",
        "QLNL: 3.3, 3.6 – TB 718, giao 28/4",
        "",
        "SCT – Sở Công Thương:",
        "QLNL: SCT/718/3.3, SCT/718/3.6 – TB 718, giao 28/4",
    ]
    assert "SCT" not in await town.says(f"{PROVINCE}:tp-qlnl", "chưa tiếp nhận")
    own = await town.says(LEADER, "chưa tiếp nhận")
    assert "1 đơn vị" in own
    assert "QNG" not in own


async def test_who_did_not_receive_what_below_stands_under_its_agency(town: Town) -> None:
    for agency in (OWN, FOREIGN, PROVINCE):
        await town.says(f"{agency}:gd", "đôn đốc 3.6")
        await town.says(f"{agency}:gd", "gửi")
    async with town.database.work(town.clock.now()) as work:
        urged = "UPDATE outbox SET status = 'unreachable', error = 'blocked' WHERE class = 1"
        await work.connection.exec_driver_sql(urged)
    told = await town.says(f"{PROVINCE}:th", "chưa nhận")
    assert "2 đồng chí chưa nhận đủ tin:" in told
    assert told.count("Trưởng phòng QLNL") == 2
    assert told.index("Trưởng phòng QLNL") < told.index("SCT – Sở Công Thương:") < told.rindex("Trưởng phòng QLNL")
    for office in (f"{OWN}:th", f"{FOREIGN}:th"):
        own = await town.says(office, "chưa nhận")
        assert "1 đồng chí" in own
        assert "QNG" not in own
        assert " – Sở" not in own


async def handed_in(town: Town, agency: str, code: str, ref: str) -> None:
    where = f"code = '{code}' AND agency_id = {town.agencies[agency]} AND role = 'lead'"
    (row,) = await town.rows("assignments", "id", where)
    async with town.database.work(town.clock.now()) as work:
        made = await work.submissions.add(row.id, Submission(None, None, town.clock.now(), "kèm tệp"), None)
        await work.submissions.add_files(made, [Evidence(ref, f"{agency}.pdf", "application/pdf", 10)])


async def test_a_province_opens_the_files_of_an_agency_below_and_of_no_other(town: Town) -> None:
    for agency in (OWN, FOREIGN, PROVINCE):
        await handed_in(town, agency, "3.7", f"{agency}-ref")
    for who in ("gd", "pgd", "cvp", "th"):
        (told,) = await town.messages(f"{PROVINCE}:{who}", "/files SCT/718/3.7")
        assert [file.name for file in told.files] == ["SCT.pdf"]
        (own,) = await town.messages(f"{PROVINCE}:{who}", "/files 3.7")
        assert [file.name for file in own.files] == ["QNG.pdf"]
    for who in (f"{PROVINCE}:tp-qltm", f"{PROVINCE}:cv-qltm", BESIDE, f"{OWN}:tp-qlnl"):
        for told in await town.messages(who, "/files SCT/718/3.7"):
            assert not told.files
    for who in (LEADER, ABOVE):
        for told in await town.messages(who, "/files SNN/718/3.7"):
            assert not told.files
            assert SECRET not in told.plain()
    assert not (await town.messages(LEADER, "/files QNG/718/3.7"))[0].files


async def test_files_only_agencies_below_have_are_found_or_asked_about(town: Town) -> None:
    only = replace(notice(OWN), number="901/TB-SCT", tasks=(DraftTask("5.1", "Hội chợ.", "Hội chợ", lead=("QLTM",)),))
    async with town.database.work(town.clock.now()) as work:
        await follow_up(work, town.catalogue, town.agencies[OWN], only, by=None, entry_id=None)
    await handed_in(town, OWN, "5.1", "five")
    (told,) = await town.messages(ABOVE, "/files 5.1")
    assert [file.ref for file in told.files] == ["five"]
    town.clock.at += timedelta(days=1)
    async with town.database.work(town.clock.now()) as work:
        again = replace(only, number="902/TB-SCT")
        await follow_up(work, town.catalogue, town.agencies[OWN], again, by=None, entry_id=None)
    (asked,) = await town.messages(ABOVE, "/files 5.1")
    assert {button.command for button in asked.buttons} == {"/files SCT/901-2023/5.1", "/files SCT/902-2023/5.1"}
    (told,) = await town.messages(ABOVE, "/files SCT/901-2023/5.1")
    assert [file.ref for file in told.files] == ["five"]

"""A directive is given to other units: two who do it at once do not overwrite each other, and who hears of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from tests.handlers.test_judging import last_told, told_since
from tests.handlers.two_agencies import Town

HEAD, OTHER, CHIEF, LEADER = "SCT:tp-qltm", "SCT:tp-qlnl", "SCT:cvp", "SCT:gd"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def roles(town: Town, code: str) -> dict[str, tuple[str, str]]:
    where = f"code = '{code}' AND agency_id = {town.agencies['SCT']} AND state <> 'dropped'"
    unit = "(SELECT code FROM units WHERE units.id = unit_id) AS unit"
    return {row.unit: (row.role, row.state) for row in await town.rows("assignments", f"{unit}, role, state", where)}


async def test_of_two_at_once_one_counts_and_the_other_hears_of_it(town: Town) -> None:
    said = ((LEADER, "phan cong 3.6 QLCN"), (CHIEF, "phan cong 3.6 QLTM"))
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, words)) for who, words in said))
    now = await roles(town, "3.6")
    assert now in ({"QLCN": ("lead", "assigned")}, {"QLTM": ("lead", "assigned")})
    first, second = (LEADER, CHIEF) if "QLCN" in now else (CHIEF, LEADER)
    assert "Đã giao 3.6" in await last_told(town, first)
    assert f"vừa giao 3.6 cho {next(iter(now))} chủ trì lúc 08:00" in await last_told(town, second)
    assert len(await town.rows("audit_entries", "id", "act = 'assign'")) == 1


async def test_who_was_told_may_insist_until_there_is_something_newer(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.6 QLCN")
    (shown,) = await town.messages(CHIEF, "phan cong 3.6 QLTM")
    insist = shown.buttons[0].command
    await town.says(LEADER, "phan cong 3.6 VP")
    assert "vừa giao 3.6 cho VP chủ trì" in await town.says(CHIEF, insist, kind="button")
    (again,) = await town.messages(CHIEF, "phan cong 3.6 QLTM")
    assert "Đã giao 3.6 cho QLTM chủ trì" in await town.says(CHIEF, again.buttons[0].command, kind="button")
    assert await roles(town, "3.6") == {"QLTM": ("lead", "assigned")}


async def test_those_that_cooperate_get_their_part_and_keep_what_they_have(town: Town) -> None:
    await town.says(OTHER, "3.6 đang làm")
    before = await town.last("outbox")
    assert "QLTM chủ trì, QLNL, VP phối hợp" in await town.says(LEADER, "phan cong 3.6 QLTM, phoi hop QLNL, VP")
    assert await roles(town, "3.6") == {
        "QLTM": ("lead", "assigned"), "QLNL": ("cooperating", "in_progress"), "VP": ("cooperating", "assigned"),
    }  # fmt: skip
    assert "Phối hợp: QLNL, VP" in await last_told(town, HEAD)
    assert "QLTM chủ trì" in await last_told(town, OTHER)
    assert await told_since(town, before, "SCT:tp-qlcn") == []


async def test_whoever_gets_it_again_gets_the_date_of_today(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.6 QLTM")
    await town.says(LEADER, "sửa 3.6 hạn 30/6")
    await town.says(LEADER, "phan cong 3.6 QLNL")
    where = f"code = '3.6' AND agency_id = {town.agencies['SCT']} AND state <> 'dropped'"
    (row,) = await town.rows("assignments", "due_on, original_due_on", where)
    assert (str(row.due_on), str(row.original_due_on)) == ("2023-06-30", "2023-04-20")


async def whose(town: Town, code: str) -> list[tuple[str, ...]]:
    where = f"code = '{code}' AND agency_id = {town.agencies['SCT']} ORDER BY id"
    return [tuple(row) for row in await town.rows("assignments", "unit_id, role, state, percent, due_on", where)]


@pytest.mark.parametrize("words", ["QLTM", "QLTM, phoi hop QLNL, VP", "phoi hop VP", "VP, phoi hop QLTM"])
async def test_taken_back_the_directive_is_whose_it_was(town: Town, words: str) -> None:
    await town.says(OTHER, "3.6 xong 40%")
    before = await whose(town, "3.6")
    await town.says(LEADER, f"phan cong 3.6 {words}")
    assert "3.6: QLNL chủ trì như trước." in await town.says(LEADER, "hoan tac")
    assert [one for one in await whose(town, "3.6") if one[2] != "dropped"] == before
    assert "3.6" not in await town.says(HEAD, "viec")
    assert "Không có việc nào" in await town.says(LEADER, "hoan tac")


async def test_who_heard_of_it_hears_that_it_holds_no_more(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.6 QLTM")
    before = await town.last("outbox")
    await town.says(LEADER, "hoan tac")
    for who in (HEAD, OTHER):
        (told,) = await told_since(town, before, who)
        assert "Tin trước không còn hiệu lực" in told
    await town.dispatcher.receive(town.event(LEADER, "phan cong 3.6 QLTM"))
    before = await town.last("outbox")
    await town.says(LEADER, "hoan tac")
    assert await told_since(town, before, HEAD, OTHER) == [], "nothing had left yet"


@pytest.mark.parametrize(
    ("who", "words"),
    [(HEAD, "3.6 xong 10%"), (HEAD, "gia han 3.6 den 15/7 vi cho so lieu"), (CHIEF, "/assign 3.6 QLTM, phoi hop VP"),
     (HEAD, "3.6 đề nghị VP gửi số liệu trước 10/5")],
)  # fmt: skip
async def test_what_somebody_went_on_from_stays(town: Town, who: str, words: str) -> None:
    await town.says(LEADER, "phan cong 3.6 QLTM, phoi hop VP")
    told = await town.messages(who, words)
    for one in told:
        for button in one.buttons:
            if "#" in button.command:
                await town.says(who, button.command, kind="button")
    before = await roles(town, "3.6")
    assert "3.6 đã có người ghi tiếp" in await town.says(LEADER, "hoan tac")
    assert await roles(town, "3.6") == before


async def test_what_a_unit_says_that_leads_where_it_cooperated_stays(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.3 QLTM")
    await town.says(HEAD, "3.3 xong 50%")
    assert "3.3 đã có người ghi tiếp" in await town.says(LEADER, "hoan tac")
    assert (await roles(town, "3.3"))["QLTM"] == ("lead", "in_progress")
    await town.says(HEAD, "hoan tac")
    assert "3.3: QLCN, QLNL chủ trì, QLTM phối hợp như trước." in await town.says(LEADER, "hoan tac")


async def test_what_a_unit_asks_for_as_the_lead_it_became_stays(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.3 QLTM")
    town.clock.at += timedelta(minutes=1)
    await town.says(HEAD, "gia han 3.3 15/7 cho so lieu")
    assert "3.3 đã có người ghi tiếp" in await town.says(LEADER, "hoan tac")
    await town.says(HEAD, "hoan tac")
    assert "như trước" in await town.says(LEADER, "hoan tac")


async def test_taken_back_as_somebody_else_gives_it(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.6 QLTM")
    said = ((LEADER, "hoan tac"), (CHIEF, "/assign 718/3.6 VP"))
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, words)) for who, words in said))
    now = await roles(town, "3.6")
    assert now in ({"QLNL": ("lead", "assigned")}, {"VP": ("lead", "assigned")})
    told = await last_told(town, CHIEF)
    assert ("Đã giao 3.6 cho VP chủ trì" in told) == ("VP" in now)
    assert ("vừa giao 3.6 cho QLTM" in told) == ("VP" not in now)
    assert "Đã hoàn tác" in await last_told(town, LEADER)


async def test_whoever_leads_is_not_made_to_cooperate_by_a_slip(town: Town) -> None:
    await town.says(LEADER, "phan cong 3.6 phoi hop QLNL")
    assert await roles(town, "3.6") == {"QLNL": ("lead", "assigned")}

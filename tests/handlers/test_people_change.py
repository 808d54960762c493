"""People move, leave, stand in two places, lose a phone: rights and messages follow the person, from that day on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.roster import RosterPerson
from handlers.roster import import_roster
from storage.database import Database
from tests.handlers.two_agencies import OWN, Town, roster

HEAD, SECOND, OFFICER, OTHER, CLERK = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:cv-qltm", "SCT:tp-qlnl", "SCT:th"
LEADER = "SCT:gd"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def moved(town: Town, *people: RosterPerson, gone: tuple[str, ...] = ()) -> None:
    """Import the roster with these people in other offices, and let a day pass."""
    now = roster(OWN)
    there = {person.key: person for person in people}
    changed = tuple(there.get(person.key, person) for person in now.people if person.key not in gone)
    async with town.database.work(town.clock.now()) as work:
        await import_roster(work, replace(now, people=changed))
    town.clock.at += timedelta(days=1)


async def run(town: Town, statement: str) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.execute(text(statement))


async def test_all_open_parts_are_handed_over_in_one_sentence_and_taken_back_in_one(town: Town) -> None:
    told = await town.says(HEAD, "giao 3.5 va 3.7 cho chuyen vien")
    assert "Đã giao 3.5 cho Chuyên viên QLTM" in told
    assert "Đã giao 3.7 cho Chuyên viên QLTM" in told
    assert "Đã ghi 3.7" in await town.says(OFFICER, "3.7 xong 60%")
    await town.says(OFFICER, "hoan tac")
    await town.says(HEAD, "hoan tac")
    for code in ("3.5", "3.7"):
        assert "chưa được phân quyền" in await town.says(OFFICER, f"/done {code}")


@pytest.mark.parametrize(
    "words", ["bàn giao tất cả cho phó phòng", "giao het viec cho pp-qltm", "ban giao toan bo cac muc dang mo cho pho phong",
              "/handover all pp-qltm"]
)  # fmt: skip
async def test_everything_open_is_handed_over_without_naming_it(town: Town, words: str) -> None:
    await town.says(HEAD, "xong 3.7")
    told = await town.says(HEAD, words)
    assert "Đã giao 3.5 cho Phó Trưởng phòng QLTM" in told
    assert "3.7" not in told, "what is done is nobody's to go on with"
    (second,) = await town.rows("accounts", "person_id", f"external_id = '{SECOND}'")
    where = f"handed_to = {second.person_id}"
    assert sorted(row.code for row in await town.rows("assignments", "code", where)) == ["3.3", "3.5"]
    assert "Đã hoàn tác" in await town.says(HEAD, "hoan tac")
    assert await town.rows("assignments", "code", where) == []


async def test_everything_goes_to_whoever_is_chosen_where_several_were_meant(town: Town) -> None:
    (asked,) = await town.messages(HEAD, "giao tat ca cho qltm")
    assert [button.command for button in asked.buttons][1] == "/handover all pp-qltm"
    told = await town.says(HEAD, "2")
    assert "Đã giao 3.5 cho Phó Trưởng phòng QLTM" in told
    assert "Đã giao 3.7 cho Phó Trưởng phòng QLTM" in told


async def test_a_head_who_moves_acts_for_the_new_unit_and_no_more_for_the_old(town: Town) -> None:
    await moved(
        town,
        RosterPerson("tp-qltm", "Trưởng phòng QLCN", "QLCN", "head"),
        RosterPerson("pp-qltm", "Trưởng phòng QLTM", "QLTM", "head"),
        gone=("tp-qlcn",),
    )
    before = await town.state("3.7")
    assert "3.7" not in await town.says(HEAD, "viec")
    await town.says(HEAD, "xong 3.7")
    assert await town.state("3.7") == before
    assert "Đã ghi 3.3: 40 %" in await town.says(HEAD, "3.3 duoc 40%")
    assert (await town.state("3.3", "QLCN"))[0] == "in_progress"
    assert "Đã ghi 3.7 hoàn thành" in await town.says(SECOND, "xong 3.7")
    await town.says("SCT:tp-qlcn", "3.3 duoc 90%")
    assert (await town.rows("assignments", "percent", "percent = 90")) == []


async def test_what_was_handed_to_somebody_who_moves_away_is_the_units_again(town: Town) -> None:
    await town.says(HEAD, "giao 3.7 cho chuyen vien")
    await moved(town, RosterPerson("cv-qltm", "Chuyên viên QLNL", "QLNL", "officer"))
    before = await town.state("3.7")
    await town.says(OFFICER, "xong 3.7")
    assert await town.state("3.7") == before
    assert "Đã ghi 3.7 hoàn thành" in await town.says(HEAD, "xong 3.7")


async def test_a_revoked_account_is_nobodys_and_the_one_still_valid_is_served_and_told(town: Town) -> None:
    (person,) = await town.rows("accounts", "person_id", f"external_id = '{HEAD}'")
    async with town.database.work(town.clock.now()) as work:
        await work.accounts.add_linked("plain", "second-phone", "second-phone", person.person_id)
    await run(town, f"UPDATE accounts SET status = 'revoked' WHERE external_id = '{HEAD}'")
    before = await town.everything()
    told = await town.says(HEAD, "xong 3.7")
    assert await town.everything() == before
    assert "3.7" not in told
    since = await town.last("outbox")
    await town.says(LEADER, "thôi theo dõi 718/3.7 vì trùng")
    chats = {row.chat for row in await town.rows("outbox", "chat", f"id > {since} AND person_id = {person.person_id}")}
    assert chats == {"second-phone"}
    assert "Đã ghi 3.5: 60 %" in await town.says("second-phone", "3.5 duoc 60%")


async def test_one_person_with_two_offices_acts_for_both_and_sees_both(town: Town) -> None:
    await run(
        town,
        "INSERT INTO memberships (person_id, unit_id, role) SELECT p.id, u.id, 'head' FROM people p, units u WHERE "
        f"p.key = 'tp-qltm' AND u.code = 'QLNL' AND p.agency_id = u.agency_id AND u.agency_id = {town.agencies[OWN]}",
    )
    listed = await town.says(HEAD, "viec")
    assert "3.6" in listed
    assert "3.7" in listed
    assert "Đã ghi 3.6 hoàn thành" in await town.says(HEAD, "xong 3.6")
    assert "Đã ghi 3.7 hoàn thành" in await town.says(HEAD, "xong 3.7")
    assert (await town.state("3.6", "QLNL"))[0] == "done"


async def test_what_was_asked_on_one_account_is_answered_on_the_other(town: Town) -> None:
    (person,) = await town.rows("accounts", "person_id", f"external_id = '{HEAD}'")
    async with town.database.work(town.clock.now()) as work:
        await work.accounts.add_linked("plain", "second-phone", "second-phone", person.person_id)
    assert "số" in await town.says(HEAD, "xong 3.5")
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await town.says("second-phone", "45 27/4")
    assert (await town.state("3.5"))[0] == "done"


async def test_after_a_lost_phone_a_new_code_brings_the_person_back(town: Town) -> None:
    made = await town.says(CLERK, "/invite tp-qltm")
    code = re.search(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b", made)
    assert code is not None, made
    await town.says("new-phone", f"/start {code[0]}")
    since = await town.last("outbox")
    await town.says("new-phone", "1")
    assert [row.chat for row in await town.rows("outbox", "chat", f"id > {since} AND chat = '{HEAD}'")] == [HEAD]
    assert "Đã ghi 3.7: 60 %" in await town.says("new-phone", "3.7 duoc 60%")
    since = await town.last("outbox")
    await town.says(LEADER, "thôi theo dõi 718/3.7 vì trùng")
    told = await town.rows("outbox", "chat", f"id > {since} AND chat IN ('new-phone', '{HEAD}')")
    assert [row.chat for row in told] == ["new-phone"]

"""A proposal: who hears of it when, one answer stands, the deadline stays, and nobody else sees it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.roster import RosterPerson
from handlers.roster import import_roster
from storage.database import Database
from tests.handlers.test_judging import told_since
from tests.handlers.two_agencies import Town, roster

HEAD, SECOND, CHIEF, LEADER, DEPUTY = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:cvp", "SCT:gd", "SCT:pgd"
LEADER_2 = "SCT:gd-2"
AHEAD = "kien nghi 3.7 khong thuoc tham quyen phong"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def raised(town: Town, who: str = HEAD) -> None:
    await town.says(who, AHEAD)
    assert "Đã gửi kiến nghị 3.7" in await town.says(who, "bao truoc")


async def outcomes(town: Town) -> list[tuple[str | None, str | None]]:
    return [(row.outcome, row.words) for row in await town.rows("proposals", "outcome, words", "1 = 1 ORDER BY id")]


async def test_one_hears_after_the_other_and_everybody_the_answer(town: Town) -> None:
    before = await town.last("outbox")
    await raised(town, SECOND)
    assert "QLTM kiến nghị về 3.7" in "".join(await told_since(town, before, DEPUTY))
    assert await told_since(town, before, LEADER) == []
    await town.says(DEPUTY, "y kien khac 3.7 nen phoi hop VP")
    (told,) = await told_since(town, before, LEADER)
    assert 'Phó Giám đốc phụ trách có ý kiến: "nen phoi hop VP".' in told
    before = await town.last("outbox")
    await town.says(LEADER, "khong dong y 3.7 vi da giao ro o 3.5")
    for who in (HEAD, SECOND, DEPUTY, CHIEF):
        (told,) = await told_since(town, before, who)
        assert "Giám đốc Sở không đồng ý với kiến nghị 3.7" in told
        assert '"vi da giao ro o 3.5"' in told
        assert "Hạn vẫn 31/5." in told
    where = f"code = '3.7' AND agency_id = {town.agencies['SCT']}"
    (row,) = await town.rows("assignments", "state, due_on, version", where)
    assert (row.state, str(row.due_on), row.version) == ("assigned", "2023-05-31", 1)


@pytest.mark.parametrize(
    ("said", "outcome", "words"),
    [("/agree 718-2023/3.7 QLTM kiến nghị", "agreed", None), ("dong y", "agreed", None),
     ("dong y voi kien nghi 3.7, giao VP chu tri", "agreed", "giao VP chu tri"),
     ("Không đồng ý mục 718/3.7: đã bàn kỹ trong cuộc họp ngày 15.4", "refused", "đã bàn kỹ trong cuộc họp ngày 15.4"),
     ("/opinion 718-2023/3.7 QLTM kiến nghị xem lại 3.5", "other", "xem lại 3.5"),
     ("ý kiến khác: chờ UBND tỉnh", "other", "chờ UBND tỉnh")],
)  # fmt: skip
async def test_the_answer_in_words_or_with_a_button(town: Town, said: str, outcome: str, words: str | None) -> None:
    await raised(town)
    await town.says(DEPUTY, "dong y")
    assert "Đã ghi trả lời kiến nghị 3.7 (QLTM)" in await town.says(LEADER, said)
    assert await outcomes(town) == [(outcome, words)]


async def test_a_leader_answers_twice_at_once(town: Town) -> None:
    await raised(town)
    before = await town.last("outbox")
    events = [town.event(LEADER, f"/{word} 718-2023/3.7 QLTM kiến nghị") for word in ("agree", "refuse")]
    await asyncio.gather(*map(town.dispatcher.receive, events))
    heard = await told_since(town, before, LEADER)
    assert sorted("Đã ghi trả lời" in one for one in heard) == [False, True]
    assert any("đã có ý kiến của Giám đốc Sở" in one for one in heard)
    assert len(await told_since(town, before, HEAD)) == 1


async def test_of_two_leaders_one_answers_and_the_other_hears_it(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        given = roster("SCT")
        both = (*given.people, RosterPerson("gd-2", "Quyền Giám đốc Sở", "SCT", "leader"))
        await import_roster(work, replace(given, people=both))
        (second,) = [one for one in await work.people.everyone(town.agencies["SCT"]) if one.key == "gd-2"]
        await work.accounts.add_linked("plain", LEADER_2, LEADER_2, second.id)
    await raised(town)
    await town.says(DEPUTY, "dong y")
    before = await town.last("outbox")
    said = {LEADER: "dong y 3.7", LEADER_2: "khong dong y 3.7"}
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, words)) for who, words in said.items()))
    heard = await told_since(town, before, LEADER, LEADER_2)
    assert sorted("Đã ghi trả lời" in one for one in heard) == [False, True]
    (late,) = [one for one in heard if "Đã ghi trả lời" not in one]
    assert "Kiến nghị 3.7 đã có ý kiến của" in late
    assert len(await outcomes(town)) == 1


async def test_head_and_deputy_propose_at_once(town: Town) -> None:
    before = await town.last("outbox")
    said = "kien nghi 3.7 cv 120 ngay 27/4 khong thuoc tham quyen"
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, said)) for who in (HEAD, SECOND)))
    heard = await told_since(town, before, HEAD, SECOND)
    assert sorted("Đã gửi kiến nghị 3.7" in one for one in heard) == [False, True]
    assert any("Thêm văn bản" in one or "đang có kiến nghị" in one for one in heard)
    (row,) = await town.rows("proposals", "document, document_on")
    assert (row.document, str(row.document_on)) == ("120/SCT", "2023-04-27")


async def test_taken_back_while_unanswered_and_not_after(town: Town) -> None:
    await raised(town)
    await town.says(HEAD, "hoan tac")
    assert "Không có kiến nghị nào" in await town.says(DEPUTY, "/opinion 718-2023/3.7 QLTM kiến nghị")
    assert "Kiến nghị" not in await town.says(HEAD, "xem 3.7")
    await raised(town)
    await town.says(LEADER, "dong y 3.7")
    assert "đã có người ghi tiếp" in await town.says(HEAD, "hoan tac")
    await town.says(LEADER, "hoan tac")
    assert await outcomes(town) == [(None, None), (None, None)]


async def test_withdrawn_as_the_leader_answers(town: Town) -> None:
    await raised(town)
    await town.says(DEPUTY, "dong y 3.7")
    await town.says(DEPUTY, "hoan tac")
    said = {HEAD: "hoan tac", LEADER: "/agree 718-2023/3.7 QLTM kiến nghị"}
    before = await town.last("outbox")
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, words)) for who, words in said.items()))
    (row,) = await town.rows("proposals", "outcome, withdrawn_at")
    assert (row.outcome is None) != (row.withdrawn_at is None)
    heard = await told_since(town, before, HEAD)
    assert any("Đã hoàn tác" in one for one in heard) == (row.withdrawn_at is not None)


async def test_more_time_and_a_proposal_wait_at_once(town: Town) -> None:
    await town.says(HEAD, "gia han 3.7 den 15/6 cho so lieu")
    await raised(town)
    await town.says(DEPUTY, "/agree 718-2023/3.7 QLTM kiến nghị")
    await town.says(DEPUTY, "/agree 718-2023/3.7 QLTM gia hạn")
    shown = await town.says(LEADER, "dong y")
    assert "trả lời kiến nghị hay đề nghị gia hạn?" in shown
    assert "Đã ghi trả lời kiến nghị 3.7" in await town.says(LEADER, "1")
    assert "Đã đồng ý gia hạn 3.7 đến 15/6/2023" in await town.says(LEADER, "dong y")


async def test_without_words_they_are_asked_for(town: Town) -> None:
    assert "Kiến nghị gì về 3.7" in await town.says(HEAD, "kien nghi 3.7")
    assert "cần bằng văn bản" in await town.says(HEAD, "nen giao cho VP chu tri")
    assert "cần bằng văn bản" in await town.says(HEAD, "120")
    assert "Văn bản 120/SCT ngày 27/4/2023" in await town.says(HEAD, "120 27/4")
    await town.says(DEPUTY, "dong y")
    assert "Trợ lý chuyển nguyên văn" in await town.says(LEADER, "y kien khac 3.7")
    assert '"để họp giao ban bàn"' in await town.says(LEADER, "để họp giao ban bàn")


async def test_an_old_button_sends_no_other_words(town: Town) -> None:
    shown = (await town.messages(HEAD, AHEAD))[-1]
    await town.says(HEAD, "kien nghi 3.5 giao phong khac")
    assert "Kiến nghị 3.7 thế nào?" in await town.says(HEAD, shown.buttons[0].command, kind="button")
    assert await town.rows("proposals") == []


async def test_kept_for_its_paper_the_leader_is_not_told(town: Town) -> None:
    before = await town.last("outbox")
    await town.says(HEAD, AHEAD)
    assert "chưa gửi" in await town.says(HEAD, "cho co van ban")
    assert await told_since(town, before, DEPUTY, LEADER) == []
    assert "Chưa gửi, chờ văn bản." in await town.says(HEAD, "xem 3.7")
    shown = (await town.messages(SECOND, "kien nghi 3.7"))[-1]
    assert "đang chờ văn bản" in shown.plain()
    assert "Đã gửi kiến nghị 3.7" in await town.says(SECOND, shown.buttons[0].command, kind="button")
    assert len(await told_since(town, before, DEPUTY)) == 1
    assert "đã có người ghi tiếp" in await town.says(HEAD, "hoan tac")


async def test_nobody_else_sees_or_answers_it(town: Town) -> None:
    await raised(town)
    for who in ("SNN:gd", "QNG:gd"):
        assert "khong thuoc" not in await town.says(who, "cho xac nhan")
        assert "Không có kiến nghị nào" in await town.says(who, "/opinion 3.7 đồng ý")
    assert "khong thuoc" not in await town.says("SCT:tp-qlnl", "xem 3.7")
    assert "khong thuoc" in await town.says(LEADER, "xem 3.7")
    assert await outcomes(town) == [(None, None)]

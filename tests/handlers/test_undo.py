"""Undo: everything as it was, once, by the one who acted, while nobody built on it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from core.tasks import Progress
from handlers.context import Context
from handlers.routing import COMMANDS, Command
from storage.database import Database
from storage.schema import PROGRESS
from tests.handlers.two_agencies import OWN, Town

HEAD, SECOND, CHIEF = f"{OWN}:tp-qltm", f"{OWN}:pp-qltm", f"{OWN}:cvp"

ACTS = [
    "/done 3.7", "/done 3.5 45 27/4", "/present 3.7", "/reported 3.5", "/progress 3.7 60 đang làm",
    "/blocked 3.7 thiếu số liệu, 10/5", "ok", "/acknowledge 3.5", "xong 3.7 và 3.3", "3.7 chua xong dang cho so",
    "3.7 cho so, 3.5 dung tien do, 3.3 vuong bdt chua gui sl", "3.7 dung tien do, 3.7 vuong thieu nguoi, 3.7 trinh gd",
]  # fmt: skip


@pytest.fixture
async def town(sqlite_database: Database) -> Town:
    return await Town.build(sqlite_database)


async def progress(town: Town) -> list[Any]:
    rows = await town.rows("assignments", ", ".join(["id", *PROGRESS]))
    return sorted(tuple(row) for row in rows)


async def chain_is_whole(town: Town) -> None:
    """Every part's versions count up from one, the last of them being how it stands."""
    columns = ", ".join(PROGRESS)
    for part in await town.rows("assignments", f"id, version, {columns}"):
        kept = await town.rows(
            "assignment_versions", f"version, {columns}", f"assignment_id = {part.id} ORDER BY version"
        )
        assert [row.version for row in kept] == list(range(1, part.version + 1))
        assert tuple(kept[-1])[1:] == tuple(part)[2:]


@pytest.mark.parametrize("act", ACTS)
async def test_every_act_is_taken_back_to_the_letter(town: Town, act: str) -> None:
    await town.says(HEAD, "/progress 3.7 30 mới bắt đầu")
    before = await progress(town)
    answer = await town.says(HEAD, act)
    assert await progress(town) != before, answer
    assert "Đã hoàn tác" in await town.says(HEAD, "/undo")
    assert await progress(town) == before
    await chain_is_whole(town)
    open_ones = await town.rows("submissions", "id", "withdrawn_at IS NULL")
    assert not open_ones
    assert "Đã hoàn tác" in await town.says(HEAD, "hoan tac")
    assert "Không có việc nào" in await town.says(HEAD, "/undo")


async def test_an_act_taken_back_can_be_done_again(town: Town) -> None:
    for _ in range(3):
        assert "Đã ghi 3.5 hoàn thành" in await town.says(HEAD, "/done 3.5 45 27/4")
        assert "3.5 trở lại" in await town.says(HEAD, "/undo")
    assert await town.state("3.5") == ("assigned", 7)
    await chain_is_whole(town)


async def test_several_acts_are_taken_back_one_message_at_a_time(town: Town) -> None:
    before = await progress(town)
    await town.says(HEAD, "/progress 3.7 10")
    between = await progress(town)
    await town.says(HEAD, "3.7 dung tien do, 3.5 vuong thieu nguoi")
    await town.says(HEAD, "/done 3.7")
    for expected in ("done", "both", "first"):
        assert "Đã hoàn tác" in await town.says(HEAD, "/undo")
        if expected == "both":
            assert await progress(town) == between
    assert await progress(town) == before
    await chain_is_whole(town)


async def test_nobody_takes_back_what_somebody_else_built_on(town: Town) -> None:
    await town.says(HEAD, "/progress 3.7 10 của trưởng phòng")
    await town.says(SECOND, "/progress 3.7 20 của phó phòng")
    before = await progress(town)
    assert "đã có người ghi tiếp" in await town.says(HEAD, "/undo")
    assert await progress(town) == before
    assert "Đã hoàn tác" in await town.says(SECOND, "/undo")
    assert "Đã hoàn tác" in await town.says(HEAD, "/undo")
    assert await town.state("3.7") == ("assigned", 5)


async def test_one_part_somebody_built_on_keeps_the_whole_message(town: Town) -> None:
    await town.says(HEAD, "3.7 cho so, 3.3 dung tien do")
    await town.says(SECOND, "/done 3.7")
    before = await progress(town)
    assert "đã có người ghi tiếp" in await town.says(HEAD, "/undo")
    assert await progress(town) == before
    undone = await town.rows("audit_entries", "id", "undone_by IS NOT NULL")
    assert not undone


async def test_it_is_ones_own_last_act_that_is_taken_back(town: Town) -> None:
    await town.says(HEAD, "/done 3.7")
    for other in (SECOND, CHIEF, f"SNN:{HEAD.partition(':')[2]}"):
        assert "Không có việc nào" in await town.says(other, "/undo")
    assert (await town.state("3.7"))[0] == "done"


@pytest.mark.parametrize(
    ("later", "undone"), [(timedelta(minutes=10), True), (timedelta(minutes=10, seconds=1), False)]
)
async def test_ten_minutes_and_no_longer(town: Town, later: timedelta, undone: bool) -> None:
    await town.says(HEAD, "/done 3.7")
    town.clock.at += later
    assert ("Đã hoàn tác" in await town.says(HEAD, "/undo")) is undone
    assert ((await town.state("3.7"))[0] == "assigned") is undone


@pytest.mark.parametrize(
    ("who", "act"),
    [(CHIEF, "/approve 800-2023"), (CHIEF, "/invite tp-qltm"), (HEAD, "/language en")],
)
async def test_imports_invites_and_settings_are_never_taken_back(town: Town, who: str, act: str) -> None:
    await town.says(who, act)
    before = await progress(town)
    answer = await town.says(who, "/undo")
    assert "Không có việc nào" in answer or "nothing" in answer.casefold() or "Nothing" in answer
    assert await progress(town) == before


async def test_what_others_were_to_hear_of_it_is_not_sent(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice to a third person waits ten minutes; taking the act back voids it, and what was answered stays."""
    done = COMMANDS["done"]

    async def done_and_told(context: Context) -> Any:
        answer = await done.run(context)
        people = await context.work.people.everyone(context.actor.agency_id)
        director = next(person for person in people if person.key == "gd")
        await context.tell(director.id, "linked-already", title="3.7 xong")
        return answer

    monkeypatch.setitem(COMMANDS, "done", Command("done", done_and_told, done.who, done.in_menu))
    await town.dispatcher.receive(town.event(HEAD, "/done 3.7"))
    await town.dispatcher.receive(town.event(HEAD, "/undo"))
    rows = await town.rows("outbox", "chat, status, entry_id")
    assert [(row.chat, row.status) for row in rows] == [(HEAD, "queued"), (f"{OWN}:gd", "void"), (HEAD, "queued")]


async def test_the_trail_says_who_did_and_who_took_back_what(town: Town) -> None:
    await town.says(HEAD, "xong 3.7")
    await town.says(HEAD, "/undo")
    rows = await town.rows("audit_entries", "*", "act IN ('done', 'undo') ORDER BY id")
    act, undo = rows
    assert (act.act, act.subject, act.said, act.undone_by, bool(act.undoable)) == (
        "done", "718-2023/3.7", "xong 3.7", undo.id, False,
    )  # fmt: skip
    assert (undo.act, undo.subject, bool(undo.undoable), undo.undone_by) == ("undo", "718-2023/3.7", False, None)
    versions = await town.rows("assignment_versions", "version, entry_id", f"entry_id IN ({act.id}, {undo.id})")
    assert sorted((row.version, row.entry_id) for row in versions) == [(2, act.id), (3, undo.id)]


async def test_undoing_twice_at_once_takes_back_one_act(database: Database) -> None:
    town = await Town.build(database)
    await town.says(HEAD, "/progress 3.7 10")
    await town.says(HEAD, "/done 3.7")
    await asyncio.gather(*(town.dispatcher.receive(town.event(HEAD, "/undo")) for _ in range(2)))
    assert await town.state("3.7") == ("assigned", 5)
    await chain_is_whole(town)


def test_progress_is_compared_whole() -> None:
    assert set(PROGRESS) - {"due_on", "due_time", "due_basis"} <= set(Progress.__slots__)

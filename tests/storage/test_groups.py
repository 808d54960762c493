"""A group chat is one agency's at a time, however many try."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.roster import Roster
from handlers.roster import import_roster
from storage.database import Database
from storage.groups import Group
from storage.work import Work

NOW = datetime(2023, 4, 28, 1, tzinfo=UTC)
SCT = Roster("SCT", "Sở Công Thương")


@pytest.fixture
async def agencies(database: Database) -> list[int]:
    async with database.work(NOW) as work:
        for roster in (SCT, replace(SCT, agency_code="SYT")):
            await import_roster(work, roster)
    async with database.read(NOW) as work:
        return [agency.id for agency in await work.people.agencies()]


async def linking(work: Work, agency: int, chat: str) -> tuple[bool, int]:
    entry = await work.audit.add(agency, None, "telegram", "link", chat)
    person = await work.rosters.add_person(agency, f"cvp-{entry}", "Chánh Văn phòng", None)
    return await work.groups.link(agency, "telegram", chat, person, entry), entry


async def test_of_two_agencies_at_once_one_gets_the_group(database: Database, agencies: list[int]) -> None:
    async def attempt(agency: int) -> bool:
        async with database.work(NOW) as work:
            linked, _ = await linking(work, agency, "-1")
            await asyncio.sleep(0.05)
            return linked

    assert sorted(await asyncio.gather(*map(attempt, agencies))) == [False, True]


async def test_a_group_is_linked_moved_ended_and_linked_again(database: Database, agencies: list[int]) -> None:
    first, second = agencies
    async with database.work(NOW) as work:
        assert (await linking(work, first, "-1"))[0]
        assert not (await linking(work, second, "-1"))[0]
        await work.groups.move_chat("telegram", "-1", "-100")
        found = await work.groups.of_chat("telegram", "-100")
        assert found is not None
        assert (found.agency_id, found.chat) == (first, "-100")
        assert await work.groups.of_chat("telegram", "-1") is None
        assert await work.groups.of_chat("zalo_bot", "-100") is None
        assert await work.groups.end("telegram", "-100") == first
        assert await work.groups.end("telegram", "-100") is None
        again, entry = await linking(work, second, "-100")
        assert again
        assert await work.groups.of_agency(first) == []
        (group,) = await work.groups.everywhere()
        assert group == Group(group.id, second, "telegram", "-100")
        await work.groups.take_back(entry)
        assert await work.groups.everywhere() == []


async def test_a_group_linked_anew_under_its_new_id_is_one_group(database: Database, agencies: list[int]) -> None:
    async with database.work(NOW) as work:
        for chat in ("-1", "-100"):
            assert (await linking(work, agencies[0], chat))[0]
        assert not await work.groups.move_chat("telegram", "-1", "-100")
        assert [group.chat for group in await work.groups.everywhere()] == ["-100"]
        assert await work.groups.move_chat("telegram", "-1", "-100"), "it is heard of twice"

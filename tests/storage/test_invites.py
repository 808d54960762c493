"""Invites are good once, for a while, and only their digest is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from core.codes import LIFETIME, TRIES, TRIES_OF_ALL, WINDOW
from storage.database import Database
from storage.schema import invites

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
REAL = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


async def a_person(database: Database, key: str = "tp-qltm") -> int:
    async with database.work(NOW, real=REAL) as work:
        found = await work.rosters.find("SCT")
        agency = found.agency.id if found else await work.rosters.add_agency("SCT", "Sở Công Thương", [])
        return await work.rosters.add_person(agency, key, "Trưởng phòng QLTM", None)


async def test_a_code_names_its_person_until_it_is_used(database: Database) -> None:
    person = await a_person(database)
    async with database.work(NOW, real=REAL) as work:
        code = await work.invites.create(person, None)
        assert code.text.startswith("SCT ")
        assert len(code.text) == 13
        assert code.expires_at == REAL + LIFETIME
        found = await work.invites.find(code.text.lower().replace(" ", "-"))
        assert found is not None
        assert (found.person_id, found.key, found.title) == (person, "tp-qltm", "Trưởng phòng QLTM")
        assert (found.agency_code, found.agency_name) == ("SCT", "Sở Công Thương")
        assert await work.invites.get(found.id) == found
        assert await work.invites.use(found.id)
        assert not await work.invites.use(found.id)
        assert await work.invites.find(code.text) is None
        assert await work.invites.get(found.id) is None


async def test_only_a_digest_is_kept(database: Database) -> None:
    person = await a_person(database)
    async with database.work(NOW, real=REAL) as work:
        code = await work.invites.create(person, None)
    async with database.read(NOW) as work:
        row = (await work.connection.execute(select(invites))).one()
    assert len(row.code_hash) == 32
    assert code.text[-9:] not in str(tuple(row))
    assert code.text[-9:].replace(" ", "").encode() not in row.code_hash


async def test_a_code_expires_by_real_time(database: Database) -> None:
    person = await a_person(database)
    async with database.work(NOW, real=REAL) as work:
        code = await work.invites.create(person, None)
    async with database.work(NOW + timedelta(days=900), real=REAL + LIFETIME - timedelta(seconds=1)) as work:
        assert await work.invites.find(code.text) is not None
    async with database.work(NOW, real=REAL + LIFETIME) as work:
        assert await work.invites.find(code.text) is None
        assert not await work.invites.use(code.invite_id)


async def test_a_new_code_voids_the_older_one_of_the_same_person_only(database: Database) -> None:
    person, other = await a_person(database), await a_person(database, "th")
    async with database.work(NOW, real=REAL) as work:
        first = await work.invites.create(person, other)
        others = await work.invites.create(other, None)
        second = await work.invites.create(person, other)
        assert await work.invites.find(first.text) is None
        assert not await work.invites.use(first.invite_id)
        kept = await work.invites.find(second.text)
        assert kept is not None
        assert kept.created_by == other
        assert await work.invites.find(others.text) is not None


async def test_nobody_comes_in_by_the_code_of_a_person_who_left(database: Database) -> None:
    person = await a_person(database)
    async with database.work(NOW, real=REAL) as work:
        code = await work.invites.create(person, None)
        await work.rosters.end_person(person)
        assert await work.invites.find(code.text) is None


async def test_of_two_who_use_a_code_at_once_one_gets_in(database: Database) -> None:
    person = await a_person(database)
    async with database.work(NOW, real=REAL) as work:
        code = await work.invites.create(person, None)

    async def use() -> bool:
        async with database.work(NOW, real=REAL) as work:
            return await work.invites.use(code.invite_id)

    assert sorted(await asyncio.gather(*(use() for _ in range(4)))) == [False, False, False, True]


async def test_many_wrong_codes_from_many_accounts_stop_all_guessing_for_a_while(database: Database) -> None:
    async with database.work(NOW, real=REAL) as work:
        for number in range(TRIES_OF_ALL // TRIES):
            account = await work.accounts.meet("telegram", str(number), str(number), None)
            assert not await work.invites.too_many_wrong()
            await work.accounts.count_wrong_code(account.id, TRIES, REAL)
        assert await work.invites.too_many_wrong()
    async with database.work(NOW, real=REAL + WINDOW) as work:
        assert not await work.invites.too_many_wrong()

"""An account is met once, speaks in turn, and is somebody only while that person is."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from core.people import Role
from storage.accounts import Account
from storage.database import Database
from storage.schema import accounts, memberships, people
from storage.work import Work
from tests.office import MORNING, open_office

TODAY = MORNING.date()


async def person(work: Work, agency_id: int, key: str) -> int:
    return next(office.person_id for office in await work.people.offices(agency_id) if office.key == key)


async def met(database: Database, name: str, now: datetime = MORNING) -> Account:
    async with database.work(now) as work:
        return await work.accounts.meet("telegram", name, name, None)


async def linked(database: Database, agency_id: int, key: str, name: str, channel: str = "telegram") -> int:
    async with database.work(MORNING) as work:
        return await work.accounts.add_linked(channel, name, name, await person(work, agency_id, key))


async def change(database: Database, statement: Any) -> None:
    async with database.work(MORNING) as work:
        await work.connection.execute(statement)


async def test_a_stranger_has_an_account_and_is_nobody(database: Database) -> None:
    async with database.work(MORNING) as work:
        first = await work.accounts.meet("telegram", "7", "7", "en")
        again = await work.accounts.meet("telegram", "7", "elsewhere", "vi")
    assert (first.actor, first.question, first.status, first.language) == (None, None, "active", "en")
    assert (again.id, again.chat, again.language) == (first.id, "7", "en")
    assert (await met(database, "8")).language == "vi"


async def test_many_who_meet_one_stranger_at_once_make_one_account(database: Database) -> None:
    found = await asyncio.gather(*(met(database, "7") for _ in range(6)))
    assert len({account.id for account in found}) == 1
    async with database.read(MORNING) as work:
        assert (await work.connection.execute(select(func.count()).select_from(accounts))).scalar_one() == 1


@pytest.mark.parametrize("known", [True, False], ids=["known", "new"])
async def test_the_messages_of_one_account_act_in_turn(database: Database, known: bool) -> None:
    """The second sees what the first left behind, even what it left in tables that nobody locks."""
    agency = await open_office(database, loaded=False)
    async with database.work(MORNING) as work:
        head = await person(work, agency, "tp-qltm")
    if known:
        await linked(database, agency, "tp-qltm", "7")
    admitted, order = asyncio.Event(), []

    async def first() -> None:
        async with database.work(MORNING) as work:
            assert await work.inbox.admit("telegram", "1", "7")
            account = await work.accounts.meet("telegram", "7", "7", None)
            admitted.set()
            await asyncio.sleep(0.15)
            await work.accounts.link(account.id, head, "7")
            await work.questions.ask(head, "telegram", "7", "document", {"part": 5})
            order.append("first")

    async def second() -> Account:
        await admitted.wait()
        async with database.work(MORNING) as work:
            assert await work.inbox.admit("telegram", "2", "7")
            account = await work.accounts.meet("telegram", "7", "7", None)
            order.append("second")
            return account

    _, account = await asyncio.gather(first(), second())
    assert order == ["first", "second"]
    assert account.actor is not None
    assert account.actor.key == "tp-qltm"
    assert account.question is not None
    assert (account.question.kind, account.question.data) == ("document", {"part": 5})


async def test_accounts_of_two_people_do_not_wait_for_each_other(postgres_url: str) -> None:
    database = Database(postgres_url)
    agency = await open_office(database, loaded=False)
    for key, name in (("tp-qltm", "7"), ("tp-qlcn", "8")):
        await linked(database, agency, key, name)
    async with database.work(MORNING) as work:
        assert await work.inbox.admit("telegram", "1", "7")
        async with asyncio.timeout(5), database.work(MORNING) as other:
            assert await other.inbox.admit("telegram", "2", "8")
            assert (await other.accounts.meet("telegram", "8", "8", None)).actor is not None
    await database.close()


async def test_a_linked_account_speaks_with_every_office_held_today(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    await linked(database, agency, "tp-qltm", "7")
    async with database.work(MORNING) as work:
        head, other = await person(work, agency, "tp-qltm"), await person(work, agency, "tp-qlcn")
        units = {unit.code: unit.id for unit in await work.people.units(agency)}
        for unit, since, until in (
            ("QLCN", TODAY, None),
            ("QLNL", None, TODAY),
            ("TTKC", TODAY + timedelta(days=1), None),
            ("VP", None, TODAY - timedelta(days=1)),
        ):
            row = {"person_id": head, "unit_id": units[unit], "role": "deputy_head", "valid_from": since}
            await work.connection.execute(insert(memberships).values({**row, "valid_until": until}))
        held = [(office.unit_code, office.role) for office in await work.accounts.offices_of(head)]
        assert [office.unit_code for office in await work.accounts.offices_of(other)] == ["QLCN"]
    actor = (await met(database, "7")).actor
    assert actor is not None
    assert [(m.unit_code, m.role) for m in actor.memberships] == held
    assert held == [("QLTM", Role.HEAD), ("QLCN", Role.DEPUTY_HEAD), ("QLNL", Role.DEPUTY_HEAD)]
    assert (actor.key, actor.agency_code, actor.title) == ("tp-qltm", "SCT", "Trưởng phòng QLTM")


async def test_an_office_begins_and_ends_at_midnight_in_hanoi(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    await linked(database, agency, "tp-qltm", "7")
    last = {"valid_from": date(2023, 5, 4), "valid_until": date(2023, 5, 4)}
    async with database.work(MORNING) as work:
        head = await person(work, agency, "tp-qltm")
    await change(database, update(memberships).where(memberships.c.person_id == head).values(last))
    for moment, holds in (
        (datetime(2023, 5, 3, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2023, 5, 3, 17, 0, tzinfo=UTC), True),
        (datetime(2023, 5, 4, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2023, 5, 4, 17, 0, tzinfo=UTC), False),
    ):
        actor = (await met(database, "7", moment)).actor
        assert actor is not None
        assert bool(actor.memberships) is holds
        async with database.read(moment) as work:
            assert bool(await work.accounts.offices_of(head)) is holds


async def test_who_was_revoked_or_has_left_is_nobody_and_not_reached(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    revoked = await linked(database, agency, "tp-qltm", "7")
    await linked(database, agency, "tp-qlcn", "8")
    async with database.work(MORNING) as work:
        head, gone = await person(work, agency, "tp-qltm"), await person(work, agency, "tp-qlcn")
        await work.accounts.set_status(revoked, "revoked")
        await work.connection.execute(update(people).where(people.c.id == gone).values(ended_at=MORNING))
    for name in ("7", "8"):
        assert (await met(database, name)).actor is None
    async with database.read(MORNING) as work:
        assert await work.accounts.reach(head) == []
        assert await work.accounts.reach(gone) == []
        assert await work.accounts.offices_of(gone) == []


async def test_the_account_linked_last_is_tried_first(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    ids = []
    for minute, channel in enumerate(("telegram", "zalo_bot", "plain")):
        async with database.work(MORNING, real=MORNING + timedelta(minutes=minute)) as work:
            head = await person(work, agency, "tp-qltm")
            ids.append(await work.accounts.add_linked(channel, "7", f"chat-{channel}", head))
    async with database.work(MORNING) as work:
        await work.accounts.set_language(head, "en")
        reach = await work.accounts.reach(head)
        assert [(way.channel, way.chat, way.language) for way in reach] == [
            ("plain", "chat-plain", "en"),
            ("zalo_bot", "chat-zalo_bot", "en"),
            ("telegram", "chat-telegram", "en"),
        ]
        await work.accounts.set_status(ids[2], "blocked")
        assert [way.account_id for way in await work.accounts.reach(head)] == [ids[1], ids[0]]
    async with database.work(MORNING, real=MORNING + timedelta(hours=1)) as work:
        await work.accounts.link(ids[0], head, "chat-telegram")
        assert [way.account_id for way in await work.accounts.reach(head)] == [ids[0], ids[1]]


async def test_linking_again_makes_it_usable_and_clears_what_was_counted(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    account = await met(database, "7")
    async with database.work(MORNING) as work:
        head = await person(work, agency, "tp-qltm")
        await work.accounts.count_wrong_code(account.id, 4, MORNING)
        await work.accounts.set_status(account.id, "blocked")
    counted = await met(database, "7")
    assert (counted.wrong_codes, counted.wrong_since, counted.status) == (4, MORNING, "blocked")
    async with database.work(MORNING) as work:
        await work.accounts.link(account.id, head, "new chat")
    again = await met(database, "7")
    assert (again.wrong_codes, again.wrong_since, again.status, again.chat) == (0, None, "active", "new chat")


async def test_a_status_set_by_chat_touches_that_channel_alone(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    await linked(database, agency, "tp-qltm", "7")
    await linked(database, agency, "tp-qltm", "7", "zalo_bot")
    async with database.work(MORNING) as work:
        head = await person(work, agency, "tp-qltm")
        assert await work.accounts.lost("telegram", "7", "unreachable")
        assert [way.channel for way in await work.accounts.reach(head)] == ["zalo_bot"]
    assert (await met(database, "7")).status == "unreachable"


async def test_a_chat_that_moves_is_followed(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    await linked(database, agency, "tp-qltm", "7")
    await linked(database, agency, "tp-qltm", "7", "zalo_bot")
    async with database.work(MORNING) as work:
        await work.accounts.move_chat("telegram", "7", "-1007")
        head = await person(work, agency, "tp-qltm")
        assert {(way.channel, way.chat) for way in await work.accounts.reach(head)} == {
            ("telegram", "-1007"),
            ("zalo_bot", "7"),
        }


async def test_menus_are_for_roles_held_today_and_none_for_who_has_left(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    await met(database, "stranger")
    await linked(database, agency, "tp-qltm", "7")
    await linked(database, agency, "cvp", "8")
    await linked(database, agency, "gd", "9", "zalo_bot")
    async with database.work(MORNING) as work:
        gone, head = await person(work, agency, "cvp"), await person(work, agency, "tp-qltm")
        await work.connection.execute(update(people).where(people.c.id == gone).values(ended_at=MORNING))
        before = {"person_id": head, "unit_id": agency, "role": "clerk", "valid_until": TODAY - timedelta(days=1)}
        await work.connection.execute(insert(memberships).values(before))
        assert sorted(await work.accounts.for_menus("telegram")) == [
            ("7", "vi", frozenset({"head"})),
            ("8", "vi", frozenset()),
        ]

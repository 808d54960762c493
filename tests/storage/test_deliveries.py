"""The proof of what reached whom stays; words go in time; accounts and rights are looked at again when a row is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from core.messages import Incoming, Message
from storage.database import Database
from storage.deliveries import KEPT
from storage.marks import TICK
from storage.outbox import Outgoing, Urgency
from storage.planning import MORNING, Due
from storage.schema import accounts, leases, outbox, people
from tests.bot.scripted import NOW, make_person
from tests.handlers.two_agencies import Town

LEASE = "sender:telegram:"


async def queue(database: Database, person: int, account: int, *, at: datetime = NOW, **more: object) -> None:
    async with database.work(at) as work:
        row = Outgoing("telegram", "t", Urgency.NOTICE, Message(("x",), "TB 718"), None, account, person, **more)
        await work.outbox.say([row])


async def claim(database: Database) -> list[tuple[str | None, bool]]:
    async with database.work(NOW) as work:
        if not (await work.connection.execute(select(leases))).all():
            held = {"name": LEASE, "holder": "me", "until": work.real, "fence": 1}
            await work.connection.execute(insert(leases).values(held))
        rows = await work.outbox.claim("telegram", 10, 1, (), LEASE)
    return [(row.withdrawn, row.waiting) for row in rows]


async def test_an_account_and_its_person_are_looked_at_again_when_a_message_leaves(database: Database) -> None:
    person, (account, _) = await make_person(database, ("telegram", "t"), ("zalo_bot", "z"))
    changes = (
        (None, {}),
        ("blocked", {"status": "blocked"}),
        ("revoked", {"status": "revoked"}),
        ("relinked", {"status": "active", "person_id": None}),
        (None, {"person_id": person}),
    )
    for wanted, change in changes:
        await queue(database, person, account)
        if change:
            async with database.work(NOW) as work:
                await work.connection.execute(update(accounts).where(accounts.c.id == account).values(change))
        assert await claim(database) == [(wanted, False)]
        async with database.work(NOW) as work:
            await work.connection.execute(update(outbox).values(status="sent"))
    await queue(database, person, account)
    async with database.work(NOW) as work:
        await work.connection.execute(update(people).values(ended_at=NOW))
    assert await claim(database) == [("ended", False)]


async def test_a_line_in_a_group_does_not_hang_on_the_private_account(database: Database) -> None:
    person, (account,) = await make_person(database, ("telegram", "t"))
    async with database.work(NOW) as work:
        await work.connection.execute(update(accounts).values(status="blocked"))
        await work.outbox.say([Outgoing("telegram", "-5", Urgency.REPLY, Message(("x",)), None, account, person)])
    assert await claim(database) == [(None, False)]


async def test_words_go_after_two_months_and_the_proof_stays(database: Database) -> None:
    person, (account,) = await make_person(database, ("telegram", "t"))
    for days, status in ((61, "sent"), (61, "queued"), (61, "failed"), (59, "sent")):
        await queue(database, person, account, at=NOW - timedelta(days=days))
        async with database.work(NOW) as work:
            newest = select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1).scalar_subquery()
            await work.connection.execute(update(outbox).where(outbox.c.id == newest).values(status=status))
    async with database.work(NOW) as work:
        assert await work.deliveries.tidy() == 3
        assert await work.deliveries.tidy() == 0
        found = (await work.connection.execute(select(outbox).order_by(outbox.c.id))).all()
    assert [(row.status, row.content is None) for row in found] == [
        ("sent", True), ("queued", False), ("failed", True), ("sent", False),
    ]  # fmt: skip
    assert all(row.person_id == person and row.queued_at and row.account_id == account for row in found)
    assert timedelta(days=59) < KEPT < timedelta(days=61)


async def test_a_receipt_is_kept_once_with_its_time(database: Database) -> None:
    person, (account,) = await make_person(database, ("telegram", "t"))
    await queue(database, person, account)
    at = datetime(2023, 4, 28, 1, tzinfo=UTC)
    async with database.work(NOW) as work:
        await work.connection.execute(update(outbox).values(status="sent", external_id="m1"))
        deliveries = work.deliveries
        assert await deliveries.receipt("telegram", ["t"], ["m1", "m2"], at, seen=False) == 1
        assert await deliveries.receipt("telegram", ["t"], ["m1"], at + timedelta(hours=1), seen=True) == 1
        assert await deliveries.receipt("telegram", ["t"], ["m1"], at + timedelta(hours=2), seen=True) == 0
        assert await deliveries.receipt("telegram", ["another"], ["m1"], at, seen=True) == 0
        row = (await work.connection.execute(select(outbox))).one()
    assert (row.received_at, row.seen_at) == (at, at + timedelta(hours=1))


async def test_what_reached_nobody_leaves_once_there_is_an_account_and_the_evening_has_not_come(
    database: Database,
) -> None:
    person, (account,) = await make_person(database, ("telegram", "t"))
    morning, evening = NOW + timedelta(hours=1), NOW + timedelta(hours=12, minutes=36)
    async with database.work(NOW - timedelta(days=1)) as work:
        await work.outbox.say([Outgoing("", None, Urgency.NOTICE, Message(("yesterday",)), person_id=person)])
    async with database.work(morning) as work:
        await work.outbox.say([Outgoing("", None, Urgency.NOTICE, Message(("today",)), person_id=person)])
        found = (await work.connection.execute(select(outbox.c.status, outbox.c.finished_at))).all()
        assert [(row.status, row.finished_at is None) for row in found] == [("unreachable", False)] * 2
    async with database.work(evening) as work:
        assert await work.chain.reopen(person) == 0
    async with database.work(morning) as work:
        assert await work.chain.reopen(person) == 1
        assert await work.chain.reopen(person) == 0
        rows = (await work.connection.execute(select(outbox).order_by(outbox.c.id))).all()
    assert [(row.status, row.channel, row.chat, row.account_id) for row in rows] == [
        ("unreachable", "", None, None),
        ("queued", "telegram", "t", account),
    ]


async def test_what_the_push_window_stopped_leaves_once_the_person_writes_the_same_day(database: Database) -> None:
    person, (account,) = await make_person(database, ("zalo_oa", "a"))
    row = Outgoing("zalo_oa", "a", Urgency.NOTICE, Message(("today",)), None, account, person)
    for moment, error in ((-24, "window: -230"), (1, "window: -230"), (1, "bad_request: -1")):
        async with database.work(NOW + timedelta(hours=moment)) as work:
            await work.outbox.say([row])
            newest = select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1).scalar_subquery()
            failed = update(outbox).where(outbox.c.id == newest).values(status="failed", error=error)
            await work.connection.execute(failed)
    async with database.work(NOW + timedelta(hours=13)) as work:
        assert await work.chain.reopen_window(person, "zalo_oa") == 0, "the evening has come"
    async with database.work(NOW + timedelta(hours=2)) as work:
        assert await work.chain.reopen_window(person, "telegram") == 0
        assert await work.chain.reopen_window(person, "zalo_oa") == 1
        assert await work.chain.reopen_window(person, "zalo_oa") == 0
        found = (await work.connection.execute(select(outbox.c.status, outbox.c.error).order_by(outbox.c.id))).all()
    assert [tuple(one) for one in found] == [
        ("failed", "window: -230"),
        ("queued", None),
        ("failed", "bad_request: -1"),
    ]


async def test_what_the_window_stopped_leaves_where_another_account_could_not_bring_it_either(
    database: Database,
) -> None:
    """The account that was tried behind the Official Account gave up last: what is written there counts all the same."""
    person, (official, telegram) = await make_person(database, ("zalo_oa", "a"), ("telegram", "t"))
    async with database.work(NOW) as work:
        held = {"name": "l", "holder": "me", "until": work.real, "fence": 1}
        await work.connection.execute(insert(leases).values(held))
        await work.outbox.say([Outgoing("zalo_oa", "a", Urgency.NOTICE, Message(("x",)), None, official, person)])
        (row,) = await work.outbox.claim("zalo_oa", 5, 1, (), "l")
        way = await work.chain.next_way(row)
        assert way is not None
        await work.chain.readdress(row, 1, way, 0, "window: -230")
    for status, error in (("unreachable", "blocked: gone"), ("failed", "quota: used up")):
        async with database.work(NOW + timedelta(hours=1)) as work:
            failed = {"status": status, "error": error, "channel": "telegram", "chat": "t", "account_id": telegram}
            tried = [{"account": official, "channel": "zalo_oa", "at": "", "why": "window: -230"}]
            await work.connection.execute(update(outbox).values(**failed, tried=tried, parts_sent=1))
            assert await work.chain.reopen_window(person, "zalo_oa") == 1
            found = (await work.connection.execute(select(outbox))).one()
        assert (found.status, found.channel, found.chat, found.account_id) == ("queued", "zalo_oa", "a", official)
        assert (found.tried, found.error, found.parts_sent) == (None, None, 0)


@pytest.mark.parametrize("why", ["window: -230", "quota: used up"])
async def test_what_no_way_was_open_to_leaves_once_there_is_another(database: Database, why: str) -> None:
    """Whoever is phoned because the morning's message failed links an account: it comes, as to who had none."""
    person, ids = await make_person(database, ("zalo_oa", "a"), ("telegram", "t"))
    async with database.work(NOW) as work:
        await work.outbox.say([Outgoing("zalo_oa", "a", Urgency.NOTICE, Message(("x",)), None, ids[0], person)] * 2)
        await work.connection.execute(update(outbox).values(status="failed", error="bad_request: -1"))
        last = select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1).scalar_subquery()
        await work.connection.execute(update(outbox).where(outbox.c.id == last).values(error=why))
        assert await work.chain.reopen(person) == 1
        found = (await work.connection.execute(select(outbox.c.status, outbox.c.error).order_by(outbox.c.id))).all()
    assert [tuple(one) for one in found] == [("failed", "bad_request: -1"), ("queued", None)]


async def test_a_morning_that_reached_nobody_tries_every_account_again(database: Database) -> None:
    """A page had left by one that was lost then; who can be reached again by the first is told all of it."""
    person, ids = await make_person(database, ("telegram", "t"), ("zalo_bot", "z"))
    due = Due(person, f"{MORNING}{person}:2023-04-28", "telegram", {"kind": "digest", "day": "2023-04-28"})
    async with database.work(NOW) as work:
        await work.planning.queue([due])
        tried = [{"account": ids[0], "channel": "telegram", "at": "", "why": "blocked: gone"}]
        await work.connection.execute(update(outbox).values(status="unreachable", tried=tried, parts_sent=1))
        assert await work.planning.queue([due]) == {due.key}
        found = (await work.connection.execute(select(outbox))).one()
    assert (found.status, found.tried, found.parts_sent) == ("queued", None, 0)


async def test_a_word_to_the_official_account_lets_the_days_failed_message_out(sqlite_database: Database) -> None:
    """Whatever the person writes there opens the window, so that the message of the morning leaves behind the answer."""
    town = await Town.build(sqlite_database)
    async with sqlite_database.work(town.clock.now()) as work:
        person = next(one for one in await work.people.everyone(town.agencies["SCT"]) if one.key == "tp-qlcn")
        account = await work.accounts.add_linked("zalo_oa", "oa", "oa", person.id)
        row = Outgoing("zalo_oa", "oa", Urgency.NOTICE, Message(("nhắc",)), None, account, person.id)
        await work.outbox.say([row])
        await work.connection.execute(update(outbox).values(status="failed", error="window: -230"))
    await town.dispatcher.receive(Incoming("zalo_oa", "w1", "oa", "oa", "viec"))
    rows = await town.rows("outbox", "status", "channel = 'zalo_oa' ORDER BY id")
    assert [one.status for one in rows] == ["queued", "queued"]


@pytest.mark.parametrize("charged", [True, False])
async def test_an_account_is_tried_once_and_a_charged_channel_never_again(database: Database, charged: bool) -> None:
    person, ids = await make_person(database, ("zalo_oa", "a"), ("zalo_oa", "b"), ("telegram", "t"), ("zalo_bot", "z"))
    async with database.work(NOW) as work:
        await work.outbox.say([Outgoing("zalo_oa", "a", Urgency.NOTICE, Message(("x",)), None, ids[0], person)])
        held = {"name": "l", "holder": "me", "until": work.real, "fence": 1}
        await work.connection.execute(insert(leases).values(held))
    went = []
    for channel in ("zalo_oa", "telegram", "zalo_bot") if charged else ("zalo_oa", "zalo_oa", "telegram"):
        async with database.work(NOW) as work:
            (row,) = await work.outbox.claim(channel, 5, 1, (), "l")
            way = await work.chain.next_way(row, elsewhere=charged and channel == "zalo_oa")
            went.append(way and way.chat)
            if way is not None:
                await work.chain.readdress(row, 1, way, 1, "lost", charged=charged and channel == "zalo_oa")
    assert went == (["t", "z", None] if charged else ["b", "t", "z"])
    async with database.read(NOW) as work:
        tried = (await work.connection.execute(select(outbox.c.tried))).scalar_one()
    assert [one["why"] for one in tried] == ["lost"] * (2 if charged else 3)
    assert [one["account"] for one in tried][:2] == ([ids[0], ids[2]] if charged else [ids[0], ids[1]])


async def test_health_counts_by_channel(database: Database) -> None:
    person, (account,) = await make_person(database, ("telegram", "t"))
    for status in ("queued", "failed", "uncertain", "uncertain", "sent"):
        await queue(database, person, account)
        async with database.work(NOW) as work:
            newest = select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1).scalar_subquery()
            values = {"status": status, "finished_at": None if status == "queued" else work.real}
            await work.connection.execute(update(outbox).where(outbox.c.id == newest).values(values))
    async with database.work(NOW) as work:
        (found,) = await work.deliveries.health(timedelta(hours=1))
        await work.marks.set(TICK, work.real)
        assert await work.marks.get(TICK) is not None
        await work.marks.clear(TICK)
        assert await work.marks.get(TICK) is None
    assert (found.channel, found.waiting, found.failed, found.uncertain) == ("telegram", 1, 1, 2)
    assert found.oldest is not None


async def test_what_may_not_leave_yet_waits_for_its_moment_on_another_channel_too(database: Database) -> None:
    """Ten minutes in which an act may be taken back, and alarms that wait for the day, are kept; retries are not."""
    person, (account, _) = await make_person(database, ("telegram", "t"), ("zalo_bot", "z"))
    await queue(database, person, account, after=timedelta(minutes=10))
    await queue(database, person, account)
    await queue(database, person, account, after=timedelta(minutes=10))
    async with database.work(NOW) as work:
        first, _, tried = (await work.connection.execute(select(outbox.c.id).order_by(outbox.c.id))).scalars()
        await work.connection.execute(update(outbox).where(outbox.c.id == tried).values(attempts=1))
        assert (await work.chain.hand_on("telegram", "out of reach")).moved == 3
        real = work.real
        rows = (await work.connection.execute(select(outbox).order_by(outbox.c.id))).all()
    assert {row.channel for row in rows} == {"zalo_bot"}
    assert [row.id for row in rows if row.not_before > real] == [first]

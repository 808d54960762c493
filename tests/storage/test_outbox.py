"""Rows are claimed in order, one to a chat, written back under their fence, and never by two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from core.messages import Message
from storage.database import Database
from storage.delivery import CLAIM, claim_values, positional
from storage.outbox import Claimed, Outgoing, Result, Urgency
from storage.schema import leases, outbox
from storage.turns import Turns

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
LEASE = "sender:telegram:"
AGENCY = "INSERT INTO units (kind, code, name, aliases, settings) VALUES ('agency', 'S', 'S', '[]', '{}') RETURNING id"


@pytest.fixture(params=["lane", "work"])
async def turns(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Any]:
    """The two ways to the same SQL: straight on the driver, and in a unit of work."""
    async with database.work(NOW) as work:
        row = {"name": LEASE, "holder": "me", "until": datetime.now(UTC), "fence": 1}
        await work.connection.execute(insert(leases).values(row))
    lane = Turns(database.engine, "telegram", LEASE)

    async def by_lane(results: list[Result], fence: int, most: int, busy: tuple[str, ...] = ()) -> list[Claimed]:
        return await lane.turn(results, fence, most, busy, datetime.now(UTC))

    async def by_work(results: list[Result], fence: int, most: int, busy: tuple[str, ...] = ()) -> list[Claimed]:
        async with database.work(NOW) as work:
            await work.outbox.finish(results, fence)
            return await work.outbox.claim("telegram", most, fence, busy, LEASE) if most else []

    yield by_lane if request.param == "lane" else by_work
    await lane.close()


async def say(database: Database, *rows: tuple[str | None, str], **options: Any) -> None:
    urgency = options.pop("urgency", Urgency.REPLY)
    async with database.work(NOW) as work:
        await work.outbox.say(
            [Outgoing(options.get("channel", "telegram"), chat, urgency, Message((words,))) for chat, words in rows]
        )


async def rows(database: Database) -> list[Any]:
    async with database.read(NOW) as work:
        return list((await work.connection.execute(select(outbox).order_by(outbox.c.id))).all())


def words(claimed: list[Claimed]) -> list[str]:
    return [row.content.lines[0] if row.content else "" for row in claimed]


async def test_one_row_a_chat_is_claimed_most_urgent_first(database: Database, turns: Any) -> None:
    await say(database, ("a", "digest"), ("b", "digest b"), urgency=Urgency.DIGEST)
    await say(database, ("a", "1"), ("a", "2"), ("c", "3"), ("d", "4"))
    await say(database, ("e", "elsewhere"), channel="zalo_bot")
    assert words(await turns([], 1, 3)) == ["1", "3", "4"]
    assert words(await turns([], 1, 9, ("a",))) == ["digest b"]
    found = await rows(database)
    assert [(row.status, row.fence, row.attempts) for row in found if row.status == "sending"] == [
        ("sending", 1, 1)
    ] * 4
    assert all(row.sending_at for row in found if row.status == "sending")


async def test_finishing_and_claiming_go_together(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"), ("a", "2"))
    (first,) = await turns([], 1, 5)
    (second,) = await turns([Result(first.id, "sent", "77", parts_sent=1)], 1, 5)
    assert words([second]) == ["2"]
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert await turns([Result(second.id, "queued", None, "a\0b", later, 1, 0, "z")], 1, 0) == []
    sent, queued = await rows(database)
    assert (sent.status, sent.external_id, sent.parts_sent) == ("sent", "77", 1)
    assert abs(sent.finished_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert (queued.status, queued.error, queued.uncertain, queued.chat) == ("queued", "ab", 1, "z")
    assert (queued.not_before, queued.finished_at) == (later, None)
    assert await turns([], 1, 5) == []


async def test_a_result_of_another_fence_changes_nothing(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"))
    (first,) = await turns([], 1, 5)
    await turns([Result(first.id, "sent", "77")], 2, 0)
    assert (await rows(database))[0].status == "sending"


async def test_nothing_is_claimed_under_a_fence_that_has_passed(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"))
    async with database.work(NOW) as work:
        await work.connection.execute(update(leases).values(fence=2))
    assert await turns([], 1, 5) == []
    assert words(await turns([], 2, 5)) == ["1"]


async def test_an_intent_is_shown_but_not_taken(database: Database, turns: Any) -> None:
    async with database.work(NOW) as work:
        row = Outgoing("telegram", None, Urgency.DIGEST, intent={"kind": "digest"}, person_id=None)
        await work.outbox.say([row])
    (seen,) = await turns([], 1, 5)
    assert (seen.waiting, seen.intent, seen.content) == (True, {"kind": "digest"}, None)
    assert (await rows(database))[0].status == "queued"
    async with database.work(NOW) as work:
        assert await work.outbox.take([seen.id], 2, LEASE) == [], "that fence is not the lease's"
        (taken,) = await work.outbox.take([seen.id], 1, LEASE)
        assert (taken.waiting, taken.attempts) == (False, 1)
    assert (await rows(database))[0].status == "sending"


async def test_an_intent_perhaps_seen_is_asked_of_again_and_keeps_its_words(database: Database, turns: Any) -> None:
    async with database.work(NOW) as work:
        intent = Outgoing("telegram", "a", Urgency.DIGEST, Message(("filled",)), intent={"kind": "digest"})
        await work.outbox.say([intent])
        await work.connection.execute(update(outbox).values(uncertain=1))
    (row,) = await turns([], 1, 5)
    assert (row.waiting, row.seen, words([row])) == (True, True, ["filled"])


async def test_content_nobody_can_read_is_a_fault_of_its_row_alone(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"), ("b", "2"))
    async with database.work(NOW) as work:
        await work.connection.execute(update(outbox).where(outbox.c.chat == "a").values(content=[1]))
    bad, good = await turns([], 1, 5)
    assert bad.fault
    assert words([good]) == ["2"]


async def test_two_who_claim_at_once_never_get_the_same_row(database: Database, turns: Any) -> None:
    await say(database, *((f"c{number}", str(number)) for number in range(40)))
    found = await asyncio.gather(*(turns([], 1, 7) for _ in range(8))) if database.is_sqlite else []
    if not database.is_sqlite:  # a lane is one connection, so each takes its own
        lanes = [Turns(database.engine, "telegram", LEASE) for _ in range(6)]
        found = await asyncio.gather(*(lane.turn([], 1, 7, (), datetime.now(UTC)) for lane in lanes))
        for lane in lanes:
            await lane.close()
    ids = [row.id for claimed in found for row in claimed]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 7


async def test_an_absent_content_is_no_value_at_all(database: Database) -> None:
    async with database.work(NOW) as work:
        await work.outbox.say([Outgoing("telegram", "a", Urgency.REPLY, Message(("x",)))])
        await work.outbox.say_once(Outgoing("telegram", None, Urgency.DIGEST, intent={"kind": "digest"}, key="k"))
        found = await work.connection.execute(text("SELECT content IS NULL, intent IS NULL FROM outbox ORDER BY id"))
        assert [tuple(map(bool, row)) for row in found] == [(False, True), (True, False)]


async def test_a_key_is_queued_once(database: Database) -> None:
    row = Outgoing("telegram", "a", Urgency.DIGEST, Message(("x",)), key="digest:1:2023-04-28")
    async with database.work(NOW) as work:
        assert await work.outbox.say_once(row)
        assert not await work.outbox.say_once(row)


async def test_what_an_earlier_sender_left_is_taken_over(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"), ("b", "2"))
    await turns([], 1, 1)
    async with database.work(NOW) as work:
        assert await work.outbox.recover("telegram", 1) == []
        assert await work.outbox.recover("zalo_bot", 2) == []
        (left,) = await work.outbox.recover("telegram", 2)
        assert words([left]) == ["1"]
        await work.outbox.finish([Result(left.id, "queued", uncertain=1)], 2)
    assert [(row.status, row.uncertain) for row in await rows(database)] == [("queued", 1), ("queued", 0)]


async def test_a_claim_whose_answer_was_lost_is_put_back(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"), ("b", "2"))
    known, _unheard = await turns([], 1, 5)
    async with database.work(NOW) as work:
        assert await work.outbox.reclaim("telegram", 1, [known.id]) == 1
    assert [row.status for row in await rows(database)] == ["sending", "queued"]


async def test_a_chat_is_held_moved_and_its_row_readdressed(database: Database, turns: Any) -> None:
    await say(database, ("a", "1"), ("a", "2"), ("b", "3"))
    until = datetime.now(UTC) + timedelta(minutes=1)
    (first, _) = await turns([], 1, 5)
    async with database.work(NOW) as work:
        await work.outbox.hold_chat("telegram", "a", until)
        await work.outbox.move_chat("telegram", "a", "-100")
    one, two, three = await rows(database)
    assert (two.chat, two.not_before) == ("-100", until)
    assert (one.chat, three.chat) == ("a", "b")
    assert three.not_before < until
    assert first.id == one.id


async def test_an_undone_act_is_not_told_any_more_but_answered(database: Database) -> None:
    async with database.work(NOW) as work:
        agency = (await work.connection.execute(text(AGENCY))).scalar_one()
        act = await work.audit.add(agency, None, "telegram", "done", "3.5")
        for urgency in (Urgency.REPLY, Urgency.NOTICE):
            await work.outbox.say([Outgoing("telegram", "a", urgency, Message(("x",)), entry_id=act)])
        assert await work.outbox.void(act) == 1
        assert await work.outbox.counts() == {("telegram", "queued"): 1, ("telegram", "void"): 1}


async def test_the_oldest_unsent_is_known_by_channel(database: Database) -> None:
    async with database.work(NOW) as work:
        assert await work.outbox.oldest_unsent() is None
        await work.outbox.say([Outgoing("telegram", "a", Urgency.REPLY, Message(("x",)))])
        assert await work.outbox.oldest_unsent("zalo_bot") is None
        assert await work.outbox.oldest_unsent("telegram") == await work.outbox.oldest_unsent() == work.real


async def test_a_claim_reads_the_partial_index(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.work(NOW) as work:
        await work.connection.execute(
            text(
                "INSERT INTO outbox (channel, chat, class, status, content, has_choices, queued_at, not_before)"
                " SELECT 'telegram', n::text, 0, CASE WHEN n % 1000 = 0 THEN 'queued' ELSE 'sent' END,"
                " '{}', false, now(), now() FROM generate_series(1, 20000) AS n"
            )
        )
    sql, names = positional(CLAIM["postgresql"])
    values = claim_values("telegram", 10, 1, (), LEASE, datetime.now(UTC), "postgresql")
    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute("ANALYZE outbox")
        plan = await driver.fetch(f"EXPLAIN {sql}", *(values[name] for name in names))
        assert "Index Scan using ix_outbox_queued" in "\n".join(row[0] for row in plan)
    await database.close()

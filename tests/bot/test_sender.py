"""What the sender promises: order, one copy, and no message lost to another's misfortune."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import Capabilities, Moved, Permanent, RetryAt, Uncertain
from bot.metrics import Metrics
from bot.pacing import Pacer
from bot.wake import Wakes
from core.messages import Message
from storage.database import Database
from storage.outbox import Claimed, Composed, Outgoing, Urgency
from storage.work import Work
from tests.bot.scripted import (
    NOW,
    ScriptedChannel,
    account_statuses,
    all_are,
    change,
    kill,
    make_person,
    make_sender,
    rows,
    running,
    say,
    settle_down,
    statuses,
    until,
)


async def test_messages_of_a_chat_leave_in_order_and_one_at_a_time(database: Database) -> None:
    channel = ScriptedChannel(latency=0.002)
    for number in range(5):
        for chat in ("a", "b", "c"):
            await say(database, chat, f"{chat}{number}")
    async with running(make_sender(database, channel)):
        await settle_down(database)
    for chat in ("a", "b", "c"):
        assert [call.text for call in channel.calls if call.chat == chat] == [f"{chat}{n}" for n in range(5)]
    assert channel.most_out_in_chat == 1
    assert channel.most_out > 1
    found = await rows(database)
    assert {row.status for row in found} == {"sent"}
    assert all(row.external_id and row.finished_at for row in found)


async def test_a_reply_leaves_before_a_notice_and_a_digest(sqlite_database: Database) -> None:
    channel = ScriptedChannel()
    await say(sqlite_database, "a", "digest", urgency=Urgency.DIGEST)
    await say(sqlite_database, "a", "notice", urgency=Urgency.NOTICE)
    await say(sqlite_database, "a", "reply", urgency=Urgency.REPLY)
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert channel.texts == ["reply", "notice", "digest"]


async def test_a_waiting_row_is_not_sent_before_its_time(sqlite_database: Database) -> None:
    channel = ScriptedChannel()
    await say(sqlite_database, "a", "later", after=timedelta(minutes=10))
    await say(sqlite_database, "a", "now")
    async with running(make_sender(sqlite_database, channel)):
        await until(lambda: all_are(sqlite_database, "queued", "sent"))
    assert channel.texts == ["now"]


async def test_a_wake_brings_a_message_out_at_once(database: Database) -> None:
    channel, wakes = ScriptedChannel(), Wakes(database)
    sender = make_sender(database, channel, wakes=wakes)
    async with running(sender):
        await until(lambda: sender.active)
        await asyncio.sleep(0.05)
        start = asyncio.get_running_loop().time()
        await say(database, "a", "x")
        wakes.wake("telegram")
        await until(lambda: channel.calls)
        assert asyncio.get_running_loop().time() - start < 0.5


async def test_without_a_wake_it_looks_each_second(sqlite_database: Database) -> None:
    channel = ScriptedChannel()
    sender = make_sender(sqlite_database, channel)
    async with running(sender):
        await until(lambda: sender.active)
        await say(sqlite_database, "a", "x")
        await until(lambda: channel.calls, 2.0)


async def test_poison_fails_alone(sqlite_database: Database) -> None:
    channel = ScriptedChannel(by_text={"bad": [ZeroDivisionError("boom")]})
    for text in ("before", "bad", "after"):
        await say(sqlite_database, "a", text)
    await say(sqlite_database, "a", "unpageable")
    await say(sqlite_database, "b", "b")
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert await statuses(sqlite_database) == ["sent", "failed", "sent", "failed", "sent"]
    errors = [row.error for row in await rows(sqlite_database)]
    assert "boom" in errors[1]
    assert "no pages" in errors[3]


async def test_unreadable_content_fails_alone(database: Database) -> None:
    channel = ScriptedChannel()
    await say(database, "a", "x")
    await change(database, content={"nothing": "known"})
    await say(database, "a", "y")
    async with running(make_sender(database, channel)):
        await settle_down(database)
    assert await statuses(database) == ["failed", "sent"]


async def test_too_many_requests_pause_the_whole_channel(sqlite_database: Database) -> None:
    metrics = Metrics()
    channel = ScriptedChannel(fates=[RetryAt(0.4, whole_channel=True, reason="429")])
    await say(sqlite_database, "a", "first")
    await say(sqlite_database, "a", "second")
    async with running(make_sender(sqlite_database, channel, metrics=metrics)):
        await until(lambda: channel.calls)
        await say(sqlite_database, "b", "third")
        await settle_down(sqlite_database)
    assert channel.texts[:2] == ["first", "first"]
    assert channel.calls[1].at - channel.calls[0].at >= 0.4
    assert not any(call.resend for call in channel.calls)
    assert {row.uncertain for row in await rows(sqlite_database)} == {0}
    assert metrics.registry.get_sample_value("dondoc_messages_retried_total", {"channel": "telegram"}) == 1
    assert metrics.registry.get_sample_value("dondoc_messages_sent_total", {"channel": "telegram"}) == 3


async def test_a_refused_chat_waits_alone_and_keeps_its_order(database: Database) -> None:
    channel = ScriptedChannel(by_text={"a1": [RetryAt(0.3, whole_channel=False, reason="slow down")]})
    for text in ("a1", "a2"):
        await say(database, "a", text)
    await say(database, "b", "b1")
    async with running(make_sender(database, channel)):
        await until(lambda: len(channel.calls) > 1)
        await say(database, "a", "a3")
        await settle_down(database)
    assert [call.text for call in channel.calls if call.chat == "a"] == ["a1", "a1", "a2", "a3"]
    again = [call.at for call in channel.calls if call.text == "a1"]
    assert again[1] - again[0] >= 0.3
    assert next(call.at for call in channel.calls if call.chat == "b") < again[1]


async def test_a_long_wait_releases_the_chat(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.flights._LONGEST_HOLD", 0.2)
    channel = ScriptedChannel(by_text={"slow": [RetryAt(3600, whole_channel=False, reason="an hour")]})
    await say(sqlite_database, "a", "slow")
    await say(sqlite_database, "a", "next")
    async with running(make_sender(sqlite_database, channel)):
        await until(lambda: all_are(sqlite_database, "queued", "sent"))
    assert channel.texts == ["slow", "next"]


async def test_a_lost_answer_is_sent_once_more_and_marked(database: Database, quick: None) -> None:
    channel = ScriptedChannel(by_text={"x": [Uncertain("timeout")]})
    await say(database, "a", "x")
    await say(database, "a", "y")
    async with running(make_sender(database, channel)):
        await settle_down(database)
    assert [(call.text, call.resend) for call in channel.calls] == [("x", False), ("x", True), ("y", False)]
    assert [(row.status, row.uncertain, row.attempts) for row in await rows(database)] == [
        ("sent", 1, 2),
        ("sent", 0, 1),
    ]


async def test_lost_twice_is_the_end_and_releases_the_chat(sqlite_database: Database, quick: None) -> None:
    told: list[int] = []

    async def undelivered(work: Work, person_id: int) -> None:
        told.append(person_id)

    person, _ = await make_person(sqlite_database, ("telegram", "a"))
    channel = ScriptedChannel(by_text={"x": [Uncertain("timeout"), Uncertain("again")]})
    await say(sqlite_database, "a", "x", person_id=person)
    await say(sqlite_database, "a", "y")
    async with running(make_sender(sqlite_database, channel, undelivered=undelivered)):
        await settle_down(sqlite_database)
    assert channel.texts == ["x", "x", "y"]
    assert await statuses(sqlite_database) == ["uncertain", "sent"]
    assert told == [person]


FREE = timedelta(hours=48)
CHARGED = replace(ScriptedChannel().can, push_window=FREE)


async def heard(database: Database, chat: str, ago: timedelta) -> None:
    async with database.work(NOW) as work:
        await work.tokens.seen("telegram", chat, datetime.now(UTC) - ago)


@pytest.mark.parametrize("ago", [None, FREE + timedelta(minutes=1)])
async def test_what_is_charged_is_never_repeated(sqlite_database: Database, ago: timedelta | None) -> None:
    channel = ScriptedChannel(by_text={"x": [Uncertain("timeout")]})
    channel.can = CHARGED
    if ago is not None:
        await heard(sqlite_database, "a", ago)
    await say(sqlite_database, "a", "x")
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert channel.texts == ["x"]
    assert await statuses(sqlite_database) == ["uncertain"]


async def test_what_is_free_for_now_is_repeated_once_in_its_place(database: Database, quick: None) -> None:
    channel = ScriptedChannel(by_text={"x": [Uncertain("timeout")], "z": [Uncertain("1"), Uncertain("2")]})
    channel.can = CHARGED
    await heard(database, "a", FREE - timedelta(minutes=1))
    for text in ("x", "y", "z"):
        await say(database, "a", text)
    async with running(make_sender(database, channel)):
        await settle_down(database)
    assert [(call.text, call.resend) for call in channel.calls] == [
        ("x", False), ("x", True), ("y", False), ("z", False), ("z", True),
    ]  # fmt: skip
    assert await statuses(database) == ["sent", "sent", "uncertain"]


@pytest.mark.parametrize(("ways", "ends"), [(("zalo_bot",), ("zalo_bot", "sent")), ((), ("zalo_oa", "uncertain"))])
async def test_a_charged_channel_never_repeats_to_another_account_of_it(
    sqlite_database: Database, ways: tuple[str, ...], ends: tuple[str, str]
) -> None:
    person, ids = await make_person(sqlite_database, ("zalo_oa", "a"), ("zalo_oa", "b"), *((way, "z") for way in ways))
    channel, other = ScriptedChannel("zalo_oa", fates=[Uncertain("timeout")]), ScriptedChannel("zalo_bot")
    channel.can = CHARGED
    await say(sqlite_database, "a", "x", channel="zalo_oa", person_id=person, account_id=ids[0])
    wakes = Wakes(sqlite_database)
    async with running(*(make_sender(sqlite_database, each, wakes=wakes) for each in (channel, other))):
        await settle_down(sqlite_database)
    assert [call.chat for call in channel.calls] == ["a"]
    assert [(call.chat, call.resend) for call in other.calls] == [("z", True) for _ in ways]
    (row,) = await rows(sqlite_database)
    assert (row.channel, row.status) == ends
    assert row.uncertain == 1


async def test_after_two_lost_answers_the_next_account_is_tried_and_marked(database: Database, quick: None) -> None:
    person, ids = await make_person(database, ("telegram", "t"), ("zalo_bot", "z"))
    channel = ScriptedChannel(fates=[Uncertain("1"), Uncertain("2")])
    other = ScriptedChannel("zalo_bot")
    await say(database, "t", "x", person_id=person, account_id=ids[0])
    wakes = Wakes(database)
    senders = [make_sender(database, each, wakes=wakes) for each in (channel, other)]
    async with running(*senders):
        await settle_down(database)
    assert [call.resend for call in channel.calls] == [False, True]
    assert [(call.chat, call.resend) for call in other.calls] == [("z", True)]
    (row,) = await rows(database)
    assert (row.status, row.channel, row.chat, row.account_id) == ("sent", "zalo_bot", "z", ids[1])


@pytest.mark.parametrize(
    ("kind", "mark", "status"),
    [
        ("blocked", "blocked", "unreachable"),
        ("chat_not_found", "unreachable", "unreachable"),
        ("bad_request", "active", "failed"),
    ],
)
async def test_a_permanent_failure_is_told_of_the_account(
    sqlite_database: Database, kind: str, mark: str, status: str
) -> None:
    await make_person(sqlite_database, ("telegram", "a"))
    channel = ScriptedChannel(fates=[Permanent(kind, "no")])
    await say(sqlite_database, "a", "x")
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    (row,) = await rows(sqlite_database)
    assert (row.status, row.error) == (status, f"{kind}: no")
    assert await account_statuses(sqlite_database) == {"a": mark}


async def test_a_blocked_account_hands_over_to_the_next_one(database: Database) -> None:
    person, ids = await make_person(database, ("telegram", "t1"), ("telegram", "t2"))
    channel = ScriptedChannel(fates=[Permanent("blocked", "no")])
    await say(database, "t1", "x", person_id=person, account_id=ids[0])
    async with running(make_sender(database, channel)):
        await settle_down(database)
    assert [(call.chat, call.resend) for call in channel.calls] == [("t1", False), ("t2", False)]
    assert await account_statuses(database) == {"t1": "blocked", "t2": "active"}


@pytest.mark.parametrize("why", ["out of reach since 07:31", "blocked: no"])
async def test_what_the_next_account_may_not_carry_waits_where_it_was_only_out_of_reach(
    database: Database, why: str
) -> None:
    """A closed window or an account that is gone must not cost whoever has two accounts what one alone would bring."""
    person, (telegram, oa) = await make_person(database, ("telegram", "t"), ("zalo_oa", "a"))
    await say(database, "a", "x", channel="zalo_oa", account_id=oa, person_id=person)
    await change(database, tried=[{"account": telegram, "channel": "telegram", "at": "2023-04-28", "why": why}])
    shut = ScriptedChannel(name="zalo_oa", fates=[Permanent("window", "not heard for more than seven days")])
    channel = ScriptedChannel()
    async with running(make_sender(database, shut)), running(make_sender(database, channel)):
        await settle_down(database)
    (row,) = await rows(database)
    waited = why.startswith("out of reach")
    assert (row.channel, row.status) == (("telegram", "sent") if waited else ("zalo_oa", "failed"))
    assert [call.chat for call in channel.calls] == ["t"] * waited
    assert [one["channel"] for one in row.tried] == ["zalo_oa" if waited else "telegram"]


async def test_accounts_that_all_refuse_are_tried_once_each(sqlite_database: Database) -> None:
    person, ids = await make_person(sqlite_database, ("telegram", "t1"), ("telegram", "t2"))
    channel = ScriptedChannel(fates=[Permanent("bad_request", "1"), Permanent("bad_request", "2")])
    await say(sqlite_database, "t1", "x", person_id=person, account_id=ids[0])
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert [call.chat for call in channel.calls] == ["t1", "t2"]
    assert await statuses(sqlite_database) == ["failed"]


async def test_being_locked_out_loses_nothing(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.flights._LOCKED_OUT", 0.3)
    channel = ScriptedChannel(fates=[Permanent("unauthorized", "bad token")])
    await say(sqlite_database, "a", "x")
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert channel.calls[1].at - channel.calls[0].at >= 0.3
    assert await statuses(sqlite_database) == ["sent"]


async def test_a_moved_chat_is_followed(database: Database) -> None:
    await make_person(database, ("telegram", "-1"))
    channel = ScriptedChannel(by_text={"x": [Moved("-100")]})
    await say(database, "-1", "x")
    await say(database, "-1", "y")
    async with running(make_sender(database, channel)):
        await settle_down(database)
    assert [(call.chat, call.text) for call in channel.calls] == [("-1", "x"), ("-100", "x"), ("-100", "y")]
    assert await account_statuses(database) == {"-100": "active"}


async def test_a_group_linked_anew_as_it_moved_gets_its_message_once(database: Database) -> None:
    await make_person(database, ("telegram", "7"))
    async with database.work(NOW) as work:
        (agency,) = await work.people.agencies()
        (person,) = await work.people.everyone()
        for chat in ("-1", "-100"):
            entry = await work.audit.add(agency.id, None, "telegram", "link", chat)
            assert await work.groups.link(agency.id, "telegram", chat, person.id, entry)
    channel = ScriptedChannel(by_text={"x": [Moved("-100")]})
    for chat in ("-1", "-100"):
        await say(database, chat, "x", urgency=Urgency.NOTICE)
    async with running(make_sender(database, channel, window=1)):
        await settle_down(database)
    assert [(call.chat, call.text) for call in channel.calls] == [("-1", "x"), ("-100", "x")]
    assert await statuses(database) == ["void", "sent"]


async def test_a_chat_that_moves_to_itself_fails(sqlite_database: Database) -> None:
    channel = ScriptedChannel(fates=[Moved("-1")])
    await say(sqlite_database, "-1", "x")
    async with running(make_sender(sqlite_database, channel)):
        await settle_down(sqlite_database)
    assert await statuses(sqlite_database) == ["failed"]


async def test_pages_go_in_order_and_nothing_between_them(database: Database) -> None:
    channel = ScriptedChannel(latency=0.002)
    await say(database, "a", "1/3", "2/3", "3/3", urgency=Urgency.DIGEST)
    async with running(make_sender(database, channel)):
        await until(lambda: channel.calls)
        await say(database, "a", "reply")
        await settle_down(database)
    assert channel.texts == ["1/3", "2/3", "3/3", "reply"]
    row = (await rows(database))[0]
    assert (row.status, row.parts_sent, row.external_id, row.page_ids) == ("sent", 3, "m3", "m1 m2")


async def test_pages_resume_where_they_were_killed(database: Database) -> None:
    hang = asyncio.Event()
    channel = ScriptedChannel(by_text={"2/3": [lambda _call: hang.wait()]})
    await say(database, "a", "1/3", "2/3", "3/3")
    sender = make_sender(database, channel, "one", lease_length=timedelta(seconds=0.6))
    task = asyncio.create_task(sender.run())
    await until(lambda: "2/3" in channel.texts)
    await kill(task, sender)
    async with running(make_sender(database, channel, "two", lease_length=timedelta(seconds=0.6))):
        await settle_down(database)
    assert [(call.text, call.resend) for call in channel.calls] == [
        ("1/3", False), ("2/3", False), ("2/3", True), ("3/3", False),
    ]  # fmt: skip
    (row,) = await rows(database)
    assert (row.parts_sent, row.external_id, row.page_ids) == (3, "m3", "m1 m2")


@pytest.mark.parametrize("can", [ScriptedChannel().can, CHARGED], ids=["free", "free for now"])
async def test_killed_between_claim_and_answer_is_sent_once_more_and_marked(
    database: Database, can: Capabilities
) -> None:
    hang = asyncio.Event()
    channel = ScriptedChannel(can=can, fates=[lambda _call: hang.wait(), lambda _call: hang.wait()])
    await heard(database, "a", timedelta(0))
    await heard(database, "b", timedelta(0))
    await say(database, "a", "a1")
    await say(database, "a", "a2")
    await say(database, "b", "b1")
    sender = make_sender(database, channel, "one", lease_length=timedelta(seconds=0.6))
    task = asyncio.create_task(sender.run())
    await until(lambda: len(channel.calls) == 2)
    await kill(task, sender)
    assert await statuses(database) == ["sending", "queued", "sending"]
    channel.calls.clear()
    async with running(make_sender(database, channel, "two", lease_length=timedelta(seconds=0.6))):
        await settle_down(database)
    assert [(call.text, call.resend) for call in channel.calls if call.chat == "a"] == [("a1", True), ("a2", False)]
    assert [(call.text, call.resend) for call in channel.calls if call.chat == "b"] == [("b1", True)]


async def test_of_many_that_lost_their_answer_one_at_a_time_is_put_at_risk_again(sqlite_database: Database) -> None:
    hang = asyncio.Event()
    channel = ScriptedChannel(fates=[lambda _call: hang.wait()] * 8)
    for number in range(8):
        await say(sqlite_database, f"c{number}", str(number))
    sender = make_sender(sqlite_database, channel, "one", lease_length=timedelta(seconds=0.4))
    task = asyncio.create_task(sender.run())
    await until(lambda: len(channel.calls) == 8)
    await kill(task, sender)
    again = ScriptedChannel(fates=[lambda _call: hang.wait()])
    sender = make_sender(sqlite_database, again, "two", lease_length=timedelta(seconds=0.4))
    task = asyncio.create_task(sender.run())
    await until(lambda: again.calls)
    await asyncio.sleep(0.3)
    await kill(task, sender)
    assert len(again.calls) == 1
    last = ScriptedChannel()
    async with running(make_sender(sqlite_database, last, "three", lease_length=timedelta(seconds=0.4))):
        await settle_down(sqlite_database)
    assert sorted(await statuses(sqlite_database)) == ["sent"] * 7 + ["uncertain"]
    assert all(call.resend for call in last.calls)


async def test_killed_twice_on_one_message_is_the_end(sqlite_database: Database) -> None:
    hang = asyncio.Event()
    channel = ScriptedChannel(fates=[lambda _call: hang.wait(), lambda _call: hang.wait()])
    await say(sqlite_database, "a", "x")
    for holder in ("one", "two"):
        sender = make_sender(sqlite_database, channel, holder, lease_length=timedelta(seconds=0.4))
        task = asyncio.create_task(sender.run())
        before = len(channel.calls)
        await until(lambda before=before: len(channel.calls) > before)
        await kill(task, sender)
    async with running(make_sender(sqlite_database, channel, "three", lease_length=timedelta(seconds=0.4))):
        await settle_down(sqlite_database)
    assert [call.resend for call in channel.calls] == [False, True]
    assert await statuses(sqlite_database) == ["uncertain"]


async def test_a_lost_lease_stops_the_sending(database: Database) -> None:
    channel = ScriptedChannel()
    sender = make_sender(database, channel, lease_length=timedelta(seconds=6))
    async with running(sender):
        await until(lambda: sender.active)
        sender._holder._deadline = 0.0  # renewed after a third of its length
        await say(database, "a", "x")
        sender._stir.set()
        await asyncio.sleep(0.05)
        assert channel.texts == []
        await settle_down(database)  # nobody took it, so the next renewal goes on
    assert channel.texts == ["x"]


async def test_one_that_lost_its_lease_unawares_claims_nothing(database: Database) -> None:
    stale, fresh = ScriptedChannel(), ScriptedChannel()
    one = make_sender(database, stale, "one", lease_length=timedelta(seconds=30))
    two = make_sender(database, fresh, "two", lease_length=timedelta(seconds=30))
    async with running(one):
        await until(lambda: one.active)
        async with database.work(NOW) as work:
            await work.leases.give_up(one._holder.held)
        async with running(two):
            await until(lambda: two.active)
            assert one.active
            for number in range(20):
                await say(database, f"c{number}", "x")
            one._stir.set()
            two._stir.set()
            await settle_down(database)
    assert stale.calls == []
    assert len(fresh.calls) == 20


async def test_two_senders_never_send_one_row_twice(database: Database) -> None:
    calls: list[str] = []
    channels = [ScriptedChannel(latency=0.001) for _ in range(2)]
    for number in range(60):
        await say(database, f"c{number % 7}", str(number))
    senders = [make_sender(database, channels[0], "one"), make_sender(database, channels[1], "two")]
    async with running(senders[1]):
        async with running(senders[0]):
            await until(lambda: sum(len(channel.calls) for channel in channels) > 20)
        await settle_down(database)
    calls = [text for channel in channels for text in channel.texts]
    assert sorted(calls, key=int) == [str(number) for number in range(60)]


async def test_a_graceful_stop_writes_back_what_is_out_and_hands_over_at_once(database: Database) -> None:
    channel = ScriptedChannel(latency=0.2)
    await say(database, "a", "1", "2")
    await say(database, "b", "x")
    sender = make_sender(database, channel, "one", lease_length=timedelta(seconds=60))
    async with running(sender):
        await until(lambda: len(channel.calls) == 2)
    assert [(row.status, row.parts_sent) for row in await rows(database)] == [("queued", 1), ("sent", 1)]
    channel.latency = 0.0
    async with running(make_sender(database, channel, "two", lease_length=timedelta(seconds=60))):
        await settle_down(database)
    assert [(call.text, call.resend) for call in channel.calls] == [("1", False), ("x", False), ("2", False)]


async def test_a_stop_does_not_wait_for_ever(sqlite_database: Database) -> None:
    hang = asyncio.Event()
    channel = ScriptedChannel(fates=[lambda _call: hang.wait()])
    await say(sqlite_database, "a", "x")
    async with running(make_sender(sqlite_database, channel, grace=0.1)):
        await until(lambda: channel.calls)
    assert await statuses(sqlite_database) == ["sending"]
    async with running(make_sender(sqlite_database, channel, "two")):
        await settle_down(sqlite_database)
    assert [call.resend for call in channel.calls] == [False, True]


async def say_intent(database: Database, person: int | None, chat: str | None = None, **options: object) -> None:
    async with database.work(NOW) as work:
        row = Outgoing("telegram", chat, Urgency.DIGEST, intent={"kind": "digest"}, person_id=person, **options)
        await work.outbox.say([row])


async def test_a_sender_that_is_cancelled_leaves_no_connection_open(postgres_url: str) -> None:
    database = Database(postgres_url)
    channel = ScriptedChannel()
    await say(database, "a", "x")
    sender = make_sender(database, channel)
    task = asyncio.create_task(sender.run())
    await until(lambda: channel.texts == ["x"])
    await until(lambda: all_are(database, "sent"))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert sender._turns._kept is None
    assert database._transactions is not None
    assert database.engine.pool.checkedout() == len(database._transactions._kept)  # type: ignore[attr-defined]
    await database.close()


async def test_an_intent_is_composed_when_it_leaves(database: Database) -> None:
    person, ids = await make_person(database, ("telegram", "t"))
    seen: list[Claimed] = []

    async def compose(work: Work, row: Claimed) -> Composed | str:
        seen.append(row)
        (way,) = await work.accounts.reach(row.person_id or 0)
        return Composed(Message(("made now",)), way.chat, way.account_id)

    channel = ScriptedChannel()
    await say_intent(database, person)
    await say_intent(database, person)
    async with running(make_sender(database, channel, compose=compose)):
        await settle_down(database)
    assert [(call.chat, call.text) for call in channel.calls] == [("t", "made now")] * 2
    assert channel.most_out_in_chat == 1
    assert seen[0].intent == {"kind": "digest"}
    row = (await rows(database))[0]
    assert (row.status, row.chat, row.account_id) == ("sent", "t", ids[0])


async def test_what_an_intent_may_come_to(sqlite_database: Database) -> None:
    answers: list[Composed | str | Exception] = ["void", ZeroDivisionError("boom"), "superseded", "unreachable"]

    async def compose(work: Work, row: Claimed) -> Composed | str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    channel = ScriptedChannel()
    for _ in range(4):
        await say_intent(sqlite_database, None)
    await say(sqlite_database, "b", "b")
    async with running(make_sender(sqlite_database, channel, compose=compose)):
        await settle_down(sqlite_database)
    assert await statuses(sqlite_database) == ["void", "failed", "superseded", "unreachable", "sent"]


async def test_what_could_not_be_written_is_told_of_like_what_was_refused(sqlite_database: Database) -> None:
    person, _ = await make_person(sqlite_database, ("telegram", "t"))
    told: list[int] = []

    async def compose(work: Work, row: Claimed) -> Composed | str:
        raise ZeroDivisionError

    async def undelivered(work: Work, person_id: int) -> None:
        told.append(person_id)

    await say_intent(sqlite_database, person)
    async with running(make_sender(sqlite_database, ScriptedChannel(), compose=compose, undelivered=undelivered)):
        await settle_down(sqlite_database)
    assert (await statuses(sqlite_database), told) == (["failed"], [person])


async def test_an_office_that_cannot_be_told_holds_no_message_back(sqlite_database: Database) -> None:
    lost, _ = await make_person(sqlite_database, ("telegram", "lost"))
    reached, ids = await make_person(sqlite_database, ("telegram", "t"))
    channel = ScriptedChannel()

    async def compose(work: Work, row: Claimed) -> Composed | str:
        return Composed(Message(("digest",)), "t", ids[0]) if row.person_id == reached else "unreachable"

    async def undelivered(work: Work, person_id: int) -> None:
        await work.connection.exec_driver_sql("SELECT * FROM nowhere")

    await say_intent(sqlite_database, lost)
    await say_intent(sqlite_database, reached)
    async with running(make_sender(sqlite_database, channel, compose=compose, undelivered=undelivered)):
        await settle_down(sqlite_database)
    assert sorted(await statuses(sqlite_database)) == ["sent", "unreachable"]


async def test_a_failing_statement_in_an_intent_harms_no_other(database: Database) -> None:
    async def compose(work: Work, row: Claimed) -> Composed | str:
        await work.connection.exec_driver_sql("SELECT * FROM nowhere" if row.intent == {"bad": 1} else "SELECT 1")
        return "void"

    async with database.work(NOW) as work:
        for intent in ({"bad": 1}, {"good": 1}):
            await work.outbox.say([Outgoing("telegram", None, Urgency.DIGEST, intent=intent)])
    async with running(make_sender(database, ScriptedChannel(), compose=compose)):
        await settle_down(database)
    assert sorted(await statuses(database)) == ["failed", "void"]


async def test_an_intent_for_a_busy_chat_waits_without_being_asked_again_and_again(database: Database) -> None:
    person, ids = await make_person(database, ("telegram", "t"))
    composed = 0

    async def compose(work: Work, row: Claimed) -> Composed | str:
        nonlocal composed
        composed += 1
        return Composed(Message(("digest",)), "t", ids[0])

    gate = asyncio.Event()

    async def slow(_call: object) -> None:
        await gate.wait()

    channel = ScriptedChannel(by_text={"reply": [slow]})
    await say(database, "t", "reply")
    await say_intent(database, person)
    async with running(make_sender(database, channel, compose=compose)):
        await until(lambda: channel.calls and composed)
        await asyncio.sleep(0.1)
        assert composed == 1
        gate.set()
        await settle_down(database)
    assert channel.texts == ["reply", "digest"]
    assert composed == 2


async def test_an_intent_may_go_by_another_channel(sqlite_database: Database) -> None:
    person, ids = await make_person(sqlite_database, ("zalo_bot", "z"))

    async def compose(work: Work, row: Claimed) -> Composed | str:
        return Composed(Message((f"by {row.channel}",)), "z", ids[0], "zalo_bot")

    channels = [ScriptedChannel(), ScriptedChannel("zalo_bot")]
    await say_intent(sqlite_database, person)
    wakes = Wakes(sqlite_database)
    async with running(*(make_sender(sqlite_database, each, wakes=wakes, compose=compose) for each in channels)):
        await settle_down(sqlite_database)
    assert channels[0].calls == []
    assert channels[1].texts == ["by zalo_bot"]


async def test_an_intent_refused_for_now_is_composed_anew(sqlite_database: Database) -> None:
    person, ids = await make_person(sqlite_database, ("telegram", "t"))
    versions = iter(["old", "new"])

    async def compose(work: Work, row: Claimed) -> Composed | str:
        return Composed(Message((next(versions),)), "t", ids[0])

    channel = ScriptedChannel(by_text={"old": [RetryAt(0.05, whole_channel=True, reason="429")]})
    await say_intent(sqlite_database, person)
    async with running(make_sender(sqlite_database, channel, compose=compose)):
        await settle_down(sqlite_database)
    assert channel.texts == ["old", "new"]


async def test_a_channel_without_answers_is_left_alone_for_a_while(sqlite_database: Database, quick: None) -> None:
    channel = ScriptedChannel(latency=0.05, fates=[Uncertain("5xx")] * 3)
    for number in range(12):
        await say(sqlite_database, f"c{number}", "x")
    async with running(make_sender(sqlite_database, channel, window=3)):
        await settle_down(sqlite_database)
    assert len(channel.calls) == 15
    assert channel.calls[3].at - channel.calls[2].at >= 0.9
    assert channel.calls[4].at - channel.calls[3].at >= 0.05, "one tries it before the others follow"
    assert channel.most_out == 3
    assert set(await statuses(sqlite_database)) == {"sent"}


async def test_the_database_going_away_for_a_moment_costs_only_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = ScriptedChannel(latency=0.01)
    for number in range(6):
        await say(database, f"c{number % 2}", str(number))
    sender = make_sender(database, channel)
    real = sender._turns.turn
    failures = iter([False, False, True, False, True])

    async def shaky(*arguments: object) -> list[Claimed]:
        found = await real(*arguments)
        if next(failures, False):
            raise ConnectionError("the answer was lost")
        return found

    monkeypatch.setattr(sender._turns, "turn", shaky)
    async with running(sender):
        await settle_down(database)
    assert sorted(channel.texts) == [str(number) for number in range(6)]
    assert not any(call.resend for call in channel.calls)


async def test_the_pace_is_kept_and_reached(sqlite_database: Database) -> None:
    channel = ScriptedChannel(latency=0.05)
    for number in range(40):
        await say(sqlite_database, f"c{number}", "x")
    async with running(make_sender(sqlite_database, channel, pacer=Pacer(28.0, 1.0, 1 / 3))):
        await settle_down(sqlite_database)
    moments = [call.at for call in channel.calls]
    assert max(sum(start <= at < start + 1 for at in moments) for start in moments) <= 29
    assert (len(moments) - 1) / (moments[-1] - moments[0]) >= 0.9 * 28


async def test_a_message_of_one_chat_does_not_wait_for_the_many_of_another(sqlite_database: Database) -> None:
    channel = ScriptedChannel()
    for number in range(30):
        await say(sqlite_database, "a", str(number))
    await say(sqlite_database, "b", "b")
    sender = make_sender(sqlite_database, channel, pacer=Pacer(200.0, 1.0, None))
    async with running(sender):
        await until(lambda: "b" in channel.texts, 2.0)
        assert len(channel.calls) < 8


async def test_the_age_of_the_oldest_is_measured(sqlite_database: Database) -> None:
    metrics = Metrics()
    await say(sqlite_database, "a", "x")
    await change(sqlite_database, not_before=datetime.now(UTC) - timedelta(minutes=5))
    channel = ScriptedChannel(latency=0.1)
    async with running(make_sender(sqlite_database, channel, metrics=metrics)):
        await until(lambda: channel.calls)
        age = metrics.registry.get_sample_value("dondoc_oldest_unsent_seconds", {"channel": "telegram"})
        active = metrics.registry.get_sample_value("dondoc_sender_active", {"channel": "telegram"})
    assert age is not None
    assert 299 < age < 320
    assert active == 1


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask again at once where the product waits a moment."""
    for module in ("bot.settling", "bot.flights"):
        monkeypatch.setattr(f"{module}.ASK_AGAIN", timedelta(milliseconds=30))

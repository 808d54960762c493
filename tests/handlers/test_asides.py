"""What others are told of an act waits, leaves together and in office hours, and is corrected where it is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update

from bot.composing import compose_all
from core.deadlines import HANOI
from core.messages import Message
from core.workdays import WorkCalendar
from handlers.asides import ASIDE, Asides, joined
from handlers.intents import Intents
from handlers.reminders import Composer
from storage.database import Database
from storage.schema import leases, outbox
from tests.handlers.test_judging import last_told
from tests.handlers.two_agencies import OWN, Town

HEAD, LEADER = f"{OWN}:tp-qltm", f"{OWN}:gd"
LEASE = "sender:plain:"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def leaving(town: Town, *, after: timedelta = timedelta(minutes=11)) -> list[tuple[str | None, Message]]:
    """Let everything that is due by then leave as the sender would; return chats and messages."""
    real = datetime.now(HANOI) + after
    left: list[tuple[str | None, Message]] = []
    for _ in range(20):
        async with town.database.work(town.clock.now(), real=real) as work:
            if not (await work.connection.execute(select(leases).where(leases.c.name == LEASE))).all():
                held = {"name": LEASE, "holder": "me", "until": work.real + timedelta(days=1), "fence": 1}
                await work.connection.execute(insert(leases).values(held))
            claimed = await work.outbox.claim("plain", 50, 1, (), LEASE)
            taken = await work.outbox.take([row.id for row in claimed if row.waiting], 1, LEASE)
            calendar = WorkCalendar()
            compose = Intents({ASIDE: Asides(calendar)}, otherwise=Composer(town.catalogue, calendar))
            batch = await compose_all(work, taken, compose, "plain", 1, ())
            gone = [*(row for row in claimed if not row.waiting), *batch.ready]
            left += [(row.chat, row.content) for row in gone if row.content is not None]
            await work.connection.execute(text("UPDATE outbox SET status = 'sent' WHERE status = 'sending'"))
        if not claimed:
            break
    return left


def to(chat: str, left: list[tuple[str | None, Message]]) -> list[str]:
    return [message.plain() for where, message in left if where == chat]


async def say(town: Town, who: str, *said: str) -> None:
    for words in said:
        await town.dispatcher.receive(town.event(who, words))


async def statuses(town: Town, chat: str, columns: str = "status") -> list[Any]:
    where = f"chat = '{chat}' AND intent IS NOT NULL ORDER BY id"
    return [row[0] for row in await town.rows("outbox", columns, where)]


async def test_several_notices_to_one_person_within_ten_minutes_leave_as_one(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5", "thôi theo dõi 3.5 vì đã có văn bản mới")
    assert to(HEAD, await leaving(town, after=timedelta(minutes=5))) == []
    (told,) = to(HEAD, await leaving(town))
    assert "trùng 3.5" in told
    assert "đã có văn bản mới" in told
    assert "\n\n" in told
    assert await statuses(town, HEAD) == ["sent", "superseded"]


async def test_one_that_is_taken_back_in_time_is_not_among_them(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5", "thôi theo dõi 3.5 vì đã có văn bản mới", "hoan tac")
    (told,) = to(HEAD, await leaving(town))
    assert "trùng 3.5" in told
    assert "văn bản mới" not in told


async def test_nobody_hears_a_notice_and_its_correction_where_it_had_not_left(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5", "hoan tac")
    assert to(HEAD, await leaving(town)) == []


async def test_undone_after_it_left_a_correction_follows(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5")
    assert len(to(HEAD, await leaving(town))) == 1
    await say(town, LEADER, "hoan tac")
    (told,) = to(HEAD, await leaving(town, after=timedelta(seconds=1)))
    assert told.startswith("Đính chính: Giám đốc Sở đã hoàn tác việc vừa báo đồng chí về mục 3.7.")
    assert (await town.state("3.7"))[0] == "assigned"


async def test_one_that_left_within_another_is_corrected_too(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5", "thôi theo dõi 3.5 vì đã có văn bản mới")
    assert len(to(HEAD, await leaving(town))) == 1
    await say(town, LEADER, "hoan tac")
    (told,) = to(HEAD, await leaving(town, after=timedelta(seconds=1)))
    assert "về mục 3.5" in told


@pytest.mark.parametrize(("undone", "kept"), [("3.7", "văn bản mới"), ("3.5", "trùng 3.5")])
async def test_what_is_taken_back_before_another_try_is_left_out_of_it(town: Town, undone: str, kept: str) -> None:
    """Refused for a while after they were put together: each can still be taken back, the other is said."""
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5", "thôi theo dõi 3.5 vì đã có văn bản mới")
    assert len(to(HEAD, await leaving(town))) == 1
    async with town.database.work(town.clock.now()) as work:
        again = f"UPDATE outbox SET status = 'queued' WHERE status = 'sent' AND chat = '{HEAD}'"
        await work.connection.execute(text(again))
        entry = (await town.rows("audit_entries", "id", f"act = 'drop' AND subject LIKE '%/{undone}'"))[0].id
        assert await work.gathering.take_back(entry) == {}
        await work.outbox.void(entry)
    (told,) = to(HEAD, await leaving(town))
    assert kept in told
    assert len(told.split("\n\n")) == 1


async def test_a_question_leaves_alone_with_its_buttons(town: Town) -> None:
    await say(town, HEAD, "gia han 3.7 10/6 vi cho so lieu", "gia han 3.5 10/6 vi cho so lieu")
    asked = f"{OWN}:pgd"
    left = [message for chat, message in await leaving(town) if chat == asked]
    assert len(left) == 2
    assert all(message.buttons for message in left)


@pytest.mark.parametrize(
    ("at", "told"), [("2023-04-28T20:30", 0), ("2023-04-29T09:00", 0), ("2023-05-04T12:00", 0), ("2023-05-04T13:40", 1)]
)
async def test_in_the_evening_at_midday_and_on_days_off_it_waits(town: Town, at: str, told: int) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5")
    town.clock.at = datetime.fromisoformat(f"{at}+07:00")
    assert len(to(HEAD, await leaving(town))) == told
    assert await statuses(town, HEAD) == ["sent" if told else "queued"]


async def test_the_first_waits_for_those_behind_it_but_not_for_ever(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5")
    town.clock.at += timedelta(minutes=9)
    await say(town, LEADER, "thôi theo dõi 3.5 vì đã có văn bản mới")
    async with town.database.work(town.clock.now()) as work:
        later = work.real + timedelta(minutes=20)
        newest = select(func.max(outbox.c.id)).where(outbox.c.chat == HEAD, outbox.c.intent.is_not(None))
        moved = update(outbox).where(outbox.c.id == newest.scalar_subquery()).values(not_before=later)
        await work.connection.execute(moved)
    assert to(HEAD, await leaving(town)) == []
    (told,) = to(HEAD, await leaving(town, after=timedelta(minutes=21)))
    assert "trùng 3.5" in told
    assert "văn bản mới" in told


async def test_an_unreachable_persons_news_of_an_undone_act_never_comes(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.execute(text(f"UPDATE accounts SET status = 'blocked' WHERE chat = '{HEAD}'"))
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5", "hoan tac")
    (row,) = await town.rows("outbox", "status", "channel = ''")
    assert row.status == "void"


def test_the_same_words_are_said_once() -> None:
    one, other = Message(("a", "b")), Message(("c",))
    assert joined([one, other, one]).lines == ("a", "b", "", "c")
    assert joined([one]) is one


async def test_the_leader_hears_of_its_own_act_at_once(town: Town) -> None:
    await say(town, LEADER, "thôi theo dõi 3.7 vì trùng 3.5")
    assert "Đã thôi theo dõi 3.7" in await last_told(town, LEADER)

"""Tokens live on through two workers, a crash, a lost answer and a lost refresh token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest

from bot.channel import Permanent, RetryAt, Sent
from bot.fakes.zalo_oa_server import GRANT, V3
from bot.zalo_oa_errors import TokenLater, TokenLost
from core.messages import Message
from storage.database import Database
from storage.work import Work
from tests.bot.zalo_oa_office import Office, an_office

HELLO = Message.of("Xin chào")


@pytest.fixture
async def office(sqlite_database: Database) -> AsyncIterator[Office]:
    async with an_office(sqlite_database) as made:
        yield made


async def _forget(office: Office, **changes: object) -> None:
    async with office.database.work(office.clock()) as work:
        token = await work.tokens.locked(office.keeper.name)
        await work.tokens.save(replace(token, **changes))  # type: ignore[arg-type]  # columns by name


async def test_the_first_pair_comes_of_the_seed_and_is_stored_before_use(office: Office) -> None:
    seed = office.fake.world.refresh_token
    access = await office.keeper.access()
    token = await office.token()
    assert access == token.access_token == office.fake.world.access_token
    assert token.refresh_token == office.fake.world.refresh_token != seed
    assert token.status == "ok"
    assert token.previous is not None
    assert token.previous["refresh_token"] == seed
    assert token.expires_at is not None
    assert timedelta(hours=24) < token.expires_at - office.clock() <= timedelta(hours=25)
    assert "claim" not in token.notes
    assert access not in repr(token)


async def test_a_stored_pair_is_used_without_asking_again(office: Office) -> None:
    access = await office.keeper.access()
    assert await office.another().access() == access
    assert office.fake.world.refreshes == 1


async def test_two_workers_refresh_once(database: Database) -> None:
    async with an_office(database) as office:
        seed = office.fake.world.refresh_token
        keepers = [office.another(seed=seed) for _ in range(4)]
        got = await asyncio.gather(*(keeper.access() for keeper in keepers for _ in range(3)))
        assert set(got) == {office.fake.world.access_token}
        assert office.fake.world.refreshes == 1
        office.clock.passes(hours=26)
        again = await asyncio.gather(*(keeper.access() for keeper in keepers))
        assert set(again) == {office.fake.world.access_token} != set(got)
        assert office.fake.world.refreshes == 2


async def test_a_refusal_reads_the_stored_token_before_it_refreshes(office: Office) -> None:
    first = await office.keeper.access()
    other = office.another()
    second = await other.after_refusal(first)
    assert second != first
    assert await office.keeper.after_refusal(first) == second
    assert office.fake.world.refreshes == 2


async def test_the_pair_is_replaced_early_though_nothing_is_sent(office: Office) -> None:
    await office.keeper.access()
    task = asyncio.create_task(office.keeper.run(pause=0.02))
    await asyncio.sleep(0.1)
    assert office.fake.world.refreshes == 1
    office.clock.passes(hours=19)
    await asyncio.sleep(0.1)
    assert office.fake.world.refreshes == 1
    office.clock.passes(hours=1.1)
    await office.fake.until(lambda: office.fake.world.refreshes == 2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_short_life_is_obeyed(office: Office) -> None:
    office.fake.world.lifetime = 3600
    first = await office.keeper.access()
    office.clock.passes(minutes=59, seconds=45)
    assert await office.keeper.access() != first


async def test_an_expired_token_on_a_send_is_replaced_and_the_message_goes_once(office: Office) -> None:
    person = await office.person()
    await office.keeper.access()
    office.fake.world.rotate()
    async with office.database.work(office.clock()) as work:
        token = await work.tokens.locked(office.keeper.name)
        await work.tokens.save(replace(token, refresh_token=office.fake.world.refresh_token))
    outcome = await office.channel.send(person.id, HELLO, resend=False, part=0)
    assert isinstance(outcome, Sent)
    assert [message.text for message in person.messages] == ["Xin chào"]
    assert office.fake.answers(V3) == [-216, 0]


async def test_a_lost_answer_is_not_followed_by_a_blind_repetition(office: Office) -> None:
    first = await office.keeper.access()
    office.fake.fail(GRANT, "drop_before")
    office.clock.passes(hours=21)
    with pytest.raises(TokenLater):
        await office.keeper._obtain(None, early=True)
    assert (await office.token()).status == "uncertain"
    # the access token still works: nothing is tried, early or not
    assert await office.keeper.access() == first
    assert await office.another()._obtain(None, early=True) == first
    assert office.fake.world.refreshes == 1
    # only once it really fails; Zalo had not heard the first question
    assert await office.keeper.after_refusal(first) == office.fake.world.access_token
    assert (await office.token()).status == "ok"


async def test_a_refresh_whose_answer_was_lost_is_a_refresh_token_lost(office: Office) -> None:
    first = await office.keeper.access()
    office.fake.fail(GRANT, "drop_after")
    with pytest.raises(TokenLater):
        await office.keeper.after_refusal(first)
    assert (await office.token()).status == "uncertain"
    with pytest.raises(TokenLost, match="dondoc zalo authorize"):
        await office.keeper.after_refusal(first)
    token = await office.token()
    assert token.status == "lost"
    assert token.access_token == first
    assert office.fake.answers(GRANT) == [0, 0, -14014]
    # nothing is asked of Zalo any more
    with pytest.raises(TokenLost):
        await office.another(seed="the same as ever").after_refusal(first)


async def test_a_crash_between_refresh_and_commit_leaves_the_old_pair_and_a_doubt(office: Office) -> None:
    first = await office.keeper.access()
    held = await office.token()
    claim = {"id": "died", "at": office.clock().isoformat(), "was": "ok"}
    await _forget(office, status="refreshing", notes={**held.notes, "claim": claim})
    office.fake.world.rotate()  # Zalo had answered
    waiting = office.another(patience=0.5)
    assert await waiting.access() == first
    with pytest.raises(TokenLater):
        await waiting.after_refusal(first)  # the one that asked may still be at it
    office.clock.passes(seconds=100)
    assert await office.another().access() == first
    token = await office.token()
    assert token.status == "uncertain"
    assert (token.access_token, token.refresh_token) == (held.access_token, held.refresh_token)
    assert token.previous == held.previous
    with pytest.raises(TokenLost):
        await office.another(seed=held.refresh_token).after_refusal(first)


async def test_a_cancelled_sender_does_not_lose_the_answer(office: Office) -> None:
    first = await office.keeper.access()
    task = asyncio.create_task(office.keeper.after_refusal(first))
    # the claim stands for a moment only: one that was missed must not be waited for
    while not task.done() and (await office.token()).status != "refreshing":
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await office.keeper.__aexit__()
    token = await office.token()
    assert token.status == "ok"
    assert token.access_token == office.fake.world.access_token != first


async def test_a_sender_cancelled_between_claim_and_refresh_leaves_no_claim(office: Office) -> None:
    first = await office.keeper.access()
    work, committed = office.database.work, asyncio.Event()

    @asynccontextmanager
    async def slow(now: datetime) -> AsyncIterator[Work]:
        async with work(now) as opened:
            yield opened
        committed.set()
        await asyncio.sleep(0.05)  # a busy machine gives the connection back late

    with patch.object(office.database, "work", slow):
        task = asyncio.create_task(office.keeper.after_refusal(first))
        await committed.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await office.keeper.__aexit__()
    token = await office.token()
    assert token.status == "ok"
    assert "claim" not in token.notes
    assert token.access_token == office.fake.world.access_token != first


@pytest.mark.parametrize("code", [-118, -14014, -220, -14002])
async def test_a_refused_refresh_token_is_lost(office: Office, code: int) -> None:
    office.fake.fail(GRANT, f"error:{code}")
    with pytest.raises(TokenLost, match="dondoc zalo authorize"):
        await office.keeper.access()
    assert (await office.token()).status == "lost"
    outcome = await office.channel.send((await office.person()).id, HELLO, resend=False, part=0)
    assert isinstance(outcome, Permanent)
    assert outcome.kind == "unauthorized"


@pytest.mark.parametrize("kind", ["error:-32", "http:429", "http:403"])
async def test_a_busy_token_service_is_asked_again(office: Office, kind: str) -> None:
    office.fake.fail(GRANT, kind)
    outcome = await office.channel.send((await office.person()).id, HELLO, resend=False, part=0)
    assert isinstance(outcome, RetryAt)
    assert (await office.token()).status == "new"
    assert await office.keeper.access() == office.fake.world.access_token


async def test_a_service_out_of_reach_leaves_everything_as_it_was(office: Office) -> None:
    await office.fake.stop()
    with pytest.raises(TokenLater):
        await office.keeper.access()
    assert (await office.token()).status == "new"
    await office.fake.start()
    assert await office.keeper.access() == office.fake.world.access_token


async def test_a_new_first_token_repairs_a_lost_one(office: Office) -> None:
    office.fake.fail(GRANT, "error:-118")
    with pytest.raises(TokenLost):
        await office.keeper.access()
    office.fake.world.rotate()
    assert await office.another().access() == office.fake.world.access_token
    assert (await office.token()).status == "ok"


async def test_without_any_token_it_says_what_to_do(office: Office) -> None:
    office.keeper._seed = None
    with pytest.raises(TokenLost, match="dondoc zalo authorize"):
        await office.keeper.access()

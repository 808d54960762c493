"""A message goes by the channel its person prefers, and on by the others where that one refuses for good."""

from __future__ import annotations

from bot.channel import Permanent
from bot.wake import Wakes
from storage.database import Database
from tests.bot.scripted import (
    NOW,
    ScriptedChannel,
    account_statuses,
    make_person,
    make_sender,
    rows,
    running,
    say,
    settle_down,
)


async def test_after_the_preferred_account_the_one_linked_last_is_used(database: Database) -> None:
    person, _ = await make_person(database, ("telegram", "t"), ("zalo_oa", "o"), ("zalo_bot", "z"))
    async with database.work(NOW) as work:
        await work.accounts.prefer(person, "zalo_bot")
        ways = await work.accounts.reach(person)
    assert [way.channel for way in ways] == ["zalo_bot", "telegram", "zalo_oa"]
    refusing = ScriptedChannel("zalo_bot", fates=[Permanent("blocked", "no")])
    others = [ScriptedChannel("telegram"), ScriptedChannel("zalo_oa")]
    await say(database, "z", "x", channel="zalo_bot", person_id=person, account_id=ways[0].account_id)
    wakes = Wakes(database)
    async with running(*(make_sender(database, each, wakes=wakes) for each in (refusing, *others))):
        await settle_down(database)
    assert [[call.chat for call in each.calls] for each in (refusing, *others)] == [["z"], ["t"], []]
    assert (await account_statuses(database))["z"] == "blocked"
    (row,) = await rows(database)
    assert (row.status, row.channel) == ("sent", "telegram")

"""Morning messages that went astray, by a messenger out of reach, a kill or a clock that was wrong, are heard once all the same."""

from __future__ import annotations

from storage.database import Database
from tests.handlers.test_reminders import HALF_PAST_SEVEN, at, leave, linked, rows, ticked
from tests.office import MORNING, open_office


async def test_what_waited_unwritten_for_a_messenger_out_of_reach_leaves_by_the_next_at_once(
    database: Database,
) -> None:
    await open_office(database)
    people = await linked(database, "tp-qltm")
    async with database.work(MORNING) as work:
        await work.accounts.add_linked("zalo_bot", "z", "z", people["tp-qltm"])
        await work.accounts.prefer(people["tp-qltm"], "plain")
    await ticked(database, HALF_PAST_SEVEN)
    async with database.work(at(4, 28, 8)) as work:
        assert (await work.chain.hand_on("plain", "out of reach")).moved == 1
    assert len(await leave(database, at(4, 28, 8), "zalo_bot")) == 1
    assert [(row.channel, row.status) for row in await rows(database)] == [("zalo_bot", "sending")]

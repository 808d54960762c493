"""A group the bot is in no longer: its link ends, and the office chief hears that what was posted may not be there."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Message
from core.people import Role
from core.quiet import until_open
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from storage.outbox import Claimed, Composed, Later, Outgoing, Urgency
from storage.work import Work

GROUP_LOST = "group_lost"
_CHIEF = frozenset({Role.OFFICE_CHIEF})
_LOOK_AGAIN = timedelta(hours=1)


async def lose_group(work: Work, channel: str, chat: str) -> None:
    """End the link of a group that can no longer be written to, and tell the office chiefs; nothing for other chats."""
    agency_id = await work.groups.end(channel, chat)
    if agency_id is None:
        return
    for office in await work.people.offices(agency_id, roles=_CHIEF):
        ways = await work.accounts.reach(office.person_id)
        row = Outgoing(
            ways[0].channel if ways else "",
            None,
            Urgency.NOTICE,
            intent={"kind": GROUP_LOST, "channel": channel},
            person_id=office.person_id,
        )
        await work.outbox.say([row])


class GroupLost:
    """Writes this word when it leaves, in the hours of the office."""

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._catalogue = catalogue
        self._calendar = calendar

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return what happened and how to link the group again."""
        if row.intent is None or row.person_id is None:
            return "void"
        wait = until_open(work.now, self._calendar)
        if wait:
            return Later(min(wait, _LOOK_AGAIN))
        ways = await work.chain.ways(row)
        if not ways:
            return "unreachable"
        language = ways[0].language
        channel = self._catalogue.text(language, f"channel-{row.intent['channel']}")
        text = self._catalogue.text(language, "group-lost", channel=channel)
        return Composed(Message.of(text), ways[0].chat, ways[0].account_id, ways[0].channel)

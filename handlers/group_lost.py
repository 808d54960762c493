"""A group the bot is in no longer: its link ends, and the office chief hears that what was posted may not be there."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Message
from core.people import Role
from handlers.leaving import Leaving, row_to, sent, waits, way_of
from storage.outbox import Claimed, Composed, Later
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
        await work.outbox.say([await row_to(work, office.person_id, {"kind": GROUP_LOST, "channel": channel})])


class GroupLost(Leaving):
    """Writes this word when it leaves, in the hours of the office."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return what happened and how to link the group again."""
        if row.intent is None or row.person_id is None:
            return "void"
        if (later := waits(work, self._calendar, _LOOK_AGAIN)) is not None:
            return later
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        t = self.telling(work, way).t
        return sent(Message.of(t("group-lost", channel=t(f"channel-{row.intent['channel']}"))), way)

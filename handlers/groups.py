"""Groups: the office chief links one to the agency, and takes the link away; in any other nothing is done."""

from __future__ import annotations

from core.errors import GroupTaken, NotInGroup
from core.messages import Incoming
from core.people import Actor, Role
from handlers.context import Context
from handlers.routing import Answer, command
from storage.work import Work

CHIEF = frozenset({Role.OFFICE_CHIEF})

IN_ANY_GROUP = frozenset({"link"})
"""What may be said in a group that is not linked."""


async def is_open(work: Work, actor: Actor, incoming: Incoming) -> bool:
    """Tell whether the bot listens to this person here: in private, and in the groups of their own agency."""
    if incoming.private:
        return True
    group = await work.groups.of_chat(incoming.channel, incoming.chat)
    return group is not None and group.agency_id == actor.agency_id


@command("link", who=CHIEF)
async def link(context: Context) -> Answer:
    """Link the group this is typed in to the agency: commands work in it, answers come in private."""
    incoming, actor = context.incoming, context.actor
    if incoming.private:
        raise NotInGroup
    group = await context.work.groups.of_chat(incoming.channel, incoming.chat)
    if group is not None and group.agency_id == actor.agency_id:
        context.public = context.say("group-linked-already")
        return context.say("group-linked-already")
    if group is not None:
        raise GroupTaken
    entry = await context.record("link", incoming.channel, undoable=True, detail={"chat": incoming.chat})
    if not await context.work.groups.link(actor.agency_id, incoming.channel, incoming.chat, actor.person_id, entry):
        raise GroupTaken
    context.public = context.say("group-linked-public")
    return context.say("group-linked", context.button("button-undo", "/undo"), menu=True)


@command("unlink", who=CHIEF, menu=False)
async def unlink(context: Context) -> Answer:
    """Take the link of this group away: nothing is answered or posted in it any more."""
    incoming = context.incoming
    if incoming.private:
        raise NotInGroup
    await context.record("unlink", incoming.channel, detail={"chat": incoming.chat})
    await context.work.groups.end(incoming.channel, incoming.chat)
    context.public = context.say("group-unlinked")
    return context.say("group-unlinked")

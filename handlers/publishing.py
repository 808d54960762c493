"""Posting in the agency's groups: the exact text is shown first, figures unless changed, and leaves when approved."""

from __future__ import annotations

from datetime import date, timedelta

from core.errors import AlreadyPosted, NoGroup, NotAllowed
from core.messages import Message
from core.people import Role
from core.text import fold
from handlers.context import Context
from handlers.groups import CHIEF
from handlers.narrowing import named_notice
from handlers.notice_drafts import is_prose
from handlers.posts import figures, fit_for_all, invitation, meeting_ahead, row_of
from handlers.routing import Answer, answers, command
from storage.groups import Group

_REVIEW = ("review", "giao ban")
_SENTENCE = 5
"""Words from which on what is typed is the text asked for, whatever command it could be."""
_YES = frozenset({"dang", "dang di", "dang len nhom"})


@command("publish", who=CHIEF | {Role.LEADER})
async def publish(context: Context) -> Answer:
    """Show what would be posted in the groups, figures only or the word before a meeting; post it once approved."""
    step = fold(context.said.rest)
    if step == "send":
        return await _send(context)
    if step == "edit":
        return await _edit(context)
    if step.startswith(_REVIEW):
        return await _before_meeting(context)
    groups = await _groups(context)
    agency = context.actor.agency_id
    notice = await named_notice(context)
    lines = await context.work.reports.leads(agency, notice.id if notice is not None else None)
    text = figures(context.catalogue, lines, context.now, closed=notice is not None)
    return await _shown(context, groups, text) if text else context.say("publish-nothing")


@answers("publish", within=timedelta.max)
async def answered(context: Context) -> Answer:
    """Take "đăng", "sửa", or the text typed instead of the one that was shown."""
    asked, said = context.question, context.said
    if asked is None or context.incoming.text.startswith("/"):
        return None
    if not said.refs and (said.intent == "agree" or fold(said.said) in _YES):
        return await _send(context)
    if not said.refs and said.intent == "edit" and not said.rest and "meeting" not in asked.data:
        return await _edit(context)
    long = len(context.incoming.text.split()) >= _SENTENCE
    if not asked.data.get("editing") or not context.incoming.private or not (long or is_prose(context)):
        return None
    return await _shown(context, await _groups(context), fit_for_all(context.incoming.text))


async def _edit(context: Context) -> Message:
    asked = context.question
    if asked is None or asked.kind != "publish" or "meeting" in asked.data:
        return context.say("publish-gone")
    await context.ask("publish", text=asked.data["text"], editing=True)
    return context.say("publish-edit", context.button("button-leave", "/cancel", opt_out=True))


async def _groups(context: Context) -> list[Group]:
    groups = await context.work.groups.of_agency(context.actor.agency_id)
    if not groups:
        raise NoGroup
    return groups


async def _before_meeting(context: Context) -> Message:
    """Show the word before the meeting; with the meeting's day, which the text shown had, post it."""
    if not context.actor.is_any(CHIEF):
        raise NotAllowed("publish")
    groups = await _groups(context)
    agency = await context.work.people.agency(context.actor.agency_id)
    ahead = meeting_ahead(agency, context.now, context.calendar)
    if ahead is None:
        return context.say("publish-no-meeting")
    text = invitation(context.catalogue, *ahead)
    if context.said.date == ahead[0]:
        return await _post(context, groups, text, ahead[0])
    return await _shown(context, groups, text, meeting=ahead[0].isoformat())


async def _shown(context: Context, groups: list[Group], text: str, **more: str) -> Message:
    await context.ask("publish", text=text, **more)
    buttons = [context.button("button-publish", "/publish send")]
    if "meeting" not in more:
        buttons.append(context.button("button-edit", "/publish edit"))
    leave = context.button("button-leave", "/cancel", opt_out=True)
    return context.say("publish-shown", *buttons, leave, count=len(groups), text=text)


async def _send(context: Context) -> Message:
    """Post what was shown, to the letter."""
    asked = context.asked("publish")
    if asked is None:
        return context.say("publish-gone")
    meeting = asked.data.get("meeting")
    groups = await _groups(context)
    await context.settle()
    return await _post(context, groups, asked.data["text"], date.fromisoformat(meeting) if meeting else None)


async def _post(context: Context, groups: list[Group], text: str, meeting: date | None) -> Message:
    subject = meeting.isoformat() if meeting is not None else context.actor.agency_code
    entry = await context.record("publish", subject, detail={"text": text, "groups": [group.id for group in groups]})
    rows = [row_of(group, text, entry, meeting) for group in groups]
    posted = [await context.work.outbox.say_once(row) for row in rows]
    if meeting is not None and not any(posted):
        raise AlreadyPosted(meeting)
    return context.say("publish-posted", count=sum(posted))

"""Files, pictures and voices: what can be taken is, and the rest gets a sentence that says what to type."""

from __future__ import annotations

from core.messages import Button
from core.people import OFFICE, UNIT
from handlers.context import Context
from handlers.handed_files import DOING, hand_over
from handlers.notice_reading import queue_reading
from handlers.phrasing import acts_on, label, reference
from handlers.resolve import MOST_CHOICES, actionable
from handlers.routing import Answer

_NOT_COMMANDS = frozenset({"unknown", "text", "notice", "task"})


async def answer(context: Context) -> Answer:
    """Return the answer to what is no plain text; `None` where the message's words say what to do."""
    incoming = context.incoming
    has_command = context.said.intent not in _NOT_COMMANDS and bool(incoming.text.strip())
    if incoming.kind == "voice" and not has_command:
        return await _voice(context)
    if incoming.kind in {"file", "photo"} and incoming.files and (not has_command or _hands_in(context)):
        return await _files(context)
    if incoming.kind == "photo" and not has_command:
        return context.say("media-photo")
    if incoming.kind == "other" and not has_command:
        return context.say("media-other")
    return None


async def _voice(context: Context) -> Answer:
    """Ask in words for what was spoken: about the directive of the message replied to, or which one it is."""
    parts = await actionable(context)
    named = await _replied_about(context)
    about = [part for part in parts if reference(part) == named]
    if about:
        return context.say("media-voice-about", *acts_on(context.t, about[0]), code=about[0].code)
    if not parts:
        return context.say("media-voice")
    buttons = [Button(label(part, context.today), f"/task {reference(part)}") for part in parts[:MOST_CHOICES]]
    return context.say("media-voice-which", *buttons, code=parts[0].code)


async def _replied_about(context: Context) -> str | None:
    incoming = context.incoming
    if not incoming.replied_to:
        return None
    return await context.work.shown.about(incoming.channel, incoming.chat, incoming.replied_to)


async def _files(context: Context) -> Answer:
    """Take what the office sends for a notice, unless a result was asked for; anything else is somebody's result."""
    if _is_notice(context):
        return await queue_reading(context, context.incoming.files[0])
    if context.actor.is_any(UNIT) and (answer := await hand_over(context)) is not None:
        return answer
    return context.say("media-photo" if context.incoming.kind == "photo" else "media-file-unit")


def _hands_in(context: Context) -> bool:
    """Tell whether the words hand in the files that came with them, and those were not looked at yet."""
    files = context.incoming.files
    return context.actor.is_any(UNIT) and context.said.intent in DOING and not all(file.kept for file in files)


def _is_notice(context: Context) -> bool:
    """Tell whether it is a notice: the office's, about no directive, and no result asked for.

    A photo is a page of one only in private, and when it answers nothing.
    """
    incoming, asked = context.incoming, context.question
    if not context.actor.is_any(OFFICE) or context.said.refs or context.said.intent in DOING:
        return False
    if incoming.kind == "file":
        return asked is None or asked.kind != "handing_in"
    return incoming.private and incoming.replied_to is None and asked is None

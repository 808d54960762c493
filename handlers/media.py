"""Files, pictures and voices: what can be taken is, and the rest gets a sentence that says what to type."""

from __future__ import annotations

from core.messages import Button, IncomingFile
from core.people import OFFICE
from handlers.context import Context
from handlers.notices import queue_reading
from handlers.phrasing import label, reference
from handlers.resolve import MOST_CHOICES, actionable
from handlers.routing import Answer

_NOT_COMMANDS = frozenset({"unknown", "text", "notice"})


async def answer(context: Context) -> Answer:
    """Return the answer to what is no plain text; `None` where the message's words say what to do."""
    incoming = context.incoming
    has_command = context.said.intent not in _NOT_COMMANDS and bool(incoming.text.strip())
    if incoming.kind == "voice":
        return await _voice(context)
    if incoming.kind == "file" and incoming.files and not has_command:
        return await _file(context, incoming.files[0])
    if incoming.kind == "photo" and not has_command:
        return await queue_reading(context, incoming.files[0]) if _is_page(context) else context.say("media-photo")
    if incoming.kind == "other" and not has_command:
        return context.say("media-other")
    return None


async def _voice(context: Context) -> Answer:
    parts = await actionable(context)
    if not parts:
        return context.say("media-voice")
    buttons = [Button(label(part, context.today), f"/task {reference(part)}") for part in parts[:MOST_CHOICES]]
    return context.say("media-voice-which", *buttons, code=parts[0].code)


async def _file(context: Context, file: IncomingFile) -> Answer:
    if context.actor.is_any(OFFICE):
        return await queue_reading(context, file)
    return context.say("media-file-unit")


def _is_page(context: Context) -> bool:
    """Tell whether a photo is one of a notice: the office's, in private, and no answer to anything."""
    incoming = context.incoming
    return (
        context.actor.is_any(OFFICE)
        and incoming.private
        and bool(incoming.files)
        and incoming.replied_to is None
        and context.question is None
        and not context.said.refs
    )

"""Files, pictures and voices: what can be taken is, and the rest gets a sentence that says what to type."""

from __future__ import annotations

from core.messages import IncomingFile
from core.people import OFFICE
from handlers.context import Context
from handlers.notices import queue_reading
from handlers.routing import Answer

_READABLE = (".docx", ".txt", ".doc", ".pdf")
_NOT_COMMANDS = frozenset({"unknown", "text", "notice"})


async def answer(context: Context) -> Answer:
    """Return the answer to what is no plain text; `None` where the message's words say what to do."""
    incoming = context.incoming
    has_command = context.said.intent not in _NOT_COMMANDS and bool(incoming.text.strip())
    if incoming.kind == "voice":
        return context.say("media-voice")
    if incoming.kind == "file" and incoming.files and not has_command:
        return await _file(context, incoming.files[0])
    if incoming.kind == "photo" and not has_command:
        return context.say("media-photo")
    if incoming.kind == "other" and not has_command:
        return context.say("media-other")
    return None


async def _file(context: Context, file: IncomingFile) -> Answer:
    if context.actor.is_any(OFFICE) and (file.name.lower().endswith(_READABLE) or "." not in file.name):
        return await queue_reading(context, file)
    return context.say("media-file-unit")

"""What one person's message comes to: files taken, an open question answered, a number chosen, a command run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.errors import NotAllowed, WhichNotice, WhichTask
from core.speech import TaskRef, pleasantry, understand
from handlers import media, pasting
from handlers.choosing import chosen, understood_otherwise
from handlers.context import Context
from handlers.replies import in_turn, rows_of, rows_of_several
from handlers.routing import COMMANDS, QUESTIONS, Answer
from storage.outbox import Outgoing

_LONGEST_KEPT = 1000
"""Characters of a message that a question which directive it means keeps."""


async def converse(acts: Sequence[Context]) -> list[Outgoing]:
    """Return the rows that answer a message: what somebody forwarded, what answers a question, or each of its acts."""
    first = acts[0]
    first.words = first.incoming.text if len(acts) == 1 and len(first.incoming.text) <= _LONGEST_KEPT else ""
    if first.incoming.forwarded and first.incoming.kind == "text":
        taken = await pasting.pasted(first)
        return await rows_of(first, first.say("forwarded-left") if taken is None else taken)
    answer = await _before(first)
    if answer is None and len(acts) > 1:
        return await rows_of_several(await in_turn(acts, _act))
    return await rows_of(first, await _act(first) if answer is None else answer)


async def _before(context: Context) -> Answer:
    """Answer what is no text, and what answers the question that is open."""
    if (answer := await media.answer(context)) is not None:
        return answer
    return await _to_question(context) if context.incoming.kind != "button" else None


async def _to_question(context: Context) -> Answer:
    """Offer the message to what the person was asked, in private or where it was asked."""
    question = context.question
    if question is None:
        return None
    reader = QUESTIONS[question.kind]
    if context.now - question.asked_at > reader.within or not (
        context.incoming.private or question.chat == context.incoming.chat
    ):
        return None
    return await reader.run(context)


async def _act(context: Context) -> Answer:
    """Run one act: a number, a command, words beside a message replied to."""
    incoming = context.incoming
    context.said = await chosen(context)
    if incoming.replied_to and not context.said.refs:
        about = await context.work.shown.about(incoming.channel, incoming.chat, incoming.replied_to)
        if about is not None:
            context.said = replace(context.said, refs=_refs(about, context))
    if context.said.intent not in COMMANDS:
        if (answer := await pasting.pasted(context)) is not None:
            return answer
        if (kind := pleasantry(incoming.text)) is not None:
            context.public = context.say("pleasantry", kind=kind)
            return context.public
        context.said = await understood_otherwise(context)
    entry = COMMANDS[context.said.intent]
    if not context.actor.is_any(entry.who):
        # words of a notice may read like a command of others
        if (answer := await pasting.pasted(context)) is not None:
            return answer
        raise NotAllowed(entry.name)
    try:
        return await entry.run(context)
    except (WhichNotice, WhichTask) as which:
        which.said = context.words
        raise


def _refs(about: str, context: Context) -> tuple[TaskRef, ...]:
    return understand(about, today=context.today).refs

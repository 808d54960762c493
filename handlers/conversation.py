"""What one person's message comes to: files taken, an open question answered, a number chosen, a command run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.errors import NotAllowed, NothingChosen, UnknownCommand
from core.messages import Message
from core.people import OFFICE
from core.speech import TaskRef, Utterance, named_label, task_refs, understand
from handlers import media, pasting
from handlers.context import Context
from handlers.replies import in_turn, rows_of, rows_of_several
from handlers.routing import COMMANDS, QUESTIONS, Answer
from storage.outbox import Outgoing


async def converse(acts: Sequence[Context]) -> list[Outgoing]:
    """Return the rows that answer a message: what somebody forwarded, what answers a question, or each of its acts."""
    first = acts[0]
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
    if context.said.intent == "choice":
        context.said = await _chosen(context)
    if incoming.replied_to and not context.said.refs:
        about = await context.work.shown.about(incoming.channel, incoming.chat, incoming.replied_to)
        if about is not None:
            context.said = replace(context.said, refs=_refs(about, context))
    if context.said.intent not in COMMANDS:
        if (answer := await pasting.pasted(context)) is not None:
            return answer
        context.said = await _understood_otherwise(context)
    entry = COMMANDS[context.said.intent]
    if not context.actor.is_any(entry.who):
        # words of a notice may read like a command of others
        if (answer := await pasting.pasted(context)) is not None:
            return answer
        raise NotAllowed(entry.name)
    return await entry.run(context)


async def _understood_otherwise(context: Context) -> Utterance:
    """Read what is no command as the label of a delivered choice, or as news of the directive it names."""
    said, message = context.said, await _choices(context)
    buttons = message.buttons if message is not None else ()
    found = named_label(said.said, [button.label for button in buttons])
    if found is not None:
        return understand(buttons[found].command, today=context.today, bot_name=context.bot_name)
    if said.intent == "text" and said.refs:
        # what somebody says of another's directive is no news of it
        own = await context.work.parts.own_by_code(context.actor, said.refs[0].code)
        paper = said.document is not None and said.document.dated is not None
        news = "record" if paper and context.actor.is_any(OFFICE) else "task"
        return replace(said, intent="progress" if own else news)
    about = said.refs or task_refs(said.rest)
    raise UnknownCommand(said.said, _allowed(context), " ".join(map(str, about[:3])))


async def _chosen(context: Context) -> Utterance:
    """Return the command behind a bare number, bound to the last choices that were delivered."""
    number, message = context.said.choice, await _choices(context)
    for shown, button in message.numbered() if message is not None else ():
        if shown == number:
            text = f"{button.command} {context.said.rest}".strip()
            return understand(text, today=context.today, bot_name=context.bot_name)
    raise NothingChosen(number or 0)


async def _choices(context: Context) -> Message | None:
    """Return the last choices delivered in this chat or, where it had none lately, on another account of the person."""
    incoming, shown = context.incoming, context.work.shown
    here = await shown.choices(incoming.channel, incoming.chat)
    if here is not None or not incoming.private:
        return here
    return await shown.choices_of(context.actor.person_id)


def _allowed(context: Context) -> tuple[str, ...]:
    known = (name for name in context.said.nearest if name in COMMANDS)
    return tuple(name for name in known if context.actor.is_any(COMMANDS[name].who))


def _refs(about: str, context: Context) -> tuple[TaskRef, ...]:
    return understand(about, today=context.today).refs

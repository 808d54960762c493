"""What a person answers to the choices they were shown: a number, a label, or the code of the one that is meant."""

from __future__ import annotations

from dataclasses import replace

from core.errors import NothingChosen, UnknownCommand
from core.messages import Message
from core.people import OFFICE
from core.speech import Utterance, named_label, task_refs, understand
from core.text import fold
from handlers.context import Context
from handlers.routing import COMMANDS


async def chosen(context: Context) -> Utterance:
    """Return what the message means: what stands behind a number, a button or the code asked for, else what it says.

    What was said before a choice was asked for is not lost. Raises `NothingChosen` for a number nothing stands behind.
    """
    said, incoming = context.said, context.incoming
    if said.intent == "choice":
        return await _numbered(context)
    if incoming.kind == "button":
        asked = await context.work.shown.reply(context.actor.person_id)
        offered = asked is not None and any(button.command == incoming.text for button in asked.buttons)
        return _completed(context, asked, incoming.text) if asked is not None and offered and asked.said else said
    if incoming.private and not incoming.replied_to:
        return await _named(context) or said
    return said


async def understood_otherwise(context: Context) -> Utterance:
    """Read what is no command as the label of a delivered choice, or as news of the directive it names."""
    said, message = context.said, await _choices(context)
    buttons = message.buttons if message is not None else ()
    found = named_label(said.said, [button.label for button in buttons])
    if message is not None and found is not None:
        return _completed(context, message, buttons[found].command)
    if said.intent == "text" and said.refs:
        # what somebody says of another's directive is no news of it
        own = await context.work.parts.own_by_code(context.actor, said.refs[0].code)
        paper = said.document is not None and said.document.dated is not None
        news = "record" if paper and context.actor.is_any(OFFICE) else "task"
        return replace(said, intent="progress" if own else news)
    about = said.refs or task_refs(said.rest)
    raise UnknownCommand(said.said, _allowed(context), " ".join(map(str, about[:3])))


async def _numbered(context: Context) -> Utterance:
    """Return the command behind a bare number, bound to the last choices that were delivered."""
    number, message = context.said.choice, await _choices(context)
    for shown, button in message.numbered() if message is not None else ():
        if message is not None and shown == number:
            return _completed(context, message, f"{button.command} {context.said.rest}".strip())
    raise NothingChosen(number or 0)


async def _named(context: Context) -> Utterance | None:
    """Return the command about the directives whose bare codes, or whose notice's number, answer which was meant.

    Only what the very last answer asked is meant, and only where it offered one thing to do with several directives.
    """
    said = context.said
    notice = said.document.number if said.intent == "document" and said.document is not None else None
    bare = said.intent == "task" and not (said.exact or said.said or said.rest)
    if not bare and (notice is None or not notice.isdigit()):
        return None
    asked = await context.work.shown.reply(context.actor.person_id)
    if asked is None:
        return None
    offered = [button.command for button in asked.buttons if not button.opt_out]
    meant = [_read(context, command) for command in offered]
    if len(offered) < 2 or len({one.intent for one in meant}) > 1 or any(len(one.refs) != 1 for one in meant):
        return None
    refs = [one.refs[0] for one in meant]
    if notice is not None:
        wanted = [index for index, ref in enumerate(refs) if ref.notice == notice]
    else:
        wanted = [index for code in said.refs for index, ref in enumerate(refs) if ref.code == code.code]
    if len(wanted) != (1 if notice is not None else len(said.refs)) or any(meant[index].rest for index in wanted[1:]):
        return None
    found = _completed(context, asked, offered[wanted[0]])
    return replace(found, refs=tuple(refs[index] for index in wanted))


def _completed(context: Context, asked: Message, command: str) -> Utterance:
    """Return the command of a choice together with what had been said when it was asked for."""
    choice = _read(context, command)
    unit = choice.mentions_unit
    says_more = choice.document or choice.date or (choice.rest and fold(choice.rest) != fold(unit or ""))
    if not asked.said or says_more:
        return choice
    context.words = asked.said
    first = _read(context, asked.said)
    rest = f"{choice.rest} {first.rest}".strip()
    return replace(
        first, intent=choice.intent, refs=choice.refs, mentions_unit=unit or (first.mentions_unit if first.refs else None),
        rest=rest, exact=choice.exact, inferred=False, choice=None,
    )  # fmt: skip


async def _choices(context: Context) -> Message | None:
    """Return the last choices delivered in this chat or, where it had none lately, on another account of the person."""
    incoming, shown = context.incoming, context.work.shown
    here = await shown.choices(incoming.channel, incoming.chat)
    if here is not None or not incoming.private:
        return here
    return await shown.choices_of(context.actor.person_id)


def _read(context: Context, command: str) -> Utterance:
    return understand(command, today=context.today, bot_name=context.bot_name)


def _allowed(context: Context) -> tuple[str, ...]:
    known = (name for name in context.said.nearest if name in COMMANDS)
    return tuple(name for name in known if context.actor.is_any(COMMANDS[name].who))

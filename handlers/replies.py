"""Where an answer goes: to the private chat, a group hearing no more than that; several acts in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.errors import UserError
from core.messages import Button, Incoming, Message
from core.text import fold
from handlers.context import Context
from handlers.mistakes import answer_to
from handlers.routing import Answer, Handler
from storage.outbox import Outgoing, Urgency

Acted = tuple[Context, list[Message]]
"""An act, and what is said to its sender."""


def messages_of(answer: Answer) -> list[Message]:
    """Return what a handler returned as a list."""
    return [] if answer is None else answer if isinstance(answer, list) else [answer]


async def rows_of(context: Context, answer: Answer) -> list[Outgoing]:
    """Return the rows that carry an answer and what is told to others."""
    messages = messages_of(answer)
    incoming = context.incoming
    if incoming.private or not messages:
        return _keyed(context, [reply_to(incoming, one, incoming.chat, context) for one in messages]) + context.rows
    said = _keyed(context, [reply_to(incoming, message, context.private_chat, context) for message in messages])
    # what stands in a group is nobody's own: it goes on to no other account of the speaker's
    public = replace(
        reply_to(incoming, await _in_public(context), incoming.chat, context), account_id=None, person_id=None
    )
    return [*said, public, *context.rows]


def _keyed(context: Context, rows: list[Outgoing]) -> list[Outgoing]:
    return [replace(rows[0], key=context.key), *rows[1:]] if context.key is not None and rows else rows


async def in_turn(acts: Sequence[Context], run: Handler) -> list[Acted]:
    """Run each act of a message; one that is a mistake is answered as such and takes no right one with it."""
    done: list[Acted] = []
    for context in acts:
        beside = context.beside
        asked = list(beside.asked)
        try:
            async with context.work.savepoint():
                messages = messages_of(await run(context))
        except UserError as mistake:
            beside.asked[:] = asked
            context.forget()
            messages = [answer_to(mistake, context.catalogue, context.actor.language)]
        beside.first_entry = beside.first_entry or context.entry_id
        done.append((context, messages))
    return done


async def rows_of_several(acts: Sequence[Acted]) -> list[Outgoing]:
    """Return one message for all that was recorded or is wrong, and one for each question; a group reads one line."""
    recorded = [context for context, _ in acts if context.entry_id is not None]
    speaker = recorded[0] if recorded else acts[0][0]
    speaker.said = replace(speaker.said, refs=tuple(ref for context in recorded for ref in context.said.refs))
    speaker.about = speaker.about if len(recorded) == 1 else None
    speaker.rows = [row for context, _ in acts for row in context.rows]
    said = list(dict.fromkeys(message for _, messages in acts for message in messages))
    questions = [message for message in said if message.buttons and not message.menu]
    statements = [message for message in said if message not in questions]
    together = [_together(statements)] if statements else []
    if len(recorded) > 1 and together:
        together = [_taken_back_whole(speaker, together[0])]
    return await rows_of(speaker, [*together, *questions])


def _taken_back_whole(context: Context, message: Message) -> Message:
    """Return a message about several acts that ends with the one thing an undo does: it takes back all of them."""
    hints = {context.t("undo-hint"), whole := context.t("undo-hint-all")}
    return replace(message, lines=(*(line for line in message.lines if line not in hints), whole))


def _together(messages: Sequence[Message]) -> Message:
    """Return one message with every line once, where it stands last, and the first message's buttons."""
    lines = [line for one in messages for line in ([one.title] if one.title else []) + list(one.lines)]
    once = [line for place, line in enumerate(lines) if line not in lines[place + 1 :]]
    buttons: tuple[Button, ...] = next((one.buttons for one in messages if one.buttons), ())
    return Message(tuple(once), None, buttons, menu=True)


async def _in_public(context: Context) -> Message:
    """Return the only thing a group reads: that something was recorded, or that the answer went to the person."""
    if context.public is not None:
        return context.public
    if context.entry_id is not None and context.said.refs:
        codes = ", ".join(ref.code for ref in context.said.refs)
        if not context.actor.unit_ids:
            return context.say("group-recorded-above", code=codes)
        return context.say("group-recorded", code=codes, unit=await _own_unit(context))
    return context.say("group-private", title=context.actor.title.removesuffix(" Sở"))


async def _own_unit(context: Context) -> str:
    """Return the sender's unit as it is said aloud: phòng QLTM, but VP where the unit is no "phòng"."""
    code = context.actor.unit_code
    units = await context.work.people.units(context.actor.agency_id)
    is_room = any(unit.id == context.actor.unit_ids[0] and fold(unit.name).startswith("phong ") for unit in units)
    return context.t("group-unit", unit=code, room="yes" if is_room else "no")


def reply_to(incoming: Incoming, message: Message, chat: str, context: Context | None = None) -> Outgoing:
    """Return the row of an answer; `context` says who is answered and which act it is about."""
    return Outgoing(
        incoming.channel,
        chat,
        Urgency.REPLY,
        message,
        account_id=context.actor.account_id if context else None,
        person_id=context.actor.person_id if context else None,
        about=context.about if context else None,
        entry_id=context.entry_id if context else None,
    )

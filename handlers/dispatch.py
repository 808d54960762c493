"""One event, one transaction, one answer: the boundary every message and every error passes through."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from core.deadlines import today
from core.errors import NotAllowed, NothingChosen, UnknownCommand, UserError
from core.messages import Incoming, Message, Receipt
from core.speech import TaskRef, Utterance, named_label, understand, understand_all
from core.workdays import WorkCalendar
from handlers import commands, media, notices, strangers
from handlers.catalogue import Catalogue
from handlers.context import Context
from handlers.mistakes import answer_to
from handlers.routing import COMMANDS, QUESTIONS, Answer
from storage.accounts import Account
from storage.database import Database
from storage.faults import is_conflict, is_down
from storage.outbox import Outgoing, Urgency
from storage.work import Work

log = structlog.get_logger()

REGISTERED = commands.__all__
"""The modules whose import filled the registry of commands."""

_TRIES = 4


class Unavailable(Exception):
    """The database cannot be reached; the wire must bring the event again."""


class BusinessClock(Protocol):
    """Tells business time."""

    def now(self) -> datetime:
        """Return business time now."""
        ...


@dataclass(slots=True)
class _Speaker:
    """Whom to answer, and where, if the transaction fails: known as soon as the account is."""

    chat: str
    language: str = "vi"
    account_id: int | None = None
    person_id: int | None = None


class Dispatcher:
    """Turns one incoming event into committed effects, an audit line and queued answers, exactly once.

    `wake` is called after the commit with every channel that has something to send.
    """

    def __init__(
        self,
        database: Database,
        clock: BusinessClock,
        catalogue: Catalogue,
        *,
        calendar: WorkCalendar | None = None,
        wake: Callable[[str], None] = lambda _channel: None,
        bot_name: str | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.catalogue = catalogue
        self.calendar = calendar or WorkCalendar()
        self.wake = wake
        self.bot_name = bot_name

    async def receive(self, incoming: Incoming) -> Receipt:
        """Return once the event's effects are committed; raises `Unavailable` while the database is down."""
        for left in range(_TRIES, 0, -1):
            try:
                return await self._receive(incoming)
            except Exception as error:
                if left > 1 and is_conflict(error):
                    continue
                if is_conflict(error) or is_down(error):
                    raise Unavailable from error
                raise
        raise Unavailable

    async def reject(self, channel: str, raw: str, error: str) -> None:
        """Keep an update nobody could parse, for a person to look at."""
        log.error("update rejected", action="update_rejected", channel=channel, error=error)
        try:
            async with self.database.work(self.clock.now()) as work:
                await work.inbox.reject(channel, raw, error)
        except Exception as problem:
            if is_down(problem):
                raise Unavailable from problem
            raise

    async def _receive(self, incoming: Incoming) -> Receipt:
        speaker = _Speaker(incoming.chat)
        try:
            async with self.database.work(self.clock.now()) as work:
                if not await work.inbox.admit(incoming.channel, incoming.event_id, incoming.sender):
                    return Receipt(duplicate=True)
                rows = await self._answer(work, incoming, speaker)
                await work.outbox.say(rows)
        except UserError as mistake:
            message = answer_to(mistake, self.catalogue, speaker.language)
            return await self._apologise(incoming, speaker, message)
        except Exception as error:
            if is_conflict(error) or is_down(error):
                raise
            return await self._incident(incoming, speaker, error)
        if incoming.files:
            self.wake("jobs")
        return self._done(rows)

    def _done(self, rows: list[Outgoing]) -> Receipt:
        channels = frozenset(row.channel for row in rows)
        for channel in channels:
            self.wake(channel)
        own = next((row.content for row in rows if row.urgency is Urgency.REPLY and row.content), None)
        first = (own.title or (own.lines[0] if own.lines else "")) if own else None
        return Receipt(answer=first, channels=channels)

    async def _apologise(
        self, incoming: Incoming, speaker: _Speaker, message: Message, incident: tuple[str, str] | None = None
    ) -> Receipt:
        """Answer in a transaction of its own, after the failed one left nothing behind."""
        async with self.database.work(self.clock.now()) as work:
            if not await work.inbox.first_time(incoming.channel, incoming.event_id):
                return Receipt(duplicate=True)
            if incident is not None:
                await work.inbox.incident(incident[0], incoming.channel, incoming.event_id, incident[1])
            reply = _reply(incoming, message, speaker.chat)
            rows = [replace(reply, account_id=speaker.account_id, person_id=speaker.person_id)]
            await work.outbox.say(rows)
        return self._done(rows)

    async def _incident(self, incoming: Incoming, speaker: _Speaker, error: Exception) -> Receipt:
        number = secrets.token_hex(3).upper()
        log.error("incident", action="incident", number=number, channel=incoming.channel, exc_info=error)
        text = self.catalogue.text(speaker.language, "incident", number=number)
        return await self._apologise(incoming, speaker, Message.of(text), (number, repr(error)[:2000]))

    async def _answer(self, work: Work, incoming: Incoming, speaker: _Speaker) -> list[Outgoing]:
        if incoming.kind == "moved":
            await work.accounts.move_chat(incoming.channel, incoming.chat, incoming.moved_to or incoming.chat)
            return []
        account = await work.accounts.meet(incoming.channel, incoming.sender, incoming.chat, incoming.language)
        speaker.language = account.language
        if not incoming.private:
            speaker.chat = account.chat  # in a group a mistake is nobody else's business
        if incoming.kind in {"blocked", "unblocked"}:
            await work.accounts.set_status(account.id, "blocked" if incoming.kind == "blocked" else "active")
            return []
        if incoming.album is not None and not incoming.text and not await _opens_album(work, incoming):
            return []
        if account.status in {"blocked", "unreachable"}:
            await work.accounts.set_status(account.id, "active")
        if account.actor is not None:
            # a stranger's account may be undone with the transaction; a linked one is there for good
            speaker.account_id, speaker.person_id = account.id, account.actor.person_id
            return await self._speak(work, account, incoming)
        if not incoming.private:
            return []
        message = await strangers.answer(work, account, incoming, self.catalogue)
        return [_reply(incoming, message, incoming.chat)]

    async def _speak(self, work: Work, account: Account, incoming: Incoming) -> list[Outgoing]:
        rows: list[Outgoing] = []
        if account.actor is None:
            return rows
        for said in understand_all(incoming.text, today=today(work.now), bot_name=self.bot_name):
            context = Context(
                work,
                account.actor,
                incoming,
                said,
                self.catalogue,
                self.calendar,
                account.question,
                bot_name=self.bot_name,
            )
            rows += _rows(context, await self._run(context), account.chat)
        return rows

    async def _run(self, context: Context) -> Answer:
        """Route one message: what is no text, the answer to an open question, a number, a command."""
        incoming = context.incoming
        if (answer := await media.answer(context)) is not None:
            return answer
        if incoming.kind != "button" and (answer := await _to_question(context)) is not None:
            return answer
        if context.said.intent == "choice":
            context.said = await self._chosen(context)
        if incoming.replied_to and not context.said.refs:
            about = await context.work.outbox.about(incoming.channel, incoming.chat, incoming.replied_to)
            if about is not None:
                context.said = replace(context.said, refs=_refs(about, context))
        if context.said.intent not in COMMANDS:
            if (answer := await notices.pasted(context)) is not None:
                return answer
            context.said = await self._understood_otherwise(context)
        entry = COMMANDS[context.said.intent]
        if not context.actor.is_any(entry.who):
            raise NotAllowed(entry.name)
        return await entry.run(context)

    async def _understood_otherwise(self, context: Context) -> Utterance:
        """Read what is no command as the label of a delivered choice, or as news of the directive it names."""
        incoming, said = context.incoming, context.said
        message = await context.work.outbox.last_choices(incoming.channel, incoming.chat)
        buttons = message.buttons if message is not None else ()
        found = named_label(said.said, [button.label for button in buttons])
        if found is not None:
            return understand(buttons[found].command, today=context.today, bot_name=self.bot_name)
        if said.intent == "text" and said.refs:
            # what somebody says of another's directive is no news of it
            own = await context.work.parts.own_by_code(context.actor, said.refs[0].code)
            return replace(said, intent="progress" if own else "task")
        raise UnknownCommand(said.said, _allowed(context))

    async def _chosen(self, context: Context) -> Utterance:
        """Return the command behind a bare number, bound to the last choices that were delivered here."""
        number, incoming = context.said.choice, context.incoming
        message = await context.work.outbox.last_choices(incoming.channel, incoming.chat)
        for shown, button in message.numbered() if message is not None else ():
            if shown == number:
                text = f"{button.command} {context.said.rest}".strip()
                return understand(text, today=context.today, bot_name=self.bot_name)
        raise NothingChosen(number or 0)


async def _opens_album(work: Work, incoming: Incoming) -> bool:
    """Tell whether this is the first part of its album; later parts belong to it and are not answered."""
    return await work.inbox.first_time(incoming.channel, f"album:{incoming.album}")


async def _to_question(context: Context) -> Answer:
    """Offer the message to what the person was asked, in private or where it was asked."""
    question = context.question
    if question is None or not (context.incoming.private or question.chat == context.incoming.chat):
        return None
    return await QUESTIONS[question.kind](context)


def _allowed(context: Context) -> tuple[str, ...]:
    known = (name for name in context.said.nearest if name in COMMANDS)
    return tuple(name for name in known if context.actor.is_any(COMMANDS[name].who))


def _refs(about: str, context: Context) -> tuple[TaskRef, ...]:
    return understand(about, today=context.today).refs


def _rows(context: Context, answer: Answer, private_chat: str) -> list[Outgoing]:
    messages = [] if answer is None else answer if isinstance(answer, list) else [answer]
    incoming = context.incoming
    if incoming.private or not messages:
        return [_reply(incoming, message, incoming.chat, context) for message in messages] + context.rows
    said = [_reply(incoming, message, private_chat, context) for message in messages]
    return [*said, _reply(incoming, _in_public(context), incoming.chat, context), *context.rows]


def _in_public(context: Context) -> Message:
    """Return the only thing a group reads: that something was recorded, or that the answer went to the person."""
    if context.entry_id is not None and context.said.refs:
        codes = ", ".join(ref.code for ref in context.said.refs)
        return context.say("group-recorded", code=codes, unit=context.actor.unit_code)
    return context.say("group-private", title=context.actor.title)


def _reply(incoming: Incoming, message: Message, chat: str, context: Context | None = None) -> Outgoing:
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

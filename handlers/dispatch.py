"""One event, one transaction, one answer: the boundary every message and every error passes through."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from core.deadlines import today
from core.errors import ChangedMeanwhile, NotYours, UserError
from core.messages import Incoming, Message, Receipt
from core.people import Actor
from core.speech import understand, understand_all
from core.workdays import WorkCalendar
from handlers import groups, handed_files, notice_reading, strangers
from handlers.catalogue import Catalogue
from handlers.commands import register_all
from handlers.context import Beside, Context
from handlers.conversation import converse
from handlers.door import admitted, storable
from handlers.group_lost import lose_group
from handlers.mistakes import answer_to
from handlers.reminders import tick_off
from handlers.replies import reply_to
from storage.accounts import Account
from storage.database import Database
from storage.faults import is_conflict, is_down
from storage.outbox import Outgoing, Urgency
from storage.work import Work

log = structlog.get_logger()

register_all()

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
    pressed: str | None = None
    """What is shown to the one who pressed a button in a group, and to nobody else."""


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
        upload_address: Callable[[int], str | None] = lambda _link: None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.catalogue = catalogue
        self.calendar = calendar or WorkCalendar()
        self.wake = wake
        self.bot_name = bot_name
        self.upload_address = upload_address

    async def receive(self, incoming: Incoming) -> Receipt:
        """Return once the event's effects are committed; raises `Unavailable` while the database is down."""
        incoming = admitted(incoming)
        for left in range(_TRIES, 0, -1):
            try:
                return await self._receive(incoming, last=left == 1)
            except Exception as error:
                if left > 1 and (is_conflict(error) or isinstance(error, ChangedMeanwhile)):
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
                await work.inbox.reject(channel, storable(raw), storable(error))
        except Exception as problem:
            if is_down(problem):
                raise Unavailable from problem
            raise

    async def _receive(self, incoming: Incoming, *, last: bool) -> Receipt:
        speaker = _Speaker(incoming.chat)
        try:
            done = await self._attempt(incoming, speaker, last=last)
        except Exception as error:
            if is_conflict(error) or is_down(error) or isinstance(error, ChangedMeanwhile):
                raise
            return await self._incident(incoming, speaker, error)
        if done is None:
            return Receipt(duplicate=True)
        if isinstance(done, Message):
            receipt = await self._apologise(incoming, speaker, done)
        else:
            if incoming.files:
                self.wake("jobs")
            receipt = self._done(done)
        return receipt if speaker.pressed is None else replace(receipt, answer=speaker.pressed, alert=True)

    async def _attempt(self, incoming: Incoming, speaker: _Speaker, *, last: bool) -> list[Outgoing] | Message | None:
        """Return what was committed, what to say to a mistake that left nothing behind, `None` for an event seen before.

        Who was overtaken by somebody else begins anew, unless it is the `last` time, so as to hear what that one did.
        """
        try:
            async with self.database.work(self.clock.now()) as work:
                if not await work.inbox.admit(incoming.channel, incoming.event_id, incoming.sender):
                    return None
                rows = await self._answer(work, incoming, speaker)
                rows += await tick_off(work)
                await work.outbox.say(rows)
        except UserError as mistake:
            if isinstance(mistake, ChangedMeanwhile) and not last:
                raise
            answer = answer_to(mistake, self.catalogue, speaker.language)
            if incoming.kind == "button" and not incoming.private:
                speaker.pressed = answer.lines[0]
                if isinstance(mistake, NotYours):
                    units = ", ".join(mistake.units)
                    speaker.pressed = self.catalogue.text(speaker.language, "group-button-not-yours", units=units)
            return answer
        return rows

    def _done(self, rows: list[Outgoing]) -> Receipt:
        channels = frozenset(row.channel for row in rows if row.channel)
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
            reply = reply_to(incoming, message, speaker.chat)
            rows = [replace(reply, account_id=speaker.account_id, person_id=speaker.person_id)]
            await work.outbox.say(rows)
        return self._done(rows)

    async def _incident(self, incoming: Incoming, speaker: _Speaker, error: Exception) -> Receipt:
        number = secrets.token_hex(3).upper()
        log.error("incident", action="incident", number=number, channel=incoming.channel, exc_info=error)
        text = self.catalogue.text(speaker.language, "incident", number=number)
        return await self._apologise(incoming, speaker, Message.of(text), (number, storable(repr(error)[:2000])))

    async def _answer(self, work: Work, incoming: Incoming, speaker: _Speaker) -> list[Outgoing]:
        if incoming.kind == "moved":
            await work.accounts.move_chat(incoming.channel, incoming.chat, incoming.moved_to or incoming.chat)
            await work.groups.move_chat(incoming.channel, incoming.chat, incoming.moved_to or incoming.chat)
            return []
        if incoming.kind == "blocked" and not incoming.private:
            await lose_group(work, incoming.channel, incoming.chat)
            return []
        account = await work.accounts.known(incoming.channel, incoming.sender)
        if account is None:
            return await self._answer_stranger(work, None, incoming, speaker)
        speaker.language = account.language
        if not incoming.private:
            speaker.chat = account.chat  # in a group a mistake is nobody else's business
        if incoming.kind in {"blocked", "unblocked"}:
            await work.accounts.set_status(account.id, "blocked" if incoming.kind == "blocked" else "active")
            await _come_back(work, account, incoming)
            return []
        # every part of an album marks it, the one with the words too
        if incoming.album is not None and not await _opens_album(work, incoming) and not incoming.text:
            await notice_reading.add_page(work, incoming)
            if account.actor is not None and incoming.private:
                await handed_files.join_album(work, account.actor, account.question, incoming)
            return []
        if account.actor is not None and incoming.private:
            await work.chain.reopen_window(account.actor.person_id, incoming.channel)
        if account.status in {"blocked", "unreachable"} and incoming.private:
            await work.accounts.set_status(account.id, "active")
            await _come_back(work, account, incoming)
        if account.actor is not None:
            # a stranger's account may be undone with the transaction; a linked one is there for good
            speaker.account_id, speaker.person_id = account.id, account.actor.person_id
            if not await groups.is_open(work, account.actor, incoming) and not self._may_be_said_anywhere(incoming):
                return self._not_linked(incoming, speaker)
            return await self._speak(work, account, account.actor, incoming)
        return await self._answer_stranger(work, account, incoming, speaker)

    def _may_be_said_anywhere(self, incoming: Incoming) -> bool:
        said = understand(incoming.text, today=today(self.clock.now()), bot_name=self.bot_name)
        return said.intent in groups.IN_ANY_GROUP

    def _not_linked(self, incoming: Incoming, speaker: _Speaker) -> list[Outgoing]:
        """Say how a group is linked, and nothing of whose it may be; who pressed a button reads it alone."""
        text = self.catalogue.text(speaker.language, "group-not-linked")
        if incoming.kind == "button":
            speaker.pressed = text
            return []
        return [reply_to(incoming, Message.of(text), incoming.chat)]

    async def _answer_stranger(
        self, work: Work, account: Account | None, incoming: Incoming, speaker: _Speaker
    ) -> list[Outgoing]:
        if not incoming.private or incoming.kind in {"blocked", "unblocked"}:
            if incoming.kind == "button":
                speaker.pressed = self.catalogue.text(speaker.language, "group-button-nobody")
            return []
        if account is None and incoming.language:
            speaker.language = incoming.language
        message = await strangers.answer(work, account, incoming, self.catalogue)
        return [reply_to(incoming, message, incoming.chat)]

    async def _speak(self, work: Work, account: Account, actor: Actor, incoming: Incoming) -> list[Outgoing]:
        """Answer somebody we know."""
        if incoming.forwarded and incoming.files:
            incoming = replace(incoming, text="")  # the document is taken, the words beside it are somebody else's
        clauses = understand_all(incoming.text, today=today(work.now), bot_name=self.bot_name)
        beside, private_chat = Beside(), None if incoming.private else account.chat
        acts = [
            Context(work, actor, incoming, said, self.catalogue, self.calendar, account.question, bot_name=self.bot_name,
                    beside=beside, upload_address=self.upload_address, private_chat=private_chat)
            for said in clauses
        ]  # fmt: skip
        return await converse(acts)


async def _come_back(work: Work, account: Account, incoming: Incoming) -> None:
    """Let what could not reach somebody today reach them now that an account of theirs works again."""
    if account.actor is not None and incoming.kind != "blocked":
        await work.chain.reopen(account.actor.person_id)


async def _opens_album(work: Work, incoming: Incoming) -> bool:
    """Tell whether this is the first part of its album; later parts belong to it and are not answered."""
    return await work.inbox.first_time(incoming.channel, f"album:{incoming.album}")

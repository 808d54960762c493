"""What a handler has in hand while it answers: who speaks, what was said, and one open transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from core.deadlines import today
from core.messages import Button, Incoming, Message
from core.people import Actor
from core.speech import Utterance
from core.tasks import Part
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.leaving import readers
from handlers.phrasing import reference
from storage.accounts import Question
from storage.audit import NewEntry
from storage.gathering import ASIDE
from storage.outbox import Outgoing
from storage.shown import CHOICE_WINDOW
from storage.work import Work

THIRD_PERSON_WAIT = timedelta(minutes=10)
"""How long a notice to others waits, so that an undo voids it."""


@dataclass(slots=True)
class Beside:
    """What the acts of one message share: whose documents it asked for, and the first act, which undo takes along.

    `shown` are the commands of what it showed and would record at one word.
    """

    asked: list[int] = field(default_factory=list)
    first_entry: int | None = None
    shown: list[str] = field(default_factory=list)


class Context:
    """One message being answered. Handlers return what to say to its sender and `tell` others; they never send.

    `public` is what a group reads instead of the usual sentence that something was recorded or sent in private, `words`
    what a question which directive was meant leaves to be completed.
    """

    def __init__(
        self,
        work: Work,
        actor: Actor,
        incoming: Incoming,
        said: Utterance,
        catalogue: Catalogue,
        calendar: WorkCalendar,
        question: Question | None = None,
        *,
        bot_name: str | None = None,
        beside: Beside | None = None,
        private_chat: str | None = None,
        upload_address: Callable[[int], str | None] = lambda _link: None,
    ) -> None:
        self.work = work
        self.actor = actor
        self.incoming = incoming
        self.said = said
        self.calendar = calendar
        self.question = question
        self.bot_name = bot_name
        self.upload_address = upload_address
        self.about: str | None = None
        self.key: str | None = None
        self.public: Message | None = None
        self.words = ""
        self.entry_id: int | None = None
        self.rows: list[Outgoing] = []
        self.catalogue = catalogue
        self.beside = beside or Beside()
        self.private_chat = incoming.chat if private_chat is None else private_chat

    @property
    def now(self) -> datetime:
        """Return business time."""
        return self.work.now

    @property
    def today(self) -> date:
        """Return the business day in Hanoi."""
        return today(self.work.now)

    def t(self, key: str, **arguments: Any) -> str:
        """Return a sentence in the sender's language."""
        return self.catalogue.text(self.actor.language, key, **arguments)

    def say(self, key: str, *buttons: Button, menu: bool = False, **arguments: Any) -> Message:
        """Return a message to the sender, worded from the catalogue."""
        return Message.of(self.t(key, **arguments), *buttons, menu=menu)

    def button(self, key: str, command: str, *, opt_out: bool = False, **arguments: Any) -> Button:
        """Return a button whose label comes from the catalogue."""
        return Button(self.t(key, **arguments), command, opt_out)

    def entry(
        self, act: str, subject: str, *, undoable: bool = False, detail: dict[str, Any] | None = None
    ) -> NewEntry:
        """Return an act of the sender's as the audit will have it."""
        if self.beside.first_entry is not None:
            detail = {**(detail or {}), "with": self.beside.first_entry}
        said = self.incoming.text[:500] or None
        who = self.actor
        return NewEntry(who.agency_id, who.person_id, self.incoming.channel, act, subject, said, detail, undoable)

    async def record(
        self, act: str, subject: str, *, undoable: bool = False, detail: dict[str, Any] | None = None
    ) -> int:
        """Write the act into the audit and return its id, which versions and messages of this act carry."""
        self.entry_id = await self.work.audit.write(self.entry(act, subject, undoable=undoable, detail=detail))
        return self.entry_id

    async def ask(self, kind: str, **data: Any) -> None:
        """Remember what the sender is being asked, so that the next message can answer it."""
        await self.work.questions.ask(self.actor.person_id, self.incoming.channel, self.incoming.chat, kind, data)

    def asked(self, kind: str) -> Question | None:
        """Return the question of this kind that the sender was asked, unless that was more than half an hour ago."""
        asked = self.question
        if asked is None or asked.kind != kind or self.now - asked.asked_at > CHOICE_WINDOW:
            return None
        return asked

    async def settle(self) -> None:
        """Forget what the sender was asked, unless it was in answer to this very message."""
        if self.beside.asked:
            return
        await self.work.questions.close(self.actor.person_id)

    def forget(self) -> None:
        """Leave nothing of an act that was taken back."""
        self.about, self.entry_id, self.rows = None, None, []

    async def tell_unit(self, part: Part, key: str, *buttons: tuple[str, str], **arguments: Any) -> None:
        """Queue a message for everybody who is reminded of a part: who acts for its unit, and whom it was handed to."""
        for person in await readers(self.work, [part]):
            if person != self.actor.person_id:
                await self.tell(person, key, *buttons, about=reference(part), **arguments)

    async def tell(
        self,
        person_id: int,
        key: str,
        *buttons: tuple[str, str],
        now: bool = False,
        about: str | None = None,
        **arguments: Any,
    ) -> bool:
        """Queue a message for somebody else in their own language; `False` if no account of theirs can be reached.

        Buttons are pairs of catalogue key and command. A message waits ten minutes and for office hours, so that an
        undo of this act voids it and several to one person leave as one, unless it must leave `now`.
        """
        way = next(iter(await self.work.accounts.reach(person_id)), None)
        language = way.language if way is not None else self.actor.language
        text = self.catalogue.text(language, key, **arguments)
        made = [Button(self.catalogue.text(language, label), command) for label, command in buttons]
        self.rows.append(
            Outgoing.notice(
                way,
                person_id,
                Message.of(text, *made),
                intent=None if now else {"kind": ASIDE},
                about=about,
                entry_id=self.entry_id,
                after=timedelta() if now else THIRD_PERSON_WAIT,
            )
        )
        return way is not None

"""Which function answers which command: the registry that dispatch, /help and the menus read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.messages import Message
from core.people import Role
from core.speech import COMMANDS as SPOKEN
from storage.shown import CHOICE_WINDOW

if TYPE_CHECKING:
    from handlers.context import Context

Answer = Message | list[Message] | None
Handler = Callable[["Context"], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Command:
    """A thing somebody can ask for; its help line is `help-<name>` in the catalogue."""

    name: str
    run: Handler
    who: frozenset[Role]
    in_menu: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads the answer to a question, and how long an answer is waited for."""

    run: Handler
    within: timedelta


COMMANDS: dict[str, Command] = {}
QUESTIONS: dict[str, Reader] = {}
ORDER = tuple(SPOKEN)


def command(name: str, *, who: frozenset[Role], menu: bool = True) -> Callable[[Handler], Handler]:
    """Register a command under its name for these roles; `menu` says whether a messenger's menu lists it."""

    def register(handler: Handler) -> Handler:
        if name in COMMANDS:
            raise ValueError(f"two handlers for {name}")
        COMMANDS[name] = Command(name, handler, who, menu)
        return handler

    return register


def answers(kind: str, *, within: timedelta = CHOICE_WINDOW) -> Callable[[Handler], Handler]:
    """Register what reads the answer to a question of this kind; it returns `None` for what is no answer to it.

    After half an hour a sentence is about something else, unless another time is given.
    """

    def register(handler: Handler) -> Handler:
        if kind in QUESTIONS:
            raise ValueError(f"two readers for {kind}")
        QUESTIONS[kind] = Reader(handler, within)
        return handler

    return register


def open_to(roles: frozenset[Role]) -> list[Command]:
    """Return the commands somebody with these roles may use, in the order the table of speech lists them."""
    return [COMMANDS[name] for name in ORDER if name in COMMANDS and COMMANDS[name].who & roles]

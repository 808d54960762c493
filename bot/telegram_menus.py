"""The menu of commands beside the text field, per person, and what the bot says about itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from telegram.error import RetryAfter, TelegramError

from bot.telegram_connection import Connection
from bot.telegram_request import redacted, retry_after_seconds

log = structlog.get_logger()

Commands = Sequence[tuple[str, str]]
"""Names and descriptions, in the order shown."""

CommandsFor = Callable[[frozenset[str], str], Commands]
"""The menu of somebody with these roles, in this language; no roles: of a stranger."""

_LONGEST_WAIT = 30.0
_DESCRIPTION = 256
_ABOUT = 512
_ABOUT_SHORT = 120
_STRANGERS = ({"type": "default"}, {"type": "all_private_chats"})


class Menus:
    """Draws menus, each only when it has changed since it was last drawn. A menu is no authorisation.

    `languages` maps Telegram's language codes, the empty one for all others, to languages of ours.
    """

    def __init__(self, connection: Connection, commands_for: CommandsFor, languages: Mapping[str, str]) -> None:
        self._connection = connection
        self._commands_for = commands_for
        self._languages = languages
        self._drawn: dict[tuple[str, ...], int] = {}

    async def publish(self, about: Mapping[str, str] | None = None, short: Mapping[str, str] | None = None) -> None:
        """Draw the strangers' menu, and say what the bot is, by language of ours; a failure is only logged."""
        for code, language in self._languages.items():
            commands = self._commands_for(frozenset(), language)
            for scope in _STRANGERS:
                await self._draw(scope, code, commands)
            if about and language in about:
                await self._tell("setMyDescription", code, {"description": about[language][:_ABOUT]})
            if short and language in short:
                await self._tell("setMyShortDescription", code, {"short_description": short[language][:_ABOUT_SHORT]})

    async def refresh(self, chat: str, roles: frozenset[str], language: str) -> None:
        """Draw one person's own menu in the language they chose, or remove it where they have no role any more."""
        # in no language of Telegram's, so that it holds whatever the phone is set to
        scope = {"type": "chat", "chat_id": int(chat)}
        await self._draw(scope, "", self._commands_for(roles, language) if roles else ())

    async def _draw(self, scope: dict[str, Any], code: str, commands: Commands) -> None:
        drawn = [{"command": name, "description": words[:_DESCRIPTION]} for name, words in commands]
        target: dict[str, Any] = {"scope": scope, **({"language_code": code} if code else {})}
        key = ("menu", str(scope.get("chat_id", scope["type"])), code)
        if drawn:
            await self._once(key, hash(tuple(commands)), "setMyCommands", {"commands": drawn, **target})
        else:
            await self._once(key, 0, "deleteMyCommands", target)

    async def _tell(self, method: str, code: str, words: dict[str, str]) -> None:
        parameters = {**words, "language_code": code} if code else words
        await self._once((method, code), hash(tuple(words.values())), method, parameters)

    async def _once(self, key: tuple[str, ...], content: int, method: str, parameters: dict[str, Any]) -> None:
        if self._drawn.get(key) == content:
            return
        try:
            try:
                await self._connection.call(method, parameters)
            except RetryAfter as flood:
                await asyncio.sleep(min(retry_after_seconds(flood), _LONGEST_WAIT))
                await self._connection.call(method, parameters)
        except TelegramError as error:
            # somebody who never pressed Start has no chat yet; what is missing is drawn at the next occasion
            log.warning("menu not drawn", action="menu_failed", method=method, error=redacted(str(error)))
            self._drawn.pop(key, None)
        else:
            self._drawn[key] = content

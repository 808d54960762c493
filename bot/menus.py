"""Who sees which commands in the menu, and keeping the menus as people come and change."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from functools import cache

import structlog

from bot.telegram_menus import Commands, CommandsFor, Menus
from core.people import Role
from handlers.catalogue import LANGUAGES, Catalogue
from handlers.routing import open_to
from storage.database import Database
from storage.faults import is_down

log = structlog.get_logger()

_EVERY = 30.0
_NAME = re.compile(r"[a-z0-9_]{1,32}")


def commands_for(catalogue: Catalogue) -> CommandsFor:
    """Return what makes a menu from roles and a language: the commands those roles may use, with their help lines.

    Each menu is made once: thousands of people have one of a few, and are looked at every half minute.
    """

    @cache
    def commands(roles: frozenset[str], language: str) -> Commands:
        if not roles:
            return tuple((name, catalogue.text(language, f"help-{name}")) for name in ("start", "help"))
        entries = open_to(frozenset(Role(role) for role in roles))
        return tuple(
            (entry.name, catalogue.text(language, f"help-{entry.name}"))
            for entry in entries
            if entry.in_menu and _NAME.fullmatch(entry.name)
        )

    return commands


async def keep_menus(menus: Menus, database: Database, catalogue: Catalogue) -> None:
    """Draw the strangers' menu, then each linked person's own whenever it is no longer right; never returns."""
    about = {language: catalogue.text(language, "bot-about") for language in LANGUAGES}
    await menus.publish(about, about)
    while True:
        try:
            async with database.read(datetime.now(UTC)) as work:
                people = await work.accounts.for_menus("telegram")
        except Exception as error:
            if not is_down(error):
                raise
            # a menu is a convenience: a database that is down is told about elsewhere
            log.warning("menus not drawn", action="menus_late", error=type(error).__name__)
            people = []
        for chat, language, roles in people:
            await menus.refresh(chat, roles, language)
            await asyncio.sleep(0)  # a menu that is right already is no pause: messages go first
        await asyncio.sleep(_EVERY)

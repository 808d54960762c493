"""The sender's own settings, and leaving a question."""

from __future__ import annotations

import re

from core.messages import Button, Message
from core.people import ANYONE
from core.text import fold
from handlers import waiting_files
from handlers.catalogue import LANGUAGES
from handlers.context import Context
from handlers.morning_hour import choices, hour_line
from handlers.routing import Answer, command

CHANNELS = ("telegram", "zalo_bot", "zalo_oa", "webchat", "plain")
"""The channels that have a name in the catalogue."""


@command("settings", who=ANYONE)
async def settings(context: Context) -> Answer:
    """Show the sender's settings with a button for each choice."""
    others = [language for language in LANGUAGES if language != context.actor.language]
    buttons = [context.button(f"button-language-{language}", f"/language {language}") for language in others]
    first, *rest = await _linked(context)
    has = "yes" if rest else "no"
    by = context.t("settings-channels", channel=context.t(f"channel-{first}"), has=has, others=_named(context, rest))
    text = "\n".join([context.t("settings-text"), by, await hour_line(context)])
    return Message.of(text, *buttons, *_choices(context, rest), *await choices(context))


@command("language", who=ANYONE, menu=False)
async def language(context: Context) -> Answer:
    """Set the language the sender is spoken to in."""
    words = fold(context.said.rest)
    chosen = "en" if words.startswith(("en", "tieng anh", "anh")) else "vi"
    await context.work.accounts.set_language(context.actor.person_id, chosen)
    await context.record("settings", f"language {chosen}", detail={"was": context.actor.language})
    return Message.of(context.catalogue.text(chosen, "language-set"))


@command("channel", who=ANYONE, menu=False)
async def channel(context: Context) -> Answer:
    """Set on which of the channels they have linked the sender is reminded and told."""
    linked = await _linked(context)
    meant = _meant(context.said.rest, linked)
    if meant is not None:
        await context.work.accounts.prefer(context.actor.person_id, meant)
        await context.record("settings", f"channel {meant}", detail={"was": linked[0]})
        return context.say("channel-set", channel=context.t(f"channel-{meant}"))
    if len(linked) == 1:
        return context.say("channel-only", channel=context.t(f"channel-{linked[0]}"))
    return context.say("channel-which", *_choices(context, linked), channels=_named(context, linked))


async def _linked(context: Context) -> list[str]:
    """Return the channels the sender can be reached on, the one that is tried first at the head."""
    ways = await context.work.accounts.reach(context.actor.person_id)
    return [channel for channel in dict.fromkeys(way.channel for way in ways) if channel in CHANNELS] or ["plain"]


def _meant(said: str, linked: list[str]) -> str | None:
    """Return the linked channel somebody names; "zalo" is enough where only one of the two is linked."""
    words = set(re.split(r"[\W_]+", fold(said)))
    whole = [channel for channel in linked if set(channel.split("_")) <= words]
    found = whole or [channel for channel in linked if set(channel.split("_")) & words]
    return found[0] if len(found) == 1 else None


def _choices(context: Context, channels: list[str]) -> list[Button]:
    return [context.button(f"button-channel-{channel}", f"/channel {channel}") for channel in channels]


def _named(context: Context, channels: list[str]) -> str:
    return ", ".join(context.t(f"channel-{channel}") for channel in channels)


@command("cancel", who=ANYONE, menu=False)
async def cancel(context: Context) -> Answer:
    """Leave the present question; no directive is touched."""
    incoming = context.incoming
    if context.question is None and await context.work.shown.choices(incoming.channel, incoming.chat) is None:
        return context.say("cancel-nothing")
    if (dropped := await waiting_files.let_go(context)) is not None:
        return dropped
    await context.settle()
    return context.say("cancel-done")

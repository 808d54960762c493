"""The sender's own settings, help, and leaving a question."""

from __future__ import annotations

from core.messages import Message
from core.people import ANYONE
from core.text import fold
from handlers.catalogue import LANGUAGES
from handlers.context import Context
from handlers.routing import Answer, command, open_to


@command("settings", who=ANYONE, private=True)
async def settings(context: Context) -> Answer:
    """Show the sender's settings with a button for each choice."""
    others = [language for language in LANGUAGES if language != context.actor.language]
    buttons = [context.button(f"button-language-{language}", f"/language {language}") for language in others]
    return context.say("settings-text", *buttons)


@command("language", who=ANYONE, menu=False)
async def language(context: Context) -> Answer:
    """Set the language the sender is spoken to in."""
    words = fold(context.said.rest)
    chosen = "en" if words.startswith(("en", "tieng anh", "anh")) else "vi"
    await context.work.accounts.set_language(context.actor.person_id, chosen)
    await context.record("settings", f"language {chosen}")
    return Message.of(context.catalogue.text(chosen, "language-set"))


@command("help", who=ANYONE)
async def help_(context: Context) -> Answer:
    """Say what this person can do, one line each."""
    lines = [context.t(f"help-{entry.name}") for entry in open_to(context.actor.roles) if entry.in_menu and entry.name != "help"]
    return Message((*lines, context.t("help-foot")), context.t("help-title"))


@command("cancel", who=ANYONE, menu=False)
async def cancel(context: Context) -> Answer:
    """Leave the present question; no directive is touched."""
    incoming = context.incoming
    if context.question is None and await context.work.outbox.last_choices(incoming.channel, incoming.chat) is None:
        return context.say("cancel-nothing")
    await context.settle()
    return context.say("cancel-done")

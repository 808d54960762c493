"""Bringing people in: a one-time code for the person the organisation names."""

from __future__ import annotations

from dataclasses import replace

from core.codes import LIFETIME, link
from core.errors import UnknownPerson
from core.messages import Message, OutgoingFile
from core.people import ANYONE, OFFICE, Role
from core.text import fold
from documents.qr import QR
from handlers.context import Context
from handlers.naming import meant
from handlers.routing import Answer, command
from storage.outbox import CODE_KEY


@command("start", who=ANYONE, menu=False)
async def start(context: Context) -> Answer:
    """Say who the account is linked to; linking itself is for accounts nobody is behind."""
    return context.say("linked-already", title=context.actor.title)


@command("invite", who=OFFICE | {Role.ADMIN})
async def invite(context: Context) -> Answer:
    """Make a one-time code for somebody of the agency, named by unit and role or by roster key."""
    words = fold(f"{context.said.mentions_unit or ''} {context.said.rest}").strip()
    if not words:
        return context.say("invite-who")
    offices = await context.work.people.offices(context.actor.agency_id)
    named = meant(words, offices)
    if not named:
        raise UnknownPerson(context.said.rest or words)
    people = list({office.person_id: office for office in named}.values())
    if len(people) > 1:
        buttons = [
            context.button("choice-person", f"/invite {office.key}", title=office.title, unit=office.unit_code)
            for office in people
        ]
        return context.say("invite-who", *buttons)
    office = people[0]
    code = await context.work.invites.create(office.person_id, created_by=context.actor.person_id)
    await context.record("invite", office.key)
    context.key = f"{CODE_KEY}{code.invite_id}"
    text = context.t("invite-made", title=office.title, code=code.text, days=LIFETIME.days)
    if context.bot_name is None:
        return Message.of(text)
    address = link(context.bot_name, code.text)
    picture = OutgoingFile(f"{QR}{address}", "ma-moi.png", "image/png")
    return replace(Message.of(f"{text}\n{context.t('invite-link', link=address)}"), files=(picture,))

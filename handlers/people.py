"""Bringing people in: a one-time code for the person the organisation names."""

from __future__ import annotations

import re
from dataclasses import replace

from core.codes import LIFETIME, link
from core.errors import UnknownPerson
from core.messages import Message, OutgoingFile
from core.people import ANYONE, OFFICE, Role
from core.text import fold
from documents.qr import QR
from handlers.context import Context
from handlers.routing import Answer, command
from storage.outbox import CODE_KEY
from storage.people import Office

_ROLE_WORDS = (
    (r"deputy_leader|pho giam doc|pgd", Role.DEPUTY_LEADER),
    (r"deputy_head|deputy|pho", Role.DEPUTY_HEAD),
    (r"office_chief|chanh van phong|cvp", Role.OFFICE_CHIEF),
    (r"leader|giam doc|gd", Role.LEADER),
    (r"head|truong", Role.HEAD),
    (r"officer|chuyen vien|cv", Role.OFFICER),
    (r"clerk|tong hop|van thu", Role.CLERK),
    (r"admin|quan tri", Role.ADMIN),
)
"""The words for an office, those that hold others before them."""


@command("start", who=ANYONE, menu=False)
async def start(context: Context) -> Answer:
    """Say who the account is linked to; linking itself is for accounts nobody is behind."""
    return context.say("linked-already", title=context.actor.title)


@command("invite", who=OFFICE | {Role.ADMIN}, private=True)
async def invite(context: Context) -> Answer:
    """Make a one-time code for somebody of the agency, named by unit and role or by roster key."""
    words = fold(f"{context.said.mentions_unit or ''} {context.said.rest}").strip()
    if not words:
        return context.say("invite-who")
    offices = await context.work.people.offices(context.actor.agency_id)
    meant = _meant(words, offices)
    if not meant:
        raise UnknownPerson(context.said.rest or words)
    people = list({office.person_id: office for office in meant}.values())
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


def _meant(words: str, offices: list[Office]) -> list[Office]:
    by_key = [office for office in offices if fold(office.key) in words.split()]
    if by_key:
        return by_key
    in_unit = [office for office in offices if fold(office.unit_code) in words.split()]
    if not in_unit:
        exactly = [office for office in offices if words == fold(office.title)]
        return exactly or [office for office in offices if words in fold(office.title)]
    role = next((role for word, role in _ROLE_WORDS if re.search(rf"\b(?:{word})\b", words)), Role.HEAD)
    held = {role, Role.OFFICE_CHIEF} if role is Role.HEAD else {role}
    return [office for office in in_unit if office.role in held] or in_unit

"""Accounts nobody is behind yet: they learn nothing, are told whom to ask, and link with a one-time code."""

from __future__ import annotations

import re

from core.codes import after_wrong, body_of, may_try
from core.deadlines import today
from core.errors import BadCode, TooManyCodes
from core.messages import Button, Incoming, Message
from core.speech import understand
from core.text import fold
from handlers.catalogue import LANGUAGES, Catalogue
from handlers.mistakes import answer_to
from storage.accounts import Account, Reach
from storage.invites import InviteRow
from storage.outbox import Outgoing
from storage.work import Work

_YES = frozenset({"agree", "acknowledge"})
_CODE = re.compile(r"[a-z]{2,12}[ -]+[a-z0-9]{4}[ -]+[a-z0-9]{4}")
"""A code may look like words or a year to the grammar; from somebody nobody knows it is a code all the same."""


async def answer(work: Work, account: Account | None, incoming: Incoming, catalogue: Catalogue) -> Message:
    """Return what an account without a person is told; a right code offers the link, "đúng" makes it.

    Whoever never tried a code has no account: a crowd of passers-by leaves nothing behind.
    """
    language = account.language if account is not None else incoming.language or LANGUAGES[0]
    said = understand(incoming.text, today=today(work.now))
    if account is not None and account.offered_invite_id is not None:
        if said.intent in _YES or said.choice == 1:
            return await _link(work, account, incoming, catalogue)
        if said.intent in {"refuse", "cancel"} or said.choice == 2:
            await work.accounts.offer(account.id, None)
            return Message.of(catalogue.text(language, "stranger-not-you"))
    typed = incoming.text.strip()
    code = said.rest if said.intent == "start" else typed if _CODE.fullmatch(fold(typed)) and body_of(typed) else ""
    if not code:
        return Message.of(catalogue.text(language, "stranger"))
    account = await work.accounts.meet(incoming.channel, incoming.sender, incoming.chat, incoming.language)
    return await _offer(work, account, code, catalogue)


async def _offer(work: Work, account: Account, code: str, catalogue: Catalogue) -> Message:
    """Check the code, counting wrong ones against the account, and ask whether the person is right."""
    language = account.language
    wait = may_try(account.wrong_codes, account.wrong_since, work.real)
    if wait is not None or await work.invites.too_many_wrong():
        minutes = max(1, round(wait.total_seconds() / 60)) if wait is not None else 1
        return answer_to(TooManyCodes(minutes), catalogue, language)
    invite = await work.invites.find(code)
    if invite is None:
        count, since = after_wrong(account.wrong_codes, account.wrong_since, work.real)
        await work.accounts.count_wrong_code(account.id, count, since)
        return answer_to(BadCode(), catalogue, language)
    await work.accounts.offer(account.id, invite.id)
    text = catalogue.text(language, "stranger-is-it-you", title=invite.title, agency=invite.agency_name)
    yes = Button(catalogue.text(language, "button-yes"), "/agree")
    no = Button(catalogue.text(language, "button-no"), "/refuse")
    return Message.of(text, yes, no)


async def _link(work: Work, account: Account, incoming: Incoming, catalogue: Catalogue) -> Message:
    invite = await work.invites.get(account.offered_invite_id or 0)
    await work.accounts.offer(account.id, None)
    if invite is None or not await work.invites.use(invite.id):
        return answer_to(BadCode(), catalogue, account.language)
    others = await work.accounts.reach(invite.person_id)
    await work.accounts.link(account.id, invite.person_id, incoming.chat)
    await work.chain.reopen(invite.person_id)
    await _tell_others(work, invite, others, catalogue)
    await work.audit.add(invite.agency_id, invite.person_id, incoming.channel, "link", invite.key)
    return Message.of(catalogue.text(account.language, "stranger-linked", title=invite.title))


async def _tell_others(work: Work, invite: InviteRow, others: list[Reach], catalogue: Catalogue) -> None:
    """Let whoever held the office's accounts so far know: a code may have reached the wrong hands."""
    rows = [
        Outgoing.notice(
            way, invite.person_id, Message.of(catalogue.text(way.language, "linked-elsewhere", title=invite.title))
        )
        for way in others
    ]
    await work.outbox.say(rows)

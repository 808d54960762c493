"""A morning list that ticks itself off: one message, changed in its place as its items are answered."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

from core.deadlines import today
from core.messages import Message
from core.reminders.digest import SILENT
from core.tasks import Part, State
from handlers.leaving import Leaving
from handlers.phrasing import reference
from handlers.reminders.contents import Contents
from handlers.reminders.morning import own_line
from handlers.telling import Telling
from storage.edits import EDIT, Told
from storage.outbox import Claimed, Composed, Later, Listed, Outgoing, Urgency
from storage.work import Work

KIND = "tick"
CHANGEABLE = ("telegram",)
"""The channels on which a message of ours can be changed after it was sent."""

_UNANSWERED = frozenset({State.ASSIGNED, State.ACKNOWLEDGED})
_SETTLED = frozenset({State.DONE, State.DROPPED, *SILENT})
_SOON = timedelta(seconds=2)


def listed(contents: Contents, message: Message, telling: Telling) -> tuple[Listed, ...]:
    """Return on which lines of somebody's morning message their own parts stand."""
    found, after = list[Listed](), 0
    for part in contents.digest.parts if contents.digest is not None else ():
        line = own_line(part, telling)
        if line in message.lines[after:]:  # two units of one head may have the same one
            found.append(Listed(part.id, message.lines.index(line, after), part.progress.state.value, _due(part)))
            after = found[-1].line + 1
    return tuple(found)


async def tick_off(work: Work) -> list[Outgoing]:
    """Return what brings today's morning messages up to date with the parts this unit of work has changed."""
    if not work.parts.changed:
        return []
    return [
        Outgoing(
            told.channel,
            None,
            Urgency.DIGEST,
            intent={"kind": KIND, "row": told.id, "day": today(work.now).isoformat()},
            person_id=told.person_id,
            key=f"{EDIT}{told.id}:{secrets.token_hex(6)}",
        )
        for told in await work.edits.listing(work.parts.changed, today(work.now), CHANGEABLE)
    ]


class Ticked(Leaving):
    """Writes the list anew as it stands when the change leaves; several changes that wait leave as one."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and what it takes the place of; nothing where it cannot be changed, or changes once more."""
        told = await work.edits.told(row.intent["row"]) if row.intent is not None else None
        person = await work.people.person(row.person_id) if row.person_id is not None else None
        if told is None or person is None or row.intent is None or row.intent["day"] != today(work.now).isoformat():
            return "void"
        if await work.edits.is_overtaken(told.id, row.id):
            return "superseded"
        if told.status in {"sending", "queued"}:
            return Later(_SOON)
        accounts = {way.account_id for way in await work.accounts.reach(told.person_id)}
        here = told.channel == row.channel and told.account_id in accounts
        if not here or told.status != "sent" or told.content is None or not told.pages:
            return "void"
        telling = Telling(self._catalogue, person.language, work.now, self._calendar)
        message = _ticked(told, told.content, await work.parts.by_ids([one.part_id for one in told.listed]), telling)
        return Composed(replace(message, edits=told.pages), told.chat, told.account_id)


def _ticked(told: Told, message: Message, parts: list[Part], telling: Telling) -> Message:
    lines, buttons = list(message.lines), list(message.buttons)
    by_id = {part.id: part for part in parts}
    for one in told.listed:
        part = by_id.get(one.part_id)
        if part is None or (part.progress.state.value, _due(part)) == (one.state, one.due):
            continue
        state = part.progress.state
        if state in _UNANSWERED or state.value == one.state:
            lines[one.line] = own_line(part, telling)
            continue
        lines[one.line] = telling.t(
            "tick-line", code=part.code, title=part.title, state=telling.t(f"state-{state.value}"),
            settled="yes" if state in _SETTLED else "no",
        )  # fmt: skip
        if state in _SETTLED:
            buttons = [button for button in buttons if reference(part) not in button.command.split()]
    return replace(message, lines=tuple(lines), buttons=tuple(buttons))


def _due(part: Part) -> str | None:
    return part.progress.due.on.isoformat() if part.progress.due is not None else None

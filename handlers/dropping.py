"""A directive, or one unit's part of it, is no longer followed: said why, and told to the units concerned."""

from __future__ import annotations

import re
from dataclasses import replace

from core.errors import NotAllowed
from core.messages import Message
from core.people import ACTS_FOR_ALL, GIVES, OFFICE, Role
from core.tasks import Part, State
from core.text import clean
from handlers.acts import kept, must_be_open, not_carried
from handlers.context import Context
from handlers.notice_drafts import in_preparation, is_prose
from handlers.notice_settle import edit
from handlers.overseeing import own_given
from handlers.phrasing import reference
from handlers.resolve import only_known_unit, own_part, the_one, unit_apart
from handlers.routing import Answer, answers, command

_WHY = re.compile(r"^(?:vì|do|lý do|ly do|vi|because)[ :]+", re.IGNORECASE)


@command("drop", who=GIVES | {Role.CLERK})
async def drop(context: Context) -> Answer:
    """Stop following a directive, or the part of the unit named; in a notice being prepared, leave it out."""
    said = context.said
    if said.refs and context.actor.is_any(OFFICE) and await in_preparation(context, said.refs[0]):
        context.said = replace(said, rest=f"không theo dõi {_reason(said.rest)}".strip())
        return await edit(context)
    if not context.actor.is_any(GIVES):
        raise NotAllowed("drop")
    if not said.refs:
        return context.say("drop-how")
    await only_known_unit(context)
    if context.actor.is_any(ACTS_FOR_ALL):
        part = await own_part(context, said.refs[0], "drop")
    else:
        part = the_one(context, await own_given(context, "drop"), "drop")
    only = context.said.mentions_unit is not None
    parts = await _followed(context, part, only=only)
    words = _reason(unit_apart(context, part))
    if words:
        return await _drop(context, parts, words)
    await context.ask("drop-reason", part=part.id, only=only)
    context.about = reference(part)
    leave = context.button("button-leave", "/cancel", opt_out=True)
    return context.say("drop-why", leave, code=part.code, title=part.title)


@answers("drop-reason")
async def reason_given(context: Context) -> Answer:
    """Take the words as why a directive is no longer followed."""
    asked, words = context.question, _reason(clean(context.incoming.text))
    if asked is None or not words or not is_prose(context):
        return None
    await context.settle()
    parts = await context.work.parts.by_ids([asked.data["part"]])
    return await _drop(context, await _followed(context, parts[0], only=asked.data["only"]), words)


async def _followed(context: Context, part: Part, *, only: bool) -> list[Part]:
    """Return what is still followed: the part alone, or all of its directive; raises `AlreadyClosed` for nothing."""
    parts = [part] if only else await context.work.parts.of_task(part.task_id)
    still_open = [one for one in parts if one.progress.is_open]
    if not still_open:
        must_be_open(part)
    return still_open


async def _drop(context: Context, parts: list[Part], words: str) -> Message:
    reason, subject = kept(words), reference(parts[0])
    units = list(dict.fromkeys(part.unit_code for part in parts))
    entry = await context.record("drop", subject, undoable=True, detail={"reason": reason, "units": units})
    for part in parts:
        await context.work.parts.save(part, replace(part.progress, state=State.DROPPED), entry)
        await context.tell_unit(
            part, "drop-told", code=part.code, title=part.title, by=context.actor.title, reason=part.shown(reason)
        )  # fmt: skip
    context.about = subject
    told = context.say(
        "drop-recorded", context.button("button-undo", "/undo"), menu=True, code=parts[0].code, title=parts[0].title,
        units=", ".join(units), reason=reason,
    )  # fmt: skip
    return not_carried(context, parts[0], reason, told)


def _reason(words: str) -> str:
    return _WHY.sub("", words.strip(" ,;:")).strip()

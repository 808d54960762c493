"""What a unit says of a part still open: đã trình, chờ số, vướng, tiến độ, tiếp nhận."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core import tasks
from core.errors import AlreadyClosed, NeverDone, NotAllowed, WhichTask
from core.messages import Message
from core.people import ANYONE, LEADERSHIP, OFFICE, UNIT
from core.speech import typed_date, understand
from core.tasks import Kind, Part, Progress, State
from handlers import notices
from handlers.context import Context
from handlers.phrasing import clock_time, day_month, near_date, part_due, reference
from handlers.resolve import actionable, must_name_one, own_part, unit_apart
from handlers.routing import COMMANDS, Answer, answers, command

_REASONS = frozenset({"text", "unknown", "blocked", "progress"})
_SAYS = frozenset({"done", "present", "reported", "progress", "blocked"})
"""What somebody says of a part: where it is of another's unit, that one hears of it."""
_MOST_WORDS = 500


async def save(context: Context, act: str, part: Part, new: Progress) -> None:
    """Write the part and the audit line; several parts of one message share one line, so that one undo takes all."""
    context.about = reference(part)
    if context.entry_id is None:
        entry = context.entry(act, reference(part), undoable=True)
        context.entry_id = await context.work.parts.record(part, new, entry)
    else:
        await context.work.parts.save(part, new, context.entry_id)
    if act in _SAYS and _of_others(context, [part]):
        state = context.t(f"state-{new.state.value}")
        await context.tell_unit(
            part, "instead-told", by=context.actor.title, code=part.code, title=part.title, state=state
        )


async def _act_on_each(context: Context, act: str) -> list[Part]:
    if not context.said.refs:
        parts = await actionable(context)
        if len(parts) == 1:
            return parts
        raise await must_name_one(context, act, parts, opt_out=context.t("choice-none"))
    parts = _each_once([await own_part(context, ref, act) for ref in context.said.refs])
    if context.said.inferred:
        must_be_meant(context, act, parts)
    return parts


def must_be_meant(context: Context, act: str, parts: list[Part]) -> None:
    """Raise `WhichTask` where words from above only sound like a unit's report: a remark records nothing for it."""
    others = _of_others(context, parts)
    if not others:
        return
    unit, named = others[0].unit_code, f"{reference(others[0])} {others[0].unit_code}"
    instead = context.t("choice-instead", unit=unit, what=context.t(f"label-{act}"))
    choices = (
        (f"/{act} {named} {context.said.said}", instead),
        (f"/remind {named}", context.t("choice-urge", unit=unit)),
        (f"/task {reference(others[0])}", context.t("button-look", code=others[0].code)),
    )
    raise WhichTask("instead", choices)


def _of_others(context: Context, parts: list[Part]) -> list[Part]:
    """Return the parts of which the sender speaks from above, and not as one of the unit or whom they were handed to."""
    actor = context.actor
    own = {office.unit_id for office in actor.memberships}
    return [part for part in parts if part.unit_id not in own and part.progress.handed_to != actor.person_id]


def _each_once(parts: list[Part]) -> list[Part]:
    """Drop the repetitions of a part that was named in two ways."""
    return list({part.id: part for part in parts}.values())


def must_have_an_end(part: Part) -> None:
    """Raise `NeverDone` for a standing duty."""
    if part.kind is Kind.STANDING:
        raise NeverDone(part.code)


def must_be_open(part: Part) -> None:
    """Raise `AlreadyClosed` for a part on which nothing is left to do."""
    if not part.progress.is_open:
        raise AlreadyClosed(part.progress.state, part.progress.completed_on, part.progress.document, part.code)


def not_carried(context: Context, part: Part, words: str, told: Message) -> Message:
    """Add to an answer that what was said of a restricted directive reaches nobody by messenger."""
    return replace(told, lines=(*told.lines, context.t("restricted-words"))) if part.restricted and words else told


@command("present", who=UNIT | OFFICE)
async def present(context: Context) -> Answer:
    """Report the part laid before the leadership for signature; a clerk's bare "trình" submits the notice prepared.

    A leader's bare "chờ ký" asks what waits for their own signature.
    """
    if not context.said.refs and context.actor.is_any(OFFICE) and (answer := await notices.submit(context)) is not None:
        return answer
    if not context.said.refs and not context.actor.unit_ids and context.actor.is_any(LEADERSHIP):
        context.said = understand(f"/waiting {context.said.rest}", today=context.today)
        return await COMMANDS["waiting"].run(context)
    if not context.actor.is_any(UNIT):
        if context.said.refs and context.said.mentions_unit is not None:
            return await COMMANDS["record"].run(context)
        raise NotAllowed("present")
    on = context.said.date or context.today
    lines = []
    for part in await _act_on_each(context, "present"):
        must_have_an_end(part)
        must_be_open(part)
        new = tasks.present(part.progress, on, context.now)
        await save(context, "present", part, new)
        due = part.progress.due
        late = due is not None and on > due.on
        lines.append(context.t("present-recorded", code=part.code, date=day_month(on), late="yes" if late else "no",
                               due=part_due(part, context.today) or ""))  # fmt: skip
    return Message.of("\n".join([*lines, context.t("present-then")]))


@command("reported", who=UNIT, menu=False)
async def reported(context: Context) -> Answer:
    """Report the part done while its document still lacks a number: asked for again, not counted as done."""
    lines = []
    for part in await _act_on_each(context, "reported"):
        must_have_an_end(part)
        must_be_open(part)
        await save(context, "reported", part, tasks.report_without_document(part.progress))
        lines.append(context.t("reported-recorded", code=part.code))
    if context.question is not None and context.question.kind == "document":
        await context.settle()
    return Message.of("\n".join(lines))


@command("progress", who=UNIT)
async def progress(context: Context) -> Answer:
    """Record how it goes in the head's own words; never done."""
    lines, parts = [], await _act_on_each(context, "progress")
    for part in parts:
        must_be_open(part)
        words = kept(context.said.said or context.said.rest) or None
        percent = context.said.percent
        await save(context, "progress", part, tasks.advance(part.progress, words, percent))
        due = part_due(part, context.today)
        arguments = {"code": part.code, "due": due or "", "dated": "yes" if due else "no"}
        if percent is not None:
            lines.append(context.t("progress-percent", percent=percent, **arguments))
        else:
            lines.append(context.t("progress-recorded", words=words or "", **arguments))
    return _told(context, parts, lines, context.said.said or context.said.rest)


@command("blocked", who=UNIT)
async def blocked(context: Context) -> Answer:
    """Record what holds a part up and when it is expected; asked for where nothing of it was said."""
    parts = await _act_on_each(context, "blocked")
    lines = [await _block(context, part, unit_apart(context, part)) for part in parts]
    if len(parts) == 1 and not context.said.rest and context.said.date is None:
        await context.ask("reason", part=parts[0].id)
        lines.append(context.t("blocked-why"))
    return _told(context, parts, lines, context.said.rest)


def _told(context: Context, parts: Sequence[Part], lines: Sequence[str], words: str) -> Message:
    """Return what was recorded of parts and, once, that what was said of a restricted one is not carried."""
    told = Message.of("\n".join(lines))
    limited = [part for part in parts if part.restricted]
    return not_carried(context, limited[0], words, told) if limited else told


async def _block(context: Context, part: Part, words: str) -> str:
    must_be_open(part)
    words, expected = kept(words), context.said.date
    await save(context, "blocked", part, tasks.block(part.progress, words, expected))
    due = part_due(part, context.today)
    return context.t(
        "blocked-recorded",
        code=part.code,
        words=words,
        quoted="yes" if words else "no",
        expected=near_date(expected, context.today) if expected else "",
        dated="yes" if expected else "no",
        due=due or "",
        has="yes" if due else "no",
    )


def kept(words: str) -> str:
    """Return a head's words as typed, as many as leave a leader's list a list."""
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1].rstrip()}…"


@answers("reason")
async def reason_given(context: Context) -> Answer:
    """Take words without a code as what holds the part asked about up."""
    said, asked = context.said, context.question
    if asked is None or said.refs or context.incoming.text.startswith("/") or said.intent not in _REASONS:
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    await context.settle()
    if not parts or not parts[0].progress.is_open:
        return None
    only_date = said.date is not None and typed_date(said.said, today=context.today) is not None
    words = "" if only_date else said.rest or said.said
    return _told(context, parts[:1], [await _block(context, parts[0], words)], words)


@command("acknowledge", who=ANYONE, menu=False)
async def acknowledge(context: Context) -> Answer:
    """Take "ok" as received: of the directive replied to, else of everything newly assigned; nothing is done by it."""
    if not context.actor.unit_ids:
        return context.say("acknowledge-heard")
    if context.said.refs:
        parts = _each_once([await own_part(context, ref, "acknowledge") for ref in context.said.refs])
    else:
        parts = await context.work.parts.own_open(context.actor)
    new = [part for part in parts if part.progress.state is State.ASSIGNED]
    if not new:
        return context.say("acknowledge-heard")
    for part in new:
        if context.entry_id is None:
            await context.record("acknowledge", reference(part), undoable=True)
        await context.work.parts.save(part, tasks.acknowledge(part.progress), context.entry_id)
    return context.say(
        "acknowledge-recorded",
        unit=parts[0].unit_code if context.said.refs and parts else context.actor.unit_code,
        time=clock_time(context.now),
        date=day_month(context.today),
    )

"""What a cooperating unit answers to the lead that asks it: its contribution, that it has none, or that it needs time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.errors import AlreadyAnswered, ChangedMeanwhile, NotAsked, WhichTask
from core.inquiries import Answered, UnitAnswer
from core.messages import IncomingFile, Message
from core.people import UNIT
from core.speech import DocumentRef, complete_document
from core.submissions import Submission
from core.tasks import Kind, Part, PartRole
from handlers.acts import kept, not_carried
from handlers.context import Context
from handlers.coordination import lead_of
from handlers.keeping import keep_files
from handlers.phrasing import label, reference
from handlers.resolve import meant, no_part, only_known_unit, unit_apart
from handlers.routing import Answer, answers, command

_WORDS = frozenset({"text", "unknown", "progress"})

Asked = tuple[Part, UnitAnswer]


@command("contribute", who=UNIT)
async def contribute(context: Context) -> Answer:
    """Hand the lead what it asks for: words, a document's number and date, files; asked for where nothing came along."""
    part, answer = await _asked(context, "contribute")
    words = unit_apart(context, part).lstrip(" :,;")
    if words or context.incoming.files or _document(context):
        return await give(context, part, answer, words)
    await context.ask("contribution", part=part.id)
    context.about = reference(part)
    lines = [context.t("contribute-ask", code=part.code)]
    address = context.upload_address(await context.work.uploads.make(part.id, context.actor.account_id))
    if address is not None:
        lines.append(context.t("report-ask-page", code=part.code, address=address))
    return Message.of("\n".join(lines), context.button("button-leave", "/cancel", opt_out=True))


@answers("contribution")
async def given(context: Context) -> Answer:
    """Take what follows the question as the contribution: files, a number and date, or words."""
    asked, said = context.asked("contribution"), context.said
    if asked is None or context.incoming.text.startswith("/") or said.refs:
        return None
    if not (context.incoming.files or said.document is not None or said.intent in _WORDS):
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    open_one = await open_question(context, parts[0]) if parts else None
    await context.settle()
    return None if open_one is None else await give(context, *open_one, said.rest or said.said)


@command("nothing", who=UNIT)
async def nothing(context: Context) -> Answer:
    """Tell the lead that asks that there is nothing to contribute."""
    part, answer = await _asked(context, "nothing")
    lead = await keep_answer(context, part, answer, Answered.NOTHING)
    await _tell(context, lead, "inquiry-answered", part=part, state=Answered.NOTHING, words="", files=0)
    return recorded(context, part, lead, "nothing-recorded")


async def give(
    context: Context, part: Part, answer: UnitAnswer, words: str, files: Sequence[IncomingFile] | None = None,
    *, read: DocumentRef | None = None,
) -> Message:  # fmt: skip
    """Keep a contribution as one more version of the unit's result, and tell the lead."""
    lead = await keep_answer(context, part, answer, Answered.GIVEN)
    document = _document(context) or read
    held = await context.work.submissions.add(
        part.id,
        Submission(
            document.number if document else None, document.dated if document else None, context.now, words or None
        ),
        context.entry_id,
        album=context.incoming.album,
    )
    files = context.incoming.files if files is None else files
    await keep_files(context, [held], files)
    told = "" if part.restricted else words or (document.number if document else "")
    await _tell(context, lead, "inquiry-answered", part=part, state=Answered.GIVEN, words=kept(told), files=len(files))
    return not_carried(context, part, words, recorded(context, part, lead, "contribute-recorded"))


async def answer_by_finishing(context: Context, part: Part) -> None:
    """Take a part that its unit has reported done as its contribution; undone together with that."""
    asked = await open_question(context, part)
    if asked is None:
        return
    person = context.actor.person_id
    if await context.work.inquiries.give(asked[1].id, Answered.GIVEN, person_id=person, entry_id=context.entry_id):
        (inquiry,) = await context.work.inquiries.by_ids([asked[1].inquiry_id])
        lead = await lead_of(context.work, inquiry)
        await _tell(context, lead, "inquiry-answered", part=part, state=Answered.GIVEN, words="", files=0)


async def open_question(context: Context, part: Part) -> Asked | None:
    """Return a cooperating part of the sender's own with what it is asked, where it still has to answer."""
    own = await context.work.parts.own_by_code(context.actor, part.code) if part.role is PartRole.COOPERATING else []
    parts = [one for one in own if one.id == part.id]
    found = [one for one in await context.work.inquiries.of_parts([one.id for one in parts]) if one.is_open]
    return (parts[0], found[0]) if found else None


async def _asked(context: Context, name: str) -> Asked:
    """Return what the sender's unit is asked: of the directive named, or the only one."""
    await only_known_unit(context)
    parts = await _cooperating(context, name)
    answers = await context.work.inquiries.of_parts([part.id for part in parts])
    by_id = {part.id: part for part in parts}
    found = [(by_id[one.part_id], one) for one in answers if one.is_open]
    if len(found) > 1:
        choices = [(f"/{name} {reference(part)} {part.unit_code}", label(part, context.today)) for part, _ in found]
        raise WhichTask(name, tuple(choices))
    if found:
        return found[0]
    if context.said.refs and answers:
        last = answers[-1]
        raise AlreadyAnswered(by_id[last.part_id].code, last.unit_code, last.state, last.at or context.now)
    raise NotAsked(context.said.refs[0].code if context.said.refs else "")


async def _cooperating(context: Context, name: str) -> list[Part]:
    if not context.said.refs:
        own = await context.work.parts.own_open(context.actor)
        return [part for part in own if part.role is PartRole.COOPERATING and part.kind is Kind.TRACKED]
    ref = context.said.refs[0]
    own = await context.work.parts.own_by_code(context.actor, ref.code)
    found = meant(own, ref, context)
    if not found and context.said.mentions_unit is not None:  # a unit the words speak of
        context.said = replace(context.said, mentions_unit=None)
        found = meant(own, ref, context)
    if not found:
        raise await no_part(context, ref, name)
    return [part for part in found if part.role is PartRole.COOPERATING]


async def keep_answer(
    context: Context, part: Part, answer: UnitAnswer, state: Answered, wanted: date | None = None
) -> Part | None:
    """Write the answer down and return the lead's part; raises `ChangedMeanwhile` where the unit has just answered."""
    await context.record(f"answer-{state.value}", f"{reference(part)} {part.unit_code}", undoable=True)
    context.about = reference(part)
    person = context.actor.person_id
    if not await context.work.inquiries.give(
        answer.id, state, person_id=person, entry_id=context.entry_id, wanted=wanted
    ):
        raise ChangedMeanwhile(part.code)
    (inquiry,) = await context.work.inquiries.by_ids([answer.inquiry_id])
    return await lead_of(context.work, inquiry)


async def _tell(
    context: Context, lead: Part | None, key: str, *, part: Part, state: Answered, words: str, files: int
) -> None:
    if lead is not None:
        await context.tell_unit(lead, key, code=part.code, unit=part.unit_code, state=state.value, words=words,
                                has="yes" if words else "no", files=files)  # fmt: skip


def recorded(context: Context, part: Part, lead: Part | None, key: str) -> Message:
    """Return what the unit reads once its answer is kept."""
    return context.say(key, context.button("button-undo", "/undo"), menu=True, code=part.code, unit=part.unit_code,
                       lead=lead.unit_code if lead else "")  # fmt: skip


def _document(context: Context) -> DocumentRef | None:
    """Return the document named by number and date; a number alone may be anything the words speak of."""
    given = context.said.document
    if given is None or given.dated is None:
        return None
    return complete_document(given, year=context.today.year, agency_code=context.actor.agency_code)

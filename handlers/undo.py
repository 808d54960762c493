"""Taking back the sender's last act, while nobody has acted on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.errors import ActedUpon, NothingToUndo
from core.messages import Message
from core.people import ANYONE
from core.tasks import Part, PartRole, Progress, State
from handlers.context import Context
from handlers.given_told import withdraw
from handlers.giving_back import give_back, must_be_last
from handlers.phrasing import reference, units_given
from handlers.routing import Answer, command
from storage.audit import Entry

_FEW = 4
"""Parts that each get a line of their own in the answer to an undo."""

_RAISED = {
    "extend": "extend", "propose": "propose", "opinion": "opinion", "refused": "opinion", "request": "request",
}  # fmt: skip
"""Acts that leave the parts as they are, and what is said of them."""


@command("undo", who=ANYONE)
async def undo(context: Context) -> Answer:
    """Restore every part the sender's last message of the past ten minutes changed, as it was before."""
    person = context.actor.person_id
    last = await context.work.audit.last_undoable(person)
    if last is None:
        raise NothingToUndo
    restored: dict[int, tuple[Part, Progress]] = {}
    entries = await context.work.audit.of_one_message(person, last)
    for entry in entries:
        for part, before in await take_back(context, entry):
            restored[part.id] = (part, before)
    if last.act == "new":
        return await _withdrawn(context, [part for part, _ in restored.values()])
    if len(restored) == 1:
        ((part, _),) = restored.values()
        context.about = reference(part)
    lines = _stand_again(context, list(restored.values()))
    if last.act == "assign":
        lines = [await _who_has_it(context, last.subject, entry.detail["task"]) for entry in entries[:1]]
    if last.act == "edit":
        lines.append(context.t("notice-edit-undone", subject=last.subject))
    lines += [
        context.t("change-undone", code=entry.subject.rpartition("/")[2]) for entry in entries if _reworded(entry)
    ]
    lines += [
        context.t(f"undo-{_RAISED[entry.act]}", code=entry.subject.split()[0].rpartition("/")[2])
        for entry in reversed(entries)
        if entry.act in _RAISED
    ]
    done = context.t("undo-done-many", count=len(restored)) if len(restored) > _FEW else context.t("undo-done")
    return Message.of("\n".join([done, *lines]))


def _stand_again(context: Context, restored: Sequence[tuple[Part, Progress]]) -> list[str]:
    """Return how each part stands again, those of many that stand alike on one line."""
    if len(restored) <= _FEW:
        return [
            context.t("undo-part", code=part.code, state=context.t(f"state-{before.state.value}"))
            for part, before in restored
        ]
    alike: dict[str, list[str]] = {}
    for part, before in sorted(restored, key=lambda one: one[0].id):
        alike.setdefault(context.t(f"state-{before.state.value}"), []).append(part.code)
    return [
        context.t("undo-parts", count=len(codes), codes=", ".join(codes), state=state) for state, codes in alike.items()
    ]


def _reworded(entry: Entry) -> bool:
    """Tell whether an act changed a directive's words."""
    return entry.act == "change" and "was" in entry.detail


async def _who_has_it(context: Context, subject: str, task_id: int) -> str:
    """Return whose a directive is again."""
    context.about = subject
    parts = [part for part in await context.work.parts.of_task(task_id) if part.progress.state is not State.DROPPED]
    lead = dict.fromkeys(part.unit_code for part in parts if part.role is not PartRole.COOPERATING)
    partners = dict.fromkeys(part.unit_code for part in parts if part.role is PartRole.COOPERATING)
    units = units_given(context.t, list(lead), list(partners))
    return context.t("assign-undone", code=subject.rpartition("/")[2], units=units, has="yes" if units else "no")


def _words(entry: Entry) -> dict[str, Any]:
    """Return what an act made of a directive's words, and what they were."""
    return {"task_id": entry.detail["task"], "now": entry.detail["is"], "was": entry.detail["was"]}


async def _withdrawn(context: Context, parts: list[Part]) -> Message:
    """Say that a task given a moment ago is given no more, to whoever gave it and to its units."""
    context.about = reference(parts[0])
    await withdraw(context, parts)
    return context.say("new-withdrawn", code=parts[0].code, title=parts[0].title)


async def take_back(
    context: Context, entry: Entry, act: str = "undo", *, detail: dict[str, Any] | None = None
) -> list[tuple[Part, Progress]]:
    """Take back one act and return its parts with the progress they have again; raises `ActedUpon`.

    What is not the sender's own `undo` is another's act that the sender takes back.
    """
    versions = dict(await context.work.versions.made_by(entry.id))
    parts = await context.work.parts.by_ids(list(versions))
    await must_be_last(context, entry, [part for part in parts if versions[part.id] == 1])
    for part in parts:
        # what came after and was taken back again leaves the part as this act had left it
        if part.progress != await context.work.versions.at(part.id, versions[part.id]):
            raise ActedUpon(part.code)
    if entry.act == "edit" and await context.work.drafts.take_back(context.actor.agency_id, entry.id) is None:
        raise ActedUpon(entry.subject)
    if _reworded(entry) and not await context.work.notices.word_back(**_words(entry)):
        raise ActedUpon(entry.subject.rpartition("/")[2])
    # the unit's word against a record is an act of its own, to be taken back in its turn
    undoing = await context.record(
        act, entry.subject, undoable=act == "dispute", detail={**(detail or {}), "entry": entry.id}
    )
    restored = []
    for part in parts:
        if versions[part.id] == 1:
            # it was not there before: nothing is deleted, it is followed no more
            before = replace(part.progress, state=State.DROPPED)
        else:
            before = await context.work.versions.at(part.id, versions[part.id] - 1)
        await context.work.parts.save(part, before, undoing)
        if await _was_undated(context, part, before):
            await context.work.parts.undate(part)
        restored.append((part, before))
    mark = context.work.audit.mark_undone if act == "undo" else context.work.audit.mark_disputed
    await mark(entry.id, undoing)
    await give_back(context, entry)
    reached = await context.work.gathering.take_back(entry.id)
    if entry.act != "new":  # withdrawing it tells everybody concerned
        await _correct(context, reached)
    await context.work.outbox.void(entry.id)
    return restored


async def _was_undated(context: Context, part: Part, before: Progress) -> bool:
    """Tell whether the date that is taken back was the first one the part ever had."""
    if before.due is not None or part.progress.due is None or part.original_due != part.progress.due.on:
        return False
    return (await context.work.versions.at(part.id, 1)).due is None


async def _correct(context: Context, reached: Mapping[int, Sequence[str]]) -> None:
    """Tell whom the news of an undone act reached already that it holds no more, but for who is told so anyway."""
    known = {row.person_id for row in context.rows} | {context.actor.person_id}
    for person, about in reached.items():
        if person in known:
            continue
        codes = list(dict.fromkeys(one.rpartition("/")[2] for one in about))
        await context.tell(
            person, "undo-told", now=True, about=about[0] if len(set(about)) == 1 else None,
            by=context.actor.title, codes=", ".join(codes), has="yes" if codes else "no",
        )  # fmt: skip

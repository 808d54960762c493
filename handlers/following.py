"""A settled draft goes under follow-up, and every unit's head gets the first list of what is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from core.deadlines import today
from core.drafts import DraftNotice, DraftTask
from core.messages import Button, Message
from core.tasks import Kind, PartRole
from core.units import Unit
from handlers.catalogue import Catalogue
from handlers.notice_words import Words, counted_due
from storage.accounts import Reach
from storage.outbox import Outgoing
from storage.people import Office
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Told:
    """A unit that has parts: its heads, and whether a message is on its way to any of them."""

    unit: Unit
    heads: tuple[Office, ...]
    reached: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A notice put under follow-up: its parts, the first lists to send and whom they reach."""

    notice_id: int
    parts: int
    rows: tuple[Outgoing, ...]
    told: tuple[Told, ...]


async def follow_up(
    work: Work, catalogue: Catalogue, agency_id: int, draft: DraftNotice, *, by: int | None, entry_id: int | None
) -> Followed:
    """Put the draft under follow-up and make the first list of every unit's head; the caller queues them."""
    units = [unit for unit in await work.people.units(agency_id) if unit.id != agency_id]
    ids = {unit.code: unit.id for unit in units}
    notice_id = await work.follow_up.follow(agency_id, draft, ids, by=by, entry_id=entry_id)
    rows: list[Outgoing] = []
    told: list[Told] = []
    parts = await work.parts.of_notice(notice_id)
    heads = await heads_of(work, agency_id)
    concerned = {part.unit_id for part in parts}
    for unit in units:
        if unit.id not in concerned:
            continue
        mine, one = tell_heads(
            catalogue,
            unit,
            heads[unit.id],
            partial(first_list, unit=unit, draft=draft, day=today(work.now)),
            entry_id,
        )
        rows += mine
        told.append(one)
    return Followed(notice_id, len(parts), tuple(rows), tuple(told))


def tell_heads(
    catalogue: Catalogue,
    unit: Unit,
    heads: Sequence[tuple[Office, Reach | None]],
    build: Callable[[Words], Message],
    entry_id: int | None,
) -> tuple[list[Outgoing], Told]:
    """Return the message of every head of a unit, kept for the office where nothing reaches them, and who that is."""
    rows = [
        Outgoing.notice(way, head.person_id, build(words_in(catalogue, head.language)), entry_id=entry_id)
        for head, way in heads
    ]
    return rows, Told(unit, tuple(head for head, _ in heads), any(way is not None for _, way in heads))


async def heads_of(work: Work, agency_id: int) -> dict[int, list[tuple[Office, Reach | None]]]:
    """Return each unit's heads, or who stands in for them, with the way to reach them, `None` where there is none."""
    heads: dict[int, list[tuple[Office, Reach | None]]] = defaultdict(list)
    for office in await work.acting.heads(agency_id):
        ways = await work.accounts.reach(office.person_id)
        heads[office.unit_id].append((office, ways[0] if ways else None))
    return heads


def words_in(catalogue: Catalogue, language: str) -> Words:
    """Return the sentences of one language."""
    return lambda key, **arguments: catalogue.text(language, key, **arguments)


def unit_words(unit: Unit) -> str:
    """Return a unit as people say it: phòng QLTM, Văn phòng Sở."""
    if unit.name.startswith("Phòng "):
        return f"phòng {unit.code}"
    return unit.name if len(unit.name) <= 24 else unit.code


def first_list(t: Words, unit: Unit, draft: DraftNotice, day: date) -> Message:
    """Return what a unit was given: what it leads, carries out, cooperates in, and its standing duties."""
    own = [(task, role) for task in draft.tasks if (role := _role(task, unit.code)) is not None]
    followed = [(task, role) for task, role in own if task.kind is Kind.TRACKED]
    lines: list[str] = []
    for role in (PartRole.LEAD, PartRole.IMPLEMENTING):
        tasks = sorted((task for task, held in followed if held is role), key=_by_due)
        if tasks:
            lines.append(t(f"notice-first-{role.value}"))
        for task in tasks:
            lines += _given(t, task, role, day)
    cooperating = [
        t("notice-first-with", code=task.code, units=", ".join(task.lead))
        for task, role in followed
        if role is PartRole.COOPERATING
    ]
    if cooperating:
        lines.append(t("notice-first-cooperating", codes=", ".join(cooperating)))
    standing = [task.code for task, _ in own if task.kind is Kind.STANDING]
    if standing:
        lines.append(t("notice-first-standing", codes=", ".join(standing)))
    lines += footnotes(t, [task for task, role in followed if role is not PartRole.COOPERATING])
    name = unit_words(unit)
    title = t("notice-first-title", unit=name[:1].upper() + name[1:], number=draft.number)
    received = Button(t("notice-button-received"), "/acknowledge")
    return Message(tuple(lines), title, (received, Button(t("notice-button-objection"), "/propose")))


def _role(task: DraftTask, unit: str) -> PartRole | None:
    if task.kind is Kind.UNTRACKED:
        return None
    if unit in task.lead:
        return PartRole.LEAD
    if unit in task.implementing or (task.all_units and not task.units):
        return PartRole.IMPLEMENTING
    return PartRole.COOPERATING if unit in task.cooperating else None


def _by_due(task: DraftTask) -> tuple[bool, date]:
    return (task.due is None, task.due or date.max)


def _given(t: Words, task: DraftTask, role: PartRole, day: date) -> list[str]:
    due = counted_due(task, day) or (task.deadline_text if task.recurrence is not None else None)
    line = t("notice-first-line", code=task.code, title=task.shown_title, due=due or "", dated="yes" if due else "no")
    if role is PartRole.LEAD and task.implementing:
        return [line, "  " + t("notice-first-by", units=", ".join(task.implementing))]
    if role is PartRole.IMPLEMENTING and task.lead:
        return [line, "  " + t("notice-first-led", units=", ".join(task.lead))]
    return [line]


def footnotes(t: Words, tasks: Iterable[DraftTask]) -> Sequence[str]:
    """Return a line for every basis on which dates were set that the notice does not print."""
    bases = dict.fromkeys(task.due_basis for task in tasks if task.due is not None and task.due_basis)
    return [t("notice-basis", basis=basis) for basis in bases]

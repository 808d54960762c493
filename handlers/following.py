"""A settled draft goes under follow-up, and every unit's head gets the first list of what is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.deadlines import Deadline, today
from core.drafts import DraftNotice, DraftTask
from core.messages import Button, Message
from core.people import Role
from core.tasks import Kind, PartRole
from core.units import Unit
from handlers.catalogue import Catalogue
from handlers.phrasing import due_words
from handlers.routing import COMMANDS
from storage.outbox import Outgoing, Urgency
from storage.people import Office
from storage.work import Work

Words = Callable[..., str]
"""A sentence by its key, in somebody's language."""

_HEADS = {Role.HEAD, Role.OFFICE_CHIEF}


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
    notice_id = await work.notices.follow(agency_id, draft, ids, by=by, entry_id=entry_id)
    rows: list[Outgoing] = []
    told: list[Told] = []
    parts = await work.parts.of_notice(notice_id)
    offices = await work.people.offices(agency_id, roles=_HEADS)
    concerned = {part.unit_id for part in parts}
    for unit in units:
        if unit.id not in concerned:
            continue
        heads = tuple({office.person_id: office for office in offices if office.unit_id == unit.id}.values())
        reached = False
        for head in heads:
            ways = await work.accounts.reach(head.person_id)
            if not ways:
                continue
            reached = True
            way = ways[0]
            message = first_list(_in(catalogue, way.language), unit, draft, today(work.now))
            rows.append(
                Outgoing(
                    way.channel,
                    way.chat,
                    Urgency.NOTICE,
                    message,
                    account_id=way.account_id,
                    person_id=head.person_id,
                    entry_id=entry_id,
                )
            )
        told.append(Told(unit, heads, reached))
    return Followed(notice_id, len(parts), tuple(rows), tuple(told))


def _in(catalogue: Catalogue, language: str) -> Words:
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
    buttons = [Button(t("notice-button-received"), "/acknowledge")]
    if "propose" in COMMANDS:
        buttons.append(Button(t("notice-button-objection"), "/propose"))
    return Message(tuple(lines), title, tuple(buttons))


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
    due = counted_due(task, day)
    line = t("notice-first-line", code=task.code, title=task.title, due=due or "", dated="yes" if due else "no")
    if role is PartRole.LEAD and task.implementing:
        return [line, "  " + t("notice-first-by", units=", ".join(task.implementing))]
    if role is PartRole.IMPLEMENTING and task.lead:
        return [line, "  " + t("notice-first-led", units=", ".join(task.lead))]
    return [line]


def counted_due(task: DraftTask, day: date) -> str | None:
    """Return the deadline that counts, in words, an asterisk after one the notice does not print."""
    due = Deadline(task.due, task.due_time, task.due_basis) if task.due is not None else None
    return due_words(due, task.deadline_text, day)


def footnotes(t: Words, tasks: Iterable[DraftTask]) -> Sequence[str]:
    """Return a line for every basis on which dates were set that the notice does not print."""
    bases = dict.fromkeys(task.due_basis for task in tasks if task.due is not None and task.due_basis)
    return [t("notice-basis", basis=basis) for basis in bases]

"""Writes a world down: its units, people, accounts, notices and parts as rows, and under which numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, text, update

from core.reminders.ladder import Ladder
from storage.schema import accounts, assignments, leases, memberships, notices, oversights, people, tasks, units
from storage.work import Work
from tests.simulation.rules import Part, Steps, World
from tests.simulation.wires import CHANNELS, Wire


@dataclass
class Numbers:
    """Under which number what of the world is kept."""

    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    notices: dict[tuple[str, str], int] = field(default_factory=dict)
    directives: dict[tuple[str, str, str], int] = field(default_factory=dict)


async def furnish(work: Work, world: World, wires: dict[str, Wire], now: datetime) -> Numbers:
    """Write the world down and return the numbers it got."""
    numbers = Numbers()
    await _units(work, world, numbers)
    await _people(work, world, numbers, wires, now)
    await _parts(work, world, numbers, now)
    await _ladders(work, world, numbers)
    for name in CHANNELS:
        row = {"name": f"sender:{name}:", "holder": "me", "until": now + timedelta(days=3000), "fence": 1}
        await work.connection.execute(insert(leases).values(row))
    return numbers


async def _units(work: Work, world: World, numbers: Numbers) -> None:
    agencies = list(dict.fromkeys(person.agency for person in world.people.values()))
    below = sorted({(p.agency, unit) for p in world.people.values() for _, unit in p.offices})
    known = dict.fromkeys([*agencies, *(unit for _, unit in below)])
    numbers.units = {unit: number for number, unit in enumerate(known, 1)}
    rows: list[tuple[str, str | None, str]] = [(agency, None, "agency") for agency in agencies]
    rows += [(unit, agency, "division") for agency, unit in below if unit not in agencies]
    await work.connection.execute(insert(units), [
        {"id": numbers.units[unit], "kind": kind, "code": unit, "name": unit, "aliases": [], "settings": {},
         "agency_id": numbers.units[agency or unit], "parent_id": numbers.units[agency] if agency else None}
        for unit, agency, kind in rows
    ])  # fmt: skip


async def _people(work: Work, world: World, numbers: Numbers, wires: dict[str, Wire], now: datetime) -> None:
    rows: dict[str, list[dict[str, Any]]] = {"people": [], "memberships": [], "oversights": [], "accounts": []}
    for number, person in enumerate(world.people.values(), 1):
        numbers.people[person.key] = number
        agency = numbers.units[person.agency]
        rows["people"].append({"id": number, "agency_id": agency, "key": person.key, "title": person.key})
        rows["memberships"] += [
            {"person_id": number, "unit_id": numbers.units[unit], "role": role} for role, unit in person.offices
        ]
        rows["oversights"] += [
            {"person_id": number, "unit_id": numbers.units[unit]} for unit in sorted(person.oversees)
        ]
        rows["accounts"] += [
            {"channel": channel, "external_id": chat, "chat": chat, "person_id": number,
             "status": "active" if works else "blocked", "linked_at": now - timedelta(days=place),
             "last_seen_at": wires[channel].heard.get(chat)}
            for place, (channel, works) in enumerate(person.accounts) for chat in [chat_of(person.key, channel)]
        ]  # fmt: skip
    for table in (people, memberships, oversights, accounts):
        await work.connection.execute(insert(table), rows[table.name])


def chat_of(person: str, channel: str) -> str:
    return f"{person}@{channel}"


async def _parts(work: Work, world: World, numbers: Numbers, now: datetime) -> None:
    rows: dict[str, list[dict[str, Any]]] = {"notices": [], "tasks": [], "assignments": []}
    known = sorted({(part.agency, part.notice) for part in world.parts.values()})
    for number, (agency, notice) in enumerate(known, 1):
        rows["notices"].append({"id": number, "agency_id": numbers.units[agency], "number": f"{notice}/{agency}",
                                "year": 2023, "issuer": agency, "title": "Kết luận", "followed_at": now})  # fmt: skip
    numbers.notices = {notice: number for number, notice in enumerate(known, 1)}
    for number, part in enumerate(world.parts.values(), 1):
        numbers.parts[part.key] = number
        notice_id, directive = numbers.notices[part.agency, part.notice], (part.agency, part.notice, part.code)
        both = {"agency_id": numbers.units[part.agency], "notice_id": notice_id,
                "code": part.code, "title": part.code, "kind": part.kind}  # fmt: skip
        if directive not in numbers.directives:
            numbers.directives[directive] = number
            rows["tasks"].append({**both, "id": number, "position": number, "text": part.code,
                                  "needs_document": False, "by_superior": False,
                                  "recurrence": part.returns.as_kept() if part.returns else None})  # fmt: skip
        rows["assignments"].append({**both, "id": number, "task_id": numbers.directives[directive],
                                    "unit_id": numbers.units[part.unit], "role": part.role,
                                    "original_due_on": part.original,
                                    **stored(part, numbers, now.date())})  # fmt: skip
    for table in (notices, tasks, assignments):
        await work.connection.execute(insert(table), rows[table.name])
    if work.connection.dialect.name == "postgresql":  # the product adds parts of its own behind these
        last = text("SELECT setval(pg_get_serial_sequence('assignments', 'id'), max(id)) FROM assignments")
        await work.connection.execute(last)


async def _ladders(work: Work, world: World, numbers: Numbers) -> None:
    for agency, steps in world.of_agency.items():
        await set_ladder(work, numbers, steps, agency)
    for notice, steps in world.of_notice.items():
        await set_ladder(work, numbers, steps, notice[0], notice=notice)
    for directive, steps in world.of_directive.items():
        await set_ladder(work, numbers, steps, directive[0], directive=directive)


async def set_ladder(
    work: Work, numbers: Numbers, steps: Steps | None, agency: str, *, notice: tuple[str, str] | None = None,
    directive: tuple[str, str, str] | None = None,
) -> None:  # fmt: skip
    """Set the steps of an agency, of a notice or of a directive; `None` are the usual ones."""
    made = None
    if steps is not None:
        made = Ladder(head=steps.head, overseer=steps.overseer, leader=steps.leader, urgent=steps.urgent)
    notice_id = numbers.notices[notice] if notice is not None else None
    task_id = numbers.directives[directive] if directive is not None else None
    await work.ladders.set(made, numbers.units[agency], notice_id=notice_id, task_id=task_id)


def stored(part: Part, numbers: Numbers, today: date) -> dict[str, Any]:
    """Return a part's columns."""
    return {
        "state": part.state, "due_on": part.due, "due_time": part.hour, "expected_on": part.expected, "present_by": part.present_by,
        "handed_to": numbers.people[part.handed_to] if part.handed_to else None,
        "presented_on": today if part.state == "presented" else None, "completed_on": part.completed,
        "mend_by": part.mend_by,
    }  # fmt: skip


async def save(work: Work, part: Part, numbers: Numbers, today: date) -> None:
    """Write a part down as it stands."""
    where = assignments.c.id == numbers.parts[part.key]
    await work.connection.execute(update(assignments).where(where).values(stored(part, numbers, today)))


async def look_up(work: Work, part: Part, numbers: Numbers) -> None:
    """Note the number of the part the product made for a turn that began."""
    first = assignments.alias()
    newest = (
        select(assignments.c.id)
        .join(first, (first.c.task_id == assignments.c.task_id) & (first.c.unit_id == assignments.c.unit_id))
        .where(first.c.id == numbers.parts[part.directive], assignments.c.due_on == part.due)
        .order_by(assignments.c.id.desc())
        .limit(1)
    )
    numbers.parts[part.key] = (await work.connection.execute(newest)).scalar_one()

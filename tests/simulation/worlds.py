"""Worlds to play: three agencies, sixty people, four hundred parts, drawn from a seed."""

from __future__ import annotations

import json
import random
from datetime import date, time, timedelta
from pathlib import Path

from core.deadlines import HANOI
from tests.simulation.periods import Returns
from tests.simulation.rules import Part, Person, Steps, World
from tests.simulation.wires import CHANNELS

NOTICE_718 = Path(__file__).parents[1] / "data" / "notice-718" / "truth.json"
RINGING = (time(8, 30), time(11, 45), time(14), time(16, 30), time(20, 30), time(22))
"""Hours of a last day, none of them near one at which anything is looked at."""
_UNITS_OF_718 = ("QLTM", "QLCN", "QLNL", "KHTCTH", "TTKC")


def draw(seed: int, start: date, *, parts: int = 400) -> World:
    """Return the world of a seed: like the office of notice 718 three times over, twenty people each."""
    chance = random.Random(seed)
    people: dict[str, Person] = {}
    made: dict[str, Part] = {}
    for number in range(3):
        agency = f"A{number}"
        names = [f"{agency}U{n}" for n in range(8)]
        office = f"{agency}VP"
        rows: list[tuple[str, list[tuple[str, str]], set[str]]] = [
            ("gd", [("leader", agency)], set()),
            ("pgd1", [("deputy_leader", agency)], set(names[:3])),
            ("pgd2", [("deputy_leader", agency)], set(names[3:6])),
            ("cvp", [("office_chief", office)], set()),
            ("th", [("clerk", office)], set()),
            *((f"tp{n}", [("head", unit)], set()) for n, unit in enumerate(names)),
            *((f"pp{n}", [("deputy_head", unit)], set()) for n, unit in enumerate(names[:5])),
            ("cv0", [("officer", names[0])], set()),
            ("cv1", [("officer", names[1])], set()),
        ]
        if number == 2:
            rows[0] = ("gd", [("leader", agency), ("head", names[7])], set())
            rows[6] = ("tp1", [("head", names[1]), ("head", names[2])], set())
        for key, offices, oversees in rows:
            channels = chance.sample(CHANNELS, chance.choice([0, 1, 1, 1, 2, 2, 3]))
            name = f"{agency}-{key}"
            people[name] = Person(name, agency, offices, oversees, [[channel, True] for channel in channels])
        for place in range(parts // 3):
            unit = chance.choice([*names, office])
            code = f"{5 + place // 40}.{1 + place % 40}"
            key = f"{agency} {code}"
            kind = chance.choices(["tracked", "standing"], [12, 1])[0]
            due = (
                start + timedelta(days=chance.randint(-40, 70)) if kind == "tracked" and chance.random() < 0.8 else None
            )
            role = chance.choices(["lead", "implementing", "cooperating"], [8, 2, 1])[0]
            state = chance.choices(["assigned", "done", "in_progress", "presented", "reported"], [3, 9, 1, 1, 1])[0]
            present_by = due - timedelta(days=5) if due and chance.random() < 0.2 else None
            hour = chance.choice(RINGING) if due and chance.random() < 0.15 else None
            made[key] = Part(key, code, agency, unit, due, role, kind, state, present_by=present_by, hour=hour)
            if kind == "tracked" and role != "cooperating" and chance.random() < 0.08:
                _let_return(made[key], chance, start)
    world = World(people, made | _notice_718(random.Random(f"718 {seed}")), zone=HANOI)
    _set_ladders(world, random.Random(f"ladders {seed}"))
    return world


def _let_return(part: Part, chance: random.Random, start: date) -> None:
    part.returns = chance.choice([Returns("day"), *(Returns("week", on) for on in (None, 1, 3)),
                                  *(Returns("month", on) for on in (None, 5, 20, 31)), Returns("quarter")])  # fmt: skip
    part.directive = part.key
    if part.due is not None:
        part.due = part.original = part.returns.from_day(start - timedelta(days=chance.randint(0, 9)))


def drawn_steps(chance: random.Random) -> Steps:
    """Return other steps than the usual ones."""
    before = frozenset(-chance.randint(1, 9) for _ in range(chance.randint(1, 3)))
    above, leader = (frozenset(chance.sample(range(2, 16), chance.randint(1, 4))) for _ in range(2))
    return Steps(before | frozenset(range(16)), above, leader, urgent=chance.random() < 0.3)


def _set_ladders(world: World, chance: random.Random) -> None:
    """Let offices have set other days: for one agency, perhaps for a notice, and for a few directives of any."""
    world.of_agency = {chance.choice(["A0", "A1", "A2"]): drawn_steps(chance)}
    world.of_notice = {notice: drawn_steps(chance) for notice in (("A0", "718"), ("A1", "1")) if chance.random() < 0.5}
    directives = sorted({(part.agency, part.notice, part.code) for part in world.parts.values()})
    world.of_directive = {one: drawn_steps(chance) for one in chance.sample(directives, min(12, len(directives)))}


def _notice_718(chance: random.Random) -> dict[str, Part]:
    """Return the parts of the real notice for the first agency: a date only suggested counts where it was accepted."""
    units = {name: f"A0U{number}" for number, name in enumerate(_UNITS_OF_718)} | {"VP": "A0VP"}
    everybody = [*(f"A0U{n}" for n in range(8)), "A0VP"]
    made: dict[str, Part] = {}
    for task in json.loads(NOTICE_718.read_text(encoding="utf-8"))["tasks"]:
        due = date.fromisoformat(task["due"]) if not task["suggested_due"] or chance.random() < 0.5 else None
        roles = [("lead", unit) for unit in everybody] if task["all_units"] else []
        for role in ("lead", "implementing", "cooperating"):
            roles += [(role, units[name]) for name in task[f"{role}_units"]]
        for role, unit in roles:
            key, code, kind = f"A0 {task['code']} {unit}", task["code"], task["kind"]
            state = chance.choice(["assigned", "assigned", "in_progress", "presented"])
            made[key] = Part(key, code, "A0", unit, due if kind == "tracked" else None, role, kind, state, notice="718")
    return made

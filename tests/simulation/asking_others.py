"""What passes between the unit that leads a directive and those it works with."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.inquiries import Answered, By
from storage.work import Work
from tests.simulation.inquiries import Answer, Inquiry
from tests.simulation.rules import is_open
from tests.simulation.scene import Scene


async def asks(scene: Scene, work: Work, now: datetime) -> None:
    """A unit that leads asks the others for something by a day; who has a question open is not asked another."""
    asked, numbers = scene.oracle.inquiries, scene.numbers
    leads = [part for part in scene.world.parts.values() if part.role == "lead" and is_open(part)]
    shared = [part for part in leads if part.notice == "718"]
    if not shared:
        return
    lead = scene.chance.choice(shared)
    directive = (lead.agency, lead.notice, lead.code)
    others = [part for part in asked.parts_of(directive) if part.role == "cooperating" and part.state != "dropped"]
    by, head = now.date() + timedelta(days=scene.chance.randint(0, 6)), next(iter(scene.world.people))
    if not others:
        return
    parts = {numbers.parts[part.key]: part.key for part in others}
    task = (numbers.units[lead.agency], numbers.directives[directive])
    found = await work.inquiries.ask(
        task, numbers.units[lead.unit], "số liệu", By(by), list(parts), person_id=numbers.people[head], entry_id=None
    )
    busy = {one.part for inquiry in asked.asked for one in inquiry.answers if one.is_open}
    assert {parts[part] for part in found} == {key for key in parts.values() if key not in busy}
    number = max(one.id for one in await work.inquiries.of_tasks([task[1]]))
    answers = [Answer(parts[part], by) for part in found]
    asked.asked.append(Inquiry(number, directive, lead.unit, answers))


async def answers(scene: Scene, work: Work, now: datetime) -> None:
    """A unit gives what it was asked for, or says that it has nothing; or the lead names it another day."""
    silent = [
        (inquiry, one) for inquiry in scene.oracle.inquiries.asked for one in inquiry.answers
        if one.is_open and scene.world.parts[one.part].state != "dropped"
    ]  # fmt: skip
    if not silent:
        return
    inquiry, answer = scene.chance.choice(silent)
    (kept,) = await work.inquiries.by_ids([inquiry.number])
    stored = next(one for one in kept.answers if one.part_id == scene.numbers.parts[answer.part])
    if scene.chance.random() < 0.4:
        by = max(answer.by, now.date()) + timedelta(days=scene.chance.randint(1, 5))
        assert await work.inquiries.move(stored, By(by))
        answer.by, answer.summed = by, False
        return
    state = scene.chance.choice([Answered.GIVEN, Answered.NOTHING])
    person = next(iter(scene.numbers.people.values()))
    assert await work.inquiries.give(stored.id, state, person_id=person, entry_id=None)
    answer.is_open = False

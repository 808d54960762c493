"""What people do while days pass: the world and the database change together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from storage.work import Work
from tests.simulation import asking_others, people_acts, reports
from tests.simulation.furnish import save, set_ladder
from tests.simulation.rules import Steps
from tests.simulation.scene import Scene
from tests.simulation.worlds import RINGING, drawn_steps

K = TypeVar("K")
Act = Callable[[Scene, Work, datetime], Awaitable[None]]


async def one(scene: Scene, work: Work, now: datetime) -> None:
    """Let somebody do something, drawn by chance."""
    (act,) = scene.chance.choices(list(OFTEN), list(OFTEN.values()))
    await act(scene, work, now)


async def state(scene: Scene, work: Work, now: datetime) -> None:
    """A part stands otherwise than it did."""
    part = scene.any_part()
    if part.kind == "tracked":
        states = ["done", "presented", "submitted", "paused", "reported", "assigned", "dropped"]
        part.state = scene.chance.choice(states)
        part.mend_by = part.mend_by if part.state == "reported" else None
        await save(work, part, scene.numbers, now.date())


async def block(scene: Scene, work: Work, now: datetime) -> None:
    """A part is held up, by something expected or not."""
    part = scene.any_part()
    if part.kind == "tracked":
        part.state = "blocked"
        part.expected = scene.chance.choice([None, now.date() + timedelta(days=scene.chance.randint(-3, 12))])
        await save(work, part, scene.numbers, now.date())


async def due(scene: Scene, work: Work, now: datetime) -> None:
    """The office corrects a deadline, with an hour or not, with a day to present it by or not."""
    part = scene.any_part()
    if part.due is not None:
        part.due = now.date() + timedelta(days=scene.chance.randint(-5, 30))
        part.hour = scene.chance.choice([None, None, *RINGING])
        part.present_by = scene.chance.choice([None, part.due - timedelta(days=5)])
        await save(work, part, scene.numbers, now.date())


async def hand(scene: Scene, work: Work, now: datetime) -> None:
    """A part is handed to one of its unit, or back."""
    part = scene.any_part()
    members = [p.key for p in scene.world.people.values() if part.unit in {u for _, u in p.offices}]
    part.handed_to = scene.chance.choice([None, *members])
    await save(work, part, scene.numbers, now.date())


async def sets_ladder(scene: Scene, work: Work, _now: datetime) -> None:
    """The office sets other days for everything, for a notice or a directive, or takes the usual ones again."""
    part, world = scene.any_part(), scene.world
    notice, directive = (part.agency, part.notice), (part.agency, part.notice, part.code)
    steps = scene.chance.choice([None, drawn_steps(scene.chance), drawn_steps(scene.chance)])
    scope = scene.chance.choice(["agency", "notice", "directive", "directive"])
    if scope == "agency":
        _take(world.of_agency, part.agency, steps)
        await set_ladder(work, scene.numbers, steps, part.agency)
    elif scope == "notice":
        _take(world.of_notice, notice, steps)
        await set_ladder(work, scene.numbers, steps, part.agency, notice=notice)
    else:
        _take(world.of_directive, directive, steps)
        await set_ladder(work, scene.numbers, steps, part.agency, directive=directive)


def _take(kept: dict[K, Steps], scope: K, steps: Steps | None) -> None:
    kept.pop(scope, None)
    if steps is not None:
        kept[scope] = steps


async def swap(scene: Scene, work: Work, now: datetime) -> None:
    """A day off is worked, or the other way round."""
    day = now.date() + timedelta(days=scene.chance.randint(1, 9))
    scene.world.swapped[day] = working = not scene.world.works(day)
    await work.clock.set_day(day, working=working, name="đổi", source="test")
    scene.calendar.overlay(await work.clock.calendar())


OFTEN: Mapping[Act, int] = {
    state: 6,
    block: 2,
    due: 3,
    hand: 2,
    swap: 1,
    sets_ladder: 2,
    people_acts.blocks: 2,
    people_acts.goes_away: 2,
    people_acts.takes_office: 2,
    people_acts.puts_off: 5,
    people_acts.moves_hour: 2,
    reports.reports: 4,
    reports.returns: 4,
    reports.asks: 4,
    reports.gives_opinion: 2,
    reports.decides: 3,
    asking_others.asks: 4,
    asking_others.answers: 3,
}
"""What people do, and how often."""

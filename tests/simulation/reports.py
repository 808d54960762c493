"""What units report and ask for, and what those above make of it: through the product's own verbs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core import tasks
from core.deadlines import HANOI
from core.extensions import Moved, Outcome, extend
from storage.work import Work
from tests.simulation.rules import Part, Request, is_open
from tests.simulation.scene import Scene


async def reports(scene: Scene, work: Work, now: datetime) -> None:
    """A unit reports a part done by a document of these days; one that was returned first of all."""
    tracked = [p for p in scene.world.parts.values() if p.kind == "tracked" and is_open(p)]
    returned = [p for p in tracked if p.state == "returned"]
    if not tracked:
        return
    part = scene.chance.choice(scene.chance.choice([tracked, returned or tracked]))
    day, confirming = now.date() - timedelta(days=scene.chance.randint(0, 6)), scene.chance.random() < 0.3
    stored = await scene.stored(work, part)
    number = f"{scene.chance.randint(1, 999)}/TTr"
    new = tasks.complete(
        stored.progress, now, needs_document=False, document=number, document_on=day, confirming=confirming
    )
    await work.parts.save(stored, new, None)
    if part.mend_by is None or now > part.mend_by:
        part.completed, part.recorded = day, now.date()  # mended in time, the first report's day stands
    part.state, part.mend_by = "submitted" if confirming else "done", None


async def returns(scene: Scene, work: Work, now: datetime) -> None:
    """Somebody above says what a report lacks, and until when it can be mended."""
    reported = [p for p in scene.world.parts.values() if p.state in {"done", "submitted"} and p.completed]
    by = datetime.combine(now.date() + timedelta(days=scene.chance.randint(0, 6)), time(17), HANOI)
    if not reported or by <= now:
        return
    part = scene.chance.choice(reported)
    stored = await scene.stored(work, part)
    await work.parts.save(stored, tasks.send_back(stored.progress, "thiếu phụ lục", by), None)
    part.state, part.mend_by = "returned", by


async def asks(scene: Scene, work: Work, now: datetime) -> None:
    """A unit asks for more time, in all or inside the agency; one request at a time."""
    dated = [p for p in scene.world.parts.values() if p.due and is_open(p) and p.role != "cooperating"]
    if not dated:
        return
    part, inside = scene.chance.choice(dated), scene.chance.random() < 0.25
    until = _later(part, now.date(), inside=inside) + timedelta(days=scene.chance.randint(1, 20))
    what = Moved.PRESENT_BY if inside else Moved.DUE
    asked = await work.extensions.ask(scene.numbers.parts[part.key], what, until, "chờ số liệu", by=None, entry_id=None)
    assert (asked is None) == any(one.part == part.key for one in scene.world.requests)
    if asked is not None:
        scene.world.requests.append(Request(part.key, until, inside, number=asked))


def _later(part: Part, today: date, *, inside: bool) -> date:
    was = part.present_by if inside else part.due
    return max(was or today, today)


async def gives_opinion(scene: Scene, work: Work, _now: datetime) -> None:
    """The deputy who oversees the unit supports a request, or does not."""
    overseen = {unit for person in scene.world.people.values() for unit in person.oversees}
    silent = [one for one in scene.world.requests if one.supported is None and _part(scene, one).unit in overseen]
    if silent:
        asked = scene.chance.choice(silent)
        asked.supported = scene.chance.random() < 0.7
        by = next(p.key for p in scene.world.people.values() if _part(scene, asked).unit in p.oversees)
        await work.extensions.give_opinion(
            asked.number, supported=asked.supported, by=scene.numbers.people[by], entry_id=None
        )


async def decides(scene: Scene, work: Work, now: datetime) -> None:
    """The leader grants a request, perhaps until another day, or refuses it."""
    asked = [one for one in scene.world.requests if is_open(_part(scene, one))]
    if not asked:
        return
    request = scene.chance.choice(asked)
    part, until = _part(scene, request), request.until + timedelta(days=scene.chance.choice([0, 0, 0, 2, 7]))
    granted = scene.chance.random() < 0.8 and until > now.date()
    if granted:
        stored = await scene.stored(work, part)
        what = Moved.PRESENT_BY if request.inside else Moved.DUE
        await work.parts.save(stored, extend(stored.progress, what, until, "ý kiến Giám đốc"), None)
        part.present_by, part.due = (until, part.due) if request.inside else (part.present_by, until)
    outcome = Outcome.GRANTED if granted else Outcome.REFUSED
    assert await work.extensions.decide(
        request.number, outcome, by=None, entry_id=None, until=until if granted else None
    )
    scene.world.requests.remove(request)


def _part(scene: Scene, request: Request) -> Part:
    return scene.world.parts[request.part]

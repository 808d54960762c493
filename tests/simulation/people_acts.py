"""What people do about themselves: they come and go, are away, choose an hour, put off what they hear of."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert

from handlers.reminders.moving import move_hour
from storage.schema import memberships
from storage.work import Work
from tests.simulation.furnish import chat_of
from tests.simulation.rules import HOURS, Person, heads_of
from tests.simulation.scene import Scene
from tests.simulation.wires import WINDOWED


async def blocks(scene: Scene, work: Work, now: datetime) -> None:
    """Somebody blocks the bot, or lets it write again."""
    person = scene.any_person()
    if not person.accounts:
        return
    account = scene.chance.choice(person.accounts)
    if account[1]:
        account[1] = False
        await _set_status(work, person, account[0], "blocked")
    else:
        await _comes_back(scene, work, now, person, account[0])


async def writes(scene: Scene, work: Work, now: datetime, person: Person, channel: str) -> None:
    """Somebody writes to the bot: a messenger that had given them up may write to them again."""
    if channel in WINDOWED:
        chat = chat_of(person.key, channel)
        scene.wires[channel].heard[chat] = now
        await work.tokens.seen(channel, chat, now)
        await work.chain.reopen_window(scene.numbers.people[person.key], channel)
        if [channel, True] in person.accounts:
            scene.oracle.wrote(person, channel, now)
    if not next(works for name, works in person.accounts if name == channel):
        await _comes_back(scene, work, now, person, channel)


async def _comes_back(scene: Scene, work: Work, now: datetime, person: Person, channel: str) -> None:
    scene.wires[channel].dead.discard(chat_of(person.key, channel))
    next(account for account in person.accounts if account[0] == channel)[1] = True
    await _set_status(work, person, channel, "active")
    await work.chain.reopen(scene.numbers.people[person.key])
    scene.oracle.came_back(person, now)


async def _set_status(work: Work, person: Person, channel: str, status: str) -> None:
    account = await work.accounts.known(channel, chat_of(person.key, channel))
    assert account is not None
    await work.accounts.set_status(account.id, status)


async def goes_away(scene: Scene, work: Work, now: datetime) -> None:
    """A head is away for some days, and somebody of the agency stands in."""
    heads = [p for p in scene.world.people.values() if any(role == "head" for role, _ in p.offices)]
    person = scene.chance.choice([scene.any_person(), *heads])
    unit = next((unit for role, unit in person.offices if role == "head"), None)
    if unit is None:
        return
    others = [p.key for p in scene.world.people.values() if p.agency == person.agency and p is not person]
    today, ids = now.date(), scene.numbers.people
    deputy, last = scene.chance.choice(others), today + timedelta(days=scene.chance.randint(0, 9))
    person.away.append((today, last, unit, deputy))
    await work.acting.delegate(scene.numbers.units[unit], ids[person.key], ids[deputy], today, last, None)


async def moves_hour(scene: Scene, work: Work, now: datetime) -> None:
    """Somebody wants to be told at another hour from tomorrow on."""
    person = scene.any_person()
    person.hour_was = person.told_at(now.date())
    person.hour, person.hour_since = scene.chance.choice([None, *HOURS]), now.date() + timedelta(days=1)
    await move_hour(work, scene.numbers.people[person.key], person.hour, person.usual())


async def puts_off(scene: Scene, work: Work, now: datetime) -> None:
    """Somebody who hears of a part asks for another day."""
    today = now.date()
    soon = [p for p in scene.world.parts.values() if p.due and -9 <= (p.due - today).days <= 25]
    part = scene.chance.choice([scene.any_part(), *soon])
    hear = heads_of(scene.world, part.unit, today) | ({part.handed_to} if part.handed_to else set())
    if hear:
        person = scene.world.people[scene.chance.choice(sorted(hear))]
        person.put_off[part.key] = until = today + timedelta(days=scene.chance.randint(1, 9))
        ids = scene.numbers
        await work.snoozes.put_off([ids.parts[part.key]], ids.people[person.key], until, None)


async def takes_office(scene: Scene, work: Work, now: datetime) -> None:
    """Somebody becomes deputy head of a unit, or is so no more: the roster changes under the reminders."""
    person = scene.any_person()
    unit = scene.chance.choice(
        [unit for p in scene.world.people.values() if p.agency == person.agency for _, unit in p.offices]
    )
    ids = scene.numbers
    held = {"person_id": ids.people[person.key], "unit_id": ids.units[unit], "role": "deputy_head"}
    if ("deputy_head", unit) in person.offices:
        person.offices.remove(("deputy_head", unit))
        where = (memberships.c[name] == value for name, value in held.items())
        await work.connection.execute(delete(memberships).where(*where))
    elif person.offices and not any(of == unit for _, of in person.offices):
        person.offices.append(("deputy_head", unit))
        await work.connection.execute(insert(memberships).values(held))

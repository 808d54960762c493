"""Whole conversations through the real wire and a real database: every dialogue over every wire."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from sqlalchemy import text

from documents.ocr import tesseract
from storage.database import Database
from tests.dialogues.loaded import load
from tests.dialogues.rigs import RIGS as FIRST_RIGS
from tests.dialogues.rigs import Rig, picture
from tests.dialogues.script import SPEAKING, Step, read
from tests.dialogues.zalo_bot_rig import ZaloBotPollingRig, ZaloBotWebhookRig
from tests.dialogues.zalo_oa_rig import ZaloOaRig
from tests.office import DATA, MORNING

RIGS: dict[str, type[Rig]] = FIRST_RIGS | {rig.name: rig for rig in (ZaloBotWebhookRig, ZaloBotPollingRig, ZaloOaRig)}
HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("*.dialogue"))
SECONDS = 12.0

ON_POSTGRES = "telegram-webhook"
"""The wire whose conversations run on PostgreSQL always; the others do in the soak."""

EVERYWHERE = {"notice-718", "strangers"}
"""The scripts that always run over every wire, and on PostgreSQL."""

QUICK = {"telegram-webhook", "plain"}
"""The wires every script always runs over: one with buttons and one without. The rest is the soak's."""


def _cases() -> list[ParameterSet]:
    return [
        pytest.param(
            (engine, wire, script),
            id=f"{script.stem}-{wire}-{engine}",
            marks=() if _is_quick(engine, wire, script.stem) else pytest.mark.soak,
        )
        for engine in ("sqlite", "postgres")
        for script in SCRIPTS
        for wire in RIGS
        if any(step.kind in SPEAKING for step in read(script, wire))
    ]


def _is_quick(engine: str, wire: str, script: str) -> bool:
    if engine == "postgres":
        return wire == ON_POSTGRES and script in EVERYWHERE
    return wire in QUICK or script in EVERYWHERE


@pytest.fixture
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Rig, list[Step]]]:
    engine, wire, script = request.param
    steps = read(script, wire)
    first = next((step.moment for step in steps if step.kind == "clock"), None) or MORNING
    first -= timedelta(minutes=1)
    url = request.getfixturevalue(f"{engine}_url")
    database = Database(url)
    await load(database, script.stem, first)
    await database.close()
    unlinked = frozenset(key for step in steps if step.kind == "unlinked" for key in step.text.split())
    made = RIGS[wire](url, tmp_path, first, unlinked)
    # only those who speak or listen are linked, the others are the office's to phone
    people = list(dict.fromkeys(step.who for step in steps if step.who))
    await made.open(people)
    yield made, steps
    await made.close()


@pytest.mark.usefixtures("files_read_once")
@pytest.mark.parametrize("rig", _cases(), indirect=True)
async def test_dialogue(rig: tuple[Rig, list[Step]]) -> None:
    made, steps = rig
    if tesseract() is None and any(step.kind == "shows" and step.file for step in steps):
        pytest.skip("no tesseract with Vietnamese")
    await Play(made).run(steps)


class Play:
    """Plays a script on a rig and compares what is heard, line by line."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.seen: dict[str, int] = {}
        self.kept: dict[str, str] = {}

    async def run(self, steps: list[Step]) -> None:
        for who in {step.who for step in steps if step.who}:
            self.seen[who] = len(await self.rig.heard(who))
        for step in steps:
            try:
                await self.step(step)
            except AssertionError as error:
                raise AssertionError(f"line {step.line} ({step.who} {step.kind} {step.text!r}): {error}") from None

    async def step(self, step: Step) -> None:
        rig, who = self.rig, step.who
        said = re.sub(r"\$(\w+)", lambda found: self.kept.get(found[1], found[0]), step.text)
        if step.kind in SPEAKING:
            await self.quiet()
            self.seen[who] = len(await rig.heard(who))
        match step.kind:
            case "clock":
                assert step.moment is not None
                await self.quiet()
                for name in list(self.seen):
                    self.seen[name] = len(await rig.heard(name))
                await rig.clock_to(step.moment)
            case "leaves":
                await self.leaves()
            case "unlinked":
                pass
            case "says":
                await rig.says(who, said)
            case "replies":
                await rig.says(who, said, await self.meant(who, step.about or ""))
            case "sends":
                await rig.sends(who, DATA / (step.file or ""), said)
            case "pastes":
                await rig.pastes(who, DATA / (step.file or ""))
            case "speaks":
                await rig.speaks(who)
            case "shows":
                await rig.shows(who, said, picture(step.file))
            case "presses":
                await rig.presses(who, said)
            case "keeps":
                await self.keeps(who, step.about or "", step.text)
            case "hears":
                await self.hears(who, said)
            case "hears_not":
                await self.quiet()
                assert _flat(said) not in _flat(await self.unread(who)), await self.unread(who)
            case "count":
                await self.quiet()
                assert len((await rig.heard(who))[self.seen.get(who, 0) :]) == int(said), await self.unread(who)

    async def leaves(self) -> None:
        """Let the ten minutes pass that messages to others wait."""
        await self.quiet()
        for name in list(self.seen):
            self.seen[name] = len(await self.rig.heard(name))
        async with self.rig.database.work(self.rig.moment) as work:
            waiting = "UPDATE outbox SET not_before = queued_at WHERE status = 'queued'"
            await work.connection.execute(text(waiting))

    async def meant(self, who: str, words: str) -> str:
        """Return the message replied to: the latest with these words."""
        heard = [one for one in await self.rig.heard(who) if _flat(words) in _flat(one.text)]
        assert heard, f"no message has {words!r}"
        return heard[-1].id

    async def keeps(self, who: str, name: str, pattern: str) -> None:
        await self.quiet()
        found = re.search(pattern, await self.unread(who))
        assert found is not None, await self.unread(who)
        self.kept[name] = found[1]

    async def unread(self, who: str) -> str:
        return "\n".join(heard.text for heard in (await self.rig.heard(who))[self.seen.get(who, 0) :])

    async def hears(self, who: str, words: str) -> None:
        for _ in range(int(SECONDS / self.rig.patience)):
            if _flat(words) in _flat(await self.unread(who)):
                return
            await asyncio.sleep(self.rig.patience)
        raise AssertionError(f"heard instead:\n{await self.unread(who)}")

    async def quiet(self) -> None:
        """Wait until nothing is on its way any more."""
        for _ in range(int(SECONDS / 0.02)):
            if await self.rig.taken() and await self.idle():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the outbox does not come to rest")

    async def idle(self) -> bool:
        open_rows = text(
            "SELECT (SELECT count(*) FROM outbox WHERE status = 'sending' OR (status = 'queued' AND not_before <= :now))"
            " + (SELECT count(*) FROM jobs WHERE status = 'open')"
        )
        now: object = datetime.now(UTC)
        if self.rig.database.is_sqlite:
            now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        async with self.rig.database.read(self.rig.moment) as work:
            return bool((await work.connection.execute(open_rows, {"now": now})).scalar_one() == 0)


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()

"""The audit only grows, and whoever gets round that is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.sealing import START, Chain, Sealed
from core.tasks import complete
from storage.database import Database
from tests.office import MORNING, open_office


@pytest.fixture
async def agency(database: Database) -> int:
    """An office with three sealed acts, the first ones of its audit."""
    agency = await open_office(database, loaded=False)
    for number in range(3):
        async with database.work(MORNING) as work:
            await work.audit.add(
                agency, None, "telegram", "done", f"718 3.{number}", said="xong", detail={"số": number}
            )
            await work.seals.seal()
    return agency


async def run(database: Database, statement: str) -> None:
    async with database.work(MORNING) as work:
        await work.connection.execute(text(statement))


async def verdict(database: Database, agency: int) -> tuple[str | None, int]:
    async with database.read(MORNING) as work:
        found = await work.seals.verify(agency)
    return found.breach, found.length


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entries",
        "UPDATE audit_entries SET subject = '718 3.9'",
        "UPDATE audit_entries SET person_id = 1 WHERE person_id IS NULL",
        "UPDATE audit_entries SET said = 'khác'",
        "UPDATE audit_entries SET detail = '{\"a\": 1}'",
        "UPDATE audit_entries SET seal = NULL",
    ],
)
async def test_an_act_is_neither_changed_nor_deleted(database: Database, agency: int, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only appended to"):
        await run(database, statement)
    assert (await verdict(database, agency))[0] is None


async def test_words_may_go_and_an_undo_be_marked_while_the_proof_stays(database: Database, agency: int) -> None:
    before = await verdict(database, agency)
    await run(database, "UPDATE audit_entries SET said = NULL, detail = '{}', undoable = false, undone_by = 1")
    assert await verdict(database, agency) == before
    assert before[0] is None


@pytest.mark.parametrize(
    ("statement", "breach"),
    [
        ("DELETE FROM audit_entries WHERE id = (SELECT min(id) + 1 FROM audit_entries)", "missing"),
        ("DELETE FROM audit_entries WHERE id = (SELECT max(id) FROM audit_entries)", "end"),
        ("UPDATE audit_entries SET subject = 'x' WHERE id = (SELECT max(id) FROM audit_entries)", "changed"),
        ("UPDATE audit_entries SET said = 'x' WHERE id = (SELECT max(id) FROM audit_entries)", "words"),
    ],
)
async def test_whoever_gets_round_it_is_found_out(database: Database, agency: int, statement: str, breach: str) -> None:
    postgres = database.engine.dialect.name == "postgresql"
    unguarded = "SET LOCAL session_replication_role = replica" if postgres else "DROP TRIGGER {}"
    async with database.work(MORNING) as work:
        for trigger in ("audit_unchanged", "audit_kept"):
            await work.connection.execute(text(unguarded.format(trigger)))
        await work.connection.execute(text(statement))
    assert (await verdict(database, agency))[0] == breach


async def test_a_chain_grows_by_its_own_agencys_acts_alone(database: Database, agency: int) -> None:
    _, length = await verdict(database, agency)
    async with database.work(MORNING) as work:
        assert await work.seals.seal() == 0
        await work.audit.add(agency, None, "telegram", "done", "718 3.7")
        assert await work.seals.seal() == 1
    assert await verdict(database, agency) == (None, length + 1)


@pytest.mark.parametrize(
    ("statement", "breach"),
    [
        ("UPDATE assignment_versions SET completed_on = '2023-04-01' WHERE entry_id IS NOT NULL", "changed"),
        ("DELETE FROM assignment_versions WHERE entry_id IS NOT NULL", "changed"),
        ("UPDATE assignment_versions SET note = NULL, missing = NULL", None),
    ],
)
async def test_what_an_act_changed_is_sealed_with_it(database: Database, statement: str, breach: str | None) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        (part,) = [one for one in await work.parts.by_code(agency, "3.5") if one.unit_code == "QLTM"]
        entry = await work.audit.add(agency, None, "telegram", "done", "718 3.5", said="xong")
        await work.parts.save(part, complete(part.progress, MORNING, needs_document=False), entry)
        await work.seals.seal()
    assert (await verdict(database, agency))[0] is None
    await run(database, statement)
    assert (await verdict(database, agency))[0] == breach


def test_what_was_sealed_before_changes_were_still_holds() -> None:
    act = Sealed(1, 1, None, "telegram", "done", "718 3.5", "xong", {}, MORNING, number=1)
    sealed = replace(act, payload_hash=act.payload(), seal=act.following(START, act.payload(), 1))
    assert Chain().breach(sealed, b"anything") is None
    assert Chain().breach(replace(sealed, changes_hash=b"anything"), b"anything") == "changed"

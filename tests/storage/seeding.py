"""A database of a middle size, filled in one statement a table: 20,000 parts of which one in twenty is open."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

PARTS = 20_000
AGENCIES = 5
UNITS = 50
"""Agencies are units 1 to 5, their divisions 6 to 55; one person each heads one: person 1 heads unit 6."""

_SERIES = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {most})"
_DAY = {
    "postgresql": "(DATE '2023-01-01' + CAST(n % 360 AS integer))",
    "sqlite": "date('2023-01-01', '+' || (n % 360) || ' days')",
}
_NOW = {"postgresql": "TIMESTAMPTZ '2023-04-01 00:00:00Z'", "sqlite": "'2023-04-01 00:00:00.000000'"}
_ROWS = (
    ("units", AGENCIES, "id, agency_id, kind, code, name, aliases, settings",
     "n, n, 'agency', 'A' || n, 'A', '[]', '{}'"),
    ("units", UNITS, "id, agency_id, parent_id, kind, code, name, aliases, settings",
     "n + 5, 1 + n % 5, 1 + n % 5, 'division', 'U' || n, 'U', '[]', '{}'"),
    ("people", UNITS, "id, agency_id, key, title", "n, 1 + n % 5, 'head-' || n, 'Head'"),
    ("memberships", UNITS, "person_id, unit_id, role", "n, n + 5, 'head'"),
    ("notices", 1000, "id, agency_id, number, year, issued_on, issuer, title, followed_at",
     "n, 1 + n % 5, n || '/TB-SCT', 2023, DAY, 'S', 'T', NOW"),
    ("tasks", PARTS, "id, agency_id, notice_id, position, code, text, title, kind, needs_document, by_superior",
     "n, 1 + n % 5, 1 + n % 1000, n, '3.' || (n % 40), 'text', 'title', 'tracked', false, false"),
    ("assignments", PARTS, "id, agency_id, notice_id, task_id, unit_id, role, code, title, kind, state, due_on",
     ("n, 1 + n % 5, 1 + n % 1000, n, 6 + (n + 49) % 50, 'lead', '3.' || (n % 40), 'title', 'tracked',"
     " CASE WHEN (n / 50) % 20 = 0 THEN 'assigned' ELSE 'done' END, DAY")),
    ("audit_entries", PARTS, "id, agency_id, person_id, channel, act, subject, detail, at, undoable",
     "n, 1 + n % 5, 1 + n % 50, 'telegram', 'done', '3.5', '{}', NOW, (n / 50) % 10 = 0"),
    ("assignment_versions", PARTS, "assignment_id, version, entry_id, at, state", "n, 1, n, NOW, 'assigned'"),
    ("outbox", PARTS, "channel, chat, person_id, class, status, content, has_choices, queued_at, not_before, external_id",
     ("'telegram', 'c' || (n % 50), 1 + n % 50, 0, CASE WHEN n % 400 = 0 THEN 'queued' ELSE 'sent' END,"
     " '{}', n % 20 = 0, NOW, NOW, 'x' || n")),
)  # fmt: skip


async def seed(connection: AsyncConnection) -> None:
    """Fill the tables and let the planner know what is in them."""
    dialect = connection.dialect.name
    for table, most, columns, values in _ROWS:
        shown = values.replace("DAY", _DAY[dialect]).replace("NOW", _NOW[dialect])
        await connection.execute(
            text(f"INSERT INTO {table} ({columns}) {_SERIES.format(most=most)} SELECT {shown} FROM s")
        )
    await connection.execute(text("ANALYZE"))

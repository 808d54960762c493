"""The bare floor: aiohttp and asyncpg by hand, the least that can remember a `/done` and answer it."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import aiohttp
import asyncpg
from aiohttp import web

_SEEN = "INSERT INTO inbox (channel, event_id, received_at) VALUES ('telegram', $1, $2) ON CONFLICT DO NOTHING"
_PART = """
    SELECT assignments.id, assignments.version, assignments.due_on, accounts.id AS account_id, accounts.person_id
    FROM accounts
    JOIN memberships ON memberships.person_id = accounts.person_id
    JOIN assignments ON assignments.unit_id = memberships.unit_id AND assignments.code = $2
    WHERE accounts.channel = 'telegram' AND accounts.external_id = $1
    FOR UPDATE OF accounts
"""
_DONE = """
    UPDATE assignments SET state = 'done', completed_on = $3, recorded_at = $4, version = version + 1
    WHERE id = $1 AND version = $2
"""
_VERSION = """
    INSERT INTO assignment_versions (assignment_id, version, at, state, due_on, completed_on, recorded_at)
    VALUES ($1, $2, $5, 'done', $3, $4, $5)
"""
_SAY = """
    INSERT INTO outbox (channel, chat, account_id, person_id, class, status, content, has_choices, queued_at, not_before)
    VALUES ('telegram', $1, $2, $3, 0, 'sending', $4, false, $5, $5) RETURNING id
"""
_SENT = "UPDATE outbox SET status = 'sent', external_id = $2, finished_at = $3 WHERE id = $1"


class Floor:
    """Takes updates and answers them."""

    def __init__(self, send_url: str, pool: asyncpg.Pool[Any], session: aiohttp.ClientSession, today: date) -> None:
        self._send_url = send_url
        self._pool = pool
        self._session = session
        self._today = today
        self._replies: set[asyncio.Task[None]] = set()

    async def take(self, request: web.Request) -> web.Response:
        """Answer one delivery after its commit, and send the reply."""
        update = json.loads(await request.read())
        message = update["message"]
        chat, code = message["chat"]["id"], message["text"].removeprefix("/done ")
        text = f"Đã ghi {code} hoàn thành ngày {self._today:%d/%m/%Y}."
        now = datetime.now(UTC)
        async with self._pool.acquire() as connection, connection.transaction():
            if await connection.execute(_SEEN, f"tg:{update['update_id']}", now) != "INSERT 0 1":
                return web.Response()
            part = await connection.fetchrow(_PART, str(message["from"]["id"]), code)
            await connection.execute(_DONE, part["id"], part["version"], self._today, now)
            await connection.execute(_VERSION, part["id"], part["version"] + 1, part["due_on"], self._today, now)
            content = json.dumps({"lines": [text]})
            row = await connection.fetchval(_SAY, str(chat), part["account_id"], part["person_id"], content, now)
        reply = asyncio.create_task(self._reply(row, chat, text))
        self._replies.add(reply)
        reply.add_done_callback(self._replies.discard)
        return web.Response()

    async def _reply(self, row: int, chat: int, text: str) -> None:
        async with self._session.post(self._send_url, json={"chat_id": chat, "text": text}) as response:
            answer = await response.json()
        async with self._pool.acquire() as connection:
            await connection.execute(_SENT, row, str(answer["result"]["message_id"]), datetime.now(UTC))


async def serve(port: int, send_url: str, database: str, today: date) -> None:
    """Serve until stopped."""

    async def healthy(_: web.Request) -> web.Response:
        return web.Response()

    async with asyncpg.create_pool(database, min_size=10, max_size=10) as pool, aiohttp.ClientSession() as session:
        app = web.Application()
        app.router.add_get("/healthz", healthy)
        app.router.add_post("/webhooks/telegram", Floor(send_url, pool, session, today).take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    given_port, token, api_url, given_database, day = sys.argv[1:6]
    url = f"{api_url}/bot{token}/sendMessage"
    asyncio.run(serve(int(given_port), url, given_database, date.fromisoformat(day)))

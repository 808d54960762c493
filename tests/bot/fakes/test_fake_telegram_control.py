from __future__ import annotations

import asyncio
import base64
import os
import sys

import aiohttp
import pytest


@pytest.fixture
def control(fake, api):
    async def call(verb, path, body=None, status=200):
        async with api.session.request(verb, f"{fake.url}/fake/{path}", json=body) as got:
            assert got.status == status, await got.text()
            return await got.json()

    return call


async def test_another_process_can_play_the_people(fake, api, control):
    await control("POST", "users", {"id": 7, "first_name": "An", "started": True})
    said = await control("POST", "say", {"user": 7, "text": "/tasks"})
    assert (await api("getUpdates"))[0]["update_id"] == said["update_id"]
    await api(
        "sendMessage",
        chat_id=7,
        text="Việc 3.5",
        reply_markup={"inline_keyboard": [[{"text": "Xong", "callback_data": "d"}]]},
    )
    (message,) = await control("GET", "messages?chat=7")
    assert (message["text"], message["deleted"]) == ("Việc 3.5", False)
    assert await control("GET", f"messages?chat=7&after={message['message_id']}") == []
    press = await control("POST", "press", {"user": 7, "button": "Xong"})
    assert (await api("getUpdates", offset=-1))[0]["callback_query"]["id"] == press["callback_query_id"]
    await control("POST", "redeliver", {"update_id": press["update_id"]})
    content = base64.b64encode(b"%PDF").decode()
    await control("POST", "file", {"user": 7, "name": "a.pdf", "content": content, "caption": "/report 3.5"})
    await control("POST", "file", {"user": 7, "content": content})
    assert (await control("GET", "status"))["sent"] == {"7": 1}
    await control("POST", "block", {"user": 7})
    assert fake.person(7).chat.blocked
    group = await control("POST", "groups", {"members": [7, 8], "title": "Giao ban"})
    assert (await control("POST", "say", {"user": 8, "chat": group["id"], "text": "/tasks"}))["update_id"]
    await control("POST", "clear")
    assert await control("GET", "messages") == []
    assert fake.pending == 0


async def test_raw_updates_faults_and_settings(fake, api, control):
    raw = {"message": {"message_id": 1, "date": 0, "chat": {"id": 9, "type": "private"}, "text": "x"}}
    assert len(await control("POST", "updates", [raw, raw])) == 2
    assert fake.pending == 2
    await control("POST", "faults", {"method": "getMe", "kind": "502", "times": 5})
    assert "502" in await api.refused("getMe")
    await control("DELETE", "faults")
    assert await api("getMe")
    assert [c["status"] for c in await control("GET", "calls?method=getMe")] == [502, 200]
    await control("POST", "settings", {"latency": 0.01, "limits": {"chat": 2}, "keep_messages": False})
    assert (fake.faults.latency, fake.faults.limits.chat, fake.world.keep) == (0.01, 2, False)


@pytest.mark.parametrize(
    ("verb", "path", "body", "status"),
    [
        ("GET", "nonsense", None, 404),
        ("POST", "say", {"text": "x"}, 400),
        ("POST", "say", [], 400),
        ("POST", "redeliver", {"update_id": 1}, 400),
        ("POST", "faults", {"method": "*", "kind": "no"}, 400),
        ("POST", "press", {"user": 7, "button": "x"}, 400),
        ("POST", "file", {"user": 7, "content": "?"}, 400),
    ],
)
async def test_wrong_control_requests_say_why(control, verb, path, body, status):
    assert (await control(verb, path, body, status))["error"]


async def test_it_runs_on_its_own():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.fakes.telegram", "--port", "0", "--token", "5:abc", "--limits",
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(p or "." for p in sys.path)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
        async with aiohttp.ClientSession() as session, session.get(f"{url}/bot5:abc/getMe") as got:
            assert (await got.json())["result"]["id"] == 5
    finally:
        process.terminate()
        await process.wait()

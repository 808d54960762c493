"""A pretended Telegram by other hands: installed once, started on a free port, and spoken through."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
import pytest

_HERE = Path(__file__).parent
_FOLDER = _HERE.parent / ".artifacts" / "node"
_LISTED = ("package.json", "package-lock.json")
_PATIENCE = 20.0
_OLDEST = 18
_UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "E403", "E407",
                "E503", "network")  # fmt: skip


def installed() -> Path:
    """Return where the package lies, fetched if it is not there yet; skips the test where it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not installed")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").partition(".")[0]) < _OLDEST:
        pytest.skip(f"node {version} is older than {_OLDEST}")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with (_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # other workers may be about to install it too
        _install(npm)
    return _FOLDER / "node_modules"


def _install(npm: str) -> None:
    digest = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _LISTED)).hexdigest()
    stamp = _FOLDER / "installed"
    if stamp.exists() and stamp.read_text() == digest:
        return
    for name in _LISTED:
        shutil.copy(_HERE / name, _FOLDER / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"]
    try:
        done = subprocess.run(command, cwd=_FOLDER, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("the npm registry does not answer")
    if done.returncode and any(word in done.stderr for word in _UNREACHABLE):
        pytest.skip(f"the npm registry cannot be reached: {done.stderr.strip().splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    stamp.write_text(digest)


class Pretended:
    """The server, for one bot and one person who talks to it."""

    def __init__(self, modules: Path, token: str, folder: Path) -> None:
        self._modules = modules
        self._token = token
        self._folder = folder
        self.url = ""
        self._heard: list[dict[str, Any]] = []

    async def __aenter__(self) -> Self:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._log = (self._folder / "node.log").open("w")
        self._process = await asyncio.create_subprocess_exec(
            "node",
            str(_HERE / "launcher.js"),
            str(port),
            stdout=asyncio.subprocess.PIPE,
            stderr=self._log,
            env={"NODE_PATH": str(self._modules), "PATH": str(Path(shutil.which("node") or "node").parent)},
        )
        self._session = aiohttp.ClientSession(self.url)
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), _PATIENCE)
        if line.strip() != b"ready":
            await self.__aexit__(None, None, None)
            raise RuntimeError((self._folder / "node.log").read_text())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        if self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 5)
            except TimeoutError:
                self._process.kill()
        await self._process.wait()
        self._log.close()

    @property
    def running(self) -> bool:
        """Whether it has survived so far."""
        return self._process.returncode is None

    async def webhook(self) -> str:
        """Return the address the bot wants its updates at, empty where it polls."""
        return str((await self._post(f"/bot{self._token}/getWebhookInfo", {}))["url"])

    async def asks(self, text: str) -> dict[str, Any]:
        """Let the person write; return the bot's next message."""
        message = {**_common(), "text": text, "botToken": self._token, "date": int(time.time())}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        await self._post("/sendCommand" if text.startswith("/") else "/sendMessage", message)
        return await self._answer()

    async def presses(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Let the person press a button under an earlier message; return the bot's next message."""
        rows = message["message"]["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        under = {"message_id": message["messageId"], "date": int(time.time()), "chat": _common()["chat"], "text": ""}
        press = {"from": _common()["from"], "message": under, "data": data, "botToken": self._token}
        await self._post("/sendCallback", press)
        return await self._answer()

    async def left_over(self) -> list[dict[str, Any]]:
        """Return what the bot said that nobody waited for."""
        await self._fetch()
        return self._heard

    async def _answer(self) -> dict[str, Any]:
        async with asyncio.timeout(_PATIENCE):
            while not self._heard:
                await asyncio.sleep(0.02)
                await self._fetch()
        return self._heard.pop(0)

    async def _fetch(self) -> None:
        self._heard += await self._post("/getUpdates", {"token": self._token, "chatId": _common()["chat"]["id"]})

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        async with self._session.post(path, data=json.dumps(body), headers=headers) as response:
            assert response.status == 200, await response.text()
            return (await response.json())["result"]


def free_port() -> int:
    """Return a port of 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _common() -> dict[str, Any]:
    names = {"first_name": "Trưởng phòng", "username": "truong_phong"}
    return {"from": {"id": 41, "is_bot": False, **names}, "chat": {"id": 41, "type": "private", **names}}

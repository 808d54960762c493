"""The bare echo: python-telegram-bot's objects and its own HTTPXRequest behind aiohttp, and nothing remembered."""

from __future__ import annotations

import sys

from aiohttp import web
from telegram import Update
from telegram.ext import ExtBot


def echo(token: str, api_url: str) -> web.Application:
    """Return the application that answers each message with its own text."""
    bot = ExtBot(token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot")

    async def healthy(_: web.Request) -> web.Response:
        return web.Response()

    async def take(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), bot)
        if update.message is not None:
            await bot.send_message(update.message.chat.id, update.message.text or "")
        return web.Response()

    async def opened(_: web.Application) -> None:
        await bot.initialize()

    async def closed(_: web.Application) -> None:
        await bot.shutdown()

    app = web.Application()
    app.router.add_get("/healthz", healthy)
    app.router.add_post("/webhooks/telegram", take)
    app.on_startup.append(opened)
    app.on_cleanup.append(closed)
    return app


if __name__ == "__main__":
    port, token, api_url = sys.argv[1:4]
    web.run_app(echo(token, api_url), host="127.0.0.1", port=int(port), access_log=None, print=None)

"""How each messenger's wire is put together: its client, its channel, its way in. Adding one is adding a function."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.leases import Holder
from bot.media_fetch import ZALO_MEDIA, MediaFetch
from bot.menus import commands_for, keep_menus
from bot.telegram import TelegramChannel
from bot.telegram_connection import Connection
from bot.telegram_intake import Intake
from bot.telegram_menus import Menus
from bot.telegram_polling import Polling
from bot.telegram_request import redacted
from bot.telegram_updates import Reader
from bot.telegram_webhook import Webhook
from bot.typing import Typing
from bot.zalo_bot import MONTHLY, ZaloBotChannel
from bot.zalo_bot import NAME as ZALO_BOT
from bot.zalo_bot_client import ZaloBotClient
from bot.zalo_bot_intake import Intake as ZaloBotIntake
from bot.zalo_bot_polling import Polling as ZaloBotPolling
from bot.zalo_bot_quota import MonthlyQuota
from bot.zalo_bot_updates import Reader as ZaloBotReader
from bot.zalo_bot_webhook import Webhook as ZaloBotWebhook
from bot.zalo_oa_wire import zalo_oa
from config.keys import webhook_secret

if TYPE_CHECKING:
    from bot.app import App

log = structlog.get_logger()

_ASK_AGAIN = 15.0


def fingerprint(token: str) -> str:
    """Return what names a token in leases without giving it away."""
    return hashlib.sha256(token.encode()).hexdigest()[:12]


async def telegram(app: App) -> None:
    """Add Telegram where its token is set: polled without PUBLIC_URL, by webhook with it."""
    settings = app.settings
    if settings.telegram_bot_token is None:
        return
    token = settings.telegram_bot_token.get_secret_value()
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    connection = Connection(token, api_url=settings.telegram_api_url, proxy=proxy)
    await app.stack.enter_async_context(connection)
    channel = TelegramChannel(connection, app.read_file)
    app.add_channel(channel, fingerprint(token))
    app.loops.run(lambda: _learn_name(app, connection), "name telegram", ends=True)
    intake = Intake(Reader(connection), app.dispatcher, channel)
    app.stack.push_async_callback(intake.close)
    if settings.public_url is None:
        if app.worker:
            lease = Holder(app.database, f"poller:telegram:{connection.bot_id}", app.holder_id, length=app.lease_length)
            await app.stack.enter_async_context(lease)
            app.loops.run(Polling(connection, intake, lease).run, "poll telegram")
    elif app.web:
        secret = webhook_secret(settings, "telegram")
        webhook = Webhook(connection, intake, public_url=settings.public_url, secret=secret)
        app.routes.append(webhook.routes)
        app.loops.run(webhook.run, "webhook telegram")
    if app.worker:
        menus = Menus(connection, commands_for(app.catalogue), {"": "vi", "vi": "vi", "en": "en"})
        app.loops.run(lambda: keep_menus(menus, app.database, app.catalogue), "menus telegram")


async def _learn_name(app: App, connection: Connection) -> None:
    """Ask Telegram for the bot's name until it answers: links and mentions in groups need it."""
    while app.dispatcher.bot_name is None:
        try:
            app.dispatcher.bot_name = await connection.identify()
        except TelegramError as error:
            log.warning("name unknown", action="telegram_unreachable", error=redacted(str(error)))
            await asyncio.sleep(_ASK_AGAIN)


async def zalo_bot(app: App) -> None:
    """Add the Zalo Bot Platform where its token is set: by webhook with PUBLIC_URL, polled (at most once) without."""
    settings = app.settings
    if settings.zalo_bot_token is None:
        return
    client = ZaloBotClient(settings.zalo_bot_token.get_secret_value(), api_url=settings.zalo_bot_api_url)
    await app.stack.enter_async_context(client)
    media = await app.stack.enter_async_context(
        MediaFetch(ZALO_MEDIA + settings.more_media_hosts, stand_in=settings.zalo_bot_api_url)
    )
    quota = MonthlyQuota(app.database, ZALO_BOT, MONTHLY)
    app.add_channel(
        ZaloBotChannel(client, media, quota=quota, public_link=app.links.to("zalo_bot")), client.fingerprint
    )
    intake = ZaloBotIntake(ZaloBotReader(client), app.dispatcher, Typing(app.channels))
    if settings.public_url is None:
        if app.worker:
            lease = Holder(
                app.database, f"poller:zalo_bot:{client.fingerprint}", app.holder_id, length=app.lease_length
            )
            await app.stack.enter_async_context(lease)
            app.loops.run(ZaloBotPolling(client, intake, lease).run, "poll zalo bot")
    elif app.web:
        secret = webhook_secret(settings, "zalo-bot")
        webhook = ZaloBotWebhook(client, intake, public_url=settings.public_url, secret=secret)
        app.routes.append(webhook.routes)
        app.loops.run(webhook.run, "webhook zalo bot")


WIRES = (telegram, zalo_bot, zalo_oa)
"""Every messenger there is, in the order they are added."""

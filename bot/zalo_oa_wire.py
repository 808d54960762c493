"""The Official Account put together: its tokens, its channel, its webhook and the links it sends."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.media_fetch import ZALO_MEDIA, MediaFetch
from bot.zalo_oa import NAME, ZaloOaChannel
from bot.zalo_oa_account import OaAccount
from bot.zalo_oa_charges import Charges
from bot.zalo_oa_client import Client, Proof
from bot.zalo_oa_oauth import Application
from bot.zalo_oa_tokens import Keeper
from bot.zalo_oa_webhook import OaWebhook

if TYPE_CHECKING:
    from bot.app import App


async def zalo_oa(app: App) -> None:
    """Add the Official Account where it is configured; its events come by webhook alone."""
    settings = app.settings
    app_id, app_secret, secret_key = (settings.zalo_oa_app_id, settings.zalo_oa_app_secret, settings.zalo_oa_secret_key)
    if app_id is None or app_secret is None or secret_key is None:
        return
    secret = app_secret.get_secret_value()
    seed = settings.zalo_oa_refresh_token
    enter = app.stack.enter_async_context
    proof = Proof(settings.zalo_oa_proof_header, secret) if settings.zalo_oa_proof_header else None
    client = await enter(Client(settings.zalo_oa_api_url, settings.zalo_oauth_url, proof=proof))
    media = await enter(MediaFetch(ZALO_MEDIA + settings.more_media_hosts, stand_in=settings.zalo_oa_api_url))
    keeper = await enter(
        Keeper(
            app.database,
            client,
            Application(app_id, secret),
            seed=seed.get_secret_value() if seed is not None else None,
        )
    )
    channel = ZaloOaChannel(
        app.database,
        client,
        keeper,
        media,
        app.read_file,
        public_link=app.links.to(NAME),
        template=settings.zalo_oa_button_template,
        zbs=settings.zalo_oa_zbs_template,
        charges=Charges(app.database, app.metrics.charged),
    )
    app.add_channel(channel, hashlib.sha256(app_id.encode()).hexdigest()[:12])
    account = OaAccount(client, keeper, settings.zalo_oa_id)
    if app.worker:
        app.loops.run(account.run, "account zalo oa")
        app.loops.run(keeper.run, "tokens zalo oa")
    if app.web:
        webhook = OaWebhook(
            app.database,
            app.dispatcher,
            app_id=app_id,
            secret_key=secret_key.get_secret_value(),
            app_secret=secret,
            owns=account.owns,
            registry=app.metrics.registry,
        )
        app.stack.push_async_callback(webhook.close)
        app.routes.append(webhook.routes)

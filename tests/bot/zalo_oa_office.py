"""An Official Account of ours on the strict stand-in, with a receiver that only takes notes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from aiohttp import web

from bot.fakes.zalo_oa import APP_ID, APP_SECRET, SECRET_KEY, FakeZaloOa
from bot.fakes.zalo_oa_people import Person
from bot.media_fetch import MediaFetch
from bot.web import make_app, serve
from bot.zalo_oa import ZaloOaChannel
from bot.zalo_oa_account import OaAccount
from bot.zalo_oa_client import Client
from bot.zalo_oa_oauth import Application
from bot.zalo_oa_tokens import Keeper
from bot.zalo_oa_webhook import PATH, OaWebhook
from storage.database import Database
from storage.tokens import Token
from tests.bot.telegram_rig import Notes

FILES = {
    "pdf": b"%PDF-1.7 a letter",
    "png": b"\x89PNG\r\n\x1a\n a picture",
    "big": b"\x89PNG" + bytes(1024 * 1024),
    "xlsx": b"PK a table",
}
APPLICATION = Application(APP_ID, APP_SECRET)


class Time:
    """One clock for us and for Zalo, that can be moved."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def seconds(self) -> float:
        return time.time() + self.ahead

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def passes(self, **much: float) -> None:
        self.ahead += timedelta(**much).total_seconds()


async def read_file(ref: str) -> bytes:
    return FILES[ref]


class Office:
    def __init__(
        self,
        fake: FakeZaloOa,
        client: Client,
        database: Database,
        clock: Time,
        media: MediaFetch,
        zbs: str | None = None,
    ) -> None:
        self.fake = fake
        self.client = client
        self.database = database
        self.clock = clock
        self.notes = Notes()
        self.keepers: list[Keeper] = []
        self.keeper = self.another()
        self.channel = ZaloOaChannel(
            database,
            client,
            self.keeper,
            media,
            read_file,
            public_link=lambda ref, name, mime, _chat: f"https://so.example/d/{ref}",
            zbs=zbs,
            clock=clock,
        )
        self.account = OaAccount(client, self.keeper)
        self.webhook = OaWebhook(
            database,
            self.notes,
            app_id=APP_ID,
            secret_key=SECRET_KEY,
            app_secret=APP_SECRET,
            owns=self.account.owns,
            clock=clock,
        )

    def another(self, *, seed: str | None = None, patience: float = 10.0) -> Keeper:
        """Another process that keeps the same tokens."""
        seed = seed or self.fake.world.refresh_token
        keeper = Keeper(self.database, self.client, APPLICATION, seed=seed, clock=self.clock, patience=patience)
        self.keepers.append(keeper)
        return keeper

    async def token(self) -> Token:
        async with self.database.read(self.clock()) as work:
            token = await work.tokens.get(APPLICATION.token_name)
        assert token is not None
        return token

    async def person(self, number: str = "4001") -> Person:
        """Somebody who was heard just now."""
        person = self.fake.person(number)
        person.user.follows = True
        person.was_silent(0)
        await self.heard(number)
        return person

    async def heard(self, number: str) -> None:
        async with self.database.work(self.clock()) as work:
            await work.tokens.seen("zalo_oa", number, self.clock())


@contextlib.asynccontextmanager
async def an_office(
    database: Database,
    *,
    listening: bool = False,
    answer: float = 20.0,
    government: bool = False,
    zbs: str | None = None,
) -> AsyncIterator[Office]:
    clock = Time()
    async with (
        FakeZaloOa(clock=clock.seconds, government=government) as fake,
        Client(fake.url, fake.url, answer=answer) as client,
        MediaFetch(stand_in=fake.url) as media,
    ):
        office = Office(fake, client, database, clock, media, zbs)
        runner: web.AppRunner | None = None
        if listening:
            runner, port = await serve(make_app([office.webhook.routes], ready=_ready), "127.0.0.1", 0)
            fake.webhook(f"http://127.0.0.1:{port}{PATH}")
        try:
            yield office
        finally:
            for keeper in office.keepers:  # what was under way for one who was cancelled still holds a connection
                await keeper.__aexit__()
            if runner is not None:
                await fake.deliveries.close()
                await office.webhook.close()
                await runner.cleanup()


async def _ready() -> bool:
    return True

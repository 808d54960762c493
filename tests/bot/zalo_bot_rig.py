"""A Zalo bot of ours on the strict fake, with a receiver that only takes notes."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from bot.fakes.zalo_bot import FakeZaloBot
from bot.media_fetch import MediaFetch
from bot.zalo_bot import ZaloBotChannel
from bot.zalo_bot_client import ZaloBotClient
from bot.zalo_bot_intake import Intake
from bot.zalo_bot_updates import Reader
from tests.bot.telegram_rig import Held, Notes


def link(ref: str, name: str, mime: str) -> str | None:
    return None if ref == "unlinked" else f"https://so.example.vn/d/{ref}?name={name}"


class Rig:
    def __init__(self, fake: FakeZaloBot, client: ZaloBotClient, media: MediaFetch) -> None:
        self.fake = fake
        self.client = client
        self.media = media
        self.channel = ZaloBotChannel(client, media, public_link=lambda ref, name, mime, _chat: link(ref, name, mime))
        self.notes = Notes()
        self.intake = Intake(Reader(client), self.notes)
        self.lease = Held()
        self.tam = fake.user("Tâm", "a" * 20)


@contextlib.asynccontextmanager
async def rigged(**given: Any) -> AsyncIterator[Rig]:
    async with (
        FakeZaloBot(**given) as fake,
        ZaloBotClient(fake.token, api_url=fake.url, timeout=2.0) as client,
        MediaFetch(stand_in=fake.url) as media,
    ):
        yield Rig(fake, client, media)

"""People on the strict stand-in of a Zalo Official Account."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.app import App
from bot.fakes.zalo_oa import APP_ID, APP_SECRET, SECRET_KEY, FakeZaloOa
from bot.zalo_oa_webhook import PATH
from tests.dialogues.rigs import OGG, Rig, _free_port
from tests.dialogues.wires import Heard


class ZaloOaRig(Rig):
    """People who follow the account; events come by webhook, files lie with the stand-in."""

    name = "zalo-oa"
    government = False

    async def start(self, people: list[str]) -> None:
        self.fake = await self.stack.enter_async_context(FakeZaloOa(government=self.government))
        self.people = {key: self.fake.person(str(4000 + n), key) for n, key in enumerate(people)}
        await self.link("zalo_oa", {key: person.id for key, person in self.people.items()})
        port = _free_port()
        more: dict[str, Any] = {
            "zalo_oa_app_id": APP_ID,
            "zalo_oa_app_secret": APP_SECRET,
            "zalo_oa_secret_key": SECRET_KEY,
            "zalo_oa_refresh_token": self.fake.world.refresh_token,
            "zalo_oa_api_url": self.fake.url,
            "zalo_oauth_url": self.fake.url,
            "public_url": f"http://127.0.0.1:{port}",
        }
        settings = self.settings(**more).model_copy(update={"port": port})
        self.app = App(settings, self.database)
        await self.stack.enter_async_context(self.app)
        self.fake.webhook(f"http://127.0.0.1:{port}{PATH}")
        for person in self.people.values():
            person.follows()
        await self.fake.until(lambda: not self.fake.pending)

    async def close(self) -> None:
        await self.fake.deliveries.close()
        await super().close()

    async def taken(self) -> bool:
        return self.fake.pending == 0

    async def says(self, who: str, text: str, replied_to: str | None = None) -> None:
        self.people[who].sends(text, quote=replied_to)

    async def sends(self, who: str, path: Path, caption: str) -> None:
        """Send a document; Zalo lets no words ride along with one."""
        self.people[who].sends_file(path.read_bytes(), path.name)
        if caption:
            self.people[who].sends(caption)

    async def speaks(self, who: str) -> None:
        self.people[who].sends_audio(OGG)

    async def shows(self, who: str, caption: str, picture: bytes) -> None:
        self.people[who].sends_image(picture, caption)

    async def presses(self, who: str, label: str) -> None:
        person = self.people[who]
        for message in reversed(person.messages):
            if any(label in button.label for button in message.buttons):
                person.presses(message, label)
                return
            for line in message.text.split("\n"):
                number, _, rest = line.partition(" ")
                if number.isdecimal() and label in rest:
                    person.sends(number)
                    return
        raise AssertionError(f"{who} sees no button {label!r}")

    async def heard(self, who: str) -> list[Heard]:
        return [
            Heard(message.text, tuple(button.label for button in message.buttons), message.id)
            for message in self.people[who].messages
        ]


class GovernmentOaRig(ZaloOaRig):
    """The same on the account of a state agency, whose messages go by v2."""

    name = "zalo-oa-government"
    government = True

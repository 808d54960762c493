"""A messenger and an office whose telephones are with it."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.kill.messengers import Messenger
from tests.kill.office import open_large_office


@pytest.fixture
def messenger(request: pytest.FixtureRequest) -> Messenger:
    wire: type[Messenger] = request.param
    return wire()


@pytest.fixture
async def office_url(database_url: str, messenger: Messenger) -> str:
    database = Database(database_url)
    await open_large_office(database, messenger)
    await database.close()
    return database_url

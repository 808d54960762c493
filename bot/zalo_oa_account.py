"""Which Official Account is ours: what a setting says, or what Zalo says of the token's owner, kept beside the token."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from bot.zalo_oa_client import Client
from bot.zalo_oa_errors import TokenLater, TokenLost, ZaloFault
from bot.zalo_oa_oauth import OWNER
from bot.zalo_oa_tokens import Keeper

log = structlog.get_logger()

PATH = "/v2.0/oa/getoa"
_LOOK = 60.0


class OaAccount:
    """Knows the account's id; `given` is the one an operator set, which counts above all."""

    def __init__(self, client: Client, keeper: Keeper, given: str | None = None) -> None:
        self._client = client
        self._keeper = keeper
        self._known = given
        self._given = given is not None

    async def owns(self, oa_id: str) -> bool:
        """Tell whether an event of the account `oa_id` is for us; while the id is not known, every signed one is."""
        if self._known != oa_id and not self._given:
            # a consent of another administrator may have changed the account meanwhile
            self._known = await self._keeper.owner()
        return self._known in {None, oa_id}

    async def run(self, pause: float = _LOOK) -> None:
        """See to it until cancelled that the id is known: Zalo is asked once for each account that consented."""
        while True:
            try:
                await self.learn()
            except (TokenLost, TokenLater):
                pass  # the keeper of the tokens says so already
            except ZaloFault as error:
                log.warning("account not known", action="account_unknown", channel="zalo_oa", error=str(error))
            except Exception as error:
                log.warning("account not known", action="account_unknown", channel="zalo_oa", exc_info=error)
            await asyncio.sleep(pause)

    async def learn(self) -> None:
        """Ask Zalo whose token we hold, unless that is known; raises a `ZaloFault`."""
        if self._given or await self._keeper.owner() is not None:
            return
        used = ""

        async def ask(token: str) -> dict[str, Any]:
            nonlocal used
            used = token
            return await self._client.ask(PATH, token)

        data = await self._keeper.with_token(ask)
        number = data.get("oa_id")
        if not isinstance(number, str | int) or isinstance(number, bool) or not str(number):
            log.warning("account without an id", action="account_unknown", channel="zalo_oa")
            return
        await self._keeper.note(of=used, **{OWNER: str(number), "oa_type": data.get("oa_type")})
        log.info(
            "account known", action="account_known", channel="zalo_oa", oa_id=str(number), kind=data.get("oa_type")
        )

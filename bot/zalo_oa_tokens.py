"""Keeps the Official Account's tokens alive: one refresher at a time, and a new pair is committed before it is used."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, Self

import structlog

from bot.zalo_oa_client import Client
from bot.zalo_oa_errors import TOKEN, NeverLeft, Refused, TokenLater, TokenLost, Unanswered, Walled
from bot.zalo_oa_oauth import OWNER, REPAIR, Application, Pair, is_due, refresh, stored, without_owner
from storage.database import Database
from storage.tokens import Token

log = structlog.get_logger()

_MARGIN = timedelta(seconds=30)
_CLAIM = timedelta(seconds=90)
"""Longer than any refresh takes: an older claim is that of a process that died."""
_LOOK = 60.0
_PATIENCE = 30.0
_AGAIN = 0.2
_CRY_AGAIN = 3600.0
_BUSY = -32
_NEVER_GIVEN = f"chưa có quyền của Zalo OA; {REPAIR}"


class Keeper:
    """Hands out the access token. Raises `TokenLost` where only an administrator can help, `TokenLater` for now.

    What happens to a refresh is written down before and after: one that may have been lost is `uncertain`, and its
    refresh token is tried again only once the access token has really failed. `seed` is the first refresh token.
    """

    def __init__(
        self,
        database: Database,
        client: Client,
        application: Application,
        *,
        seed: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: float = _PATIENCE,
    ) -> None:
        self.name = application.token_name
        self._database = database
        self._client = client
        self._application = application
        self._seed = seed
        self._clock = clock
        self._patience = patience
        self._known: Token | None = None
        self._cry_at = 0.0
        self._one = asyncio.Lock()
        self._under_way: set[asyncio.Task[Token | None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        # an answer that is not waited for is a refresh token lost
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._patience)

    async def access(self) -> str:
        """Return the access token, replaced first if it has run out."""
        known = self._known
        if known is not None and _usable(known, None, self._clock()):
            return known.access_token or ""
        return await self._obtain(None, early=False)

    async def after_refusal(self, used: str) -> str:
        """Return another token than `used`, which Zalo refused: the one stored meanwhile, or a new one."""
        return await self._obtain(used, early=False)

    async def with_token(self, call: Callable[[str], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        """Make a call; where its token is refused, once more with the stored or a new one."""
        token = await self.access()
        try:
            return await call(token)
        except Refused as refusal:
            if refusal.code not in TOKEN:
                raise
        return await call(await self.after_refusal(token))

    async def run(self, pause: float = _LOOK) -> None:
        """Replace the pair early, though nothing is sent, until cancelled."""
        while True:
            try:
                await self._obtain(None, early=True)
                if self._known is not None and self._known.status == "lost":
                    self._cry(REPAIR)
            except TokenLost as error:
                self._cry(str(error))
            except Exception as error:
                log.warning("token not replaced", action="token_disturbed", channel="zalo_oa", exc_info=error)
            await asyncio.sleep(pause)

    async def notes(self) -> dict[str, object]:
        """Return what is remembered about the account."""
        if self._known is None:
            async with self._database.read(self._clock()) as work:
                self._known = await work.tokens.get(self.name)
        return dict(self._known.notes) if self._known else {}

    async def owner(self) -> str | None:
        """Return the id of the account that consented, as the database has it now."""
        async with self._database.read(self._clock()) as work:
            token = await work.tokens.get(self.name)
        return token.notes.get(OWNER) if token is not None else None

    async def note(self, *, of: str | None = None, **notes: object) -> None:
        """Remember something about the account; nothing where `of`, the token it was learned with, is not its any more."""
        async with self._database.work(self._clock()) as work:
            token = await work.tokens.locked(self.name)
            if of is not None and token.access_token != of:
                return
            self._known = replace(token, notes={**token.notes, **notes})
            await work.tokens.save(self._known)

    def _cry(self, reason: str) -> None:
        if monotonic() >= self._cry_at:
            self._cry_at = monotonic() + _CRY_AGAIN
            log.critical("no way to new tokens", action="alarm", channel="zalo_oa", reason=reason)

    async def _obtain(self, failed: str | None, *, early: bool) -> str:
        async with self._one:
            try:
                async with asyncio.timeout(self._patience):
                    token = await self._step(failed, early=early)
                    while token is None:
                        # the other refresher may be in another process: only the database tells
                        await asyncio.sleep(_AGAIN)
                        token = await self._step(failed, early=early)
            except TimeoutError:
                raise TokenLater("another process is replacing the token") from None
            self._known = token
            return token.access_token or ""

    async def _step(self, failed: str | None, *, early: bool) -> Token | None:
        """Return the token to use, got by a refresh if need be; `None` while somebody else refreshes."""
        # who asked may be cancelled: between a claim and its refresh, or amid SQL, it must not stop
        task = asyncio.create_task(self._look(failed, early=early))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        task.add_done_callback(lambda done: None if done.cancelled() else done.exception())
        return await asyncio.shield(task)

    async def _look(self, failed: str | None, *, early: bool) -> Token | None:
        real = self._clock()
        async with self._database.work(real) as work:
            token = self._seeded(await work.tokens.locked(self.name))
            if token.status == "lost" and _usable(token, failed, real):
                return token
            if token.status == "lost" or token.refresh_token is None:
                raise TokenLost(REPAIR if token.refresh_token else _NEVER_GIVEN)
            died = False
            if token.status == "refreshing":
                died = real - datetime.fromisoformat(token.notes["claim"]["at"]) > _CLAIM
                if not died:
                    return token if _usable(token, failed, real) else None
                token = replace(token, status="uncertain")
            if _usable(token, failed, real) and not (early and token.status == "ok" and is_due(token, real)):
                claimed = None
            else:
                claimed = {"id": secrets.token_hex(8), "at": real.isoformat(), "was": token.status}
                token = replace(token, status="refreshing", notes={**token.notes, "claim": claimed})
            await work.tokens.save(token)
        if died:
            _doubt("the process that asked for it died")
        if claimed is None:
            return token
        return await self._refresh(token)

    async def _refresh(self, token: Token) -> Token:
        used = token.refresh_token or ""
        was = str(token.notes["claim"]["was"])
        try:
            pair = await refresh(self._client, self._application, used)
        except (NeverLeft, Walled) as error:
            await self._release(token, was)
            raise TokenLater(str(error)) from error
        except Unanswered as error:
            await self._release(token, "uncertain")
            _doubt(str(error))
            raise TokenLater(str(error)) from error
        except Refused as error:
            if error.code == _BUSY:
                await self._release(token, was)
                raise TokenLater(str(error)) from error
            await self._release(token, "lost")
            log.critical("refresh token lost", action="alarm", channel="zalo_oa", reason=str(error), repair=REPAIR)
            raise TokenLost(f"{error}; {REPAIR}") from error
        return await self._keep(used, pair)

    async def _keep(self, used: str, pair: Pair) -> Token:
        """Commit the new pair, however long the database is away: there is no other copy of it."""
        pause = 0.1
        while True:
            try:
                async with self._database.work(self._clock()) as work:
                    token = await work.tokens.locked(self.name)
                    # anything else was stored by a consent, and is newer
                    if token.refresh_token == used:
                        token = stored(token, pair, self._clock())
                        await work.tokens.save(token)
            except Exception:
                log.critical("new token not stored yet", action="alarm", channel="zalo_oa", exc_info=True)
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)
            else:
                log.info("token replaced", action="token_replaced", channel="zalo_oa")
                return token

    async def _release(self, claimed: Token, status: str) -> None:
        async with self._database.work(self._clock()) as work:
            token = await work.tokens.locked(self.name)
            if token.notes.get("claim") == claimed.notes["claim"]:
                notes = {name: value for name, value in token.notes.items() if name != "claim"}
                await work.tokens.save(replace(token, status=status, notes=notes))

    def _seeded(self, token: Token) -> Token:
        """Return the token, begun anew from a first refresh token it has not seen, where it has no good one."""
        if self._seed is None or (token.refresh_token is not None and token.status != "lost"):
            return token
        mark = hashlib.sha256(self._seed.encode()).hexdigest()
        if token.notes.get("seed") == mark:
            return token
        return replace(
            token,
            access_token=None,
            refresh_token=self._seed,
            expires_at=None,
            refreshed_at=None,
            status="new",
            # it may be another account's
            notes={**without_owner(token.notes), "seed": mark},
        )


def _usable(token: Token, failed: str | None, real: datetime) -> bool:
    return (
        token.access_token is not None
        and token.access_token != failed
        and token.expires_at is not None
        and token.expires_at - _MARGIN > real
    )


def _doubt(reason: str) -> None:
    log.critical("a refresh may be lost", action="alarm", channel="zalo_oa", reason=reason, repair=REPAIR)

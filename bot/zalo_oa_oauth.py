"""The administrator's consent, and what a pair of tokens is worth."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.zalo_oa_client import Client
from storage.tokens import Token

CODE_LIFETIME = timedelta(minutes=10)
REPAIR = "quản trị viên Zalo OA phải cấp quyền lại: chạy dondoc zalo authorize"
OWNER = "oa_id"
"""The note beside a token that says whose it is."""
_SHORTEST = 60
_UNSAID = 3600
_EARLY = 0.8  # of 25 hours: at 20


@dataclass(frozen=True, slots=True)
class Application:
    """The Zalo application that speaks for the Official Account."""

    app_id: str
    secret: str = field(repr=False)

    @property
    def token_name(self) -> str:
        """The name its tokens are stored under."""
        return f"zalo_oa:{self.app_id}"


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token, the refresh token that replaces it once, and the seconds it lives."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lifetime: int


async def refresh(client: Client, application: Application, refresh_token: str) -> Pair:
    """Exchange a refresh token, which is used up by it, for a new pair; raises a `ZaloFault`."""
    form = {"refresh_token": refresh_token, "app_id": application.app_id, "grant_type": "refresh_token"}
    return _pair(await client.grant(application.secret, form))


async def exchange(client: Client, application: Application, code: str, verifier: str) -> Pair:
    """Exchange the code of a consent for the first pair; raises a `ZaloFault`."""
    form = {
        "code": code,
        "app_id": application.app_id,
        "grant_type": "authorization_code",
        "code_verifier": verifier,
    }
    return _pair(await client.grant(application.secret, form))


def stored(token: Token, pair: Pair, real: datetime) -> Token:
    """Return the stored token with a new pair in it; the pair it replaces is kept."""
    replaced = {
        "access_token": token.access_token,
        "refresh_token": token.refresh_token,
        "replaced_at": real.isoformat(),
    }
    return Token(
        token.name,
        pair.access_token,
        pair.refresh_token,
        replaced if token.refresh_token else token.previous,
        real + timedelta(seconds=pair.lifetime),
        real,
        "ok",
        {name: value for name, value in token.notes.items() if name not in {"claim", "consent"}},
    )


def without_owner(notes: dict[str, Any]) -> dict[str, Any]:
    """Return the notes without what belongs to the account that consented before."""
    return {name: value for name, value in notes.items() if name not in {OWNER, "oa_type", "send_path"}}


def is_due(token: Token, real: datetime) -> bool:
    """Tell whether the pair should be replaced though it still works: at four fifths of its life."""
    if token.expires_at is None or token.refreshed_at is None:
        return True
    return real >= token.refreshed_at + (token.expires_at - token.refreshed_at) * _EARLY


def new_consent(real: datetime) -> dict[str, str]:
    """Return a new verifier and state, to be kept until the code comes."""
    return {"verifier": secrets.token_urlsafe(32), "state": secrets.token_urlsafe(12), "made_at": real.isoformat()}


def consent_link(oauth_url: str, application: Application, consent: dict[str, str], redirect_uri: str) -> str:
    """Return the address where the administrator of the account consents (PKCE S256)."""
    digest = hashlib.sha256(consent["verifier"].encode()).digest()
    query = {
        "app_id": application.app_id,
        "redirect_uri": redirect_uri,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "state": consent["state"],
    }
    return f"{oauth_url.rstrip('/')}/v4/oa/permission?{urlencode(query)}"


def code_in(said: str) -> tuple[str, str | None]:
    """Return the code, and the state where the whole address the browser ended at was pasted."""
    if "://" not in said:
        return said.strip(), None
    query = parse_qs(urlsplit(said.strip()).query)
    return query.get("code", [""])[0], query.get("state", [None])[0]


def _pair(answer: dict[str, Any]) -> Pair:
    try:
        lifetime = int(answer["expires_in"])
    except (KeyError, TypeError, ValueError):
        lifetime = _UNSAID
    return Pair(answer["access_token"], answer["refresh_token"], max(_SHORTEST, lifetime))

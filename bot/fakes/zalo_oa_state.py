"""What the pretended Zalo remembers of one Official Account: tokens, people, messages, uploads and planned mishaps."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

JSON = dict[str, Any]
DAY = 24 * 3600.0
FREE, CHARGED, UPLOADS = 2 * DAY, 7 * DAY, 7 * DAY
CONSENT = 600.0


class Refusal(Exception):
    """An error as Zalo answers it, over HTTP 200."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the account uploaded."""

    kind: str
    name: str
    content: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a message; a pressed `oa.query` sends its payload."""

    label: str
    type: str
    payload: Any


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A template (ZBS) that Zalo approved; `by_user` says that it is sent by user id, not by telephone number."""

    parameters: frozenset[str] = frozenset({"noi_dung"})
    by_user: bool = True
    longest: int = 400


@dataclass(frozen=True, slots=True)
class OaMessage:
    """What the account sent to somebody. `quota` is what it was paid from."""

    id: str
    user: str
    text: str
    buttons: tuple[Button, ...] = ()
    file: Upload | None = None
    quota: str = "reply"
    path: str = ""


@dataclass(slots=True)
class Fault:
    """A mishap for the next calls of a path (`*`: any): an error code, an HTTP status, or a hang or cut around it.

    `kind` is `error:<code>`, `http:<status>`, or `timeout` or `drop` followed by `_before` or `_after`.
    """

    path: str
    kind: str
    times: int = 1


@dataclass(slots=True)
class User:
    """Somebody on Zalo, as the account sees them."""

    id: str
    name: str
    follows: bool = False
    heard_at: float | None = None
    messages: list[OaMessage] = field(default_factory=list)


class World:
    """The account and everybody around it. `clock` tells seconds since 1970; `government` refuses v3 messages."""

    def __init__(self, app_id: str, app_secret: str, secret_key: str, oa_id: str, clock: Callable[[], float]) -> None:
        self.app_id = app_id
        self.app_secret = app_secret
        self.secret_key = secret_key
        self.oa_id = oa_id
        self.clock = clock
        self.government = False
        self.no_buttons = False
        self.wants_proof = False
        self.package = 1_000_000
        self.lifetime = 90_000
        self.users: dict[str, User] = {}
        self.templates: dict[str, ApprovedTemplate] = {}
        self.uploads: dict[str, Upload] = {}
        self.media: dict[str, tuple[bytes, str]] = {}
        self.calls: list[tuple[str, JSON, int]] = []
        self.faults: list[Fault] = []
        self.refreshes = 0
        self.access_token = ""
        self.expires_at = 0.0
        self.refresh_token = ""
        self._dead: set[str] = set()
        self._consents: dict[str, tuple[str, float]] = {}
        self._numbers = count(1)
        self.rotate()

    def number(self) -> str:
        """Return a new id of a message or file."""
        return f"{int(self.clock() * 1000):013d}{next(self._numbers):06d}"

    def user(self, number: str, name: str = "") -> User:
        """Return the person of that id, made up if nobody has it yet."""
        return self.users.setdefault(number, User(number, name or number))

    def rotate(self) -> JSON:
        """Make a new pair; the old one is worth nothing any more."""
        self._dead.update({self.access_token, self.refresh_token})
        self.access_token, self.refresh_token = f"A-{secrets.token_urlsafe(24)}", f"R-{secrets.token_urlsafe(24)}"
        self.expires_at = self.clock() + self.lifetime
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_in": str(self.lifetime),
        }

    def consent(self, challenge: str) -> str:
        """Return the code of an administrator's consent, good once and for ten minutes."""
        code = secrets.token_urlsafe(24)
        self._consents[code] = (challenge, self.clock() + CONSENT)
        return code

    def grant(self, form: JSON, secret: str) -> JSON:
        """Exchange a code or a refresh token for a new pair."""
        if form.get("app_id") != self.app_id:
            raise Refusal(-14002, "Application is inactive or does not exist")
        if not secrets.compare_digest(secret, self.app_secret):
            raise Refusal(-14004, "Invalid secret key")
        match form.get("grant_type"):
            case "authorization_code":
                challenge, until = self._consents.pop(str(form.get("code")), ("", 0.0))
                digest = sha256(str(form.get("code_verifier", "")).encode()).digest()
                if until < self.clock() or urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
                    raise Refusal(-14017, "Invalid authorization code")
            case "refresh_token":
                given = form.get("refresh_token")
                if given != self.refresh_token:
                    raise Refusal(-14014 if given in self._dead else -118, "Invalid refresh token")
                self.refreshes += 1
            case _:
                raise Refusal(-14005, "Invalid grant type")
        return self.rotate()

    def check(self, token: str | None, proof: str | None = None) -> None:
        """Refuse a call without the living access token, or without its proof where that is wanted."""
        if not token or token != self.access_token:
            raise Refusal(-216, "Access token is invalid")
        if self.clock() >= self.expires_at:
            raise Refusal(-220, "Access token has expired")
        made = hmac.new(self.app_secret.encode(), token.encode(), sha256).hexdigest()
        if self.wants_proof and proof != made:
            raise Refusal(-242, "appsecret_proof is required")

    def heard_at(self, user: User | None) -> float:
        """Return when somebody was last heard; refuses who is unknown, left or was never heard."""
        if user is None:
            raise Refusal(-201, "Params is invalid: user_id")
        if user.heard_at is None:
            raise Refusal(-232 if user.follows else -213, "User has not interacted with the OA")
        return user.heard_at

    def open_window(self, user: User | None) -> str:
        """Return what a message to somebody is paid from; refuses where nobody may write to them now."""
        silent = self.clock() - self.heard_at(user)
        if silent > CHARGED:
            raise Refusal(-230, "User has not interacted with the OA in the past 7 days")
        if silent <= FREE:
            return "reply"
        if self.package <= 0:
            raise Refusal(-211, "Out of quota")
        self.package -= 1
        return "sub_quota"

    def strike(self, path: str) -> Fault | None:
        """Return the mishap due for a call and count it down."""
        for fault in self.faults:
            if fault.path in ("*", path) and fault.times > 0:
                fault.times -= 1
                return fault
        return None

"""Whether an event really comes from Zalo."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

HEADER = "X-ZEvent-Signature"
_PREFIX = "mac="


def sign(first: str, body: bytes, timestamp: str, key: str) -> str:
    """Return the signature: a plain SHA-256 over application id, raw body, timestamp and key, in hex."""
    return sha256(b"".join((_bytes(first), body, _bytes(timestamp), _bytes(key)))).hexdigest()


def matching(
    given: str, event: dict[str, Any], body: bytes, *, app_id: str, secret_key: str, app_secret: str = ""
) -> str | None:
    """Return which way of signing the signature fits, `None` for none.

    Documented is application id and the webhook page's key; other code that works begins with the account's id or
    takes the application's secret. What is signed is the body as it was received.
    """
    shown = _bytes(given.strip().removeprefix(_PREFIX).lower())
    timestamp = event.get("timestamp")
    moment = str(timestamp) if isinstance(timestamp, str | int) else ""
    recipient = event.get("recipient")
    account = event.get("oa_id") or (recipient.get("id") if isinstance(recipient, dict) else None)
    found = None
    for key_name, key in (("key", secret_key), ("app_secret", app_secret)):
        for first_name, first in (("app_id", app_id), ("oa_id", account)):
            if isinstance(first, str) and first and key:
                fits = hmac.compare_digest(shown, sign(first, body, moment, key).encode())
                found = found or (f"{first_name}+{key_name}" if fits else None)
    return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

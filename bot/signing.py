"""Tokens that say something and prove that we said it; nothing of them is stored."""

from __future__ import annotations

import base64
import binascii
import hmac

_SIGNATURE = 32
_LONGEST = 4000


class Signer:
    """Makes and opens the tokens of one purpose; a token made for another never opens."""

    def __init__(self, secret: bytes, purpose: bytes) -> None:
        self._key = hmac.digest(secret, purpose, "sha256")

    def token(self, said: bytes) -> str:
        """Return the token that says this; safe in an address."""
        return _encode(hmac.digest(self._key, said, "sha256") + said)

    def said(self, token: str) -> bytes | None:
        """Return what a token of ours says; `None` for any other."""
        if not token.isascii() or len(token) > _LONGEST:
            return None
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (ValueError, binascii.Error):
            return None
        signature, said = raw[:_SIGNATURE], raw[_SIGNATURE:]
        # the other spellings of the same bytes are no tokens of ours
        if not hmac.compare_digest(signature, hmac.digest(self._key, said, "sha256")) or _encode(raw) != token:
            return None
        return said


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

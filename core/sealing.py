"""The chain that proves an agency's audit is as it was written: each seal stands on the one before it.

A seal covers a hash of the words and not the words themselves, so that these may go while the proof stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

START = bytes(32)
"""What the first seal of a chain stands on."""

Breach = Literal["missing", "changed", "words", "end"]
"""A row is gone, was changed, has other words, or the chain ends elsewhere than was written down."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An act as the chain sees it."""

    id: int
    agency_id: int
    person_id: int | None
    channel: str
    act: str
    subject: str
    said: str | None
    detail: dict[str, Any]
    at: datetime
    payload_hash: bytes | None = None
    changes_hash: bytes | None = None
    seal: bytes | None = None
    number: int | None = None

    def payload(self) -> bytes:
        """Return the hash of what was said and of what changed."""
        return sha256(_canonical([self.said, self.detail])).digest()

    def following(self, before: bytes, payload: bytes, number: int, changes: bytes | None = None) -> bytes:
        """Return the seal of this act as the one of this number, after the seal before it; `changes`: what it changed."""
        facts = [number, self.id, self.agency_id, self.person_id, self.channel, self.act, self.subject]
        facts += [] if changes is None else [changes.hex()]
        return sha256(before + payload + _canonical([*facts, self.at.astimezone(UTC).isoformat()])).digest()

    @property
    def is_wordless(self) -> bool:
        """Whether its words have gone."""
        return self.said is None and not self.detail


class Chain:
    """Follows a chain row by row, in the order of its numbers."""

    def __init__(self) -> None:
        self.length = 0
        self.seal = START

    def breach(self, row: Sealed, changes: bytes | None) -> Breach | None:
        """Return what is wrong with the next row, and go on to it; `changes` is what its versions are hashed to now.

        What was sealed before changes were has none of theirs.
        """
        self.length += 1
        if row.number != self.length:
            return "missing"
        kept = row.payload_hash, row.changes_hash
        if kept[0] is None or row.seal != row.following(self.seal, kept[0], self.length, kept[1]):
            return "changed"
        if row.changes_hash is not None and row.changes_hash != changes:
            return "changed"
        if row.payload_hash != row.payload() and not row.is_wordless:
            return "words"
        self.seal = row.seal
        return None


def hashed(changes: list[list[Any]]) -> bytes:
    """Return the hash of the versions an act made, each a row of plain values."""
    return sha256(_canonical(changes)).digest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

"""Invite codes: what they look like, how they are read however typed, and how often one may guess."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import sha256

from core.text import fold

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code may hold: no 0, 1, I, L or O, which look alike."""

DRAWN = "23456789BCDFGHJKMNPQRSTVXZ"
"""What new codes are drawn from: a Vietnamese keyboard melts vowels and W into other letters as one types."""

LENGTH = 8
LIFETIME = timedelta(days=7)

TRIES = 5
TRIES_OF_ALL = 750
"""Wrong codes an account, and all accounts together, may send within one window."""
WINDOW = timedelta(minutes=15)

_GROUP = 4
_LONGEST_AGENCY = 40
_LONGEST_SAID = 160
_NOT_PLAIN = re.compile(r"[^A-Z0-9]+")
_MELTS = re.compile(r"D.*[D9]")  # typed with Telex or VNI these become Đ
_BODY = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_DIGIT = re.compile(r"[0-9]")


def _plain(words: str) -> str:
    return _NOT_PLAIN.sub("", fold(words).upper())


def is_typeable(body: str) -> bool:
    """Tell whether a drawn body survives a Vietnamese keyboard and cannot be mistaken for a word or a number.

    A group that mixes letters and digits is what a code is known by, whoever types it.
    """
    groups = [body[start : start + _GROUP] for start in range(0, LENGTH, _GROUP)]
    mixed = any(not group.isdigit() and not group.isalpha() for group in groups)
    return mixed and _MELTS.search(body) is None


def shown(agency_code: str, body: str) -> str:
    """Return the code as people see it: SCT 7K2M 9Q4D."""
    groups = [body[start : start + _GROUP] for start in range(0, LENGTH, _GROUP)]
    return " ".join([_plain(agency_code)[:_LONGEST_AGENCY], *groups]).strip()


def body_of(said: str) -> str | None:
    """Return the secret part of a code typed in any case, with or without agency, spaces, dashes or marks.

    `None` where the words are no code at all; whether a code is good only the database knows.
    """
    if len(said) > _LONGEST_SAID:
        return None
    body = _plain(said)[-LENGTH:]
    return body if _BODY.fullmatch(body) and _DIGIT.search(body) else None


def digest(body: str) -> bytes:
    """Return what is kept of a code: 32 bytes of SHA-256 that serve no other purpose."""
    return sha256(b"dondoc invite code v1\0" + body.encode("ascii")).digest()


def link(bot_name: str, code: str) -> str:
    """Return the address that opens the bot and hands it the code; its payload is at most 64 of A-Z 0-9 and dash."""
    return f"https://t.me/{bot_name}?start={code.replace(' ', '-')}"


def may_try(count: int, since: datetime | None, real: datetime) -> timedelta | None:
    """Return how long an account with `count` wrong codes since then must wait, or `None` if it may try now."""
    if since is None or count < TRIES or real - since >= WINDOW:
        return None
    return since + WINDOW - real


def after_wrong(count: int, since: datetime | None, real: datetime) -> tuple[int, datetime]:
    """Return the new count and the beginning of its window after one more wrong code."""
    if since is None or real - since >= WINDOW:
        return 1, real
    return count + 1, since

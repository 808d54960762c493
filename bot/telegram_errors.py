"""What an error of a sending means for the message: gone, to be sent again, never to arrive, or unknown."""

from __future__ import annotations

import re

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channel import Moved, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.telegram_request import NotConnected, redacted, retry_after_seconds

_RECONNECT = 5.0
_WALLED = 30.0
_STATUS = re.compile(r"\((\d{3})\)")
_FORBIDDEN = (
    ("blocked", "blocked"),
    ("deactivated", "deactivated"),
    ("initiate conversation", "chat_not_found"),
    ("kicked", "kicked"),
    ("not a member", "kicked"),
)
_BAD = (
    ("chat not found", "chat_not_found"),
    ("peer_id_invalid", "chat_not_found"),
    ("user not found", "chat_not_found"),
    ("user is deactivated", "deactivated"),
    ("group chat was deactivated", "kicked"),
    ("chat_write_forbidden", "kicked"),
    ("too long", "too_long"),
    ("too_long", "too_long"),
    ("too large", "too_long"),
    ("too big", "too_long"),
)


def outcome_of(error: BaseException, *, group: bool = False) -> Outcome:
    """Return how a sending that raised `error` ended; `group` says it went to a group, whose limits are its own."""
    text = redacted(str(error)) or type(error).__name__
    match error:
        case _ if is_walled(error):
            return RetryAt(_WALLED, whole_channel=True, reason=text[:300])
        case RetryAfter():
            return RetryAt(retry_after_seconds(error), whole_channel=not group, reason=text)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Permanent(_kind(text, _FORBIDDEN), text)
        case InvalidToken():
            return Permanent("unauthorized", text)
        case BadRequest() if "not modified" in text.lower():
            return Sent()
        case BadRequest() | EndPointNotFound():
            return Permanent(_kind(text, _BAD), text)
        case Conflict():
            return RetryAt(_RECONNECT, whole_channel=True, reason=text)
        case NotConnected():
            return RetryAt(_RECONNECT, whole_channel=True, reason=text)
        case TimedOut() if isinstance(error.__cause__, aiohttp.ConnectionTimeoutError):
            return RetryAt(_RECONNECT, whole_channel=True, reason=text)
        case NetworkError():
            return Uncertain(text)
        case _:
            return Uncertain(f"{type(error).__name__}: {text}")


def is_walled(error: BaseException) -> bool:
    """Tell whether something on the way refused with a page of its own: what it says is not Telegram's word."""
    if not isinstance(error.__cause__, TelegramError):  # the library's, about an answer that is no JSON
        return False
    status = _STATUS.search(str(error))
    return status is not None and 300 <= int(status[1]) < 500


def _kind(text: str, table: tuple[tuple[str, str], ...]) -> str:
    lowered = text.lower()
    return next((kind for words, kind in table if words in lowered), "bad_request")

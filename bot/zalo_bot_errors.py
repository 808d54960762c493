"""What an error of a sending over the Zalo Bot Platform means for the message."""

from __future__ import annotations

from bot.channel import Outcome, Permanent, RetryAt, Uncertain
from bot.zalo_bot_client import NotConnected, NotZalo, ZaloBotError, ZaloBotRefused

_RECONNECT = 5.0
_IN_THE_WAY = 60.0
_FLOOD = 900.0
_BLOCKED = ("block", "chặn")
_NO_CHAT = ("chat not found", "user not found", "chat_id", "receiver", "not a member")
_TOO_LONG = ("too long", "length", "exceed", "2000")


def outcome_of(error: ZaloBotError) -> Outcome:
    """Return how a sending that raised `error` ended.

    403 is Zalo's word for an error inside its own server, so the message may have left: uncertain, not refused. 429
    names no pause and was only ever seen for the month's quota: the channel rests for a quarter of an hour.
    """
    text = str(error) or type(error).__name__
    match error:
        case NotConnected():
            return RetryAt(_RECONNECT, whole_channel=True, reason=text)
        case NotZalo():
            return RetryAt(_IN_THE_WAY, whole_channel=True, reason=text)
        case ZaloBotRefused(code=401):
            return Permanent("unauthorized", text)
        case ZaloBotRefused(code=403):
            return Permanent("blocked", text) if _holds(error.description, _BLOCKED) else Uncertain(text)
        case ZaloBotRefused(code=429):
            return RetryAt(_FLOOD, whole_channel=True, reason=text)
        case ZaloBotRefused(code=408):
            return Uncertain(text)
        case ZaloBotRefused() if error.code >= 500:
            return Uncertain(text)
        case ZaloBotRefused():
            return Permanent(_kind(error.description), text)
        case _:
            return Uncertain(text)


def _kind(description: str) -> str:
    if _holds(description, _NO_CHAT):
        return "chat_not_found"
    if _holds(description, _TOO_LONG):
        return "too_long"
    return "bad_request"


def _holds(description: str, words: tuple[str, ...]) -> bool:
    lowered = description.lower()
    return any(word in lowered for word in words)

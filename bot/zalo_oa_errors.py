"""What the Official Account API may answer or fail to answer, and what that means for a message."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.channel import Outcome, Permanent, RetryAt, Uncertain
from core.deadlines import local

TOKEN = frozenset({-216, -220})
PAYLOAD = -201
MEDIA_EXPIRED = -100
WRONG_KIND = -235
QUOTA = -211

_NO_PROOF = -242
_AGAIN = 5.0
_WALL = 30.0
_BUSY = frozenset({-32})
_NIGHT = frozenset({-234, -133})
_PEOPLE = {
    -213: "blocked",
    -217: "chat_not_found",
    -218: "chat_not_found",
    -227: "deactivated",
    -230: "window",
    -232: "window",
    -244: "chat_not_found",
    -237: "kicked",
    -238: "kicked",
    -241: "kicked",
    -403: "kicked",
    -210: "too_long",
    QUOTA: "quota",
}
# nothing will be sent until somebody sets the account, its package or the application right
_SETUP = frozenset({-204, -205, -209, -212, -219, -221, -223, -224, WRONG_KIND, -240, -242, -248})
_MORNING = time(6)


class ZaloFault(Exception):
    """Something between us and Zalo went wrong."""


class NeverLeft(ZaloFault):
    """Nothing was sent: asking again is safe."""


class Unanswered(ZaloFault):
    """It may have taken effect: the answer was lost or is none."""


class Refused(ZaloFault):
    """Zalo answered with an error; `code` is its number, 0 where it has only a word."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Walled(ZaloFault):
    """Something before the API refused (a firewall, too many requests): nothing took effect."""


class TokenLost(ZaloFault):
    """There is no token and none to be had without the administrator's consent."""


class TokenLater(ZaloFault):
    """There is no token now, but there may be one soon."""


def outcome_of(error: ZaloFault, real: datetime) -> Outcome:
    """Return how a sending that raised `error` at a moment of the wall clock ended; an unknown code is permanent."""
    reason = str(error)
    match error:
        case TokenLost():
            return Permanent("unauthorized", reason)
        case NeverLeft() | TokenLater():
            return RetryAt(_AGAIN, whole_channel=True, reason=reason)
        case Walled():
            return RetryAt(_WALL, whole_channel=True, reason=reason)
        case Refused(code=code):
            return _refusal(code, reason, real)
        case _:
            return Uncertain(reason)


def _refusal(code: int, reason: str, real: datetime) -> Outcome:
    if code in _BUSY:
        return RetryAt(_AGAIN, whole_channel=True, reason=reason)
    if code in _NIGHT:
        return RetryAt(_until_morning(real), whole_channel=False, reason=reason)
    if code == _NO_PROOF:
        reason = f"{reason}; set ZALO_OA_PROOF_HEADER"
    if code in TOKEN or code in _SETUP:
        return Permanent("unauthorized", reason)
    return Permanent(_PEOPLE.get(code, "bad_request"), reason)


def _until_morning(real: datetime) -> float:
    now = local(real)
    morning = datetime.combine(now.date(), _MORNING, now.tzinfo)
    if morning <= now:
        morning += timedelta(days=1)
    return (morning - now).total_seconds()

"""Which database failures are worth another try, and which mean that it is down."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_RETRY_STATES = frozenset({"40001", "40P01", "55P03"})
_DOWN_WORDS = ("connection", "closed", "refused", "shutting down", "starting up", "locked", "too many clients")


def is_conflict(error: BaseException) -> bool:
    """Tell whether the transaction lost a race (deadlock, serialisation, lock timeout) and may simply run again."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return False
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return state in _RETRY_STATES


def is_down(error: BaseException) -> bool:
    """Tell whether the database cannot be reached now."""
    if isinstance(error, PoolTimeout | ConnectionError | OSError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    words = str(error.orig).lower()
    return isinstance(error, OperationalError | InterfaceError) and any(word in words for word in _DOWN_WORDS)

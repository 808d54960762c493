"""Which database failures are worth another try, and which mean that it is down."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_RETRY_STATES = frozenset({"40001", "40P01", "55P03"})
_DOWN_STATES = ("08", "53", "57P", "58")
"""PostgreSQL's classes of lost connections, lacking resources, an operator's stop and faults of the system below it."""
_DOWN_WORDS = (
    "connection", "closed", "refused", "shutting down", "starting up", "locked", "too many clients",
    "is full", "disk i/o", "readonly", "unable to open",
)  # fmt: skip


def is_conflict(error: BaseException) -> bool:
    """Tell whether the transaction lost a race (deadlock, serialisation, lock timeout) and may simply run again."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return False
    return _state(error) in _RETRY_STATES


def is_down(error: BaseException) -> bool:
    """Tell whether the database cannot be reached, or cannot write, for now."""
    if isinstance(error, PoolTimeout | ConnectionError | OSError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or (_state(error) or "").startswith(_DOWN_STATES):
        return True
    words = str(error.orig).lower()
    return isinstance(error, OperationalError | InterfaceError) and any(word in words for word in _DOWN_WORDS)


def _state(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return state

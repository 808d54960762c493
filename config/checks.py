"""What each setting alone must look like; every refusal says what to write instead and never repeats the value."""

import importlib.util
import ipaddress
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
_NAMED_DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg", "postgresql+psycopg")


def wrong(sentence: str) -> PydanticCustomError:
    """A refusal whose sentence goes after the setting's name."""
    return PydanticCustomError("setting", "{sentence}", {"sentence": sentence})


def database(value: str) -> str:
    """The database address with its asynchronous driver named."""
    scheme, colon, rest = value.partition("://")
    scheme = _DRIVERS.get(scheme, scheme)
    if not colon or scheme not in _NAMED_DRIVERS:
        raise wrong("must be sqlite:///file or postgresql://user:password@host/name")
    if scheme == "postgresql+psycopg" and importlib.util.find_spec("psycopg") is None:
        raise wrong("asks for psycopg, which is not installed; write postgresql+asyncpg://")
    if scheme == "postgresql+asyncpg":
        parts = urlsplit(f"{scheme}://{rest}")
        if not parts.path.strip("/"):
            raise wrong("must name the database: postgresql://user:password@host/name")
        # hosting platforms write libpq's name for it, which asyncpg's dialect does not know
        query = [("ssl" if name == "sslmode" else name, given) for name, given in parse_qsl(parts.query)]
        return urlunsplit(parts._replace(query=urlencode(query)))
    return f"{scheme}://{rest}"


def files(value: str) -> str:
    """The address of a place for files."""
    if not re.fullmatch(r"file:.+|s3://[^/\s]+(/\S*)?", value):
        raise wrong("must be file:FOLDER or s3://bucket/prefix")
    return value


def web(value: str) -> str:
    """An http or https address without a slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", value):
        raise wrong("must be an address that starts with http:// or https://")
    return value.rstrip("/")


def header_name(value: str) -> str:
    """The name of an HTTP header."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", value):
        raise wrong("must be the name of a header, of A-Z a-z 0-9 _ -")
    return value


def secret_web(value: SecretStr) -> SecretStr:
    """An http or https address that holds a password or a key."""
    return SecretStr(web(value.get_secret_value()))


def public(value: str) -> str:
    """An address messengers may be given: https, or plain http on this computer."""
    value = web(value)
    parts = urlsplit(value)
    if parts.query or parts.fragment:
        raise wrong("must be a plain address, without ? or #")
    if parts.scheme == "http" and not _loopback(parts.hostname or ""):
        raise wrong("must start with https:// (http:// only on this computer itself)")
    return value


def matching(pattern: str, sentence: str) -> Callable[[SecretStr], SecretStr]:
    """A check that a secret has this form."""

    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, value.get_secret_value()):
            raise wrong(sentence)
        return value

    return check


def stripped(value: object) -> object:
    """The value without the spaces and line ends that pasting brings along."""
    return value.strip() if isinstance(value, str) else value


def lowered(value: object) -> object:
    """The value in small letters."""
    return value.strip().lower() if isinstance(value, str) else value


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

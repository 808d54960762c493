"""How the program writes its log: one line an event, to standard error, with no secret in it."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "***"
_SHORTEST = 4  # hiding a shorter secret would eat ordinary words
_TOKEN = re.compile(r"\b\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_BOT_PATH = re.compile(r"/bot\d+[^/\s\"'?#]*")
_URL_PASSWORD = re.compile(r"(\w://[^/\s:@]*:)[^/\s@]+@")
_LINK = re.compile(r"(/[ud]/)[A-Za-z0-9_.~-]{16,}")
_CHATTERING = ("httpx", "httpcore", "apscheduler", "aiosqlite", "asyncio", "aiohttp.access", "telegram")


class Redactor:
    """Hides the known secrets, and whatever looks like a bot token, a signed link or a password in an address."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {secret for secret in secrets if len(secret) >= _SHORTEST}
        # a repr, a JSON line and a repr in a JSON line hold them escaped
        known |= {repr(secret)[1:-1] for secret in known}
        known |= {json.dumps(secret, ensure_ascii=False)[1:-1] for secret in known}
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def __call__(self, text: str) -> str:
        """The same text with every secret hidden."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        text = _BOT_PATH.sub(f"/bot{HIDDEN}", text)
        text = _TOKEN.sub(HIDDEN, text)
        text = _LINK.sub(rf"\1{HIDDEN}", text)
        return _URL_PASSWORD.sub(rf"\1{HIDDEN}@", text)


def configure(level: str, log_format: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Sets up structlog and the standard library's logging alike: `console` or `json` lines to `stream`."""
    stream = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=log_format == "json"),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(log_format, colors=stream.isatty()),
                _last(Redactor(secrets)),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _CHATTERING:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _rendering(log_format: str, *, colors: bool) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # plain tracebacks: the rich ones print local variables
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]


def _last(redact: Redactor) -> Processor:
    """Redacts the finished line, so that no value, traceback or nested field gets around it."""

    def hide(_logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
        return redact(str(line))

    return hide

"""The key that signs, and the webhook secrets that follow from it."""

import hmac
import os
import secrets
from pathlib import Path

from config.settings import Settings


def signing_key(settings: Settings) -> bytes:
    """SECRET_KEY; or, on SQLite without one, a key made once and kept beside the database file for its owner only."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    if settings.sqlite_file is None:
        return secrets.token_hex(32).encode()
    return _kept_key(settings.sqlite_file.parent / "secret.key")


def webhook_secret(settings: Settings, channel: str) -> str:
    """What the messenger must show at `/webhooks/<channel>`; without a setting, derived so that it survives restarts."""
    given = {
        "telegram": settings.telegram_webhook_secret,
        "zalo-bot": settings.zalo_bot_webhook_secret,
    }[channel]
    if given is not None:
        return given.get_secret_value()
    return hmac.digest(signing_key(settings), f"webhook:{channel}".encode(), "sha256").hex()


def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # written whole under another name, then linked: two processes starting at once agree on one key
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes().strip()

"""What the program is told from outside: the environment, then `.env`, then the defaults here."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import checks

TELEGRAM_API = "https://api.telegram.org"
ZALO_BOT_API = "https://bot-api.zaloplatforms.com"
ZALO_OA_API = "https://openapi.zalo.me"

Web = Annotated[str, AfterValidator(checks.web)]
SecretWeb = Annotated[SecretStr, AfterValidator(checks.secret_web)]
Token = Annotated[SecretStr, AfterValidator(checks.matching(r"[^\s/?#]+", "must not hold spaces, /, ? or #"))]


class SettingsProblem(ValueError):
    """Everything missing or wrong in the settings, one sentence each, without any value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SettingDescription(NamedTuple):
    """One line of the table of settings."""

    name: str
    default: str
    description: str
    secret: bool


class Settings(BaseSettings):
    """All settings, checked, each alone and against the others."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(checks.database)] = Field(
        default="sqlite+aiosqlite:///data/dondoc.db",
        repr=False,
        description="Where everything is remembered: one SQLite file, or a PostgreSQL for several processes",
    )
    files_url: Annotated[str, AfterValidator(checks.files)] = Field(
        default="file:data/files",
        description="Where notices and submitted files lie: file:FOLDER or s3://bucket/prefix",
    )
    secret_key: (
        Annotated[SecretStr, AfterValidator(checks.matching(r".{16,}", "must have at least 16 characters"))] | None
    ) = Field(
        default=None,
        description="Signs links and sessions, 16 characters or more; needed with PostgreSQL, "
        "made and kept beside the database file with SQLite",
    )
    public_url: Annotated[str, AfterValidator(checks.public)] | None = Field(
        default=None,
        description="The https address at which people and messengers reach this program; unset: Telegram is polled",
    )
    host: str = Field(default="127.0.0.1", description="The address the web server listens on; 0.0.0.0 for all")
    port: int = Field(default=8080, ge=0, le=65535, description="The port the web server listens on")
    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="The port on HOST where a worker without a web half shows /healthz, /readyz and /metrics; unset: nowhere",
    )
    telegram_bot_token: Token | None = Field(default=None, description="The bot's token, from @BotFather")
    telegram_api_url: Web = Field(default=TELEGRAM_API, description="The Bot API server, where it is one of your own")
    telegram_proxy: SecretWeb | None = Field(
        default=None, description="An http:// or https:// proxy to reach Telegram through"
    )
    telegram_webhook_secret: (
        Annotated[
            SecretStr,
            AfterValidator(checks.matching(r"[A-Za-z0-9_-]{1,256}", "must be 1 to 256 of A-Z a-z 0-9 _ -")),
        ]
        | None
    ) = Field(
        default=None,
        description="What Telegram proves itself with at the webhook, of A-Z a-z 0-9 _ -; "
        "unset: derived from SECRET_KEY",
    )
    zalo_bot_token: Token | None = Field(default=None, description="The bot's token, from Zalo Bot Creator")
    zalo_bot_api_url: Web = Field(default=ZALO_BOT_API, description="Where the Zalo Bot API answers")
    zalo_bot_webhook_secret: (
        Annotated[
            SecretStr,
            AfterValidator(checks.matching(r"[A-Za-z0-9_-]{8,256}", "must be 8 to 256 of A-Z a-z 0-9 _ -")),
        ]
        | None
    ) = Field(
        default=None,
        description="What Zalo proves itself with at the bot's webhook, 8 characters or more; "
        "unset: derived from SECRET_KEY",
    )
    zalo_oa_app_id: str | None = Field(default=None, description="The Zalo application of the Official Account")
    zalo_oa_app_secret: SecretStr | None = Field(default=None, description="That application's secret; renews tokens")
    zalo_oa_secret_key: SecretStr | None = Field(
        default=None, description="The key on the Official Account's webhook page; signs events"
    )
    zalo_oa_refresh_token: SecretStr | None = Field(
        default=None, description="The first refresh token; later ones are kept in the database"
    )
    zalo_oa_zbs_template: str | None = Field(
        default=None,
        description="The template (ZBS, by user id, with one parameter noi_dung) for messages outside the push window; "
        "charged; unset: none is sent",
    )
    zalo_oa_id: str | None = Field(
        default=None,
        description="The Official Account's own id; unset: Zalo is asked. Events of another are passed over",
    )
    zalo_oa_button_template: str | None = Field(
        default=None,
        description="The template_type of messages with buttons, such as button or list, where Zalo demands one; "
        "unset: left out",
    )
    zalo_oa_proof_header: Annotated[str, AfterValidator(checks.header_name)] | None = Field(
        default=None,
        description="The header that carries the application's proof, such as appsecret_proof, where Zalo answers -242; "
        "unset: no proof is sent",
    )
    zalo_media_hosts: str = Field(
        default="",
        description="More hosts than the known ones from which Zalo hands out what people send, separated by commas; "
        "nothing is fetched from elsewhere",
    )
    zalo_oa_api_url: Web = Field(default=ZALO_OA_API, description="Where the Official Account API answers")
    zalo_oauth_url: Web = Field(
        default="https://oauth.zaloapp.com", description="Where Zalo renews the Official Account's tokens"
    )
    next_account_minutes: int = Field(
        default=30,
        ge=1,
        description="How long messages wait for a messenger that is out of reach before they go to people's other accounts",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(checks.lowered)] = Field(
        default="info", description="debug, info, warning or error"
    )
    log_format: Annotated[Literal["console", "json"], BeforeValidator(checks.lowered)] = Field(
        default="console", description="console for people, json for machines"
    )
    sentry_dsn: SecretWeb | None = Field(
        default=None, description="A Sentry to report unexpected errors to; not used by this version: nothing leaves"
    )
    clock_start: AwareDatetime | None = Field(
        default=None,
        description="A pretended business time to start from, such as 2023-04-28T07:25:00+07:00; "
        "for demonstrations and rehearsals only",
    )
    send_pace: bool = Field(
        default=True,
        description="Keep the messengers' pace: on, unless a stand-in of a messenger on this machine is to be driven at full speed",
    )

    _stripped = field_validator("*", mode="before")(checks.stripped)

    @property
    def on_postgres(self) -> bool:
        """Whether the database is one that several processes may share."""
        return self.database_url.startswith("postgresql")

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, where there is one."""
        name = urlsplit(self.database_url).path.removeprefix("/")
        return None if self.on_postgres or name in ("", ":memory:") else Path(name)

    @property
    def more_media_hosts(self) -> tuple[str, ...]:
        """The hosts an operator added to those media may be fetched from."""
        return tuple(host for host in (one.strip() for one in self.zalo_media_hosts.split(",")) if host)

    def secrets(self) -> frozenset[str]:
        """Every value that must not reach a log, an error or a page."""
        held = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        proxy = self.telegram_proxy.get_secret_value() if self.telegram_proxy else ""
        for address in (self.database_url, proxy):
            if password := urlsplit(address).password:
                held += [password, unquote(password)]
        return frozenset(held)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if problems := list(self._disagreements()):
            raise checks.wrong("\n".join(problems))
        return self

    def _disagreements(self) -> Iterator[str]:
        if self.secret_key is None and self.sqlite_file is None:
            yield "SECRET_KEY is missing: with PostgreSQL every process needs the same one."
        token = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else None
        if token and self.telegram_api_url == TELEGRAM_API and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
            yield "TELEGRAM_BOT_TOKEN does not look like one from @BotFather, digits:letters."
        real = (
            (token and self.telegram_api_url == TELEGRAM_API)
            or (self.zalo_bot_token and self.zalo_bot_api_url == ZALO_BOT_API)
            or (self.zalo_oa_app_id and self.zalo_oa_api_url == ZALO_OA_API)
        )
        if real and not self.send_pace:
            yield "SEND_PACE must stay on: messengers refuse bots that send faster than they allow."
        account = {
            "ZALO_OA_APP_ID": self.zalo_oa_app_id,
            "ZALO_OA_APP_SECRET": self.zalo_oa_app_secret,
            "ZALO_OA_SECRET_KEY": self.zalo_oa_secret_key,
        }
        if any((*account.values(), self.zalo_oa_refresh_token)):
            for name, value in account.items():
                if not value:
                    yield f"{name} is missing: a Zalo Official Account needs {', '.join(account)}."


def load(env_file: Path | str | None = ".env", **given: Any) -> Settings:
    """The settings of this process, `given` before all else; raises SettingsProblem with everything that is wrong."""
    problems: list[str] = []
    unusable: dict[str, Any] = {}
    for _ in range(2):  # a setting wrong in itself hides how the others disagree: look again without it
        try:
            settings = Settings(**{"_env_file": env_file, **given, **unusable})
        except ValidationError as error:
            names = {name.upper() for name in unusable}
            for found in error.errors():
                problems += [line for line in _sentences(found) if line.split()[0] not in names]
                unusable |= {str(name): Settings.model_fields[str(name)].default for name in found["loc"][:1]}
        except UnicodeDecodeError:
            raise SettingsProblem([f"{env_file} is not a UTF-8 text."]) from None
        else:
            if not problems:
                return settings
    raise SettingsProblem(list(dict.fromkeys(problems)))


_REASONS = {
    "int_parsing": "must be a whole number",
    "timezone_aware": "must say its offset, such as 2023-04-28T07:25:00+07:00",
    "datetime_from_date_parsing": "must be a time such as 2023-04-28T07:25:00+07:00",
    "datetime_parsing": "must be a time such as 2023-04-28T07:25:00+07:00",
}


def _sentences(found: Any) -> list[str]:
    message = str(found["msg"])
    if not found["loc"]:
        return message.splitlines()
    reason = _REASONS.get(found["type"], message if found["type"] == "setting" else f"is wrong: {message}")
    return [f"{str(found['loc'][0]).upper()} {reason.rstrip('.')}."]


def describe() -> list[SettingDescription]:
    """Every setting as operators read of it, in the order of the table."""
    return [
        SettingDescription(
            name=name.upper(),
            default="" if field.default is None else str(field.default),
            description=field.description or "",
            secret=not field.repr or "SecretStr" in str(field.annotation),
        )
        for name, field in Settings.model_fields.items()
    ]

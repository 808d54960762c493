"""The shape of every call: which parameters a method takes, of which types, and refusals in Telegram's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

JSON = dict[str, Any]
Check = Callable[[Any, str, bool], Any]

_INTEGER = re.compile(r"-?\d{1,19}\Z")
_PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
}


class Refusal(Exception):
    """A call the Bot API answers with `ok: false`."""

    def __init__(self, code: int, reason: str = "", **parameters: int) -> None:
        phrase = _PHRASES.get(code, "Internal Server Error")
        super().__init__(f"{phrase}: {reason}" if reason else phrase)
        self.code = code
        self.parameters = parameters

    def body(self) -> JSON:
        """Return the JSON object the server answers with."""
        body: JSON = {"ok": False, "error_code": self.code, "description": str(self)}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart request."""

    content: bytes
    name: str
    mime: str | None


def bad(reason: str) -> Refusal:
    """Make the refusal of a call that is wrong in itself."""
    return Refusal(400, reason)


class Spec:
    """The methods and types of the Bot API that the product uses, as checks."""

    def __init__(self, table: JSON) -> None:
        self._types: dict[str, dict[str, str]] = table["types"]
        self._unions: dict[str, str] = table["unions"]
        self._checks: dict[str, Check] = {}
        self._fields: dict[str, tuple[dict[str, Check], list[str]]] = {}
        self._methods = {
            name.lower(): (name, *self._compile_fields(fields)) for name, fields in table["methods"].items()
        }

    def name(self, method: str) -> str | None:
        """Return the method's proper name (the server ignores case), or `None` if there is no such method."""
        found = self._methods.get(method.lower())
        return found[0] if found else None

    def parse(self, method: str, params: Mapping[str, Any]) -> JSON:
        """Return the parameters as typed values; refuses unknown, missing and mistyped ones with 400."""
        name, fields, required = self._methods[method.lower()]
        parsed: JSON = {}
        for key, value in params.items():
            check = fields.get(key)
            if check is None:
                raise bad(f'unexpected parameter "{key}" in {name}')
            parsed[key] = check(value, key, True)
        for key in required:
            if key not in parsed:
                raise bad(f'parameter "{key}" is required in {name}')
        return parsed

    def check(self, type_name: str, value: object, where: str) -> Any:
        """Return `value` if it is of that type; refuses it with 400 otherwise."""
        return self._check_for(type_name)(value, where, False)

    def _compile_fields(self, fields: Mapping[str, str]) -> tuple[dict[str, Check], list[str]]:
        checks = {name: self._check_for(kind.rstrip("!")) for name, kind in fields.items()}
        return checks, [name for name, kind in fields.items() if kind.endswith("!")]

    def _check_for(self, kind: str) -> Check:
        if kind not in self._checks:
            self._checks[kind] = self._compile(kind)
        return self._checks[kind]

    def _compile(self, kind: str) -> Check:
        kind = self._unions.get(kind, kind)
        if "|" in kind:
            return _any_of([self._check_for(part) for part in kind.split("|")])
        if kind.startswith("["):
            return self._array(kind[1:-1])
        if kind in _SCALARS:
            return _SCALARS[kind]
        return self._object(kind)

    def _array(self, item: str) -> Check:
        def check(value: Any, where: str, top: bool) -> Any:
            value = _decoded(value, where, top)
            if not isinstance(value, list):
                raise bad(f'"{where}" must be an Array')
            of_item = self._check_for(item)
            return [of_item(one, where, False) for one in value]

        return check

    def _object(self, kind: str) -> Check:
        def check(value: Any, where: str, top: bool) -> Any:
            value = _decoded(value, where, top)
            if not isinstance(value, dict):
                raise bad(f'"{where}" must be an Object ({kind})')
            fields, required = self._fields_of(kind)
            for key in required:
                if key not in value:
                    raise bad(f'can\'t parse {kind}: field "{key}" is missing')
            for key, inner in value.items():
                of_field = fields.get(key)
                if of_field is None:
                    raise bad(f'can\'t parse {kind}: unknown field "{key}"')
                of_field(inner, key, False)
            return value

        return check

    def _fields_of(self, kind: str) -> tuple[dict[str, Check], list[str]]:
        # compiled on first use: types refer to each other in circles
        if kind not in self._fields:
            self._fields[kind] = self._compile_fields(self._types[kind])
        return self._fields[kind]


def _decoded(value: Any, where: str, top: bool) -> Any:
    if top and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {where} JSON object") from None
    return value


def _any_of(checks: list[Check]) -> Check:
    def check(value: Any, where: str, top: bool) -> Any:
        first: Refusal | None = None
        for one in checks:
            try:
                return one(value, where, top)
            except Refusal as refusal:
                # the first alternative whose shape is right but whose inside is wrong tells most
                if first is None or ("is missing" in str(first) and "is missing" not in str(refusal)):
                    first = refusal
        raise first or bad(f'"{where}" has no type')

    return check


def _string(value: Any, where: str, top: bool) -> Any:  # noqa: ARG001 - every check has one shape
    if not isinstance(value, str):
        raise bad(f'"{where}" must be a String')
    return value


def _integer(value: Any, where: str, top: bool) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if top and isinstance(value, str) and _INTEGER.match(value):
        return int(value)
    raise bad(f'"{where}" must be an Integer')


def _float(value: Any, where: str, top: bool) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if top and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    raise bad(f'"{where}" must be a Number')


def _boolean(value: Any, where: str, top: bool) -> Any:
    if isinstance(value, bool):
        return value
    if top and value in ("true", "false", "1", "0"):
        return value in ("true", "1")
    raise bad(f'"{where}" must be a Boolean')


def _true(value: Any, where: str, top: bool) -> Any:
    if _boolean(value, where, top):
        return True
    raise bad(f'"{where}" must be True')


def _file(value: Any, where: str, top: bool) -> Any:
    if top and isinstance(value, str | Upload):
        return value
    raise bad(f'"{where}" must be a file')


_SCALARS: dict[str, Check] = {
    "String": _string,
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "True": _true,
    "InputFile": _file,
}


@cache
def bot_api() -> Spec:
    """Return the Bot API as the packaged table describes it."""
    table = resources.files(__package__).joinpath("telegram_methods.json").read_text("utf-8")
    return Spec(json.loads(table))

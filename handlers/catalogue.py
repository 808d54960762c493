"""Every sentence we say, by key and language; Vietnamese first, other languages fall back to it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("vi", "en")
_LONG = 500
_HELD = re.compile("\ue000[a-z_]+\ue001")


class Catalogue:
    """Looks sentences up in the Fluent files beside this module."""

    def __init__(self) -> None:
        self._bundles = {language: _bundle(language) for language in LANGUAGES}

    def text(self, language: str, key: str, **arguments: Any) -> str:
        """Return the sentence; a key no language has is a programming error and raises `KeyError`."""
        for chosen in (language, "vi"):
            bundle = self._bundles.get(chosen)
            if bundle is not None and bundle.has_message(key):
                message = bundle.get_message(key)
                if message.value is None:
                    break
                short, long = _held_back(arguments)
                text, errors = bundle.format_pattern(message.value, short)
                if errors:
                    raise errors[0]
                return _put_back(str(text), long)
        raise KeyError(key)

    def has(self, language: str, key: str) -> bool:
        """Tell whether a language words this key itself."""
        return bool(self._bundles[language].has_message(key))


def _held_back(arguments: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the arguments with a mark in the place of every long text, and the texts by their marks.

    Fluent refuses to put more than 2,500 characters into a sentence.
    """
    long: dict[str, str] = {}
    short = arguments
    for name, value in arguments.items():
        if isinstance(value, str) and len(value) > _LONG:
            mark = f"\ue000{name}\ue001"
            long[mark] = value
            short = {**short, name: mark}
    return short, long


def _put_back(text: str, long: dict[str, str]) -> str:
    return _HELD.sub(lambda held: long.get(held[0], held[0]), text) if long else text


@cache
def _bundle(language: str) -> FluentBundle:
    """Return a language's sentences, parsed once for the whole process: that takes a quarter of a second."""
    bundle = FluentBundle([language], use_isolating=False)
    for file in resources.files("handlers").joinpath("wording").iterdir():
        if file.name.endswith(f"{language}.ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle

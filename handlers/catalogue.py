"""Every sentence we say, by key and language; Vietnamese first, other languages fall back to it."""

from __future__ import annotations

from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("vi", "en")


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
                text, errors = bundle.format_pattern(message.value, arguments)
                if errors:
                    raise errors[0]
                return str(text)
        raise KeyError(key)

    def has(self, language: str, key: str) -> bool:
        """Tell whether a language words this key itself."""
        return bool(self._bundles[language].has_message(key))


def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in resources.files("handlers").joinpath("wording").iterdir():
        if file.name.endswith(f"{language}.ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle

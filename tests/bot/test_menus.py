"""Whose menu shows what, without making anybody's messages wait for it."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.menus import commands_for
from handlers.catalogue import Catalogue
from handlers.commands import register_all

register_all()


def test_a_menu_is_made_once_for_all_who_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    catalogue = Catalogue()
    text = catalogue.text

    def counting(language: str, name: str) -> str:
        asked[f"{language} {name}"] += 1
        return text(language, name)

    monkeypatch.setattr(catalogue, "text", counting)
    menu = commands_for(catalogue)
    heads = [menu(frozenset({"head"}), "vi") for _ in range(3000)]
    assert ("overdue", text("vi", "help-overdue")) in heads[0]
    assert set(asked.values()) == {1}
    assert [name for name, _ in menu(frozenset(), "vi")] == ["start", "help"]

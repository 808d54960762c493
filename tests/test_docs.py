"""What the documentation names is there: files, tests, pictures, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import build

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMED = re.compile(r"`((?:bot|core|documents|handlers|storage|config|tests|tools|docs)/[\w./*-]+)`")
TESTS = frozenset(
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
    files = [name for name in NAMED.findall(text) if "<" not in name]
    assert [name for name in files if not list(ROOT.glob(name.rstrip("/")))] == []
    assert set(re.findall(r"`(test_\w+)`", text)) <= TESTS


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", "docs/operations.md"])
def test_every_command_a_page_shows_is_one(page: str) -> None:
    known = _commands()
    shown = re.findall(r"(?:^|`|/)dondoc ((?:[a-z]+ ?){1,2})", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert shown
    for words in shown:
        first, *rest = words.split()
        assert first in known or f"{first} {(rest or [''])[0]}" in known, words


def test_the_readme_shows_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path for path in _commands() if not re.search(rf"`(dondoc )?{path}\b", text)] == []


def _commands() -> list[str]:
    found: list[str] = []
    pending = [("", build())]
    while pending:
        path, parser = pending.pop()
        below = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
        if not below and path:
            found.append(path)
        for choices in below:
            pending += [(f"{path} {name}".strip(), child) for name, child in choices.items()]
    return found

"""What the wording files hold, and what the code says by their keys."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import handlers

HANDLERS = Path(handlers.__file__).parent
SOURCES = sorted([*HANDLERS.rglob("*.py"), *HANDLERS.with_name("bot").rglob("*.py")])
WORDING = sorted((HANDLERS / "wording").glob("*.ftl"))

# Where a catalogue key stands among a call's arguments, by the name of what is called.
KEY_AT = {"t": 0, "say": 0, "button": 0, "text": 1, "tell": 1}
NOT_FOR_THE_SENTENCE = {"menu", "opt_out", "now", "about"}


@dataclass(frozen=True)
class Call:
    """One place in the code that says something: keys it may mean, and what it fills in (`None`: unknown)."""

    where: str
    keys: tuple[str, ...]
    patterns: tuple[str, ...]
    given: frozenset[str] | None


class Variables(Visitor):
    """Collects the variables a message uses, and between which variants of each it chooses."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.chosen: dict[str, set[str]] = {}

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802 (fluent names it)
        if isinstance(node.selector, ftl.VariableReference):
            keys = {one.key.value if isinstance(one.key, ftl.NumberLiteral) else one.key.name for one in node.variants}
            self.chosen.setdefault(node.selector.id.name, set()).update(keys)
        self.generic_visit(node)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 (fluent names it)
        self.names.add(node.id.name)


@cache
def written(file: Path) -> tuple[ftl.EntryType, ...]:
    return tuple(FluentParser().parse(file.read_text(encoding="utf-8")).body)


@cache
def messages(language: str) -> tuple[ftl.Message, ...]:
    files = [file for file in WORDING if file.name.endswith(f"{language}.ftl")]
    return tuple(entry for file in files for entry in written(file) if isinstance(entry, ftl.Message))


@cache
def entries(language: str) -> dict[str, ftl.Message]:
    return {message.id.name: message for message in messages(language)}


def variables(key: str, language: str = "vi") -> set[str]:
    visitor = Variables()
    visitor.visit(entries(language)[key])
    return visitor.names


def ways_to_say(key: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield arguments that make a sentence choose each combination of its variants."""
    visitor = Variables()
    visitor.visit(entries(language)[key])
    choices = [[(name, value(one)) for one in sorted(keys)] for name, keys in visitor.chosen.items()]
    for chosen in product(*choices):
        yield dict.fromkeys(visitor.names, "X") | dict(chosen)


def value(variant: str) -> str | int:
    """Return what makes a selector take this variant."""
    if variant in {"one", "other"}:
        return {"one": 1, "other": 7}[variant]
    return int(variant) if variant.lstrip("-").isdigit() else variant


@cache
def trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(HANDLERS.parent)): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def pattern(node: ast.JoinedStr) -> str:
    return "".join(re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else ".+" for piece in node.values)


def meant(node: ast.expr | None) -> tuple[list[str], list[str]]:
    """Return the keys and the patterns of keys an argument can be."""
    match node:
        case ast.Constant(value=str(key)):
            return [key], []
        case ast.JoinedStr():
            return [], [pattern(node)]
        case ast.IfExp():
            first, second = meant(node.body), meant(node.orelse)
            return first[0] + second[0], first[1] + second[1]
        case _:
            return [], []


@cache
def calls() -> tuple[Call, ...]:
    return tuple(_calls())


def _calls() -> Iterator[Call]:
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = KEY_AT.get(name)
            if at is None or (name == "text" and "catalogue" not in ast.unparse(node.func)):
                continue
            keys, patterns = meant(node.args[at] if len(node.args) > at else None)
            given = {word.arg for word in node.keywords if word.arg} - NOT_FOR_THE_SENTENCE
            known = all(word.arg for word in node.keywords)
            where = f"{path}:{node.lineno}"
            yield Call(where, tuple(keys), tuple(patterns), frozenset(given) if known else None)
            if name == "tell":
                for label in node.args[at + 1 :]:
                    if isinstance(label, ast.Tuple):
                        keys, patterns = meant(label.elts[0])
                        yield Call(where, tuple(keys), tuple(patterns), None)


@cache
def constants() -> frozenset[str]:
    """Return every string in the code, states and roles of core included."""
    core = [ast.parse(path.read_text(encoding="utf-8")) for path in HANDLERS.with_name("core").glob("*.py")]
    return frozenset(
        node.value
        for tree in [*trees().values(), *core]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def patterns() -> frozenset[str]:
    """Return every f-string in the code that can make a key."""
    made = {pattern(node) for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    return frozenset(one for one in made if re.match(r"[a-z]+(\\-|-)", one))


def is_reachable(key: str) -> bool:
    """Tell whether the code names the key, or makes it of a prefix and a word it names or a number."""
    if key in constants():
        return True
    for made in patterns():
        found = re.fullmatch(made.replace(".+", "(.+)"), key)
        if found and all(word.isdigit() or {word, word.replace("-", "_")} & constants() for word in found.groups()):
            return True
    return False

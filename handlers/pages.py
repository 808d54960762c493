"""Long lists in pages: nothing is cut, and "xem tiếp" is a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.messages import Button
from core.text import fold
from handlers.context import Context

T = TypeVar("T")

PAGE = 12
"""Items of a list that a phone shows at once."""

_PAGE = re.compile(r"\b(?:trang|page)\s+(\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page and, where there are more, how to see the next."""

    lines: list[str]
    buttons: tuple[Button, ...]


def page_of(context: Context, items: Sequence[T], command: str, show: Callable[[Sequence[T]], list[str]]) -> Page:
    """Return the page the message asks for ("trang 2"), the first otherwise, its items written by `show`.

    `command` shows the list again.
    """
    size = PAGE
    count = max(1, -(-len(items) // size))
    asked = _PAGE.search(fold(f"{context.said.rest} {context.said.said}"))
    number = min(max(int(asked[1]) if asked else 1, 1), count)
    shown = show(items[(number - 1) * size : number * size])
    if count == 1:
        return Page(shown, ())
    if number == count:
        return Page([*shown, context.t("page", number=number, count=count)], ())
    name, _, words = command.removeprefix("/").partition(" ")
    typed = f"{context.t(f'typed-{name}')} {words}".strip()
    shown.append(context.t("page-more", number=number, count=count, typed=typed, next=number + 1))
    return Page(shown, (context.button("button-next-page", f"{command} trang {number + 1}"),))


def words_beside_page(context: Context) -> str:
    """Return the rest of the message without the page it asks for, folded."""
    return _PAGE.sub("", fold(context.said.rest)).strip()

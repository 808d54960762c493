"""The four messengers: each draws a message with the product's own rendering, and takes it, refuses or says nothing."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast

from bot.channel import Capabilities, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.telegram import TelegramChannel
from bot.telegram_render import render as on_telegram
from bot.webchat import WebChat
from bot.zalo_bot import ZaloBotChannel
from bot.zalo_bot_render import render as on_zalo_bot
from bot.zalo_oa import ZaloOaChannel
from bot.zalo_oa_render import render as on_zalo_oa
from core.messages import Message


def _on_page(message: Message) -> str:
    return "\n".join([*([message.title] if message.title else []), *message.lines])


_CODE = re.compile(r"^(\d+(?:\.\d+)+) ", re.MULTILINE)
_FIRST_CODE = re.compile(r"^(\d+(?:\.\d+)+)[ :]", re.MULTILINE)
_MARKUP = re.compile("<[^>]+>")
_DRAWN: dict[str, tuple[Capabilities, Callable[[Message], list[str]]]] = {
    "telegram": (TelegramChannel.can, lambda message: [part.html for part in on_telegram(message)]),
    "zalo_bot": (
        ZaloBotChannel.can,
        lambda message: [part.text for part in on_zalo_bot(message, lambda _ref, _name, _mime: None)],
    ),
    "zalo_oa": (ZaloOaChannel.can, lambda message: [part.words(resend=False) for part in on_zalo_oa(message)]),
    "webchat": (
        WebChat.can,
        lambda message: [_on_page(one) for one in WebChat._pages(cast("WebChat", WebChat), message)],
    ),
}
CHANNELS = tuple(_DRAWN)
WINDOWED = {"zalo_oa": timedelta(days=7)}
"""How long after somebody wrote a messenger lets us write to them, where that is not for ever."""


@dataclass
class Wire:
    """One messenger as the sender sees it: it takes what it is given, refuses, is gone, or keeps its answer back.

    `heard` is when somebody last wrote, `silent` whom it lets us write to no more; `limit` is how many messages it takes
    a month, `taken` how many it took, `spent` that what was paid for is used up. `arrived` are the pages of
    mornings, `beside` the codes of what came beside them, by its kind.
    """

    name: str
    chance: random.Random
    up: bool = True
    doubtful: float = 0.0
    flooded: float = 0.0
    dead: set[str] = field(default_factory=set)
    paused: datetime | None = None
    heard: dict[str, datetime] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    spent: bool = False
    limit: int | None = None
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)
    arrived: list[tuple[str, datetime, str, int, bool]] = field(default_factory=list)
    beside: list[tuple[str, str, date, str]] = field(default_factory=list)

    @property
    def can(self) -> Capabilities:
        """What the messenger can do, as the product knows it."""
        return _DRAWN[self.name][0]

    def pages(self, message: Message) -> list[str]:
        """Return the texts a message is sent as; none is longer than the messenger takes."""
        drawn = _DRAWN[self.name][1](message)
        assert drawn
        assert max(map(len, drawn)) <= self.can.max_text, self.name
        return drawn

    def look(self, now: datetime) -> None:
        """Note who has not written for too long: as it stands now it stays for one delivery."""
        if self.name in WINDOWED:
            self.silent = {chat for chat, at in self.heard.items() if now - at > WINDOWED[self.name]}

    def take(self, chat: str, text: str, now: datetime, page: int, *, again: bool, kind: str) -> Outcome:
        """Return what comes of one page."""
        if not self.up:
            return RetryAt(30, whole_channel=True, reason="outage")
        if self.paused is not None and now <= self.paused:
            return RetryAt(3, whole_channel=True, reason="429")
        if self.chance.random() < self.flooded:
            whole = self.chance.random() < 0.5
            self.paused = now if whole else self.paused
            return RetryAt(3, whole_channel=whole, reason="429")
        if (refusal := self.refuses(chat, now)) is not None:
            return refusal
        self.taken[now.year, now.month] += 1
        doubt = self.chance.random() < self.doubtful
        if not (doubt and self.chance.random() < 0.5):
            self.arrive(chat, text, now, page, again=again, kind=kind)
        return Uncertain("no answer") if doubt else Sent(str(len(self.arrived)))

    def refuses(self, chat: str, now: datetime) -> Permanent | None:
        """Return why nothing can be sent to a chat, if so."""
        if chat in self.dead:
            return Permanent("blocked", "bot was blocked by the user")
        if chat in self.silent:
            return Permanent("window", "not heard for more than seven days")
        if self.spent or (self.limit is not None and self.taken[now.year, now.month] >= self.limit):
            return Permanent("quota", "used up")
        return None

    def arrive(self, chat: str, text: str, now: datetime, page: int, *, again: bool, kind: str) -> None:
        """Show a page in a chat, as far as it is one of those that are followed."""
        if kind == "morning":
            self.arrived.append((chat, now, text, page, again))
        elif kind in {"hourly", "inquiry"} and not page:
            code = _FIRST_CODE.search(_MARKUP.sub("", text))
            assert code is not None
            self.beside.append((kind, chat, now.date(), code[1]))

    def whole(self) -> list[tuple[str, date, frozenset[str], bool]]:
        """Return the messages by chat and day, the codes at the beginning of their lines, all their pages together."""
        made: list[tuple[str, date, frozenset[str], bool]] = []
        latest: dict[tuple[str, date], int] = {}
        for chat, now, text, page, again in self.arrived:
            codes, place = frozenset(_CODE.findall(text)), latest.get((chat, now.date()))
            if page and place is not None:  # others' messages may have come between two pages
                *_, before, marked = made[place]
                made[place] = (chat, now.date(), before | codes, marked)
                continue
            latest[chat, now.date()] = len(made)
            made.append((chat, now.date(), codes, again))
        return made

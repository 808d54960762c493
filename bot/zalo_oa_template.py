"""Messages outside the push window, as a template (ZBS) sent by user id: the beginning of the text, always charged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog

from bot.channel import Outcome, Permanent, Sent
from bot.telegram_render import utf16
from bot.zalo_oa_client import Client
from bot.zalo_oa_errors import TOKEN, Refused, outcome_of
from bot.zalo_oa_render import RESENT
from core.messages import Message
from core.paging import pages
from core.text import nfc

log = structlog.get_logger()

PATH = "/v3.0/oa/message/template"
PARAMETER = "noi_dung"
"""The one parameter that the template must have."""
MOST = 400

_MORE = "\n…"
_LONGEST_ID = 64

WithToken = Callable[[Callable[[str], Awaitable[dict[str, Any]]]], Awaitable[dict[str, Any]]]


class Template:
    """The approved template of that id."""

    def __init__(self, number: str, client: Client, with_token: WithToken) -> None:
        self._number = number
        self._client = client
        self._with_token = with_token

    async def send(self, chat: str, message: Message, real: datetime, *, resend: bool, part: int) -> Outcome:
        """Send the message's beginning once, for all its parts; raises a `ZaloFault` that is not about the template."""
        text = excerpt(message, resend=resend)
        if not text:
            return Permanent("window", "only a file, and no template carries one")
        if part:
            # the template that went for the first part stands for the others
            log.warning("cut off", action="cut_off", channel="zalo_oa", part=part)
            return Sent(None)
        body = {"user_id": chat, "template_id": self._number, "template_data": {PARAMETER: text}}
        try:
            data = await self._with_token(lambda token: self._client.call(PATH, token, body))
        except Refused as refusal:
            outcome = outcome_of(refusal, real)
            about_it = isinstance(outcome, Permanent) and outcome.kind in {"unauthorized", "bad_request"}
            if not about_it or refusal.code in TOKEN:
                raise
            # ordinary messages still go: the channel must not stop for a template
            log.critical("template refused", action="alarm", channel="zalo_oa", reason=str(refusal))
            return Permanent("bad_request", f"template {self._number}: {refusal}")
        number = data.get("message_id")
        return Sent(str(number) if number is not None and len(str(number)) <= _LONGEST_ID else None)


def excerpt(message: Message, *, resend: bool) -> str:
    """Return the first whole lines of a message, at most `MOST` UTF-16 units; empty where it has only files."""
    said = nfc(message.plain())
    if not said.strip():
        return ""
    lines = [RESENT] if resend else []
    made = ["\n".join(page) for page in pages([*lines, *said.split("\n")], MOST, utf16)]
    if len(made) == 1:
        return made[0]
    return "\n".join(pages([*lines, *said.split("\n")], MOST - len(_MORE), utf16)[0]) + _MORE

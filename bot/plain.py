"""A channel that can do nothing but carry text: for rehearsals, and to keep every answer usable without buttons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from uuid import uuid4

from bot.channel import Capabilities, Outcome, Permanent, Sent
from bot.fetching import FileGone
from core.messages import Incoming, Message, Receipt
from core.paging import pages

RESENT = "(gửi lại)"
_MARKS = 24  # room for "(gửi lại)" and "(12/34)" on a page


class PlainChannel:
    """No buttons, edits or files, 2,000 characters; what was sent lies in `sent`, by chat and in order.

    `receive` takes what people say through `deliver`; it may be set after the channel is made.
    """

    name = "plain"
    can = Capabilities(buttons=False, edit=False, files_in=False, max_text=2000)

    def __init__(self, receive: Callable[[Incoming], Awaitable[Receipt]] | None = None) -> None:
        self.receive = receive
        self.sent: dict[str, list[str]] = defaultdict(list)

    async def deliver(
        self,
        text: str,
        *,
        sender: str,
        chat: str | None = None,
        event_id: str | None = None,
        replied_to: str | None = None,
        private: bool = True,
    ) -> Receipt:
        """Hand over what somebody said and return once it is committed; the same `event_id` acts once."""
        if self.receive is None:
            raise RuntimeError("nobody receives what is said on the plain channel")
        return await self.receive(
            Incoming(
                self.name,
                event_id or uuid4().hex,
                sender,
                chat or sender,
                text,
                private=private,
                replied_to=replied_to,
            )
        )

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        """Put one page, counted from 0, into the chat's mailbox; its id is its place there, counted from 1."""
        made = self._pages(message)
        if not 0 <= part < len(made):
            return Permanent("bad_request", f"there is no page {part} of {len(made)}")
        lines = [RESENT, *made[part]] if resend else made[part]
        if len(made) > 1:
            lines = [*lines, f"({part + 1}/{len(made)})"]
        self.sent[chat].append("\n".join(lines))
        return Sent(f"{chat}/{len(self.sent[chat])}")

    def parts(self, message: Message) -> int:
        """Return how many pages the message needs."""
        return len(self._pages(message))

    async def answers(self) -> bool:
        """Tell that it does: there is nothing in between."""
        return True

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None:
        """Do nothing: there are no buttons to answer."""

    async def type(self, chat: str) -> None:
        """Do nothing: nobody would see it."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        """Raise `FileGone`: no file comes this way."""
        raise FileGone(ref, limit)

    def _pages(self, message: Message) -> list[list[str]]:
        lines = message.plain().split("\n") + [f"[{file.name}]" for file in message.files]
        return pages(lines, self.can.max_text - _MARKS)

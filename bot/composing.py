"""Making intents into messages in the transaction that takes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

import structlog

from storage.faults import is_conflict, is_down
from storage.outbox import Claimed, Composed, Later, Result
from storage.work import Work

log = structlog.get_logger()


class Compose(Protocol):
    """Makes an intent into a message at the moment it leaves."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, or what becomes of the row: void, superseded or unreachable."""
        ...


@dataclass(slots=True)
class Batch:
    """What came of some intents: messages to send now, other channels that got one, rows that are lost."""

    ready: list[Claimed] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    lost: list[Claimed] = field(default_factory=list)


async def compose_all(
    work: Work, rows: Sequence[Claimed], compose: Compose, channel: str, fence: int, busy: Collection[str]
) -> Batch:
    """Compose taken intents and write down what each came to; one that fails harms no other.

    What may have been seen already keeps its words, and does not leave at all once it is void or another took its place.
    """
    batch, taken = Batch(), set(busy)
    for row in rows:
        try:
            async with work.connection.begin_nested():
                composed = await compose(work, row)
        except Exception as error:
            if is_down(error) or is_conflict(error):
                raise
            log.exception("not composed", action="poison", channel=channel, row=row.id)
            await work.outbox.finish([Result(row.id, "failed", None, repr(error))], fence)
            batch.lost.append(row)
            continue
        still = partial(Result, row.id, uncertain=row.uncertain, parts_sent=row.parts_sent)
        if composed == "unreachable" and (back := await work.chain.go_back(row, fence, "no other way", row.uncertain)):
            batch.elsewhere.add(back)
        elif isinstance(composed, str):
            await work.outbox.finish([still(composed)], fence)
            if composed == "unreachable":
                batch.lost.append(row)
        elif isinstance(composed, Later):
            await work.outbox.finish([still("queued", not_before=work.real + composed.after)], fence)
        elif composed.channel not in {None, channel}:
            await work.chain.readdress(row, fence, composed, row.uncertain)
            batch.elsewhere.add(composed.channel or channel)
        elif composed.chat in taken:
            # with its chat known it is not asked for again before that chat is free
            await work.outbox.finish([still("queued", chat=composed.chat)], fence)
        else:
            taken.add(composed.chat)
            if row.seen and row.content is not None:
                composed = replace(composed, content=row.content, listed=())
            await work.outbox.fill(row, composed)
            batch.ready.append(
                replace(row, content=composed.content, chat=composed.chat, account_id=composed.account_id)
            )
    return batch

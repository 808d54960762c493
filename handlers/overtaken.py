"""Two who change the same directive at once: the first counts, the other hears of it and may still insist."""

from __future__ import annotations

import re

from core.messages import Message
from handlers.context import THIRD_PERSON_WAIT, Context
from handlers.phrasing import clock_time

_SEEN = re.compile(r"\s*#(?P<entry>[0-9]{1,18})\s*$")


def without_seen(words: str) -> tuple[str, int | None]:
    """Return the words without the mark of the act their sender was shown, and which act that is."""
    found = _SEEN.search(words)
    return (words, None) if found is None else (words[: found.start()], int(found["entry"]))


async def by_another(context: Context, act: str, subject: str, insist: str, seen: int | None) -> Message | None:
    """Return what another did here a moment ago, with the command to `insist`; `None` where there is nothing unseen."""
    last = await context.work.audit.last(context.actor.agency_id, act, subject, context.now - THIRD_PERSON_WAIT)
    if last is None or last.person_id is None or last.person_id == context.actor.person_id:
        return None
    if seen is not None and last.id <= seen:
        return None
    person = await context.work.people.person(last.person_id)
    anyway = context.button("overtaken-insist", f"{insist} #{last.id}")
    leave = context.button("button-leave", "/cancel", opt_out=True)
    return context.say(
        f"overtaken-{act}", anyway, leave, by=person.title if person is not None else "", time=clock_time(last.at),
        code=subject.rpartition("/")[2], what=str(last.detail.get("what", "")),
    )  # fmt: skip

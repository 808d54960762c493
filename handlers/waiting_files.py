"""Files somebody sent that wait to be told whose result they are, with what was read in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.messages import Button, IncomingFile, Message
from core.speech import DocumentRef
from core.text import fold
from handlers.context import Context
from handlers.discarding_job import discard_later

VOUCHING = "vouching"
"""The question whether files bear no stamp of secrecy, where this computer cannot look for one."""

_UNSTAMPED = re.compile(
    r"(?:da,? |vang,? |anh |tep |van ban )*(?:khong|ko|k) (?:co |dong |mang )?dau(?: (?:toi |tuyet )?mat)?"
    r"(?: nao| gi| gi ca| gi het)?(?: a| nhe)?|no stamp"
)
_STAMP = re.compile(r"\bco (?:dong )?dau\b|\bdau mat\b|\b(?:toi|tuyet) mat\b|^mat$|\bstamp(?:ed)?\b")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files of one message on a `channel`: those `looked` at, the `parts` it named, the document read or typed."""

    channel: str
    files: tuple[IncomingFile, ...]
    kind: str
    looked: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()
    document: DocumentRef | None = None
    album: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what a question remembers of it."""
        document = None
        if self.document is not None:
            dated = self.document.dated
            document = {**asdict(self.document), "dated": dated.isoformat() if dated is not None else None}
        return {
            "files": [asdict(file) for file in self.files], "sort": self.kind, "looked": list(self.looked),
            "parts": list(self.parts), "document": document, "album": self.album,
        }  # fmt: skip


def waiting(context: Context) -> Waiting | None:
    """Return the files the sender was asked about lately."""
    question = context.asked("evidence")
    if question is None:
        return None
    data = question.data
    given = data.get("document")
    dated = given and given["dated"]
    document = DocumentRef(**{**given, "dated": date.fromisoformat(dated) if dated else None}) if given else None
    return Waiting(
        question.channel, tuple(IncomingFile(**file) for file in data["files"]), data.get("sort", "photo"),
        tuple(data.get("looked", ())), tuple(data.get("parts", ())), document, data.get("album"),
    )  # fmt: skip


async def let_wait(context: Context, parts: Sequence[int], document: DocumentRef | None) -> None:
    """Remember the files of this message, all of them looked at, until the sender says whose they are."""
    incoming = context.incoming
    looked = tuple(file.ref for file in incoming.files)
    files = Waiting(incoming.channel, incoming.files, incoming.kind, looked, tuple(parts), document, incoming.album)
    await context.ask("evidence", **files.to_json())


def unvouched(context: Context) -> dict[str, Any] | None:
    """Return the job whose files nobody could look at, while the sender is asked to vouch for them."""
    question = context.asked(VOUCHING)
    return None if question is None else dict(question.data["job"])


def vouching(t: Callable[..., str], kind: str) -> Message:
    """Return the question whether files nobody could look at bear a stamp of secrecy."""
    stamped = t(f"button-stamped-{'photo' if kind == 'photo' else 'file'}")
    return Message.of(
        t("vouch", kind=kind), Button(t("button-unstamped"), "/report"), Button(stamped, "/cancel", opt_out=True)
    )


def says_stamped(words: str) -> bool | None:
    """Tell whether the sender says that there is a stamp; `None` where the words say nothing of one, or are no plain no."""
    told = fold(words)
    if _UNSTAMPED.fullmatch(told):
        return False
    return True if _STAMP.search(told) else None


async def let_go(context: Context) -> Message | None:
    """Forget the files that wait, and say so; `None` where none do."""
    files, job = waiting(context), unvouched(context)
    if files is not None:
        channel, refs, kind = files.channel, [file.ref for file in files.files], files.kind
    elif job is not None:
        sent = [*job["files"], *job.get("more", ())]
        channel, refs, kind = job["channel"], [file["ref"] for file in sent], job["incoming"]["kind"]
    else:
        return None
    await discard_later(context.work, channel, refs)
    await context.settle()
    return context.say("picture-dropped", kind=kind)

"""The job that looks at what somebody hands in before anything of it is recorded, and then goes on with the talk."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from core.deadlines import today
from core.errors import ConfidentialNotice, UserError
from core.messages import Incoming, IncomingFile, Message
from core.speech import task_refs, understand_all
from core.workdays import WorkCalendar
from documents.errors import UnreadableFile
from documents.evidence import Looked, look_at
from handlers.catalogue import Catalogue
from handlers.context import Beside, Context
from handlers.discarding_job import discard_later
from handlers.door import admitted
from handlers.looked_at import Seen, went_on
from handlers.reading_job import LIMIT, Fetch, reply
from handlers.reminders import tick_off
from handlers.replies import in_turn, rows_of, rows_of_several
from handlers.waiting_files import VOUCHING, vouching
from storage.accounts import Account
from storage.outbox import Outgoing
from storage.work import Work


class LookAtFilesJob:
    """Tells a result's number and date where they can be read, and refuses what bears a stamp of secrecy.

    It keeps no file: that is done once somebody's word or tap has made it a result.
    """

    timeout: float = 3600
    """Longer than a picture may be looked at: scans that came before it are read first."""

    def __init__(self, fetch: Fetch, catalogue: Catalogue, calendar: WorkCalendar) -> None:
        self._fetch = fetch
        self._catalogue = catalogue
        self._calendar = calendar

    async def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Fetch each file and look at its first page; one that is refused stops no other, a secret one stops all."""
        good: list[tuple[dict[str, Any], Looked]] = []
        refused: list[tuple[str, str, str]] = []
        for file in _files(data):
            try:
                looked, size = await self._look(data["channel"], file)
            except UnreadableFile as unreadable:
                refused.append((file["ref"], file["name"], unreadable.kind))
            except ConfidentialNotice as stamped:
                return {"stamped": stamped.level}
            except UserError:
                refused.append((file["ref"], file["name"], "unavailable"))
            else:
                good.append(({**file, "mime": looked.mime, "size": size}, looked))
        return {"good": good, "refused": refused}

    async def _look(self, channel: str, file: dict[str, Any]) -> tuple[Looked, int]:
        if (file["size"] or 0) > LIMIT:
            raise UnreadableFile("too_big", file["name"])
        content = await self._fetch(channel, file["ref"], LIMIT)
        return await look_at(content, file["name"]), len(content)

    def under_way(self, data: dict[str, Any]) -> Outgoing:
        """Return the word that it is being looked at."""
        return reply(data, Message.of(self._t(data, "looking", kind=data["incoming"]["kind"])))

    async def commit(self, work: Work, data: dict[str, Any], prepared: dict[str, Any]) -> bool:
        """Go on as if the message came now, its files known; of a secret nothing is kept or recorded."""
        files = _files(data)
        if "stamped" in prepared:
            await work.audit.add(data["agency_id"], data["person_id"], data["channel"], "refused", prepared["stamped"])
            await work.outbox.say([reply(data, self._stamped(data, prepared["stamped"]))])
            await discard_later(work, data["channel"], [file["ref"] for file in files])
            return True
        told = prepared["refused"]
        if told:
            lines = tuple(self._t(data, "upload-refused", name=name, kind=kind) for _, name, kind in told)
            await work.outbox.say([reply(data, Message(lines))])
            await discard_later(work, data["channel"], [ref for ref, _, kind in told if kind != "unavailable"])
        good = prepared["good"]
        if any(looked.unlooked for _, looked in good) and not data.get("vouched"):
            await self._ask_to_vouch(work, data, [file for file, _ in good])
            return False
        incoming = replace(_incoming(data), files=tuple(IncomingFile(**file) for file, _ in good))
        # a photo that came late to its album has its own turn
        these = sha256("\n".join(file["ref"] for file in files).encode()).hexdigest()[:24]
        event = admitted(replace(incoming, event_id=f"looked:{these}:{incoming.event_id}"))
        if not await work.inbox.admit(event.channel, event.event_id, event.sender):
            return False
        account = await work.accounts.known(event.channel, event.sender)
        if account is not None and account.actor is not None and account.actor.person_id == data["person_id"]:
            seen = Seen(tuple(looked for _, looked in good), tuple(data["parts"]))
            rows = await self._go_on(work, account, incoming, seen, data)
            await work.outbox.say([*rows, *await tick_off(work)])
        return False

    async def _ask_to_vouch(self, work: Work, data: dict[str, Any], files: list[dict[str, Any]]) -> None:
        """Ask whether there is a stamp on what this computer cannot look at; a late photo of an album is asked about with it."""
        account = await work.accounts.known(data["channel"], data["incoming"]["sender"])
        asked = account.question if account is not None else None
        if asked is not None and asked.kind == VOUCHING and asked.data["job"].get("album", 0) == data.get("album"):
            files = [*_files(asked.data["job"]), *files]
        job = {**data, "files": files, "more": []}
        await work.questions.ask(data["person_id"], data["channel"], data["chat"], VOUCHING, {"job": job})
        message = vouching(partial(self._t, data), data["incoming"]["kind"])
        await work.outbox.say([reply(data, message)])

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        """Say that the files did not come through."""
        del error
        lines = (self._t(data, "upload-refused", name=file["name"], kind="unavailable") for file in _files(data))
        await work.outbox.say([reply(data, Message(tuple(lines)))])

    async def _go_on(
        self, work: Work, account: Account, incoming: Incoming, seen: Seen, data: dict[str, Any]
    ) -> list[Outgoing]:
        """Answer each act of the message; of several a wrong one takes no right one with it."""
        actor, beside = account.actor, Beside()
        if actor is None:
            return []
        acts = []
        for said in understand_all(incoming.text, today=today(work.now), bot_name=data["bot_name"]):
            about = said if said.refs or data["about"] is None else replace(said, refs=task_refs(data["about"]))
            context = Context(work, actor, incoming, about, self._catalogue, self._calendar, account.question,
                              beside=beside, private_chat=None if incoming.private else account.chat)  # fmt: skip
            acts.append(context)
        done = await in_turn(acts, lambda context: went_on(context, seen))
        return await rows_of_several(done) if len(done) > 1 else await rows_of(*done[0])

    def _stamped(self, data: dict[str, Any], level: str) -> Message:
        codes = ", ".join(ref.code for ref in task_refs(f"{data['incoming']['text']} {data['about'] or ''}"))
        has = "yes" if codes else "no"
        kind = data["incoming"]["kind"]
        return Message.of(self._t(data, "stamped-chat", level=level, codes=codes, has=has, kind=kind))

    def _t(self, data: dict[str, Any], key: str, **arguments: Any) -> str:
        return self._catalogue.text(data["language"], key, **arguments)


def _incoming(data: dict[str, Any]) -> Incoming:
    return Incoming(**{**data["incoming"], "files": ()})


def _files(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [*data["files"], *data.get("more", ())]

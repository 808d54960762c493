"""Taking back the sender's last act, while nobody has acted on it."""

from __future__ import annotations

from core.errors import ActedUpon, NothingToUndo
from core.messages import Message
from core.people import ANYONE
from handlers.context import Context
from handlers.phrasing import reference
from handlers.routing import Answer, command


@command("undo", who=ANYONE)
async def undo(context: Context) -> Answer:
    """Restore every part the sender's last act of the past ten minutes changed, as it was before."""
    entry = await context.work.audit.last_undoable(context.actor.person_id)
    if entry is None:
        raise NothingToUndo
    changed = await context.work.parts.changed_by(entry.id)
    versions = dict(changed)
    parts = await context.work.parts.by_ids([part_id for part_id, _ in changed])
    for part in parts:
        # what came after and was taken back again leaves the part as this act had left it
        if part.progress != await context.work.parts.version(part.id, versions[part.id]):
            raise ActedUpon(part.code)
    undoing = await context.record("undo", entry.subject, detail={"entry": entry.id})
    lines = []
    for part in parts:
        before = await context.work.parts.version(part.id, versions[part.id] - 1)
        await context.work.parts.save(part, before, undoing)
        lines.append(context.t("undo-part", code=part.code, state=context.t(f"state-{before.state.value}")))
    await context.work.audit.mark_undone(entry.id, undoing)
    await context.work.submissions.withdraw(entry.id)
    await context.work.outbox.void(entry.id)
    if len(parts) == 1:
        context.about = reference(parts[0])
    return Message.of("\n".join([context.t("undo-done"), *lines]))

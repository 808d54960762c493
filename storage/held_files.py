"""Which bytes of the files store something we keep still needs."""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import drafts, notices, submission_files

_REF: BindParameter[str] = bindparam("ref")
_HOLDS = select(
    or_(
        exists().where(submission_files.c.ref == _REF),
        exists().where(notices.c.file_ref == _REF),
        exists().where(drafts.c.content["file_ref"].as_string() == _REF),
    )
)


class HeldFiles:
    """Looks through all that refers to files."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def holds(self, ref: str) -> bool:
        """Tell whether these bytes are somebody's result, or the file of a notice or draft, whoever sent them."""
        return bool((await self._connection.execute(_HOLDS, {"ref": ref})).scalar_one())

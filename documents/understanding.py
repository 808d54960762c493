"""A document read in one process and taken over by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from core.documents import Document, read_document
from core.reading.model import KnownAgency
from documents.errors import UnreadableFile

MOST_CHARACTERS = 400_000
"""A notice of two hundred pages."""


@lru_cache(maxsize=1)
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def understood(lines: Sequence[str], agency: Mapping[str, Any] | None, name: str) -> Any:
    """What these lines are, in the JSON-ready form that `from_json` takes; raises UnreadableFile for too many."""
    if sum(map(len, lines)) > MOST_CHARACTERS:
        raise UnreadableFile("too_big", name)
    known = TypeAdapter(KnownAgency).validate_python(agency) if agency is not None else None
    return _documents().dump_python(read_document(lines, known), mode="json")


def from_json(data: Any) -> Document:
    """The document `understood` gave; raises ValueError for anything else."""
    return _documents().validate_python(data)

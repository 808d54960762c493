"""What the reading process says of a file, asked once for many tests: recognising a photo costs seconds."""

from __future__ import annotations

import json
import os
from copy import deepcopy
from typing import Any

from core.errors import ConfidentialNotice
from documents import apart
from documents.errors import UnreadableFile

_ask = apart._asked
_KNOWN: dict[tuple[str, bytes, str], tuple[dict[str, Any] | Exception, list[tuple[int, int]]]] = {}


async def asked_once(order: dict[str, Any], data: bytes, name: str, patience: float, told: Any) -> dict[str, Any]:
    """Do what `documents.apart` does, or tell again what came of the same order for the same bytes, whatever their name."""
    # a test may take the programs away that recognise
    known = (json.dumps(order, sort_keys=True), data, os.environ["PATH"])
    if known not in _KNOWN:
        pages: list[tuple[int, int]] = []
        said: dict[str, Any] | Exception
        try:
            said = await _ask(order, data, name, patience, lambda page, of: pages.append((page, of)))
        except (UnreadableFile, ConfidentialNotice) as refused:
            said = refused
        _KNOWN[known] = said, pages
    said, pages = _KNOWN[known]
    for page in pages if told else ():
        told(*page)
    if isinstance(said, UnreadableFile):
        said.name = name
    if isinstance(said, Exception):
        raise said
    return deepcopy(said)

"""An hour's fuzzing of the two walkers, guided by coverage: the Word file's tree and the text's lines.

`pip install atheris`, then `python -m tests.documents.walkers word|text -max_total_time=1800 FOLDER`; what breaks a
walker is left beside. Without atheris, `tests/documents/test_fuzz.py` plays the same in a minute.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import atheris

with atheris.instrument_imports(include=["core", "documents"]):
    from core.documents import read_document
    from documents.docx import docx_lines
    from documents.errors import UnreadableFile

from .made import word_file
from .noise import AGENCY, MARKUP, PHRASES, invented

LONGEST = 5.0


def word(data: bytes) -> None:
    """Put a Word file together from these bytes and read it."""
    chance = atheris.FuzzedDataProvider(data)
    made: list[str] = []
    open_tags: list[str] = []
    while chance.remaining_bytes() and len(made) < 3000:
        choice = chance.ConsumeIntInRange(0, 9)
        if choice < 5:
            tag = chance.PickValueInList(list(MARKUP))
            made.append(f"<w:{tag}{chance.PickValueInList(list(MARKUP[tag]))}>")
            open_tags.append(tag)
        elif choice < 8 and open_tags:
            made.append(f"</w:{open_tags.pop()}>")
        else:
            made.append(chance.PickValueInList(list(PHRASES)))
    made += [f"</w:{tag}>" for tag in reversed(open_tags)]
    try:
        lines = docx_lines(word_file("".join(made)), "tệp")
    except UnreadableFile:
        return
    _understood(lines)


def text(data: bytes) -> None:
    """Put lines together from these bytes and understand them."""
    chance = atheris.FuzzedDataProvider(data)
    made: list[str] = []
    while chance.remaining_bytes() and len(made) < 600:
        choice = chance.ConsumeIntInRange(0, 11)
        if choice < 9:
            made.append(chance.PickValueInList(list(PHRASES)))
        elif choice == 9:
            made.append(chance.ConsumeUnicodeNoSurrogates(12))
        else:
            made.append("\n")
    _understood(" ".join(made).split("\n"))


def _understood(lines: Sequence[str]) -> None:
    document = read_document(lines, AGENCY)
    assert not (found := invented(document, lines)), (found, lines)


def _timely(walk: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def walked(data: bytes) -> None:
        began = time.process_time()
        walk(data)
        assert time.process_time() - began < LONGEST

    return walked


def main(arguments: list[str]) -> None:
    """Fuzz the walker the first argument names; the others are libFuzzer's."""
    walkers: dict[str, Any] = {"word": word, "text": text}
    atheris.Setup([arguments[0], *arguments[2:]], _timely(walkers[arguments[1]]))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)

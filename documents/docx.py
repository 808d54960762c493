"""Word files: every visible word in order, tables, text boxes and tracked insertions included."""

import io
import re
from collections.abc import Mapping
from typing import Any, cast

from lxml import etree

from documents.errors import UnreadableFile
from documents.package import package, part
from documents.word_numbering import Numbering, read_numbering
from documents.word_xml import STRICT, WORD

_MAIN = re.compile(r"^word/document\d*\.xml$")
_GONE = {"del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange"}
_OFF = {"0", "false", "off"}
MAX_CHARACTERS = 4_000_000


class _TooMuch(Exception):
    """Ends the parse from inside one of its callbacks."""


class _Paragraph:
    __slots__ = ("depth", "list_id", "pieces", "style")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.list_id: str | None = None
        self.style: str | None = None
        self.depth: int | None = None


class _Walker:
    """Takes the parser's events one by one, so that memory holds one paragraph and the lines."""

    def __init__(self, numbering: Numbering) -> None:
        self.lines: list[str] = []
        self._numbering = numbering
        self._open: list[_Paragraph] = []
        self._skipping = 0
        self._hidden = False
        self._in_text = False
        self._in_run_settings = False
        self._characters = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if self._skipping or name == "Fallback" or (space[1:] in {WORD, STRICT} and name in _GONE):
            self._skipping += 1
            return
        if space[1:] not in {WORD, STRICT}:
            return
        here = self._open[-1] if self._open else None
        worth = attributes.get(f"{space}}}val")
        match name:
            case "p":
                self._open.append(_Paragraph())
            case "r":
                self._hidden = False
            case "rPr":
                self._in_run_settings = True
            case "vanish":
                self._hidden = self._in_run_settings and worth not in _OFF and bool(here and self._open)
            case "t":
                self._in_text = not self._hidden
            case "tab" | "br" | "cr" | "noBreakHyphen" if here and not self._in_run_settings:
                here.pieces.append({"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n"))
            case "numId" if here:
                here.list_id = worth
            case "ilvl" if here:
                here.depth = int(worth) if worth and worth.isdigit() else 0
            case "pStyle" if here:
                here.style = worth
            case _:
                pass

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        space, _, name = tag.rpartition("}")
        if space[1:] not in {WORD, STRICT}:
            return
        match name:
            case "t":
                self._in_text = False
            case "rPr":
                self._in_run_settings = False
            case "pPr":
                # a paragraph mark's own settings say nothing about the runs after it
                self._hidden = False
            case "p" if self._open:
                self._emit(self._open.pop())
            case "tc" | "tbl" | "txbxContent":
                self.lines.append("")
            case _:
                pass

    def data(self, text: str) -> None:
        if self._in_text and not self._skipping and self._open:
            self._characters += len(text)
            if self._characters > MAX_CHARACTERS:
                raise _TooMuch
            self._open[-1].pieces.append(text)

    def close(self) -> list[str]:
        return self.lines

    def _emit(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.pieces)
        list_id, depth = paragraph.list_id, paragraph.depth
        if list_id is None and paragraph.style in self._numbering.styles:
            list_id, styled = self._numbering.styles[paragraph.style]
            depth = styled if depth is None else depth
        if list_id is not None and text.strip():
            text = self._numbering.label(list_id, depth or 0) + text.lstrip()
        self.lines.extend(line.replace("\t", " ") for line in text.split("\n"))


def docx_lines(data: bytes, name: str) -> list[str]:
    """A Word file's paragraphs as lines, an empty line after each table cell; raises UnreadableFile."""
    with package(data, name) as archive:
        paths = set(archive.namelist())
        main = next(iter(sorted(filter(_MAIN.match, paths))), None)
        if main is None:
            raise UnreadableFile("unsupported", name)
        numbering = part(archive, "word/numbering.xml", name) if "word/numbering.xml" in paths else None
        styles = part(archive, "word/styles.xml", name) if numbering and "word/styles.xml" in paths else None
        document = part(archive, main, name)
    if b"<!DOCTYPE" in document[:2000]:
        raise UnreadableFile("broken", name)
    walker = _Walker(read_numbering(numbering, styles))
    target = etree.XMLParser(
        # lxml hands text over as str only; its stubs also ask for bytes
        target=cast("Any", walker),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    try:
        etree.parse(io.BytesIO(document), target)
    except _TooMuch as error:
        raise UnreadableFile("too_big", name) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("broken", name) from error
    return walker.lines

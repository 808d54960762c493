"""Files written for the tests: PDF pages with words where one wants them, Word and Excel tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(
    pages: Sequence[Sequence[tuple[float, float, float, str]]],
    *,
    sealed: bool = False,
    size: tuple[int, int] = (595, 842),
    stamps: Sequence[tuple[float, float, float, str]] = (),
) -> bytes:
    """A PDF whose pages hold words as (left, baseline from above, size of letters, words); each letter half as wide as high.

    `stamps` are drawn on the first page the way a signing program does, on top of the document.
    """
    letters = sorted({char for words in [*pages, stamps] for _, _, _, text in words for char in text})
    assert len(letters) < 220
    code = {char: 32 + at for at, char in enumerate(letters)}
    mapped = "\n".join(f"<{code[char]:02x}> <{char.encode('utf-16-be').hex()}>" for char in letters)
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(letters)} beginbfchar\n{mapped}\nendbfchar\nendcmap end end"
    )
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    def stream(text: str, head: str = "") -> int:
        data = text.encode("latin-1")
        return add(f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")

    def drawn(words: Iterable[tuple[float, float, float, str]]) -> str:
        return "\n".join(
            f"BT /F {high} Tf 1 0 0 1 {left} {size[1] - top} Tm <{''.join(f'{code[char]:02x}' for char in text)}> Tj ET"
            for left, top, high, text in words
        )

    tree = add("")
    widths = " ".join(["500"] * 256)
    cmap = stream(unicode)
    font = add(
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths [{widths}] /ToUnicode {cmap} 0 R >>"
    )
    fonts = f"/Resources << /Font << /F {font} 0 R >> >>"
    box = f"[0 0 {size[0]} {size[1]}]"
    kids = []
    for number, words in enumerate(pages):
        content = stream(drawn(words))
        notes = ""
        if stamps and number == 0:
            look = stream(drawn(stamps), f"/Type /XObject /Subtype /Form /BBox {box} {fonts}")
            note = add(f"<< /Type /Annot /Subtype /Stamp /F 4 /Rect {box} /AP << /N {look} 0 R >> >>")
            notes = f"/Annots [{note} 0 R]"
        kids.append(
            add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox {box} {fonts} /Contents {content} 0 R {notes} >>")
        )
    objects[tree - 1] = (
        f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    )
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    lock = add(f"<< /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >>") if sealed else 0
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    seal = f"/Encrypt {lock} 0 R /ID [<{'33' * 16}> <{'33' * 16}>]" if sealed else ""
    out.write(f"trailer << /Size {len(objects) + 1} /Root {root} 0 R {seal} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def page(*lines: str, left: float = 85, top: float = 90, high: float = 14) -> list[tuple[float, float, float, str]]:
    """Lines one below the other, as a paragraph is set."""
    return [(left, top + at * high * 1.3, high, line) for at, line in enumerate(lines)]


def word_file(body, *, namespace=W, main="word/document.xml", prologue="", members=(), **parts) -> bytes:
    """A Word file with this body, and further parts by their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            main,
            f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document xmlns:w="{namespace}" xmlns:mc="m"><w:body>{body}</w:body></w:document>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{content}</w:{name}>')
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def p(inner, settings=""):
    """A paragraph."""
    return f"<w:p>{settings and f'<w:pPr>{settings}</w:pPr>'}{inner}</w:p>"


def r(text, settings=""):
    """A run of words."""
    return f"<w:r>{settings and f'<w:rPr>{settings}</w:rPr>'}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def table(*rows: Sequence[str | tuple[str, str]]) -> str:
    """A table of these words; a cell may be words and settings such as `<w:gridSpan w:val="2"/>`."""
    cells = [
        "".join(
            f"<w:tc><w:tcPr>{cell[1] if isinstance(cell, tuple) else ''}</w:tcPr>"
            + "".join(p(r(line)) for line in (cell[0] if isinstance(cell, tuple) else cell).split("\n"))
            + "</w:tc>"
            for cell in row
        )
        for row in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

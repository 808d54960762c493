"""What reading a file costs beside the bare library, and how well notices are read from each kind of file."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pypdfium2
from lxml import etree

from bench import scoring
from documents.notice_file import read_file
from documents.ocr import tesseract

NOTICE = Path(__file__).parents[1] / "tests" / "data" / "notice-718"
PAGES = 100
_ENOUGH = 0.4
AIMS = {"PDF with text": 1.5, "Word": 1.5, "scan": 1.3}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(slots=True)
class Cost:
    """Processor seconds a page, those of programs called among them: the bare library's and ours, round by round."""

    name: str
    pages: int
    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Return the median over the rounds of what ours cost beside the bare library in the same round."""
        return median(our / bare for our, bare in zip(self.ours, self.bare, strict=True))


def long_pdf(pages: int = PAGES) -> bytes:
    """Return notice 718's pages over and over as one PDF."""
    source = pypdfium2.PdfDocument(NOTICE / "notice-718.pdf")
    whole = pypdfium2.PdfDocument.new()
    for number in range(pages):
        whole.import_pages(source, [number % len(source)])
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    source.close()
    return out.getvalue()


def long_docx(pages: int = PAGES) -> bytes:
    """Return notice 718's body over and over as one Word file, its three pages at a time."""
    out = io.BytesIO()
    with zipfile.ZipFile(NOTICE / "notice-718.docx") as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                head, _, rest = data.partition(b"<w:body>")
                body, _, tail = rest.rpartition(b"</w:body>")
                data = head + b"<w:body>" + body * (pages // 3) + b"</w:body>" + tail
            made.writestr(entry.filename, data)
    return out.getvalue()


def _bare_pdf(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    return sum(len(document[number].get_textpage().get_text_range()) for number in range(len(document)))


def _bare_docx(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    lines = ["".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in root.iter(f"{_W}p")]
    return sum(map(len, lines))


def _bare_scan(data: bytes) -> int:
    """The pages drawn as they are, and tesseract as it comes."""
    document = pypdfium2.PdfDocument(data)
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(len(document)):
            path = Path(folder) / "page.pgm"
            document[number].render(scale=200 / 72, grayscale=True).to_pil().save(path)
            command = ["tesseract", str(path), "-", "-l", "vie", "--psm", "3"]
            done = subprocess.run(
                command, capture_output=True, check=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
            )
            found += len(done.stdout.decode())
    return found


def _ours(data: bytes) -> int:
    return sum(map(len, read_file(data, "bench").lines))


def _took(work: Callable[[bytes], int], data: bytes) -> tuple[float, int]:
    began, times, characters = sum(os.times()[:4]), 0, 0
    # the system counts in hundredths of a second: short work is done over until that does not matter
    while times == 0 or sum(os.times()[:4]) - began < _ENOUGH:
        characters = work(data)
        times += 1
    return (sum(os.times()[:4]) - began) / times, characters


def _measure(name: str, data: bytes, pages: int, bare: Callable[[bytes], int], rounds: int) -> Cost:
    cost = Cost(name, pages)
    for number in range(rounds + 1):
        turns = [(cost.bare, bare), (cost.ours, _ours)]
        for kept, work in turns if number % 2 else reversed(turns):
            seconds, characters = _took(work, data)
            if characters < 300 * pages:
                raise AssertionError(name)
            if number:  # the first round warms up
                kept.append(seconds / pages)
    return cost


def costs(rounds: int = 8, scans: int = 3) -> list[Cost]:
    """Measure each kind of file in turn with its bare library."""
    measured = [
        _measure("PDF with text", long_pdf(), PAGES, _bare_pdf, rounds),
        _measure("Word", long_docx(), PAGES // 3 * 3, _bare_docx, rounds),
    ]
    if tesseract() is not None and scans:
        data = (NOTICE / "notice-718-scan.pdf").read_bytes()
        measured.append(_measure("scan", data, 3, _bare_scan, scans))
    return measured


def table(measured: Sequence[Cost]) -> str:
    """Return the figures as a table a person reads."""
    lines = [f"{'kind of file':<16}{'ms a page, bare':>18}{'ours':>10}{'ratio':>8}{'aim':>8}"]
    for cost in measured:
        bare, ours = 1000 * median(cost.bare), 1000 * median(cost.ours)
        lines.append(f"{cost.name:<16}{bare:>18.2f}{ours:>10.2f}{cost.ratio:>8.2f}{AIMS[cost.name]:>8.1f}")
    return "\n".join(lines)


def accuracy() -> str:
    """Return the scores of each of our own documents, and of those in the folder NOTICES_DIR names, as texts and as issued."""
    shown = [scoring.table(scoring.score_folder(scoring.OWN))]
    if given := os.environ.get("NOTICES_DIR"):
        folder = Path(given)
        shown.append(scoring.table([*scoring.score_folder(folder), *scoring.score_originals(folder)]))
    return "\n\n".join(shown)

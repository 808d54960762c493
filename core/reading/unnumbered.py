"""The directives of paragraphs that carry no number."""

import re
from collections.abc import Iterator, Sequence

from core.reading.assignment import Assignment, read_assignment
from core.reading.building import Lead, Setting, build_task
from core.reading.directives import announces, asks, is_approval, is_assessment, is_imperative
from core.reading.loose import Shared, shared
from core.reading.model import ReadTask
from core.reading.structure import is_closing

_GIVEN_HERE = re.compile(r"(?:đồng ý )?(?:giao|phân công|đề nghị|yêu cầu)\s", re.IGNORECASE)
_ISSUER = re.compile(r"(?:(?:Phó )?Chủ tịch UBND tỉnh|UBND tỉnh|Giám đốc Sở|Sở [\w ]{4,40}?)\s*$")


def read_unnumbered(
    paragraphs: Sequence[str], setting: Setting, *, announced: bool = False
) -> Iterator[ReadTask | Shared]:
    """The directives p1, p2, …: what stands from "giao X" to the paragraph's end.

    Below a lead-in that announces them ("thực hiện các nội dung sau:") also each paragraph that begins with its units.
    """
    number = 0
    for paragraph in paragraphs:
        if number and (pointing := shared(paragraph, setting.issued, setting.around)):
            yield pointing
            continue
        if announces(paragraph):
            announced = announced or asks(paragraph)
            continue
        own = read_assignment(paragraph, setting.directory)
        if not own.given or is_closing(paragraph) or (is_approval(paragraph) and own.explicit_at is None):
            continue
        start = _start(paragraph, own, announced=announced)
        if start is None:
            continue
        text = paragraph[start:].removesuffix("/.").rstrip()
        number += 1
        yield build_task(f"p{number}", text, read_assignment(text, setting.directory), Lead(unnumbered=True), setting)


def _start(paragraph: str, own: Assignment, *, announced: bool) -> int | None:
    """Where the directive of a paragraph begins, None where it holds none."""
    if own.explicit_at is None:
        return 0 if announced and own.subject and not is_assessment(paragraph) else None
    if not (is_imperative(paragraph) or _GIVEN_HERE.match(paragraph[own.explicit_at :])):
        return None
    if not paragraph[own.explicit_at].isalnum():  # "rà soát quy hoạch: phòng X": what is to be done stands before
        return 0
    issuer = _ISSUER.search(paragraph[max(0, own.explicit_at - 80) : own.explicit_at])
    return max(0, own.explicit_at - 80) + issuer.start() if issuer else own.explicit_at

"""Plain text files, however they are encoded."""

import codecs

from core.text import nfc
from documents.errors import UnreadableFile
from documents.legacy import from_tcvn3, from_vni, share_of_usual

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4000
_MAX_CHARACTERS = 4_000_000
_ENOUGH = 0.05


def _unicode(data: bytes) -> tuple[str, ...]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return (name,)
    sample = data[:_SAMPLE]
    if sample.count(0) > len(sample) // 5:
        return ("utf-16-le",) if sample[1::2].count(0) > sample[::2].count(0) else ("utf-16-be",)
    return ("utf-8",)


def _is_text(text: str) -> bool:
    return not any(ord(char) < 32 and char not in "\t\n\r\f\v" for char in text[:_SAMPLE])


def text_of(data: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16, the old code page or an old font's letters; raises UnreadableFile where it is none.

    Letters of the old ones are told apart by the words they would make: where they make none, it is "odd_letters".
    """
    if len(data) > _MAX_CHARACTERS * 4:
        raise UnreadableFile("too_big", name)
    for encoding in _unicode(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_text(text):
            break
        if len(text) > _MAX_CHARACTERS:
            raise UnreadableFile("too_big", name)
        return text
    if not _is_text(data[:_SAMPLE].decode("latin-1")) or len(data) > _MAX_CHARACTERS:
        raise UnreadableFile("unsupported", name)
    shown = data.decode("cp1252", "replace")
    readings = [nfc(data.decode("cp1258", "replace")), from_tcvn3(data.decode("latin-1")), from_vni(shown)]
    best = max(readings, key=share_of_usual)
    if share_of_usual(best) < _ENOUGH:
        raise UnreadableFile("odd_letters", name)
    return best

"""Plain text files, however they are encoded."""

import codecs

from documents.errors import UnreadableFile

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4000


def _encodings(data: bytes) -> tuple[str, ...]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return (name,)
    sample = data[:_SAMPLE]
    if sample.count(0) > len(sample) // 5:
        return ("utf-16-le",) if sample[1::2].count(0) > sample[::2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp1258")


def text_of(data: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16 or the old Vietnamese code page; UnreadableFile("unsupported") where it is none."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(1 for char in text[:_SAMPLE] if ord(char) < 32 and char not in "\t\n\r\f\v")
        if odd == 0 and (encoding != "cp1258" or any(letter in text for letter in "ươđăâêô")):
            return text
    raise UnreadableFile("unsupported", name)

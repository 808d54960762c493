"""QR pictures, drawn when they are needed."""

from __future__ import annotations

import io

import segno

QR = "qr:"
"""How a file's reference begins whose content is the picture of what follows."""

_PIXELS_PER_DOT = 8


def picture(words: str) -> bytes:
    """Return a PNG of the QR code of these words."""
    out = io.BytesIO()
    segno.make(words, error="m").save(out, kind="png", scale=_PIXELS_PER_DOT, border=4)
    return out.getvalue()

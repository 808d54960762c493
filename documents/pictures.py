"""Photos and scans of pages, opened within bounds and turned the way they were taken."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.errors import UnreadableFile
from documents.package import package, part
from documents.pages import MOST_PICTURES

Picture = Callable[[], Image.Image]
"""Opens one page's picture when it is needed; raises UnreadableFile."""

MOST_PIXELS = 60_000_000
"""More than any camera of a phone takes and any scanner of an office."""
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP")
_LEAST_SIDE = 200


def pages_of_picture(data: bytes, name: str, *, colour: bool = False) -> list[Picture]:
    """The pages of a photo, or of a fax with several; raises UnreadableFile for more than can be looked at."""
    with _opened(data, name) as picture:
        frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if frames > MOST_PICTURES:
        raise UnreadableFile("too_many_scans", name)
    return [partial(_frame, data, at, name, colour=colour) for at in range(frames)]


def pages_of_album(data: bytes, name: str, *, colour: bool = False) -> list[Picture]:
    """The pictures in a zip file, in the order of their names, as the pages of one notice."""
    with package(data, name) as archive:
        entries = sorted(entry.filename for entry in archive.infolist() if not entry.is_dir())
        if len(entries) > MOST_PICTURES:
            raise UnreadableFile("too_many_scans", name)
        pictures = [part(archive, entry, name) for entry in entries]
    return [page for picture in pictures for page in pages_of_picture(picture, name, colour=colour)]


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # our own bound is stricter than the one Pillow warns of
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise UnreadableFile("huge_picture", name) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableFile("broken", name) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise UnreadableFile("huge_picture", name)
    if min(picture.size) < _LEAST_SIDE:
        raise UnreadableFile("illegible", name)
    return picture


def _frame(data: bytes, at: int, name: str, *, colour: bool) -> Image.Image:
    with _opened(data, name) as picture:
        try:
            picture.seek(at)
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadableFile("huge_picture", name)
            # JPEG is taken at a fraction of its size where that is enough
            mode = "RGB" if colour else "L"
            picture.draft(mode, (2500, 2500))
            # a photo of a phone is kept lying, with a word on how it was held
            return _on_white(ImageOps.exif_transpose(picture)).convert(mode)
        except (
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            IndexError,
            KeyError,
            TypeError,
            ZeroDivisionError,
            Image.DecompressionBombError,
        ) as error:
            raise UnreadableFile("broken", name) from error


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture
    laid = picture.convert("RGBA")
    paper = Image.new("RGBA", laid.size, "white")
    return Image.alpha_composite(paper, laid)

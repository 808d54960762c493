"""A picture of a page made fit for recognising: even background, straight lines, letters of the usual size."""

from __future__ import annotations

from functools import partial

import numpy as np
from PIL import Image, ImageFilter

from documents.pages import LONG_SIDE

_SMALLEST, _LARGEST = 0.75, 1.3
_SHRINK = 8
_PLAIN = 6.0
_STEEPEST = 6.0


def fit(picture: Image.Image) -> Image.Image:
    """The picture in shades of gray, as large as a page scanned at 200 dots an inch."""
    gray = picture.convert("L")
    scale = LONG_SIDE / max(gray.size)
    if _SMALLEST <= 1 / scale <= _LARGEST:
        return gray
    size = (max(1, round(gray.width * scale)), max(1, round(gray.height * scale)))
    return gray.resize(size, Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.LANCZOS)


def even(gray: Image.Image) -> Image.Image:
    """The picture with paper white everywhere: shadows and the yellow of lamps divided out."""
    small = gray.resize((max(1, gray.width // _SHRINK), max(1, gray.height // _SHRINK)), Image.Resampling.BOX)
    paper = (
        small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(4))
    )
    shades = np.asarray(paper)
    if shades.size and float(np.std(shades)) < _PLAIN and float(np.mean(shades)) > 235:
        return gray
    ground = np.asarray(paper.resize(gray.size, Image.Resampling.BILINEAR), dtype=np.float32)
    divided = np.asarray(gray, dtype=np.float32) * (255.0 / np.maximum(ground, 16.0))
    return Image.fromarray(np.minimum(divided, 255.0).astype(np.uint8))


def slant(gray: Image.Image) -> float:
    """The degrees by which lines of text must be turned to lie level, 0 where none are seen."""
    angle, ink = 0.0, gray
    for side, around, step in ((400, _STEEPEST, 1.0), (800, 0.9, 0.3), (800, 0.2, 0.1)):
        scale = side / max(gray.size)
        size = (max(1, round(gray.width * scale)), max(1, round(gray.height * scale)))
        ink = Image.fromarray(255 - np.asarray(gray.resize(size, Image.Resampling.BOX, reducing_gap=1.0)))
        turns = round(around / step)
        angles = [angle + turn * step for turn in range(-turns, turns + 1)]
        angle = max(angles, key=partial(sharpness, ink))
    return angle if sharpness(ink, angle) > 1.02 * sharpness(ink, 0.0) else 0.0


def sharpness(ink: Image.Image, angle: float) -> float:
    """How much the darkness of the rows changes from one to the next: most where the lines lie level."""
    rows = np.asarray(
        ink.rotate(angle, Image.Resampling.NEAREST).resize((1, ink.height), Image.Resampling.BOX), np.float32
    )
    return float(np.square(np.diff(rows, axis=0)).sum())


def straightened(picture: Image.Image) -> Image.Image:
    """The page as it is recognised and cut out from; the same picture always gives the same page."""
    gray = even(fit(picture))
    angle = slant(gray)
    if abs(angle) < 0.15:
        return gray
    return gray.rotate(angle, Image.Resampling.BILINEAR, expand=False, fillcolor=255)

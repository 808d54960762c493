"""Red stamps on a page's picture: each cut out by its colour, laid level, freed of its frame and read by itself.

A stamp is pressed on by hand, askew and over other ink, where a recogniser of whole pages passes it over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
from PIL import Image

from documents.pages import LONG_SIDE
from documents.scan import sharpness

Mask = npt.NDArray[np.bool_]
Box = tuple[int, int, int, int]

_CELL = 12
_INKED = 0.04
"""The share of a cell's points that are red where a stamp lies."""
_MOST = 6
_LEAST = (36, 14)
_LETTERS = 130
"""The height a stamp is drawn at for recognising."""
_LYING, _STANDING = 0.5, 0.8
"""How much of a side's length a frame's line covers; the stem of a T at the edge covers less of the height."""
_TURNS = tuple(range(-30, 31, 3))


def stamps(page: Image.Image) -> Iterator[Image.Image]:
    """Each red stamp of a coloured page as black letters on white, level and without its frame, from above."""
    red = _red(page)
    for left, top, right, bottom in _boxes(red):
        cut = red[top:bottom, left:right]
        upright = [cut] if bottom - top <= 1.6 * (right - left) else [np.rot90(cut, 1), np.rot90(cut, 3)]
        for one in upright:
            yield _level(one)


def _red(page: Image.Image) -> Mask:
    """Where ink is red, whatever the light: paper under a lamp is as green as it is red."""
    scale = LONG_SIDE / max(page.size)
    if scale < 1:
        page = page.resize((max(1, round(page.width * scale)), max(1, round(page.height * scale))))
    points = np.asarray(page.convert("RGB"), dtype=np.int16)
    red, green, blue = points[..., 0], points[..., 1], points[..., 2]
    found: Mask = ((red - green) > np.maximum(20, red // 6)) & ((red - blue) > 16)
    return found


def _boxes(red: Mask) -> Sequence[Box]:
    """The places with red ink that may be stamps, the largest few, from above."""
    high, wide = red.shape[0] // _CELL, red.shape[1] // _CELL
    cells = red[: high * _CELL, : wide * _CELL].reshape(high, _CELL, wide, _CELL).mean(axis=(1, 3)) > _INKED
    left = {(int(row), int(column)) for row, column in np.argwhere(cells)}
    found: list[tuple[int, Box]] = []
    while left:
        patch, edge = [], [left.pop()]
        while edge:
            row, column = edge.pop()
            patch.append((row, column))
            near = {(row + down, column + along) for down in (-1, 0, 1) for along in (-2, -1, 0, 1, 2)} & left
            left -= near
            edge += near
        rows, columns = [row for row, _ in patch], [column for _, column in patch]
        box = (min(columns) * _CELL, min(rows) * _CELL, (max(columns) + 1) * _CELL, (max(rows) + 1) * _CELL)
        if box[2] - box[0] >= _LEAST[0] and box[3] - box[1] >= _LEAST[1]:
            found.append((len(patch), box))
    largest = sorted(found, reverse=True)[:_MOST]
    return sorted((box for _, box in largest), key=lambda box: box[1])


def _level(cut: Mask) -> Image.Image:
    ink = Image.fromarray(np.pad(cut, 8).astype(np.uint8) * 255)
    nearly = max(_TURNS, key=partial(sharpness, ink))
    angle = max((nearly + turn / 2 for turn in range(-4, 5)), key=partial(sharpness, ink))
    flat = np.asarray(ink.rotate(angle, Image.Resampling.BILINEAR, expand=True)) > 110
    flat = _unframed(_trimmed(flat))
    scale = _LETTERS / max(1, flat.shape[0])
    letters = Image.fromarray(np.where(np.pad(flat, 12), 0, 255).astype(np.uint8))
    size = (max(1, round(letters.width * scale)), max(1, round(letters.height * scale)))
    return letters.resize(size, Image.Resampling.BICUBIC)


def _trimmed(ink: Mask) -> Mask:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if rows.size and columns.size else ink


def _unframed(ink: Mask) -> Mask:
    """The ink without lines that run along a whole side, and what lies outside of them."""
    high, wide = ink.shape
    lying = np.flatnonzero(ink.mean(axis=1) > _LYING)
    standing = np.flatnonzero(ink.mean(axis=0) > _STANDING)
    side = min(wide // 5, high // 4)
    top = max((at for at in lying if at < high * 0.25), default=-1) + 1
    bottom = min((at for at in lying if at > high * 0.75), default=high)
    left = max((at for at in standing if at < side), default=-1) + 1
    right = min((at for at in standing if at >= wide - side), default=wide)
    # a frame's edge is ragged: what is left of it is thinner than any letter's stroke
    ragged = max(2, high // 24)
    inner = ink[
        top + ragged * (top > 0) : bottom - ragged * (bottom < high),
        left + ragged * (left > 0) : right - ragged * (right < wide),
    ]
    return _trimmed(inner) if inner.size else ink

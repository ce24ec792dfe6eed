"""Squares on paper, below borders' names and signs: what is counted in each, as far as it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.printed import outlines
from layers.printed.paper import Lettering, Look, lightness

if TYPE_CHECKING:
    from layers.printed.canvas import Canvas
    from layers.results.squares import Squares

SMALLEST_MM: Final = 0.6
"""Side of a square at least: smaller ones could not be seen."""

NUMBER_MM: Final = (2.3, 1.5)
"""Largest and smallest letters of a number."""

DARK: Final = 0.5
"""Lightness below which a number is set in white."""


def draw(canvas: Canvas, squares: Squares) -> None:
    """Draw squares with their numbers; those that stand close by keep their places."""
    press, ground, frame, room = canvas

    def plane(lonlat: np.ndarray) -> np.ndarray:
        return frame.place(ground.place(*lonlat.T))

    shapes = shapely.transform(squares.outlines, plane)
    west, top, east, bottom = shapely.bounds(shapes).reshape(-1, 4).T
    box = frame.box
    seen = (east > box.x) & (west < box.right) & (bottom > box.y) & (top < box.bottom)
    thin = np.maximum(SMALLEST_MM - (east - west), 0.0) / 2
    if thin.any():
        shapes = shapely.box(west - thin, top - thin, east + thin, bottom + thin)
    tokens = np.array(squares.tokens, dtype=object)
    edge = press.colours["rampline"]
    for token in dict.fromkeys(tokens[seen]):
        drawn = outlines.polygons(shapes[seen & (tokens == token)])
        press.paper.draw(drawn, Look(fill=press.colours[token], edge=edge, width=0.12))
    numbers = squares.numbers or [""] * len(tokens)
    rows = zip(west, top, east, bottom, tokens, numbers, strict=True)
    for (left, upper, right, lower, token, number), inside in zip(rows, seen, strict=True):
        if not inside or not number:
            continue
        dark = lightness(press.colours[token]) < DARK
        one = Lettering(style="plain", size=1.0, colour=press.colours["surf" if dark else "ink"])
        size = min(NUMBER_MM[0], 0.9 * (right - left) / one.width(number))
        if size < NUMBER_MM[1]:
            continue
        letters = Lettering(style="plain", size=size, colour=one.colour)
        middle, baseline = (left + right) / 2, (upper + lower) / 2 + 0.36 * size
        press.paper.text(number, middle, baseline, letters, align=0.5)
        room.take((left, upper, right, lower))

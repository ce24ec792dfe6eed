"""Pins of a trial on paper: squares with letters, the rings of what they reach, the elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.path import Path

from layers.printed import outlines, style_sheets
from layers.printed.paper import Lettering

if TYPE_CHECKING:
    from layers.printed.canvas import Canvas
    from layers.results.trial_pins import Trial

SIDE_PX: Final = 20.0
RING_PX: Final = 18.0
"""Side of a square, and diameter of an element's ring."""

AWAY_MM: Final = 1.2
"""Between an element's ring and its name."""


def draw(canvas: Canvas, trial: Trial) -> None:
    """Draw rings, removed pins, elements and pins; labels keep off the squares."""
    press = canvas.press
    for pin in trial.pins:
        said = "ct-trial-ring ct-chosen" if pin.chosen else "ct-trial-ring"
        if pin.reach is None:
            ring = Path.circle(_at(canvas, pin.at), trial.radius_m / canvas.frame.metres)
        else:
            rim = shapely.get_coordinates(shapely.get_exterior_ring(pin.reach))
            ring = outlines.line(canvas.place(*rim.T).tolist())
        press.paper.draw(ring, press.look(style_sheets.of(said)))
    for mark in trial.marks:
        x, y = _at(canvas, mark.at)
        half = RING_PX * press.pixel / 2
        ring = Path.circle((x, y), half)
        press.paper.draw(ring, press.look(style_sheets.of("ct-trial-element")))
        size, ink, halo = 2.8 * press.letters, press.colours["ink"], press.colours["halo"]
        lettering = Lettering(style="strong", size=size, colour=ink, halo=halo)
        left, across = x + half + AWAY_MM * press.letters, lettering.width(mark.name)
        press.paper.text(mark.name, left, y + 0.36 * size, lettering)
        canvas.room.take((x - half, y - half, left + across, y + half))
    for pins, name in ((trial.removed, "ct-trial-gone"), (trial.pins, "ct-trial-square")):
        for pin in pins:
            _square(canvas, pin.id, _at(canvas, pin.at), name)


def _square(canvas: Canvas, letter: str, at: tuple[float, float], name: str) -> None:
    press, (x, y) = canvas.press, at
    half = SIDE_PX * press.pixel / 2
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    square = outlines.line([(x + half * u, y + half * v) for u, v in corners])
    press.paper.draw(square, press.look(style_sheets.of(name)))
    colour = press.colour(style_sheets.of(name, text=True)["fill"])
    size = 12 * press.pixel
    number = Lettering(style="strong", size=size, colour=colour)
    press.paper.text(letter, x, y + 0.36 * size, number, align=0.5)
    canvas.room.take((x - half, y - half, x + half, y + half))


def _at(canvas: Canvas, position: tuple[float, float]) -> tuple[float, float]:
    """Return where a position lies on the sheet, mm."""
    lon, lat = position
    x, y = canvas.place(np.array([lon]), np.array([lat]))[0].tolist()
    return x, y

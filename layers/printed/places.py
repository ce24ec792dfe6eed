"""A chosen place, circles round a site, and the circle of its uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.path import Path

from layers.printed import outlines, style_sheets
from layers.printed.paper import Box, Lettering, Look
from layers.results.result_view import Rings

if TYPE_CHECKING:
    from layers.highlight import Highlight
    from layers.printed.canvas import Canvas
    from layers.scene import Scene

RING_PX: Final = (11.0, 5.0, 2.2)
"""Radius of the ring round a selected site, its halo's width and its own."""

ARM_PX: Final = (5.0, 13.0)


def below(canvas: Canvas, scene: Scene) -> None:
    """Draw what lies under the sites: circles in metres."""
    place = scene.place
    if isinstance(place, Rings):
        for metres, caption in place.radii.items():
            _circle(canvas, place.lon, place.lat, metres, "ct-ring-circle")
            if caption:
                _ring_label(canvas, place, metres, caption)
    elif place is not None and place[2]:
        _circle(canvas, *place, "ct-place-circle")
    chosen = _selected(scene)
    if chosen is not None:
        lon, lat, metres = chosen
        if np.isfinite(metres):
            _circle(canvas, lon, lat, metres, "ct-sign-error")


def above(canvas: Canvas, scene: Scene) -> None:
    """Draw what lies on the sites: the cross of a place, the ring round the selected site."""
    press, room = canvas.press, canvas.room
    place = scene.place
    if place is not None and not isinstance(place, Rings):
        x, y = _at(canvas, place[0], place[1])
        inner, outer = (press.pixel * each for each in ARM_PX)
        arms = [
            outlines.line([(x + u * inner, y + v * inner), (x + u * outer, y + v * outer)])
            for u, v in ((1, 0), (-1, 0), (0, 1), (0, -1))
        ]
        cross = outlines.joined([Path.circle((x, y), inner), *arms])
        for name in ("ct-place-halo", "ct-place-cross"):
            press.paper.draw(cross, press.look(style_sheets.of(name)))
        room.take((x - outer, y - outer, x + outer, y + outer))
    chosen = _selected(scene)
    if chosen is not None:
        x, y = _at(canvas, chosen[0], chosen[1])
        radius, halo, width = (press.pixel * each for each in RING_PX)
        ring = Path.circle((x, y), radius)
        press.paper.draw(ring, Look(edge=press.colours["halo"], width=halo))
        press.paper.draw(ring, Look(edge=press.colours["ink"], width=width))
        room.take((x - radius, y - radius, x + radius, y + radius))


def _selected(scene: Scene) -> tuple[float, float, float] | None:
    """Return longitude, latitude and radius of uncertainty, metres, of the selected site."""
    chosen: Highlight | None = scene.selection
    if chosen is None or chosen.site is None or scene.sites is None or scene.look is None:
        return None
    rows = scene.sites[scene.sites["id"] == chosen.site]
    if rows.empty or shapely.is_empty(rows.geometry.iloc[0]):
        return None
    lon, lat = shapely.get_coordinates(rows.geometry.iloc[0])[0].tolist()
    radii = scene.look.radii or {}
    return lon, lat, float(radii.get(str(rows["precision"].iloc[0]), np.inf))


def _at(canvas: Canvas, lon: float, lat: float) -> tuple[float, float]:
    x, y = canvas.place(np.array([lon]), np.array([lat]))[0]
    return float(x), float(y)


def _circle(canvas: Canvas, lon: float, lat: float, metres: float, name: str) -> None:
    press = canvas.press
    circle = Path.circle(_at(canvas, lon, lat), metres / canvas.frame.metres)
    press.paper.draw(circle, press.look(style_sheets.of(name)))


def _ring_label(canvas: Canvas, rings: Rings, metres: float, caption: str) -> None:
    press = canvas.press
    x, y = _at(canvas, rings.lon, rings.lat)
    y -= metres / canvas.frame.metres
    size = 2.9 * press.letters
    lettering = Lettering(style="plain", size=size, colour=press.colours["acc"])
    across = lettering.width(caption) + 1.6 * press.letters
    box = Box(x - across / 2, y - 0.65 * size, across, 1.3 * size)
    press.paper.box(box, Look(fill=press.colours["surf"]))
    press.paper.text(caption, x, y + 0.36 * size, lettering, align=0.5)
    canvas.room.take((box.x, box.y, box.right, box.bottom))

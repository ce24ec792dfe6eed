"""Hatches and dots: what marks a district without a figure, or with a doubtful one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.path import Path

from layers.printed import outlines
from layers.printed.paper import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.printed.press import Press

_URL: Final = re.compile(r"url\(#ct-([\w-]+)\)")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A pattern of the screen (layers/js/legend/frame.js).

    Parameters
    ----------
    ground
        Token of the colour under it.
    ink
        Token of its lines or dots.
    gap
        From line to line, px.
    width
        Of a line, or of a dot, px.
    turn
        Of the lines, degrees; None for dots.
    """

    ground: str
    ink: str
    gap: float
    width: float
    turn: float | None


PATTERNS: Final[Mapping[str, Pattern]] = MappingProxyType(
    {
        "none": Pattern(ground="own", ink="hatch", gap=7, width=1.6, turn=45),
        "area-planned": Pattern(ground="own", ink="corefill", gap=7, width=3, turn=45),
        "area-strong": Pattern(ground="own", ink="hatch", gap=9, width=1.2, turn=135),
    }
)


def few(token: str) -> Pattern:
    """Return the pattern of a figure that rests on few sites: dots on its class's colour."""
    return Pattern(ground=token, ink="ink", gap=7, width=2.2, turn=None)


LINED: Final = Pattern(ground="surf", ink="waterlab", gap=4, width=0.5, turn=0)
"""Water without colour, which in grey is as light as the land around."""
WATERS: Final = frozenset({"var(--water)", "var(--layoutwater)"})


def pattern_of(fill: str, *, grey: bool = False) -> Pattern | None:
    """Return the pattern that a style sheet's fill names; None for a colour."""
    if grey and fill in WATERS:
        return LINED
    known = _URL.fullmatch(fill)
    if not known:
        return None
    name = known[1]
    return few(name.removeprefix("few-")) if name.startswith("few-") else PATTERNS[name]


def fill(press: Press, areas: shapely.Geometry, pattern: Pattern, *, scale: float) -> None:
    """Fill areas, mm on the sheet, with a pattern.

    Parameters
    ----------
    press
        What it is drawn with.
    areas
        Polygons.
    pattern
        Which pattern.
    scale
        Millimetres to a pixel of it.
    """
    press.paper.draw(outlines.polygons(np.array([areas])), Look(fill=press.colours[pattern.ground]))
    ink = press.colours[pattern.ink]
    if shapely.is_empty(areas):
        return
    if pattern.turn is None:
        dots = _dots(areas, scale * pattern.gap, scale * pattern.width / 2)
        press.paper.draw(dots, Look(fill=ink))
        return
    rows = _rows(areas, scale * pattern.gap, pattern.turn)
    drawn = outlines.lines(np.array([shapely.intersection(areas, rows)]))
    press.paper.draw(drawn, Look(edge=ink, width=scale * pattern.width))


def fill_outline(press: Press, outline: Path, pattern: Pattern, *, scale: float) -> None:
    """Fill an outline of straight lines with a pattern."""
    rings = [np.asarray(ring, dtype=np.float64) for ring in outline.to_polygons()]
    areas = [shapely.Polygon(ring) for ring in rings if len(ring) > 3]
    fill(press, shapely.union_all(areas), pattern, scale=scale)


def _rows(areas: shapely.Geometry, gap: float, turn: float) -> shapely.Geometry:
    """Return parallel lines over areas: the same wherever on the sheet they are."""
    west, north, east, south = shapely.bounds(areas)
    reach = float(np.hypot(east - west, south - north))
    angle = np.radians(-turn)  # down is positive
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    middle = np.array([(west + east) / 2, (north + south) / 2])
    at = middle @ across
    steps = np.arange(np.floor((at - reach / 2) / gap), (at + reach / 2) / gap + 1) * gap
    feet = (middle @ along) * along + steps[:, np.newaxis] * across
    ends = np.stack([feet - reach * along, feet + reach * along], axis=1)
    return shapely.MultiLineString(list(ends))


def _dots(areas: shapely.Geometry, gap: float, radius: float) -> Path:
    """Return the dots of a grid that lie within areas, whole."""
    west, north, east, south = shapely.bounds(areas)
    columns = np.arange(np.ceil(west / gap), east / gap) * gap
    rows = np.arange(np.ceil(north / gap), south / gap) * gap
    x, y = (each.ravel() for each in np.meshgrid(columns, rows))
    shapely.prepare(areas)
    kept = shapely.contains_xy(areas, x, y)
    dot = Path.unit_regular_polygon(10)
    rim = outlines.corners(dot) * radius
    places = np.column_stack([x, y])[kept]
    return outlines.joined([Path(rim + at, dot.codes) for at in places])

"""What a sheet without colour has where colours are alike in grey: marks, lines and other greys."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.transforms import Affine2D

from layers.printed import outlines
from layers.printed.paper import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.path import Path

    from layers.printed.press import Press

QUOTIENTS: Final[Mapping[str, str]] = MappingProxyType(
    {"d1": "#FCFCFC", "d2": "#E2E2E2", "d3": "#C6C6C6", "d4": "#9C9C9C", "d5": "#6E6E6E"}
)
"""Classes below and above 1, which in colour part into two hues: from light to dark."""

FAR: Final = 20.0
"""Beyond the rim of any sign, px."""

_NOTHING: Final = shapely.Polygon()
_ALL: Final = shapely.box(-FAR, -FAR, FAR, FAR)
_ACROSS: Final = shapely.box(-FAR, -1.2, FAR, 1.2)
_DOWN: Final = shapely.box(-1.3, -FAR, 1.3, FAR)

MARKS: Final[Mapping[str, shapely.Geometry]] = MappingProxyType(
    {
        "ind": shapely.box(-FAR, 0, FAR, FAR),
        "arc": _ALL,
        "fas": shapely.Point(0, 0).buffer(1.7),
        "adv": shapely.box(-FAR, -FAR, 0, FAR),
        "ani": shapely.union_all([shapely.box(-FAR, -FAR, 0, 0), shapely.box(0, 0, FAR, FAR)]),
        "film": _ACROSS,
        "dig": _DOWN,
        "art": shapely.difference(_ALL, shapely.Point(0, 0).buffer(2.2)),
        "mix": _NOTHING,
    }
)
"""What of a white symbol is dark by the family of its site, px from its middle."""

_FAMILY: Final = re.compile(r"(?:color-mix\(in srgb,\s*)?var\(--(\w+)\)")
FINE: Final = 0.02
"""Length of the straight lines that stand for a curve, mm, about."""


def colours(of_screen: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of a sheet without colour: rims of pale symbols are alike."""
    rims = {f"{family}_rim": of_screen["ink2"] for family in MARKS}
    return {**of_screen, **QUOTIENTS, **rims}


def family(said: Mapping[str, str]) -> str:
    """Return the family whose colour fills a part of a sign; "" where none does.

    >>> family({"fill": "var(--fas)"}), family({"fill": "var(--ink)"})
    ('fas', '')
    """
    named = _FAMILY.match(said.get("fill", ""))
    return named[1] if named and named[1] in MARKS else ""


def draw(press: Press, outline: Path, look: Look, of: str, way: Affine2D) -> None:
    """Draw a part of a sign with the mark of a family in place of its colour.

    Parameters
    ----------
    press
        What it is drawn with.
    outline
        Of the part, mm on the sheet.
    look
        As it would be in colour.
    of
        The family.
    way
        From pixels about the middle of the sign to the sheet.
    """
    press.paper.draw(outline, replace(look, fill=press.colours["surf"]))
    mark = shapely.transform(MARKS[of], way.transform)
    dark = outlines.polygons(np.array([shapely.intersection(_area(outline), mark)]))
    press.paper.draw(dark, Look(fill=press.colours["ink"]))
    press.paper.draw(outline, replace(look, fill=""))


def _area(outline: Path) -> shapely.Geometry:
    """Return what an outline encloses, mm."""
    larger = outline.transformed(Affine2D().scale(1 / FINE))
    rings = (FINE * np.asarray(ring, dtype=np.float64) for ring in larger.to_polygons())
    return shapely.union_all([shapely.Polygon(ring) for ring in rings if len(ring) > 3])

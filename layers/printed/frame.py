"""The frame of a map: a rectangle of the paper that shows a plane at a round scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.ground.base_document import Bounds
    from layers.ground.inset import Window
    from layers.printed.paper import Box

STEPS: Final = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
"""Of round scales, times a power of ten."""

MERIDIANS: Final = 2
"""Central meridians in a degree: a plane's own is the nearest of them."""

RIM: Final = 8
"""Edges of a window's side, which is no straight line in a plane."""

MM: Final = 1000.0
"""In a metre."""


def meridian(west: float, east: float) -> float:
    """Return the central meridian of what lies between two longitudes: full and half degrees.

    >>> meridian(120.85, 122.24), meridian(109.65, 117.31)
    (121.5, 113.5)
    """
    return round((west + east) / 2 * MERIDIANS) / MERIDIANS


def plane(central: float) -> pyproj.CRS:
    """Return the transverse Mercator plane of a meridian: true to scale along it, metres."""
    return pyproj.CRS.from_proj4(
        f"+proj=tmerc +lat_0=0 +lon_0={central!r} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m"
    )


def round_scale(least: float) -> float:
    """Return the largest round scale at which no more than 1 : least is shown, as its denominator.

    >>> round_scale(540_000.0), round_scale(600_000.0), round_scale(810_000.0)
    (600000.0, 600000.0, 1000000.0)
    """
    power = 10.0 ** math.floor(math.log10(least))
    every = (step * power * ten for ten in (1, 10) for step in STEPS)
    return next(scale for scale in every if scale >= least * (1 - 1e-12))


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A frame.

    Parameters
    ----------
    box
        On the paper.
    scale
        Denominator.
    middle
        Easting and northing of its middle, metres.
    """

    box: Box
    scale: float
    middle: tuple[float, float]

    @property
    def metres(self) -> float:
        """How many metres a millimetre shows."""
        return self.scale / MM

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north of what it shows, metres."""
        across, up = self.box.width * self.metres / 2, self.box.height * self.metres / 2
        east, north = self.middle
        return east - across, north - up, east + across, north + up

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points of the plane lie on the paper, mm."""
        box = self.box
        origin = np.array([box.x + box.width / 2, box.y + box.height / 2])
        return np.asarray(origin + (points - np.array(self.middle)) * (1, -1) / self.metres)

    def shows(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which points of the plane it shows."""
        west, south, east, north = self.bounds
        x, y = points.T
        return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))


def fitted(bounds: Bounds, box: Box, *, air: float, across: float = 0.5) -> Frame:
    """Return the frame that shows bounds at the largest round scale.

    Parameters
    ----------
    bounds
        West, south, east, north, metres.
    box
        Of the frame.
    air
        Millimetres that are left free on each side at least.
    across
        Which part of the room beside them is on their left: half has them in the middle.
    """
    west, south, east, north = bounds
    wide, high = (east - west) / (box.width - 2 * air), (north - south) / (box.height - 2 * air)
    scale = round_scale(max(wide, high) * MM)
    room = (box.width - 2 * air) * scale / MM - (east - west)
    return Frame(
        box=box,
        scale=scale,
        middle=((west + east) / 2 + (0.5 - across) * room, (south + north) / 2),
    )


def way(central: float) -> pyproj.Transformer:
    """Return the projection from WGS84 degrees to the plane of a meridian.

    >>> x, y = way(121.5).transform(121.5, 31.2)
    >>> round(x), round(y)
    (0, 3453149)
    """
    # Made anew wherever it is needed: from a pipeline that takes no time, from two CRS it does.
    return pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=tmerc +lat_0=0 +lon_0={central!r} +k=1 +ellps=WGS84"
    )


def window_bounds(window: Window, central: float) -> Bounds:
    """Return the bounds in the plane of a meridian of a window in degrees."""
    rim = shapely.segmentize(
        shapely.box(window.west, window.south, window.east, window.north),
        (window.east - window.west) / RIM,
    )
    x, y = way(central).transform(*shapely.get_coordinates(rim).T)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def degrees_of(frame: Frame, central: float) -> Bounds:
    """Return west, south, east, north of what a frame shows of the plane of a meridian, degrees."""
    west, south, east, north = frame.bounds
    rim = shapely.segmentize(shapely.box(west, south, east, north), (east - west) / RIM)
    x, y = shapely.get_coordinates(rim).T
    lon, lat = way(central).transform(x, y, direction="INVERSE")
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

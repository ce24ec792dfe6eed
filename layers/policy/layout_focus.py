"""What the first view of a layout shows: its elements, not the whole region."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.ground.inset import Window
from layers.sites.symbols import located

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

MARGIN = 0.22  # of the extent of the signs, on each side
LEAST_MARGIN = 0.1  # of their greater extent
LEAST_DEGREES = 0.12
ZONE = 2.0  # of the extent of the signs: a zone no wider than this is held too
WORTH = 0.8  # a view that shows more of the region than this share is the region's own
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, kw_only=True)
class Focus(Window):
    """A window; `by_width` shows it at the scale of the map beside it."""

    by_width: bool = False

    def payload(self) -> dict[str, Any]:
        """The overlay's part for it."""
        corners = [[self.south, self.west], [self.north, self.east]]
        return {"bounds": [[round(v, 5) for v in c] for c in corners], "width": self.by_width}

    @property
    def size_km(self) -> tuple[float, float]:
        """Width at the middle latitude, and height."""
        middle = math.radians((self.south + self.north) / 2)
        width = (self.east - self.west) * KM_PER_DEGREE * math.cos(middle)
        return width, (self.north - self.south) * KM_PER_DEGREE


def focus(elements: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> Focus | None:
    """Find the window of a layout's elements.

    Parameters
    ----------
    elements
        As for `layout_drawing.drawing`.
    units
        Districts of the ground.

    Returns
    -------
    Focus or None
        Round the label points of all elements with a place (zones only where there is nothing
        else; a single one whole), and the outlines of those districts that are no wider than all
        points together, or of zones twice as wide; None where that is the whole region, or
        nothing has a place.
    """
    placed = located(elements)
    placed = placed[placed["certainty"].ne("unpublished")]
    sharp = placed[placed["kind"].ne("zone")]
    zones = placed[placed["kind"].eq("zone")]
    placed = placed if sharp.empty else sharp
    if placed.empty:
        return None
    points = shapely.get_coordinates(shapely.point_on_surface(placed.geometry.to_numpy()))
    stated = placed[["lon", "lat"]].to_numpy(dtype=float)
    points = np.where(np.isnan(stated), points, stated)
    if len(placed) == 1:  # one sign has no extent: what it stands for has
        points = placed.total_bounds.reshape(2, 2)
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    extent = max(east - west, north - south, LEAST_DEGREES)
    boxes = placed.geometry.bounds.to_numpy()
    small = boxes[_across(boxes) <= extent]
    if not sharp.empty:
        wide = zones.geometry.bounds.to_numpy()
        small = np.vstack([small, wide[_across(wide) <= ZONE * extent]])
    across, up = (max(MARGIN * d, LEAST_MARGIN * extent) for d in (east - west, north - south))
    window = Focus(
        west=min((west - across, *small[:, 0])),
        south=min((south - up, *small[:, 1])),
        east=max((east + across, *small[:, 2])),
        north=max((north + up, *small[:, 3])),
    )
    region = units.total_bounds
    share = max(
        (window.east - window.west) / (region[2] - region[0]),
        (window.north - window.south) / (region[3] - region[1]),
    )
    return None if share > WORTH else window


def _across(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greater extent of each box."""
    return np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])


def whole(units: gpd.GeoDataFrame) -> Focus:
    """The window of the whole region."""
    west, south, east, north = (float(v) for v in units.total_bounds)
    return Focus(west=west, south=south, east=east, north=north)


def same_scale(*windows: Focus) -> tuple[Focus, ...]:
    """Widen windows about their middles until all are equally wide and high on the ground.

    Parameters
    ----------
    windows
        Of maps that stand side by side, equally wide.

    Returns
    -------
    tuple of Focus
        In the order given; the maps show them at the same scale.
    """
    width = max(window.size_km[0] for window in windows)
    height = max(window.size_km[1] for window in windows)
    return tuple(_sized(window, width, height) for window in windows)


def _sized(window: Focus, width: float, height: float) -> Focus:
    x, y = (window.west + window.east) / 2, (window.south + window.north) / 2
    dx = width / (2 * KM_PER_DEGREE * math.cos(math.radians(y)))
    dy = height / (2 * KM_PER_DEGREE)
    return replace(window, west=x - dx, south=y - dy, east=x + dx, north=y + dy, by_width=True)

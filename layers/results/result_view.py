"""The result of a search on the map: the window that holds it, and what lies round it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from layers import escape
from layers.ground.inset import Window
from layers.sites.symbols import located

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

Place = tuple[float, float, float]
"""Longitude, latitude (degrees, WGS84) and radius in metres."""


@dataclass(frozen=True, kw_only=True)
class Rings:
    """Circles round one position that tell how far other sites are.

    Parameters
    ----------
    lon, lat
        Their middle, degrees, WGS84.
    radii
        What stands at each circle, plain text or empty, by its radius in metres.
    """

    lon: float
    lat: float
    radii: Mapping[float, str]


LEAST_KM = 2.0
"""Width and height of the smallest window."""

UNIT = 1e-5
"""Of coordinates in the payload, degrees: about 1 m."""

_KM_PER_DEGREE = 110.5  # of latitude, where it is shortest
_METRES_PER_KM = 1000.0
_FARTHEST = 85.0  # degrees of latitude: the end of the Mercator map


def result_window(
    lon: npt.ArrayLike, lat: npt.ArrayLike, *, place: Place | None = None
) -> Window | None:
    """Find the window that holds every located result.

    Parameters
    ----------
    lon, lat
        Positions, degrees, WGS84; missing ones are ignored.
    place
        A place the reader chose: its circle is to be seen as well.

    Returns
    -------
    Window or None
        The smallest window with all of them, at least 2 km wide and high; None where nothing has
        a position, with or without a place.
    """
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if not x.size:
        return None
    west, south, east, north = x.min(), y.min(), x.max(), y.max()
    if place is not None:
        across, up = _degrees(place[2] / _METRES_PER_KM, place[1])
        west, east = min(west, place[0] - across), max(east, place[0] + across)
        south, north = min(south, place[1] - up), max(north, place[1] + up)
    across, up = _degrees(LEAST_KM / 2, (south + north) / 2)
    return Window(
        west=float(min(west, (west + east) / 2 - across)),
        south=float(min(south, (south + north) / 2 - up)),
        east=float(max(east, (west + east) / 2 + across)),
        north=float(max(north, (south + north) / 2 + up)),
    )


def corners(window: Window | None) -> list[list[float]] | None:
    """Write a window for the map: south-west and north-east, rounded outwards; None for none."""
    if window is None:
        return None
    low = [math.floor(v / UNIT) * UNIT for v in (window.south, window.west)]
    high = [math.ceil(v / UNIT) * UNIT for v in (window.north, window.east)]
    return [[round(v, 6) for v in corner] for corner in (low, high)]


def placed(place: Place | Rings | None) -> list[Any] | None:
    """Write a place, or rings, for the map; None for none."""
    if place is None:
        return None
    if isinstance(place, Rings):
        rings = [[float(radius), escape.text(label)] for radius, label in place.radii.items()]
        return [round(place.lon, 6), round(place.lat, 6), rings]
    lon, lat, radius = place
    return [round(lon, 6), round(lat, 6), float(radius)]


def compact(
    others: gpd.GeoDataFrame | None, *, besides: gpd.GeoDataFrame | None = None
) -> list[list[int]]:
    """Write the positions of sites that are no result, as short as can be.

    Parameters
    ----------
    others
        WGS84 points with `id`; empty ones are left out. None stands for none.
    besides
        Sites drawn otherwise, left out here by their `id`.

    Returns
    -------
    list
        Longitudes and latitudes in 1e-5 degrees, each as its difference from the one before,
        from west to east; sites at one point are one.
    """
    if others is None:
        return [[], []]
    drawn = located(others)
    if besides is not None:
        drawn = drawn[~drawn["id"].isin(besides["id"])]
    points: npt.NDArray[Any] = shapely.get_coordinates(drawn.geometry.to_numpy())
    whole = np.unique(np.rint(points / UNIT).astype(np.int64), axis=0)
    steps = np.diff(whole, axis=0, prepend=0)
    return [steps[:, 0].tolist(), steps[:, 1].tolist()]


def shifts(
    before: npt.NDArray[np.float64] | None, after: npt.NDArray[np.float64] | None
) -> list[list[int]] | None:
    """Write lines from where points were to where they are, for the map; None for none.

    Parameters
    ----------
    before, after
        Longitude and latitude of each point, degrees, as two columns.

    Returns
    -------
    list or None
        Longitudes and latitudes of the beginnings, then how far the ends are from them, all in
        1e-5 degrees; points that stay where they are have no line.
    """
    if before is None or after is None:
        return None
    known = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    start, end = (np.rint(each[known] / UNIT).astype(np.int64) for each in (before, after))
    way = end - start
    moved = way.any(axis=1)
    return [each.tolist() for each in (*start[moved].T, *way[moved].T)]


def _degrees(km: float, lat: float) -> tuple[float, float]:
    """Degrees of longitude and latitude of a length at a latitude."""
    parallel = math.cos(math.radians(max(-_FARTHEST, min(_FARTHEST, lat))))
    return km / (_KM_PER_DEGREE * parallel), km / _KM_PER_DEGREE

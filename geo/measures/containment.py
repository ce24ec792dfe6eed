"""Which polygon holds a point: of a few by each polygon's own index, of many by a grid over all."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

NOWHERE: Final = -1

MANY: Final = 100_000
"""Points from which on a grid pays, even one that has to be made for them."""


def rows(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    polygons: NDArray[np.object_],
    labels: pd.Index,
) -> NDArray[np.intp]:
    """Return the row of the polygon that holds each position, or -1.

    On a shared border it is the one with the smaller label. The meridian of 180 degrees is that
    of -180 degrees: a point there may be held on either side. No geometry is made for a point.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (n,)
        WGS84 degrees; what is no position is held by none.
    polygons : ndarray of shapely geometries, shape (m,)
        In the same; valid.
    labels : Index, length m
        Of the polygons.

    Examples
    --------
    >>> import pandas as pd
    >>> import shapely
    >>> halves = shapely.box([120, 121], 30, [121, 122], 31)
    >>> labels = pd.Index(["west", "east"])
    >>> rows(np.array([121.0, 119.0]), np.array([30.5, 30.5]), halves, labels).tolist()
    [1, -1]
    """
    order = _ascending(labels)
    ranked = polygons[order]
    first = _first(lon, lat, ranked)
    edge = np.flatnonzero(np.abs(lon) == 180)
    if len(edge):
        other = _first(-lon[edge], lat[edge], ranked)
        both = np.stack([first[edge], other])
        first[edge] = np.where(both.min(axis=0) < 0, both.max(axis=0), both.min(axis=0))
    held: NDArray[np.intp] = np.append(order, NOWHERE)[first]
    return held


def _first(
    lon: NDArray[np.float64], lat: NDArray[np.float64], polygons: NDArray[np.object_]
) -> NDArray[np.int32]:
    """Return the first polygon that holds each position, or -1."""
    if len(lon) < MANY:
        return _one_by_one(lon, lat, polygons)
    # Numba takes half a second to load: whoever has few points does without.
    from geo.measures import kept_grids, point_grid  # noqa: PLC0415

    grid, held = kept_grids.of(polygons), np.empty(len(lon), dtype=np.int32)
    x, y = np.ascontiguousarray(lon), np.ascontiguousarray(lat)

    def locate(part: slice) -> None:
        point_grid.locate(grid, x[part], y[part], held[part])

    size = max(1, -(-len(lon) // _threads()))
    with ThreadPoolExecutor(_threads()) as threads:
        deque(threads.map(locate, (slice(at, at + size) for at in range(0, len(lon), size))), 0)
    return np.maximum(held, NOWHERE)


def _threads() -> int:
    """Return how many threads share a large set: as many as OpenMP would have, else one a core.

    A worker of a cluster, which has others beside it, is told one by its scheduler.
    """
    stated = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, int(stated) if stated.isdecimal() else os.cpu_count() or 1)


def _one_by_one(
    lon: NDArray[np.float64], lat: NDArray[np.float64], polygons: NDArray[np.object_]
) -> NDArray[np.int32]:
    """Return the same, polygon by polygon.

    The points are sorted by longitude once; a polygon then looks at a slice of them, and at its
    outline through GEOS's prepared index.
    """
    by_lon = np.argsort(lon, kind="stable")
    x, y = lon[by_lon], lat[by_lon]
    west, south, east, north = shapely.bounds(polygons).T
    begin, end = np.searchsorted(x, west, side="left"), np.searchsorted(x, east, side="right")
    held = np.full(len(x), NOWHERE, dtype=np.int32)
    for rank in np.flatnonzero(begin < end):
        window = slice(begin[rank], end[rank])
        near = (y[window] >= south[rank]) & (y[window] <= north[rank])
        candidates = begin[rank] + np.flatnonzero(near & (held[window] == NOWHERE))
        if len(candidates):
            # Threads share the caller's polygons, and an index that another makes or drops
            # meanwhile ends the process: the one that is made here belongs to a copy.
            outline = shapely.force_2d(polygons[rank])
            shapely.prepare(outline)
            inside = shapely.intersects_xy(outline, x[candidates], y[candidates])
            held[candidates[inside]] = rank
    unsorted = np.empty_like(held)
    unsorted[by_lon] = held
    return unsorted


def _ascending(labels: pd.Index) -> NDArray[np.intp]:
    try:
        return np.asarray(labels.argsort(), dtype=np.intp)
    except TypeError:  # labels of several types: compare them as text
        return np.asarray(labels.map(str).argsort(), dtype=np.intp)

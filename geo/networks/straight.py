"""Straight distances within a radius, of the pairs that no barrier lies between.

A river or a border that nobody crosses cuts the straight way: a pair whose way meets it is out of
reach, however near. No way round is looked for, which only a street network knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from scipy import sparse, spatial

from geo.checks import frames
from geo.geometry import sphere
from geo.measures import coverage

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

AT_ONCE: Final = 500_000
"""Pairs whose ways are drawn at once."""


def costs(
    demand: gpd.GeoDataFrame,
    candidates: gpd.GeoDataFrame,
    *,
    radius_m: float,
    barriers: gpd.GeoSeries | None = None,
) -> sparse.csr_array:
    """Return how far apart each demand and each candidate are, up to a radius.

    Parameters
    ----------
    demand, candidates : GeoDataFrame, n and k rows
        Points in any CRS, empty or missing where unlocated.
    radius_m : float
        As for `geo.measures.coverage.coverage`; one radius.
    barriers : GeoSeries, optional
        Lines and areas in any CRS that nobody crosses. A way that touches one meets it.

    Returns
    -------
    csr_array of float64, shape (n, k)
        Metres along the geodesic. What is not stored is out of reach: farther, or beyond a
        barrier; a stored 0 is one place.

    Raises
    ------
    InputError
        For an impossible radius, geometries of the wrong kind, a missing CRS; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> places = gpd.GeoDataFrame(
    ...     geometry=shapely.points([[121.0, 31], [121.01, 31], [121.02, 31]]), crs="EPSG:4326"
    ... )
    >>> river = gpd.GeoSeries.from_wkt(["LINESTRING (121.015 30, 121.015 32)"], crs="EPSG:4326")
    >>> costs(places, places[:1], radius_m=2000).toarray().round().tolist()
    [[0.0], [955.0], [1910.0]]
    >>> costs(places, places[:1], radius_m=2000, barriers=river).toarray().round().tolist()
    [[0.0], [955.0], [0.0]]
    """
    faults: list[str] = []
    start, end = (frames.locations(each, faults) for each in (demand, candidates))
    coverage.check_radius(radius_m, faults)
    if barriers is not None and barriers.crs is None:
        faults.append("barriers: no CRS; say what the coordinates are with set_crs")
    frames.refuse(faults)
    row, column, metres = _pairs(start, end, radius_m)
    if barriers is not None and len(row):
        lines = np.asarray(barriers.to_crs(frames.WGS84).array)
        free = ~_met(start[row], end[column], lines)
        row, column, metres = row[free], column[free], metres[free]
    return sparse.csr_array((metres, (row, column)), shape=(len(start), len(end)))


def _pairs(start: Floats, end: Floats, radius_m: float) -> tuple[Rows, Rows, Floats]:
    """Return the pairs within a radius: rows of either, and metres."""
    placed, known = (np.flatnonzero(np.isfinite(each[:, 0])) for each in (start, end))
    if not len(placed) or not len(known):
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    # The straight way through the earth is never longer than the geodesic.
    tree = spatial.cKDTree(sphere.geocentric(end[known]))
    found = tree.query_ball_point(sphere.geocentric(start[placed]), radius_m, workers=-1)
    near = [np.asarray(each, dtype=np.intp) for each in np.asarray(found, dtype=object)]
    row = np.repeat(placed, [len(each) for each in near])
    column = known[np.concatenate(near)]
    metres = np.asarray(sphere.WGS84.inv(*start[row].T, *end[column].T)[2])
    within = metres <= radius_m
    return row[within], column[within], metres[within]


def _met(start: Floats, end: Floats, barriers: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which straight ways meet a barrier."""
    parts = shapely.get_parts(barriers)
    linear = shapely.get_dimensions(parts) == 1
    # Edge by edge, so that boxes in the index are small.
    corners, line = shapely.get_coordinates(parts[linear], return_index=True)
    together = line[1:] == line[:-1]
    edges = shapely.linestrings(np.stack([corners[:-1][together], corners[1:][together]], axis=1))
    tree = shapely.STRtree(np.concatenate([edges, parts[~linear]]))
    met = np.zeros(len(start), dtype=bool)
    for first in range(0, len(start), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        ways = shapely.linestrings(np.stack([start[some], end[some]], axis=1))
        met[first + tree.query(ways, predicate="intersects")[0]] = True
    return met

"""Straight distances within a radius, of the pairs that no barrier lies between.

A river or a border that nobody crosses cuts the straight way: a pair whose way meets it is out of
reach, however near. No way round is looked for, which only a street network knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from scipy import sparse

from geo.checks import frames
from geo.measures import coverage, nearest

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RAYS: Final = 240
"""Lines from a middle to the rim of its disc that are looked along."""

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
        Metres, as `geo.measures.nearest.within` has them. What is not stored is out of reach:
        farther, or beyond a barrier; a stored 0 is one place.

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
    placed, known = (np.flatnonzero(np.isfinite(each[:, 0])) for each in (start, end))
    near = nearest.within(start[placed], end[known], most_m=radius_m)
    if barriers is not None:
        lines = np.asarray(barriers.to_crs(frames.WGS84).array)
        near = uncut(start[placed], end[known], near, lines)
    pairs = near.tocoo()
    where = (placed[pairs.row], known[pairs.col])
    return sparse.csr_array((pairs.data, where), shape=(len(start), len(end)))


def uncut(
    start: Floats, end: Floats, near: sparse.csr_array, barriers: NDArray[np.object_]
) -> sparse.csr_array:
    """Return the pairs of a table whose straight way meets no barrier.

    Parameters
    ----------
    start, end : ndarray of float64, shapes (n, 2) and (k, 2)
        Longitude and latitude in degrees, WGS84.
    near : csr_array of float64, shape (n, k)
        Metres; what is stored is looked at.
    barriers : ndarray of shapely geometries
        Lines and areas in WGS84.

    Examples
    --------
    >>> at = np.array([[121.0, 31], [121.01, 31]])
    >>> near = nearest.within(at, at, most_m=3000)
    >>> river = shapely.from_wkt(["LINESTRING (121.005 30, 121.005 32)"])
    >>> near.nnz, uncut(at, at, near, river).nnz
    (4, 2)
    """
    pairs = near.tocoo()
    free = ~_met(start[pairs.row], end[pairs.col], barriers)
    held = (pairs.data[free], (pairs.row[free], pairs.col[free]))
    return sparse.csr_array(held, shape=near.shape)


def seen(disc: shapely.Polygon, middle: Floats, barriers: NDArray[np.object_]) -> shapely.Polygon:
    """Return what of a disc is seen from its middle: as far as each line to its rim is free.

    Parameters
    ----------
    disc : Polygon
        WGS84.
    middle : ndarray of float64, shape (2,)
        Degrees, WGS84.
    barriers : ndarray of shapely geometries
        As for `uncut`.

    Examples
    --------
    >>> square = shapely.box(121, 31, 121.02, 31.02)
    >>> river = shapely.from_wkt(["LINESTRING (121.015 30, 121.015 32)"])
    >>> seen(square, np.array([121.01, 31.01]), river).bounds
    (121.0, 31.0, 121.015, 31.02)
    """
    rim = shapely.get_coordinates(shapely.segmentize(disc, disc.length / RAYS))
    near = barriers[shapely.intersects(barriers, disc)]
    if not len(near):
        return disc
    point = shapely.Point(middle)
    rays = shapely.linestrings(np.stack([np.broadcast_to(middle, rim.shape), rim], axis=1))
    met = shapely.intersection(rays, shapely.union_all(near))
    free = np.minimum(shapely.distance(point, met) / shapely.length(rays), 1.0)
    share = np.where(shapely.is_empty(met), 1.0, free)[:, None]
    return shapely.Polygon(middle + share * (rim - middle))


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

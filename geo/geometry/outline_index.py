"""Outlines, ready to be cut by circles: once for each set of boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from geo import memory
from geo.geometry import projection, sphere

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

VERTICES: Final = 6_000_000
"""Of the boundaries that are kept; a million of them take about 100 MB."""

RUN: Final = 16
"""Edges that are looked at together."""


class Outlines(NamedTuple):
    """Polygons by their rings, and the runs of edges that each ring is cut into.

    Attributes
    ----------
    polygons
        Mended.
    rings
        Of the polygons.
    area
        Square metres on the ellipsoid.
    ring
        Of each vertex.
    at
        Of each vertex: its place on the conformal sphere.
    run_first, run_last, run_ring
        Of each run: its first and last vertex, its ring.
    run_middle, run_reach
        Of each run: a ball on the conformal sphere that holds its vertices.
    runs, boxes
        Trees of the boxes of runs and of polygons, in degrees.
    """

    polygons: NDArray[np.object_]
    rings: projection.Rings
    area: Floats
    ring: Rows
    at: Floats
    run_first: Rows
    run_last: Rows
    run_ring: Rows
    run_middle: Floats
    run_reach: Floats
    runs: shapely.STRtree
    boxes: shapely.STRtree


@memory.by_geometries(VERTICES)
def of(polygons: NDArray[np.object_]) -> Outlines:
    """Return the outlines of polygons in WGS84 degrees, none missing or empty."""
    polygons = projection.mended(polygons)
    rings = projection.rings(polygons)
    ring, first, last = _runs(rings.first, rings.last)
    at = sphere.vectors(rings.lon, rings.lat)
    middle, reach = _balls(at, first, last)
    low, high = (
        np.stack([each.reduceat(degrees, first) for degrees in (rings.lon, rings.lat)])
        for each in (np.minimum, np.maximum)
    )
    # A run ends with the vertex that the next one begins with.
    low = np.minimum(low, np.stack([rings.lon[last], rings.lat[last]]))
    high = np.maximum(high, np.stack([rings.lon[last], rings.lat[last]]))
    made = Outlines(
        polygons=polygons,
        rings=rings,
        area=rings.area_m2,
        ring=np.repeat(np.arange(len(rings.first)), rings.last - rings.first + 1),
        at=at,
        run_first=first,
        run_last=last,
        run_ring=ring,
        run_middle=middle,
        run_reach=reach,
        runs=shapely.STRtree(np.asarray(shapely.box(*low, *high))),
        boxes=shapely.STRtree(np.asarray(shapely.box(*shapely.bounds(polygons).T))),
    )
    for field in (*made, *rings):
        if isinstance(field, np.ndarray):
            field.setflags(write=False)
    return made


def _runs(ring_first: Rows, ring_last: Rows) -> tuple[Rows, Rows, Rows]:
    """Return ring, first and last vertex of runs of edges; neighbours share a vertex."""
    count = -(-(ring_last - ring_first) // RUN)
    ring = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(ring)) - np.repeat(np.cumsum(count) - count, count)
    first = ring_first[ring] + within * RUN
    return ring, first, np.minimum(first + RUN, ring_last[ring])


def _balls(at: Floats, first: Rows, last: Rows) -> tuple[Floats, Floats]:
    middle = (at[first] + at[(first + last) // 2] + at[last]) / 3
    run, vertex = spread(first, last)
    far = np.sqrt(((at[vertex] - middle[run]) ** 2).sum(axis=1))
    begins = np.searchsorted(run, np.arange(len(first)))
    return middle, np.maximum.reduceat(far, begins)


def spread(first: Rows, last: Rows) -> tuple[Rows, Rows]:
    """Return which range each of its members belongs to, and the members: both ends included."""
    count = last - first + 1
    range_ = np.repeat(np.arange(len(count)), count)
    return range_, np.arange(len(range_)) - np.repeat(np.cumsum(count) - count, count) + first[
        range_
    ]

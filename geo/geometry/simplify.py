"""Light outlines for the web that still fit each other: every shared border stays one line.

The units of a region and those round it are simplified in one coverage (Visvalingam-Whyatt as
GEOS's coverage simplifier does it), so that neither gaps nor overlaps appear between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Geometries = NDArray[np.object_]

# Coordinates of the result: 5 decimals are about a metre, far below any tolerance in use.
DECIMALS: Final = 5
COARSEST: Final = 0.005
"""Tolerance in degrees for regions as wide as the country."""
# The neighbours are ground, not figure: their inner borders may be this many times coarser.
CONTEXT_FACTOR: Final = 3
# Islands below this many square tolerances are dropped; at 0.001 degrees about 0.2 km2.
SMALLEST_ISLAND: Final = 20


class Outlines(NamedTuple):
    """Simplified polygons, in the order they were given; context may hold empty ones."""

    own: Geometries
    context: Geometries


def tolerance(width: float) -> float:
    """Return the tolerance in degrees for a region ``width`` degrees across.

    A city gets about 50 m, a province 100 m, the country 500 m.

    Examples
    --------
    >>> tolerance(1.2), tolerance(8.5), tolerance(60)
    (0.0005, 0.001, 0.005)
    """
    for limit, degrees in ((2.0, 0.0005), (12.0, 0.001)):
        if width <= limit:
            return degrees
    return COARSEST


def generalise(
    own: Geometries, context: Geometries, *, window: shapely.Polygon, degrees: float
) -> Outlines:
    """Simplify a region's units together with those round it.

    Parameters
    ----------
    own, context
        Polygons in WGS84 degrees; together a valid coverage.
    window
        Rectangle that the context is cut to. It holds all of ``own``.
    degrees
        Tolerance: the square root of the area, in square degrees, of a bend that may go.

    Returns
    -------
    Outlines
        Together a valid coverage of valid polygons, coordinates to five decimals. Islands too
        small to see are left out, but never a unit's largest part.

    Examples
    --------
    >>> border = [(1, 0), *((1 + 0.0001 * (n % 2), n / 100) for n in range(1, 100)), (1, 1)]
    >>> west = shapely.Polygon([(0, 0), *border, (0, 1)])
    >>> east = shapely.Polygon([(2, 1), *border[::-1], (2, 0)])
    >>> rough = np.array([west, east])
    >>> light, _ = generalise(rough, rough[:0], window=shapely.box(0, 0, 2, 1), degrees=0.001)
    >>> shapely.get_num_coordinates(rough).tolist(), shapely.get_num_coordinates(light).tolist()
    ([104, 104], [36, 36])
    >>> bool(shapely.coverage_is_valid(light))
    True
    """
    if len(context):
        # Rounding lets the cut borders of two neighbours meet at the very same point.
        cut = shapely.intersection(context, window)
        own, context = _rounded(own, 7), _rounded(_areal(cut), 7)
        context = shapely.coverage_simplify(
            context, CONTEXT_FACTOR * degrees, simplify_boundary=False
        )
    together = np.concatenate([own, context])
    simple = _rounded(shapely.coverage_simplify(together, degrees), DECIMALS)
    simple = _without_islets(simple, smallest=SMALLEST_ISLAND * degrees**2)
    return Outlines(simple[: len(own)], simple[len(own) :])


def _rounded(polygons: Geometries, decimals: int) -> Geometries:
    """Round every vertex by itself, so that shared borders stay shared."""
    return np.asarray(shapely.transform(polygons, lambda xy: np.round(xy, decimals)))


def _areal(geometries: Geometries) -> Geometries:
    """Keep of each geometry the polygons; a cut may leave points and lines."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    areal = shapely.get_dimensions(parts) == 2
    return _collected(parts[areal], owner[areal], len(geometries))


def _without_islets(polygons: Geometries, *, smallest: float) -> Geometries:
    """Drop parts smaller than ``smallest`` square degrees that touch no other part."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    area = shapely.area(parts)
    largest = np.zeros(len(polygons))
    np.maximum.at(largest, owner, area)
    small = np.flatnonzero((area < smallest) & (area < largest[owner]))
    tree = shapely.STRtree(parts)
    touching, _ = tree.query(parts[small], predicate="intersects")
    alone = np.bincount(touching, minlength=len(small)) == 1  # meets itself only
    keep = np.ones(len(parts), dtype=bool)
    keep[small[alone]] = False
    return _collected(parts[keep], owner[keep], len(polygons))


def _collected(parts: Geometries, owner: NDArray[np.intp], n: int) -> Geometries:
    """Put parts together again: polygons where there is one, multipolygons where several."""
    joined = np.full(n, shapely.Polygon(), dtype=object)
    count = np.bincount(owner, minlength=n)
    single = count[owner] == 1
    joined[owner[single]] = parts[single]
    many = np.flatnonzero(count > 1)
    collected = shapely.multipolygons(parts[~single], indices=_dense(owner[~single]))
    joined[many] = collected
    return joined


def _dense(owner: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.unique(owner, return_inverse=True)[1]

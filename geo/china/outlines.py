"""Which positions an outline holds, for many positions: most are told by the square they lie in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bounds = tuple[float, float, float, float]

SQUARES: Final = 32
"""Squares to a degree: the border meets those of about one position in a hundred."""

CHUNK: Final = 1 << 13
"""Positions that are looked at together: their intermediate values stay in the cache."""

OUTSIDE, INSIDE, UNSURE = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Outline:
    """An outline with a grid over it.

    Attributes
    ----------
    polygon
        The outline, in WGS84 degrees.
    bounds
        West, south, east and north of the grid, whole degrees; wider than the polygon.
    squares
        Of each square, column after column: :data:`OUTSIDE`, :data:`INSIDE`, or :data:`UNSURE`
        where the outline's edge may pass.
    """

    polygon: shapely.Geometry
    bounds: Bounds
    squares: NDArray[np.int8]

    def holds(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which positions lie in the outline or on its edge; what is no number does not."""
        known = np.empty(lon.size, dtype=np.int8)
        for first in range(0, lon.size, CHUNK):
            part = slice(first, first + CHUNK)
            known[part] = self.squares.take(self._square(lon[part], lat[part]))
        unsure = np.flatnonzero(known == UNSURE)
        inside: NDArray[np.bool_] = known == INSIDE
        if len(unsure):
            # Threads share the outline, see geo.measures.assignment: the prepared one is a copy.
            prepared = shapely.force_2d(self.polygon)
            shapely.prepare(prepared)
            inside[unsure] = shapely.intersects_xy(prepared, lon[unsure], lat[unsure])
        return inside

    def _square(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the squares of positions; of those beyond the grid outermost ones: outside."""
        west, south, east, north = self.bounds
        columns, rows = (round(each * SQUARES) for each in (east - west, north - south))
        square = _step(lon, west, columns)
        square *= rows
        square += _step(lat, south, rows)
        return square


def _step(degrees: NDArray[np.float64], start: float, steps: int) -> NDArray[np.intp]:
    """Return how many squares lie between a start and positions: what is no number at the start."""
    along = degrees - start
    along *= SQUARES
    np.fmax(along, 0, out=along)
    np.fmin(along, steps - 1, out=along)
    return along.astype(np.intp)


def outline(polygon: shapely.Geometry, *, bounds: Bounds) -> Outline:
    """Return an outline with its grid.

    Parameters
    ----------
    polygon
        A polygon or several, in WGS84 degrees.
    bounds
        West, south, east and north in whole degrees, wider than the polygon.
    """
    west, south, east, north = bounds
    squares = np.full(
        (round((east - west) * SQUARES), round((north - south) * SQUARES)), OUTSIDE, dtype=np.int8
    )
    # Steps no longer than a square lead from one to the next, beside or across: all four are met.
    edges = shapely.segmentize(shapely.get_rings(shapely.get_parts(polygon)), 1 / SQUARES)
    points, ring = shapely.get_coordinates(edges, return_index=True)
    square = ((points - (west, south)) * SQUARES).astype(np.intp)
    step = ring[1:] == ring[:-1]
    ends = square[:-1][step], square[1:][step]
    for one in ends:
        for other in ends:
            squares[one[:, 0], other[:, 1]] = UNSURE
    # Between two squares that the edge meets, all of a column are on one side: one is looked up.
    met = squares == UNSURE
    first = ~met
    first[:, 1:] &= met[:, :-1]
    column, row = np.nonzero(first)
    prepared = shapely.force_2d(polygon)
    shapely.prepare(prepared)
    inside = shapely.intersects_xy(
        prepared, west + (column + 0.5) / SQUARES, south + (row + 0.5) / SQUARES
    )
    run = np.cumsum(first.ravel()).reshape(first.shape) - 1
    squares[~met] = np.where(inside, INSIDE, OUTSIDE)[run[~met]]
    flat = squares.ravel()
    flat.flags.writeable = False
    return Outline(polygon, bounds, flat)

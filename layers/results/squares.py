"""Squares on a map, each in the colour of what is counted in it: cells of many sites, or units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo import formats
from geo.geometry import projection
from geo.measures.cells import Cell
from layers.sites import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.measures.cells import Counts
    from geo.measures.land_cells import LandCells


LONGEST: Final = 16
"""Squares that are drawn as one, at most."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Squares:
    """Squares.

    Parameters
    ----------
    outlines : ndarray of Polygon, shape (k,)
        Longitude and latitude, WGS84.
    tokens
        Colour token of each.
    numbers
        What each bears, where it has room for it.
    """

    outlines: NDArray[np.object_]
    tokens: Sequence[str]
    numbers: Sequence[str] = ()


def of_cells(found: Counts, limits: Sequence[int]) -> Squares:
    """Return cells with the number of their sites, coloured by the classes that begin at limits."""
    classes = np.searchsorted(np.asarray(limits, dtype=np.int64), found.n, side="right")
    ramp = counted.ramp(limits)
    places = zip(found.x.tolist(), found.y.tolist(), strict=True)
    bounds = [Cell(found.zoom, *place).bounds for place in places]
    west, south, east, north = np.array(bounds, dtype=np.float64).reshape(-1, 4).T
    return Squares(
        outlines=shapely.box(west, south, east, north),
        tokens=[ramp[each] for each in classes],
        numbers=list(map(formats.whole, found.n)),
    )


def runs(
    steps: NDArray[np.int64], classes: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return squares in a row that have one class as one: the first of each, and how many.

    No run is longer than `LONGEST`: between the corners of a longer one the earth is not flat.

    Parameters
    ----------
    steps : ndarray of int64, shape (k, 2)
        Column and row of each, once.
    classes : ndarray of int64, shape (k,)
        Of each.
    """
    order = np.lexsort(steps.T)
    (x, y), of = steps[order].T, classes[order]
    follows = (np.diff(x) == 1) & (np.diff(y) == 0) & (np.diff(of) == 0)
    follows &= x[1:] % LONGEST != 0
    first = np.flatnonzero(np.concatenate([[True], ~follows]))[: len(order)]
    return order[first], np.diff(np.append(first, len(order)))


def of_land(
    cells: LandCells, rows: NDArray[np.intp], classes: NDArray[np.int64], ramp: Sequence[str]
) -> Squares:
    """Return some cells of the land of a region, each in the colour of its class."""
    first, n = runs(cells.steps[rows], classes)
    west, south = (cells.steps[rows[first]] * cells.size_m).T
    flat = shapely.box(west, south, west + n * cells.size_m, south + cells.size_m)
    inverse = projection.laea(*cells.middle)

    def degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = xy.T
        return np.column_stack(inverse.transform(x, y, direction="INVERSE"))

    tokens = [ramp[each] for each in classes[first]]
    return Squares(outlines=shapely.transform(flat, degrees), tokens=tokens)

"""Squares on a map, each in the colour of what is counted in it: cells of many sites, or units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def of_land(cells: LandCells, rows: NDArray[np.intp], tokens: Sequence[str]) -> Squares:
    """Return some cells of the land of a region, in colours."""
    west, south = (cells.steps[rows] * cells.size_m).T
    flat = shapely.box(west, south, west + cells.size_m, south + cells.size_m)
    inverse = projection.laea(*cells.middle)

    def degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = xy.T
        return np.column_stack(inverse.transform(x, y, direction="INVERSE"))

    return Squares(outlines=shapely.transform(flat, degrees), tokens=tokens)

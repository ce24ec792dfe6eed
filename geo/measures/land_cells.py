"""Squares of equal area that cover the land of a region: units that owe nothing to its borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy import sparse, spatial

from geo import memory
from geo.checks import amounts, frames
from geo.geometry import projection
from geo.measures import containment

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd
    import pyproj
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

VERTICES: Final = 2_000_000
"""Of the boundaries whose cells are known in the process."""

SIDE: Final = 64
"""Points on each side of a region's bounds: between them they bow less than a cell is wide."""

ROUND: Final = tuple((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0))
"""Steps to the cells that a cell shares a side or a corner with."""


class LandCells(NamedTuple):
    """The cells of a region.

    Attributes
    ----------
    size_m
        Length of a side, metres.
    middle
        Longitude and latitude of the position that the plane of the cells is centred on.
    steps : ndarray of int64, shape (k, 2)
        Column and row of each cell, counted from that position, eastwards and northwards.
    lonlat : ndarray of float64, shape (k, 2)
        Of its centre, degrees, WGS84.
    district : ndarray of int, shape (k,)
        The row of the district that its centre lies in.
    """

    size_m: float
    middle: tuple[float, float]
    steps: NDArray[np.int64]
    lonlat: Floats
    district: Rows

    @property
    def centres_m(self) -> Floats:
        """Centre of each in the plane, metres, shape (k, 2)."""
        return np.asarray((self.steps + 0.5) * self.size_m, dtype=np.float64)

    def rows(self, lonlat: Floats) -> Rows:
        """Return the cell of each position: the one with the nearest centre.

        That is the one that it lies in, and off the shore, where there is none, the next one on
        land: each position counts in one cell.

        Parameters
        ----------
        lonlat : ndarray of float64, shape (n, 2)
            Degrees, WGS84.
        """
        xy = np.column_stack(projection.laea(*self.middle).transform(*lonlat.T))
        return np.asarray(spatial.cKDTree(self.centres_m).query(xy)[1], dtype=np.intp)

    @property
    def links(self) -> sparse.csr_array:
        """Which cells share a side or a corner, 1 for each such pair, shape (k, k)."""
        width = int(np.ptp(self.steps[:, 0])) + 3
        codes = (self.steps - self.steps.min(axis=0) + 1) @ np.array([1, width])
        order = np.argsort(codes)
        pairs = []
        for x, y in ROUND:
            found = np.searchsorted(codes, codes + x + width * y, sorter=order)
            row = order[np.minimum(found, len(codes) - 1)]
            there = np.flatnonzero(codes[row] == codes + x + width * y)
            pairs.append(np.stack([there, row[there]]))
        rows, columns = np.concatenate(pairs, axis=1)
        ones = np.ones(len(rows))
        return sparse.csr_array((ones, (rows, columns)), shape=(len(codes), len(codes)))


def land_cells(districts: gpd.GeoDataFrame, *, size_m: float) -> LandCells:
    """Return the squares of a region whose centres lie in one of its districts.

    They lie in the Lambert azimuthal equal-area plane that is centred on the region's bounds, a
    corner of four at its middle. A region without any such square has those that hold a point of
    each district.

    Parameters
    ----------
    districts : GeoDataFrame, m rows
        Polygons in any CRS: at least one.
    size_m : float
        Length of a side, metres.

    Raises
    ------
    InputError
        For a size that is no number above 0, and geometries as `geo.measures.density.density`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> block = shapely.box(121.4, 31.2, 121.5, 31.3)
    >>> cells = land_cells(gpd.GeoDataFrame(geometry=[block], crs="EPSG:4326"), size_m=1000)
    >>> len(cells.steps), cells.rows(np.array([[121.45, 31.25], [120.0, 31.25]])).size
    (120, 2)
    """
    faults: list[str] = []
    polygons = frames.polygons(districts, faults)
    amounts.check_radii([size_m], faults, name="size_m")
    frames.refuse(faults)
    return _cells(polygons, tuple(districts.index), float(size_m))


@memory.by_geometries(VERTICES)
def _cells(polygons: NDArray[np.object_], labels: tuple[Hashable, ...], size_m: float) -> LandCells:
    west, south, east, north = shapely.total_bounds(polygons)
    middle = (float(west + east) / 2, float(south + north) / 2)
    plane = projection.laea(*middle)
    side = np.linspace(0, 1, SIDE)
    x, y = plane.transform(
        west + (east - west) * np.concatenate([side, side, 0 * side, 0 * side + 1]),
        south + (north - south) * np.concatenate([0 * side, 0 * side + 1, side, side]),
    )
    (left, right), (low, high) = (
        (int(np.floor(each.min() / size_m)), int(np.ceil(each.max() / size_m))) for each in (x, y)
    )
    at = np.mgrid[left:right, low:high].reshape(2, -1).T
    lonlat = _lonlat(at, plane, size_m)
    held = containment.rows(lonlat[:, 0], lonlat[:, 1], polygons, pd.Index(labels))
    on_land = held != containment.NOWHERE
    at, lonlat, held = at[on_land], lonlat[on_land], held[on_land]
    if not len(at):
        points = plane.transform(*shapely.get_coordinates(_points(polygons)).T)
        at, first = np.unique(
            np.floor(np.column_stack(points) / size_m).astype(np.int64), axis=0, return_index=True
        )
        lonlat, held = _lonlat(at, plane, size_m), first
    for each in (at, lonlat, held):
        each.flags.writeable = False
    return LandCells(size_m, middle, at, lonlat, held)


def _points(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.point_on_surface(polygons), dtype=object)


def _lonlat(at: NDArray[np.int64], plane: pyproj.Transformer, size_m: float) -> Floats:
    x, y = ((at + 0.5) * size_m).T
    return np.column_stack(plane.transform(x, y, direction="INVERSE"))

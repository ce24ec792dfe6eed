"""Who is where in a region: residents in squares, or others whom a plan is made for."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks import frames
from geo.errors import InputError
from geo.geometry import projection
from geo.measures import containment, land_cells
from geo.measures.residents import EVEN, Basis

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from geo.planning.demand import Demand

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

SIZES_M: Final = (250.0, 500.0, 1000.0, 2000.0, 3000.0, 5000.0, 10_000.0, 20_000.0, 50_000.0)
"""Sides of the squares that a region is cut into, metres."""

MOST: Final = 400_000
"""Squares of a region."""

EXACT: Final = 20_000
"""Places of a demand that are counted where they are; of more those in a square are one."""

SPREAD: Final = 0.676
"""Of how many squares have their middle in a disc laid down anywhere the standard deviation, by the
square root of its radius in squares: Kendall (1948), On the number of lattice points inside a
random oval, Quarterly Journal of Mathematics 19, 1-26."""

FINE: Final = 8
"""Squares are no finer than the radius by this: a disc holds two hundred of them."""


class Ground(NamedTuple):
    """Residents by place.

    Attributes
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        Middle of each square, then the places of a demand of not too many; degrees, WGS84.
    residents : ndarray of float64, shape (n,)
        Who lives there; 0 where nobody knows, see `unknown`.
    km2 : ndarray of float64, shape (n,)
        Area of each; 0 of the places of a demand.
    district : ndarray of int, shape (n,)
        Row of the district that it lies in.
    labels : Index, length m
        Of the districts.
    polygons : ndarray of shapely geometries, shape (m,)
        The districts, degrees, WGS84.
    basis : str
        ``even spread``: a district's residents spread evenly over its squares; else that of the
        demand: where its places are, or added up by square where there are more than 20,000.
    size_m : float
        Side of a square, metres.
    middle : tuple of float
        Longitude and latitude of the position that the plane of the squares is centred on.
    steps : ndarray of int64, shape (k, 2)
        Column and row of the first k places, which are squares, counted from that position; others
        stand for districts smaller than one, or are those of a demand.
    unknown : tuple
        Labels of the districts whose residents nobody knows.
    """

    lonlat: Floats
    residents: Floats
    km2: Floats
    district: Rows
    labels: pd.Index
    polygons: NDArray[np.object_]
    basis: Basis | Literal["sites"]
    size_m: float
    middle: tuple[float, float]
    steps: NDArray[np.int64]
    unknown: tuple[Hashable, ...]

    def by_district(self, amounts: Floats) -> Floats:
        """Return amounts of squares added up by district."""
        summed = np.bincount(self.district, weights=amounts, minlength=len(self.labels))
        return np.asarray(summed, dtype=np.float64)

    def in_steps(self, lonlat: Floats) -> Floats:
        """Return positions in columns and rows of squares: a middle lies half a step from both.

        Parameters
        ----------
        lonlat : ndarray of float64, shape (n, 2)
            Degrees, WGS84.
        """
        plane = projection.laea(*self.middle)
        return np.column_stack(plane.transform(*lonlat.T)) / self.size_m

    def every(self, k: int, among: Mask) -> Rows:
        """Return the rows of every k-th square both ways, as far as they are taken from.

        Parameters
        ----------
        k : int
            In squares.
        among : ndarray of bool, shape (n,)
            Which places are taken from.
        """
        here = (self.steps % k == k // 2).all(axis=1)
        return np.flatnonzero(here & among[: len(here)])

    def spread(self, most: int, among: Mask) -> tuple[Floats, float]:
        """Return every k-th square both ways, so that there are at most so many, and their spacing.

        Of a region of districts that are all smaller than a square their places are returned.

        Parameters
        ----------
        most : int
            Squares.
        among : ndarray of bool, shape (n,)
            Which places are taken from, some of them squares.

        Returns
        -------
        ndarray of float64, shape (m, 2)
            Their middles, degrees, WGS84.
        float
            Metres from one to the next.
        """
        if not len(self.steps):
            return self.lonlat[among & (self.km2 > 0)], self.size_m
        least = max(1, math.ceil(math.sqrt(among[: len(self.steps)].sum() / most)))
        # Of a long strip more than every k-th may be kept.
        first = next(k for k in itertools.count(least) if len(self.every(k, among)) <= most)
        # Of so few squares that none is a k-th some of the next finer ones.
        k = next(k for k in range(first, 0, -1) if len(self.every(k, among)))
        return self.lonlat[self.every(k, among)[:most]], k * self.size_m


def ground(
    districts: gpd.GeoDataFrame,
    *,
    demand: Demand | None = None,
    radius_m: float = 3000.0,
    most: int = MOST,
) -> Ground:
    """Return the residents of a region by square.

    The squares are the finest of `SIZES_M` of which there are at most so many, and no finer than an
    eighth of the radius. They cover the districts' outlines, on a coast with their water. A
    district smaller than a square has one place, a point in it.

    Parameters
    ----------
    districts : GeoDataFrame, m rows
        Polygons in any CRS, with ``population``, missing where unknown.
    demand : Demand, optional
        Whom new sites are to serve, by place: they count instead.
    radius_m : float
        Of what is asked, metres.
    most : int
        Squares.

    Raises
    ------
    InputError
        As `geo.measures.land_cells.land_cells`, for a missing column, residents below 0.

    Examples
    --------
    >>> block = gpd.GeoDataFrame(
    ...     {"population": [1200]}, geometry=[shapely.box(121, 31, 121.1, 31.1)], crs="EPSG:4326"
    ... )
    >>> here = ground(block)
    >>> here.size_m, round(here.residents.sum()), here.basis
    (500.0, 1200, 'even spread')
    """
    faults: list[str] = []
    frames.require(districts, ["population"], faults, name="districts")
    polygons, labels = frames.polygons(districts, faults), districts.index
    frames.refuse(faults)
    area = projection.area_km2(gpd.GeoSeries(polygons, crs=frames.WGS84)).to_numpy()
    size = square(float(area.sum()), least_m=radius_m / FINE, most=most)
    cells = land_cells.land_cells(districts, size_m=size)
    square_km2 = (size / 1000) ** 2
    kept = (area >= square_km2)[cells.district]
    without = np.setdiff1d(np.arange(len(districts)), cells.district[kept])
    points = shapely.get_coordinates(shapely.point_on_surface(polygons[without]))
    lonlat = np.concatenate([cells.lonlat[kept], points])
    district = np.concatenate([cells.district[kept], without])
    km2 = np.concatenate([np.full(kept.sum(), square_km2), area[without]])
    total = pd.to_numeric(districts["population"], errors="coerce").to_numpy(
        dtype=np.float64, na_value=np.nan
    )
    if (total < 0).any():
        raise InputError(
            f"districts: fewer than no residents at {frames.rows(districts, total < 0)}"
        )
    unknown: tuple[Hashable, ...] = ()
    basis: Basis | Literal["sites"] = EVEN
    if demand is None:
        unknown = tuple(districts.index[np.isnan(total)])
        people = (np.nan_to_num(total) / np.bincount(district, minlength=len(total)))[district]
    else:
        # A square of a district that is smaller stands for that district's place.
        place = np.where(
            kept, np.cumsum(kept) - 1, kept.sum() + np.searchsorted(without, cells.district)
        )
        row = place[cells.rows(demand.lonlat)]
        basis = demand.basis
        if len(row) > min(EXACT, most):
            people = np.bincount(row, weights=demand.amounts, minlength=len(lonlat))
        else:
            at = containment.rows(demand.lonlat[:, 0], demand.lonlat[:, 1], polygons, labels)
            people = np.concatenate([np.zeros(len(lonlat)), demand.amounts])
            km2 = np.concatenate([km2, np.zeros(len(row))])
            at = np.where(at == containment.NOWHERE, district[row], at)
            lonlat = np.concatenate([lonlat, demand.lonlat])
            district = np.concatenate([district, at])
    return Ground(
        lonlat=lonlat,
        residents=people,
        km2=km2,
        district=district,
        labels=labels,
        polygons=polygons,
        basis=basis,
        size_m=size,
        middle=cells.middle,
        steps=cells.steps[kept],
        unknown=unknown,
    )


def square(area_km2: float, *, least_m: float, most: int) -> float:
    """Return the side of the finest squares of which an area has at most so many.

    Parameters
    ----------
    area_km2 : float
        Square kilometres.
    least_m : float
        No finer than this, metres.
    most : int
        Squares.

    Examples
    --------
    >>> square(6_500, least_m=375, most=200_000), square(180_000, least_m=375, most=200_000)
    (500.0, 1000.0)
    """
    fits = (each for each in SIZES_M if each >= least_m and area_km2 * 1e6 / each**2 <= most)
    return next(fits, SIZES_M[-1])


def counted_of_disc(radius_m: float, size_m: float) -> float:
    """Return how much squares count for a disc round the middle of one, as a share of its area.

    A square counts whole where its middle is within the radius: of squares that are large for the
    radius more is counted than the disc holds, or less.

    Parameters
    ----------
    radius_m, size_m : float
        Of the disc, and the side of a square; metres.

    Examples
    --------
    >>> round(counted_of_disc(3000, 250), 2), round(counted_of_disc(1000, 1000), 2)
    (0.97, 1.59)
    """
    side = np.arange(-int(radius_m // size_m), int(radius_m // size_m) + 1) * size_m
    within = np.hypot(*np.meshgrid(side, side)) <= radius_m
    return float(within.sum() * size_m**2 / (math.pi * radius_m**2))


def strays(radius_m: float, size_m: float) -> float:
    """Return by how much what squares count of a disc strays from its area, as a share of that.

    Parameters
    ----------
    radius_m, size_m : float
        As of `counted_of_disc`, for a disc round any place.

    Returns
    -------
    float
        Standard deviation, see `SPREAD`.

    Examples
    --------
    >>> round(strays(3000, 500), 3), round(strays(3000, 1000), 3)
    (0.015, 0.041)
    """
    radius = radius_m / size_m
    return SPREAD * math.sqrt(radius) / (math.pi * radius**2)

"""Any indicator of the same sites in districts and in squares, beside each other.

What a square has as a district has: how many sites, how dense they are, how much of it lies within
a radius of one, the location quotient of a sector in it, how varied the sites in it are, and how
far the nearest is. Residents it has not: nobody publishes how many live in a square, and to spread
a district's evenly over its squares would give back the density of the sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.facts import precision
from geo.geometry import projection
from geo.measures import (
    access,
    concentration,
    coverage,
    location_quotient,
    nearest,
    sector_counts,
    site_places,
)
from geo.measures.indicator_list import AREAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from geo.measures.areal_units import Divided, Division
    from geo.measures.land_cells import LandCells

    Floats = NDArray[np.float64]

OF_GROUND: Final = ("coverage", "access")
"""Those of the ground: a district has the mean of its squares, of others of those of its sites."""

NEAREST_FIRST: Final = ("access",)

DIGITS: Final = 9
"""Of a mean, beyond which sums in another order differ."""


class Asked(NamedTuple):
    """The sites of a region in several divisions, and what an indicator needs besides.

    Attributes
    ----------
    found
        The divisions.
    sites
        Those that are counted, in the order of `Division.of`.
    districts
        Those of the first division.
    radius_m
        Of the coverage.
    family
        Of sectors, whose quotient is asked for.
    """

    found: Divided
    sites: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    radius_m: float
    family: str

    @property
    def lonlat(self) -> Floats:
        """Return the positions of the sites, shape (n, 2)."""
        places = site_places.of_sites(self.sites, [])
        return np.asarray(places.lonlat[places.of], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Measured:
    """An indicator in several divisions.

    Attributes
    ----------
    values : tuple of ndarray of float64
        Of each unit of each division, in their order; NaN where there is none.
    ranks : DataFrame
        A row for each district: ``n``, its sites; its figure under the name of the indicator's
        column and its ``rank`` (Int64, 1 for the highest, of the nearest site for the least; NA
        without a site or, of what is of the ground, where the figure is 0). For each size of
        squares the mean of their figures, over the sites of the district that have one or, of
        what is of the ground, over its squares: ``share_1000m``; its ``rank_1000m``; and
        ``change_1000m``, by how many ranks it comes before the district's own.
    """

    values: tuple[Floats, ...]
    ranks: pd.DataFrame


def measured(
    found: Divided,
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    indicator: str,
    radius_m: float,
    family: str,
) -> Measured:
    """Return an indicator of sites in the divisions that `areal_units.divided` made of them.

    Parameters
    ----------
    found
        Of the same sites and districts.
    sites : GeoDataFrame
        As for `areal_units.divided`; for "lq", "diversity" and "entropy" with a column ``sectors``.
    districts : GeoDataFrame, m rows
        As for `areal_units.divided`.
    indicator
        A name of `AREAL`.
    radius_m
        Of "coverage", metres.
    family
        Of "lq", see `location_quotient.by_district`.

    Raises
    ------
    InputError
        As `coverage.coverage`, and without a column that is needed.

    Examples
    --------
    >>> from geo.measures import areal_units
    >>> halves = [shapely.box(121.4, 31.2, 121.5, 31.3), shapely.box(121.5, 31.2, 121.6, 31.3)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> points = shapely.points([[121.45, 31.25]] * 3 + [[121.52, 31.22], [121.58, 31.28]])
    >>> sites = gpd.GeoDataFrame({"precision": "street"}, geometry=points, crs="EPSG:4326",
    ...                          index=range(5))
    >>> found = measured(areal_units.divided(sites, districts), sites, districts,
    ...                  indicator="coverage", radius_m=2000, family="")
    >>> found.ranks[["share", "rank", "share_1000m", "rank_1000m"]].round(2)
          share  rank  share_1000m  rank_1000m
    west   0.12     2         0.11           2
    east   0.24     1         0.21           1
    """
    asked = Asked(found, sites[found.used], districts, radius_m, family)
    of = _FIGURES[indicator]
    values = tuple(of(asked, each) for each in found.divisions)
    own, *others = found.divisions
    n = own.n
    ranks = pd.DataFrame({"n": n}, districts.index)
    column, nearest_first = AREAL[indicator].column, indicator in NEAREST_FIRST
    # What has none is not ranked: of those alike in nothing, squares on a border tell some apart.
    some = values[0] > 0 if indicator in OF_GROUND else n > 0
    figure = np.where(some, values[0], np.nan)
    ranks[column] = values[0]
    ranks["rank"] = _ranked(figure, ranks.index, nearest_first=nearest_first)
    for division, each in zip(others, values[1:], strict=True):
        assert division.cells is not None  # noqa: S101 - districts come first
        if indicator in OF_GROUND:
            mean = _mean(division.cells.district, each, len(n))
        else:
            mean = _mean(own.of, each[division.of], len(n))
        size = f"{division.cells.size_m:.0f}m"
        ranks[f"{column}_{size}"] = mean
        same = np.where(some, mean, np.nan)
        ranks[f"rank_{size}"] = _ranked(same, ranks.index, nearest_first=nearest_first)
        ranks[f"change_{size}"] = ranks["rank"] - ranks[f"rank_{size}"]
    return Measured(values, ranks)


def moved(ranks: pd.DataFrame, size: str) -> pd.Series:
    """Return by how many ranks each district comes before its own, 0 where ties alone make it.

    A rank that k share is any of k ranks: whoever is as far down in one division as it may be in
    the other has not moved.

    Parameters
    ----------
    ranks : DataFrame
        See `Measured`.
    size
        Of the squares: ``1000m``.

    Returns
    -------
    Series of Int64
        On the index of `ranks`, NA without a rank.

    Examples
    --------
    >>> ranks = pd.DataFrame({"rank": [1, 2, 2, 4], "rank_1000m": [2, 1, 3, 4],
    ...                       "change_1000m": [-1, 1, -1, 0]}, dtype="Int64")
    >>> moved(ranks, "1000m").to_list()
    [-1, 1, 0, 0]
    """
    change, own, other = ranks[f"change_{size}"], ranks["rank"], ranks[f"rank_{size}"]
    apart = (_last(own) < other) | (_last(other) < own)
    return change.where(apart | change.isna(), 0)


def _last(rank: pd.Series) -> pd.Series:
    """Return the last of the ranks that all who share one have together."""
    return rank + rank.groupby(rank).transform("size") - 1


def _density(_: Asked, division: Division) -> Floats:
    return division.per_100_km2


def _count(_: Asked, division: Division) -> Floats:
    return division.n.astype(np.float64)


def _coverage(asked: Asked, division: Division) -> Floats:
    """Return the share of each unit within the radius of a site that is known to it."""
    if division.cells is None:
        return _shares(asked, asked.districts)
    known = precision.of_sites(asked.sites, []) <= asked.radius_m
    cells, lonlat = division.cells, asked.lonlat[np.asarray(known, dtype=bool)]
    if not len(lonlat):
        return np.full(len(cells.steps), np.nan)
    metres = nearest.distances(cells.lonlat, lonlat)[1][:, 0]
    # As far as a corner is from the centre, and a little: the plane of the squares is no sphere.
    corner = 0.75 * cells.size_m
    share = (metres < asked.radius_m).astype(np.float64)
    cut = np.flatnonzero(np.abs(metres - asked.radius_m) <= corner)
    if len(cut):
        share[cut] = _shares(asked, outlines(cells, cut))
    return share


def _shares(asked: Asked, units: gpd.GeoDataFrame) -> Floats:
    found = coverage.coverage(asked.sites, units, radius_m=asked.radius_m)
    return found["share"].to_numpy(dtype=np.float64)


def outlines(cells: LandCells, rows: NDArray[np.intp]) -> gpd.GeoDataFrame:
    """Return some squares of a region as polygons, by their rows, in degrees of WGS84."""
    west, south = (cells.steps[rows] * cells.size_m).T
    flat = shapely.box(west, south, west + cells.size_m, south + cells.size_m)
    inverse = projection.laea(*cells.middle)

    def degrees(xy: Floats) -> Floats:
        x, y = xy.T
        return np.column_stack(inverse.transform(x, y, direction="INVERSE"))

    polygons = shapely.transform(flat, degrees)
    return gpd.GeoDataFrame(index=pd.Index(rows), geometry=polygons, crs="OGC:CRS84")


def _counts(asked: Asked, division: Division) -> tuple[NDArray[np.intp], pd.DataFrame]:
    """Return the units that hold sites, and how many of each family these have."""
    held, row = np.unique(division.of, return_inverse=True)
    return held, sector_counts.of_rows(asked.sites, row, pd.Index(held))


def _quotient(asked: Asked, division: Division) -> Floats:
    held, counts = _counts(asked, division)
    totals = counts.sum()
    values = np.full(len(division.n), np.nan)
    values[held] = location_quotient.location_quotient(
        counts[asked.family], counts.sum(axis=1), totals[asked.family], totals.sum()
    )
    return values


def _mix(figure: Callable[[Floats], float], asked: Asked, division: Division) -> Floats:
    """Return a figure of the sites of each family in each unit."""
    held, counts = _counts(asked, division)
    values = np.full(len(division.n), np.nan)
    values[held] = [figure(row) for row in counts.to_numpy(dtype=np.float64)]
    return values


def _access(asked: Asked, division: Division) -> Floats:
    """Return how far the nearest site is: from the centre of a square, on average of a district."""
    if division.cells is None:
        return access.access_km(asked.lonlat, asked.districts).to_numpy(dtype=np.float64)
    if not len(asked.sites):
        return np.full(len(division.n), np.nan)
    metres = nearest.distances(division.cells.lonlat, asked.lonlat)[1][:, 0]
    return np.asarray(metres / 1000, dtype=np.float64)


_FIGURES: Final[Mapping[str, Callable[[Asked, Division], Floats]]] = MappingProxyType(
    {
        "area": _density,
        "count": _count,
        "coverage": _coverage,
        "lq": _quotient,
        "diversity": partial(_mix, concentration.diversity),
        "entropy": partial(_mix, concentration.entropy),
        "access": _access,
    }
)


def _mean(row: NDArray[np.intp], values: Floats, n: int) -> Floats:
    """Return the mean of the values of each row that has any."""
    known = np.isfinite(values)
    sums, counts = (np.bincount(row[known], each, n) for each in (values[known], known[known]))
    means: Floats = np.divide(sums, counts, out=np.full(n, np.nan), where=counts > 0)
    return means


def _ranked(values: Floats, index: pd.Index, *, nearest_first: bool) -> pd.Series:
    known = pd.Series(np.round(values, DIGITS), index)
    return known.rank(ascending=nearest_first, method="min").astype("Int64")

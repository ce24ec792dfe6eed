"""How many points each district has: of arrays or Parquet files, millions at once.

Exact: a point belongs to the district that holds it, on a shared border to the one with the
smaller label, and ``sum(counts) + outside + rejected == len(points)``. No geometry is made of a
point. Sites, whose sources may state a district, are assigned by `geo.measures.assignment`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.checks import frames
from geo.errors import InputError
from geo.measures import containment, point_files

if TYPE_CHECKING:
    import os

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

EXAMPLES: Final = 5
"""Rejected points that are named."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tally:
    """Points by district.

    Attributes
    ----------
    counts : DataFrame of int64
        On the index of the districts, a column for each category; one, ``n``, without any.
    outside
        Points that no district holds.
    rejected
        What is no position: a longitude beyond 180, a latitude beyond 90 degrees, as where both
        are swapped, or no number.
    examples
        Longitude and latitude of the first of these.
    """

    counts: pd.DataFrame
    outside: int
    rejected: int
    examples: tuple[tuple[float, float], ...]

    @property
    def points(self) -> int:
        """How many points there were."""
        return int(self.counts.to_numpy().sum()) + self.outside + self.rejected


def count_points(
    lon: ArrayLike,
    lat: ArrayLike,
    districts: gpd.GeoDataFrame,
    *,
    category: ArrayLike | None = None,
) -> pd.Series | pd.DataFrame:
    """Return how many points lie in each district.

    Parameters
    ----------
    lon, lat : array_like of float64, shape (n,)
        WGS84 degrees.
    districts : GeoDataFrame, m rows
        Polygons in any CRS; the index holds the labels, each once.
    category : array_like, shape (n,), optional
        Of each point: its sector, its kind.

    Returns
    -------
    Series or DataFrame of int64, m rows, on the index of `districts`
        Points; with `category` a column for each value, in ascending order. What lies outside and
        what is no position: :func:`tally`.

    Raises
    ------
    InputError
        For arrays of different lengths or without numbers, and for districts as
        `geo.measures.assignment.assign` does.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> halves = [shapely.box(120, 30, 121, 31), shapely.box(121, 30, 122, 31)]
    >>> districts = gpd.GeoDataFrame(index=["west", "east"], geometry=halves, crs="EPSG:4326")
    >>> count_points([120.5, 121, 119], [30.5, 30.5, 30.5], districts).to_dict()
    {'west': 1, 'east': 1}
    """
    counts = tally(lon, lat, districts, category=category).counts
    return counts["n"].rename(None) if category is None else counts


def tally(
    lon: ArrayLike,
    lat: ArrayLike,
    districts: gpd.GeoDataFrame,
    *,
    category: ArrayLike | None = None,
) -> Tally:
    """Return points by district as `count_points` does, and those that no district has."""
    x, y = _degrees(lon, "lon"), _degrees(lat, "lat")
    codes, groups = np.zeros(len(x), dtype=np.intp), pd.Index(["n"])
    if category is not None:
        codes, groups = pd.factorize(pd.Series(category), sort=True, use_na_sentinel=False)
    if len({len(x), len(y), len(codes)}) > 1:
        raise InputError(
            f"lon, lat, category: found {len(x)}, {len(y)} and {len(codes)} values, expected as "
            "many of each"
        )
    faults: list[str] = []
    polygons = frames.polygons(districts, faults)
    frames.refuse(faults)
    rows = containment.rows(x, y, polygons, districts.index)
    wrong = ~((np.abs(x) <= 180) & (np.abs(y) <= 90))
    held = rows != containment.NOWHERE
    width = len(groups)
    flat = np.bincount(rows[held] * width + codes[held], minlength=len(districts) * width)
    examples = np.column_stack([x, y])[wrong][:EXAMPLES]
    return Tally(
        counts=pd.DataFrame(
            flat.reshape(len(districts), width), index=districts.index, columns=groups
        ),
        outside=int((~held & ~wrong).sum()),
        rejected=int(wrong.sum()),
        examples=tuple((float(one), float(other)) for one, other in examples),
    )


def count_parquet(
    path: str | os.PathLike[str],
    districts: gpd.GeoDataFrame,
    *,
    lon: str = "lon",
    lat: str = "lat",
    category: str | None = None,
) -> pd.Series | pd.DataFrame:
    """Return how many points of a Parquet file lie in each district, as `count_points` does.

    The file is read in parts of a million rows, so that its size does not matter.

    Parameters
    ----------
    path
        Of the file.
    districts
        As for `count_points`.
    lon, lat, category
        Its columns.

    Raises
    ------
    InputError
        Where it cannot be read, has no such columns or none of numbers, or says that its
        coordinates are in another CRS than WGS84; and as `count_points` does.
    """
    counts = tally_parquet(path, districts, lon=lon, lat=lat, category=category).counts
    return counts["n"].rename(None) if category is None else counts


def tally_parquet(
    path: str | os.PathLike[str],
    districts: gpd.GeoDataFrame,
    *,
    lon: str = "lon",
    lat: str = "lat",
    category: str | None = None,
) -> Tally:
    """Return points of a file by district, and those that no district has."""
    parts = [
        tally(x, y, districts, category=group)
        for x, y, group in point_files.parts(path, lon=lon, lat=lat, category=category)
    ]
    return reduce(added, parts)


def added(one: Tally, other: Tally) -> Tally:
    """Return the tally of two sets of points in the same districts."""
    counts = one.counts.add(other.counts, fill_value=0).astype("int64")
    return Tally(
        counts=counts.reindex(one.counts.index),
        outside=one.outside + other.outside,
        rejected=one.rejected + other.rejected,
        examples=(*one.examples, *other.examples)[:EXAMPLES],
    )


def _degrees(values: ArrayLike, name: str) -> NDArray[np.float64]:
    try:
        degrees = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: found {error}, expected an array of degrees") from error
    if degrees.ndim != 1:
        raise InputError(f"{name}: found {degrees.ndim} dimensions, expected one")
    return degrees

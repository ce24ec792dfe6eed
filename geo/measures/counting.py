"""How many points each district has: of arrays or Parquet files, millions at once.

Exact: a point belongs to the district that holds it, on a shared border to the one with the
smaller label, and ``sum(counts) + outside + rejected == len(points)``. No geometry is made of a
point. Sites, whose sources may state a district, are assigned by `geo.measures.assignment`.

What is no position is rejected: no number, a longitude beyond 180 or a latitude beyond 90 degrees,
and what is turned round. The latter is a point that no district holds, while one holds it once
longitude and latitude change places; it is told where no place can be meant either way, that is,
where the districts' bounds and the same bounds turned round have nothing in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.checks import frames
from geo.errors import InputError
from geo.measures import containment, point_files
from geo.measures.point_files import Columns

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

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
        What is no position, turned ones among them.
    examples
        Longitude and latitude of the first of these.
    """

    counts: pd.DataFrame
    outside: int
    rejected: int
    examples: tuple[tuple[float, float], ...]

    @property
    def inside(self) -> int:
        """How many points the districts have."""
        return int(self.counts.to_numpy().sum())

    @property
    def points(self) -> int:
        """How many points there were."""
        return self.inside + self.outside + self.rejected

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of two sets of points in the same districts."""
        counts = self.counts
        if counts.columns.equals(other.counts.columns):
            counts = counts + other.counts
        else:
            added = counts.add(other.counts, fill_value=0).fillna(0).astype("int64")
            counts = added.reindex(counts.index)
        return Tally(
            counts=counts,
            outside=self.outside + other.outside,
            rejected=self.rejected + other.rejected,
            examples=(*self.examples, *other.examples)[:EXAMPLES],
        )


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
        Points; with `category` a column for each value, in ascending order. Its ``attrs`` say how
        many points are ``outside`` and ``rejected``, and have ``examples`` of the latter.

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
    return _alone(tally(lon, lat, districts, category=category), category)


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
    width = len(groups)
    # What no district holds is in row -1: with one row before all others it is counted, too.
    keys = rows + 1 if category is None else (rows + 1) * width + codes
    flat = np.bincount(keys, minlength=(len(districts) + 1) * width)[width:]
    # Whatever a district holds is a position.
    free = np.flatnonzero(rows == containment.NOWHERE)
    x, y = x[free], y[free]
    wrong = ~((np.abs(x) <= 180) & (np.abs(y) <= 90))
    wrong |= _turned(x, y, polygons, districts.index)
    examples = np.column_stack([x[wrong][:EXAMPLES], y[wrong][:EXAMPLES]]).tolist()
    return Tally(
        counts=pd.DataFrame(
            flat.reshape(len(districts), width), index=districts.index, columns=groups
        ),
        outside=int((~wrong).sum()),
        rejected=int(wrong.sum()),
        examples=tuple((one, other) for one, other in examples),
    )


def _turned(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    polygons: NDArray[np.object_],
    labels: pd.Index,
) -> NDArray[np.bool_]:
    """Return which positions of no polygon one holds once longitude and latitude change places."""
    turned = np.zeros(len(lon), dtype=bool)
    west, south, east, north = shapely.total_bounds(polygons)
    if max(west, south) <= min(east, north):
        return turned
    maybe = (south <= lon) & (lon <= north) & (west <= lat) & (lat <= east)
    rows = containment.rows(lat[maybe], lon[maybe], polygons, labels)
    turned[maybe] = rows != containment.NOWHERE
    return turned


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
        Of the file, or its address in a store that fsspec knows (``s3://bucket/points.parquet``).
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
    columns = Columns(lon=lon, lat=lat, category=category)
    return _alone(tally_parquet(path, districts, columns), category)


def tally_parquet(
    path: str | os.PathLike[str],
    districts: gpd.GeoDataFrame,
    columns: Columns,
    *,
    groups: Iterable[int] | None = None,
) -> Tally:
    """Return points of a file, or of some of its row groups, by district, and those without."""
    each = point_files.parts(path, columns, groups=groups)
    return reduce(add, (tally(x, y, districts, category=group) for x, y, group in each))


def _alone(counted: Tally, category: object) -> pd.Series | pd.DataFrame:
    counts = counted.counts["n"].rename(None) if category is None else counted.counts
    counts.attrs = {name: getattr(counted, name) for name in ("outside", "rejected", "examples")}
    return counts


def _degrees(values: ArrayLike, name: str) -> NDArray[np.float64]:
    try:
        degrees = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: found {error}, expected an array of degrees") from error
    if degrees.ndim != 1:
        raise InputError(f"{name}: found {degrees.ndim} dimensions, expected one")
    return degrees

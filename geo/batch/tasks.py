"""What is computed of a part: the same functions in a thread of this process and on a cluster.

Each takes what it needs and returns a frame; of what it was computed on and when nothing depends.
"""

from __future__ import annotations

import zlib
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks.frames import WGS84
from geo.errors import InputError
from geo.measures import containment, counting, coverage, nearest, point_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from geo.batch.inputs import Part
    from geo.measures.point_files import Columns

METRES_A_DEGREE: Final = 110_500.0
"""Less than any degree of a meridian is long: a halo in degrees is never too narrow."""

OF_A_METRE: Final = 100
"""Distances are added in whole centimetres: such sums are the same in any order."""


class Packed(NamedTuple):
    """Districts as they go over the network."""

    outlines: bytes
    ends: NDArray[np.int64]
    labels: pd.Index


def packed(districts: gpd.GeoDataFrame) -> Packed:
    """Return districts, their outlines and labels alone, packed."""
    each = shapely.to_wkb(np.asarray(districts.geometry.array))
    return Packed(zlib.compress(b"".join(each), 1), np.cumsum([*map(len, each)]), districts.index)


def unpacked(districts: Packed) -> gpd.GeoDataFrame:
    """Return districts as they were packed."""
    outlines = zlib.decompress(districts.outlines)
    starts = [0, *districts.ends[:-1]]
    each = [outlines[start:end] for start, end in zip(starts, districts.ends, strict=True)]
    return gpd.GeoDataFrame(geometry=shapely.from_wkb(each), index=districts.labels, crs=WGS84)


def count(part: Part, districts: gpd.GeoDataFrame, columns: Columns) -> pd.DataFrame:
    """Return how many points of a part each district has.

    Returns
    -------
    DataFrame of int64, on the index of `districts`
        ``n``, or a column for each category, written as text; a missing one is an empty text.
        Its ``attrs`` are ``outside``, ``rejected`` and ``examples`` of
        `geo.measures.counting.Tally`.
    """
    tally = counting.tally_parquet(part.path, districts, columns, groups=part.groups)
    counts = tally.counts
    names = counts.columns.astype("string").fillna("").to_list()
    counts = counts.T.groupby(names).sum().T
    counts.attrs = {
        "outside": tally.outside,
        "rejected": tally.rejected,
        "examples": list(tally.examples),
    }
    return counts


def distances(
    part: Part,
    districts: gpd.GeoDataFrame,
    columns: Columns,
    sites: NDArray[np.float64],
    radii_m: Sequence[float],
) -> pd.DataFrame:
    """Return how far the points of a part are from the nearest site, added up by district.

    Parameters
    ----------
    part, districts, columns
        As for `count`; categories are passed by.
    sites : ndarray of float64, shape (m, 2)
        Longitude and latitude in degrees, WGS84; one or more.
    radii_m
        Metres.

    Returns
    -------
    DataFrame of int64, on the index of `districts`
        ``centimetres``, and for each radius how many points have a site within it:
        ``within_3000m``.
    """
    polygons = np.asarray(districts.geometry.array)
    sums = np.zeros((len(districts), 1 + len(radii_m)), dtype=np.int64)
    for lon, lat, _ in point_files.parts(part.path, columns, groups=part.groups):
        row = containment.rows(lon, lat, polygons, districts.index)
        held = row != containment.NOWHERE
        _, metres = nearest.distances(np.column_stack([lon, lat])[held], sites)
        # A batch has fewer than 2 ** 53 centimetres: they are added without rounding.
        each = [np.rint(OF_A_METRE * metres[:, 0]), *(metres[:, 0] <= radius for radius in radii_m)]
        added = [np.bincount(row[held], weights=one, minlength=len(districts)) for one in each]
        sums += np.column_stack(added).astype(np.int64)
    names = ["centimetres", *(f"within_{radius:g}m" for radius in radii_m)]
    return pd.DataFrame(sums, index=districts.index, columns=names)


def tried(call: Callable[..., pd.DataFrame], *arguments: object) -> pd.DataFrame | InputError:
    """Return what a task gives, or why its file cannot be read."""
    try:
        return call(*arguments)
    except InputError as error:
        return error


def whole(*parts: pd.DataFrame | InputError) -> pd.DataFrame | InputError:
    """Return the sum of parts of a file, or why one of them cannot be read."""
    return next((part for part in parts if isinstance(part, InputError)), added(*parts))


def added(*each: pd.DataFrame | InputError) -> pd.DataFrame | InputError:
    """Return the sum of what could be read; why the first could not be where none could."""
    frames = [one for one in each if not isinstance(one, InputError)]
    return reduce(_sum, frames) if frames else each[0]


def _sum(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of two frames; each lacks the categories that none of its points has."""
    columns = one.columns.union(other.columns)
    total = one.reindex(columns=columns, fill_value=0) + other.reindex(
        columns=columns, fill_value=0
    )
    total.attrs = {name: value + other.attrs[name] for name, value in one.attrs.items()}
    return total


def cover(
    parts: Sequence[Part],
    districts: gpd.GeoDataFrame,
    rows: slice,
    columns: Columns,
    radii_m: Sequence[float],
) -> pd.DataFrame:
    """Return the coverage of some of the districts by the points of all parts.

    Points further than the largest radius from these districts cannot matter and are passed by.
    Positions are taken for those of buildings.

    Returns
    -------
    DataFrame, on the index of these districts
        The columns of `geo.measures.coverage.coverage` that are a district's own, each with the
        radius in its name: ``share_3000m``.
    """
    own = districts.iloc[rows]
    lon, lat = _near(parts, own.total_bounds, max(radii_m), columns).T
    points = gpd.points_from_xy(lon, lat, crs=WGS84)
    sites = gpd.GeoDataFrame({"precision": ["building"] * len(points)}, geometry=points)
    reached = coverage.coverage(sites, own, radius_m=list(radii_m))
    figures = reached.drop(columns=["n_used", "n_sites", "area_km2"])
    each = [figures.xs(at, level="radius_m").add_suffix(f"_{at:g}m") for at in radii_m]
    return pd.concat(each, axis=1)


def _near(
    parts: Iterable[Part], bounds: NDArray[np.float64], radius_m: float, columns: Columns
) -> NDArray[np.float64]:
    """Return the positions that lie in bounds or within a radius of them, each once."""
    west, south, east, north = bounds
    up = radius_m / METRES_A_DEGREE
    furthest = min(max(abs(south), abs(north)) + up, 89.0)
    aside = up / np.cos(np.radians(furthest))
    held = [np.empty((0, 2))]
    for part in parts:
        for lon, lat, _ in point_files.parts(part.path, columns, groups=part.groups):
            level = (lat >= south - up) & (lat <= north + up) & (np.abs(lon) <= 180)
            x, y = lon[level], lat[level]
            # Degrees from the western edge on: a halo across the antimeridian has both sides.
            near = (x - (west - aside)) % 360 <= east - west + 2 * aside
            held.append(np.unique(np.column_stack([x[near], y[near]]), axis=0))
    return np.unique(np.concatenate(held), axis=0)

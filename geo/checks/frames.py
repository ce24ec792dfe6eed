"""What a frame of sites or districts must be before a figure is computed from it.

Each function returns what the figures work on and adds what is wrong to a list of faults, so
that `refuse` can name every fault of every argument in one error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import ProjError
from shapely import GeometryType

from geo import memory
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from pyproj import CRS

WGS84: Final = "EPSG:4326"
"""The CRS of all that the catalogue knows and of all that is computed with."""

NAMED_ROWS: Final = 10

VERTICES: Final = 8_000_000
"""Of the outlines that need no second look, three times China's."""


def refuse(faults: list[str]) -> None:
    """Raise one InputError with all faults, one a line; do nothing when there are none."""
    if faults:
        raise InputError("\n".join(faults))


def require(frame: pd.DataFrame, columns: Iterable[str], faults: list[str], *, name: str) -> None:
    """Add one fault that names all columns that a frame lacks; none when it has them."""
    given: object = frame
    if not isinstance(given, pd.DataFrame):
        faults.append(f"{name}: expected a table, got {type(frame).__name__}")
        return
    absent = [column for column in columns if column not in frame]
    if absent:
        faults.append(f"{name}: no column {', '.join(absent)}; expected each of them")


def polygons(districts: gpd.GeoDataFrame | gpd.GeoSeries, faults: list[str]) -> NDArray[np.object_]:
    """Return the districts' polygons in WGS84 degrees.

    Parameters
    ----------
    districts : GeoDataFrame or GeoSeries
        Polygons or multipolygons in any CRS, with an index without repetitions.
    faults : list of str
        Takes what is wrong.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        Only to be used when no fault was added.
    """
    if not _has_geometry(districts, "districts", faults):
        return np.empty(0, dtype=object)
    if districts.empty:
        faults.append("districts: the frame has no rows; expected at least one polygon")
    if districts.index.nlevels > 1:
        faults.append(
            "districts, index: labels of several levels; expected one label a district, see "
            "GeoDataFrame.reset_index"
        )
    elif districts.index.hasnans:
        faults.append("districts, index: some labels are missing; give every district one")
    repeated = districts.index.duplicated()
    if repeated.any():
        faults.append(
            f"districts, index: repeated {rows(districts, repeated)}; expected each label once, "
            "see GeoDataFrame.dissolve or reset_index"
        )
    known = _faultless(np.asarray(districts.geometry.array), districts.crs)
    return _outlines(districts, faults) if known is None else known


@memory.by_geometries(VERTICES)
def _faultless(geometries: NDArray[np.object_], crs: CRS | None) -> NDArray[np.object_] | None:
    """Return polygons in WGS84 degrees; None where there is a fault, which needs its label."""
    faults: list[str] = []
    degrees = _outlines(gpd.GeoSeries(geometries, crs=crs), faults)
    degrees.setflags(write=False)
    return None if faults else degrees


def _outlines(
    districts: gpd.GeoDataFrame | gpd.GeoSeries, faults: list[str]
) -> NDArray[np.object_]:
    geometries = np.asarray(districts.geometry.array)
    missing = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    if missing.any():
        faults.append(
            f"districts, geometry: nothing at {rows(districts, missing)}; "
            "expected polygons, drop these rows or give them an outline"
        )
    areal = np.isin(
        shapely.get_type_id(geometries), [GeometryType.POLYGON, GeometryType.MULTIPOLYGON]
    )
    if (~areal & ~missing).any():
        faults.append(
            f"districts, geometry: no polygon at {rows(districts, ~areal & ~missing)}; "
            "expected polygons or multipolygons only"
        )
    flat = _without_area(geometries)
    if flat.any():
        faults.append(
            f"districts, geometry: no area at {rows(districts, flat)}; expected outlines whose "
            "corners do not lie on one line"
        )
    degrees = _to_degrees(districts, "districts", faults)
    _check_range(districts, degrees, ~missing, "districts", faults)
    return degrees


def shapes(
    frame: gpd.GeoDataFrame | gpd.GeoSeries, faults: list[str], *, name: str
) -> NDArray[np.object_]:
    """Return shapes of any kind in WGS84 degrees.

    Parameters
    ----------
    frame : GeoDataFrame or GeoSeries
        In any CRS; some may be missing or empty.
    faults : list of str
        Takes what is wrong.
    name : str
        What faults call the frame.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        Only to be used when no fault was added.
    """
    if not _has_geometry(frame, name, faults):
        return np.empty(0, dtype=object)
    geometries = np.asarray(frame.geometry.array)
    degrees = _to_degrees(frame, name, faults)
    present = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    _check_range(frame, degrees, present, name, faults)
    return degrees


def locations(
    sites: gpd.GeoDataFrame, faults: list[str], *, name: str = "sites"
) -> NDArray[np.float64]:
    """Return the sites' positions in WGS84 degrees.

    Parameters
    ----------
    sites : GeoDataFrame
        Points in any CRS; a missing or empty geometry is an unlocated site.
    faults : list of str
        Takes what is wrong.
    name : str
        What faults call the frame.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Longitude and latitude; both NaN where a site is unlocated.
        Only to be used when no fault was added.
    """
    if not _has_geometry(sites, name, faults):
        return np.empty((0, 2))
    nowhere = np.full((len(sites), 2), np.nan)
    geometries = np.asarray(sites.geometry.array)
    points = shapely.get_type_id(geometries) == GeometryType.POINT
    located = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    if (located & ~points).any():
        faults.append(
            f"{name}, geometry: no point at {rows(sites, located & ~points)}; expected points "
            "only, see GeoSeries.representative_point"
        )
    # points_from_xy makes "POINT (nan nan)" of an empty cell: not located, but no fault.
    located &= points & ~_nan_points(geometries)
    if not located.any():
        return nowhere
    degrees = _to_degrees(sites, name, faults)
    _check_range(sites, degrees, located, name, faults)
    nowhere[located] = shapely.get_coordinates(degrees[located])
    return nowhere


def _without_area(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which polygons have collapsed; a bowtie, whose halves cancel out, has not."""
    flat = np.asarray(
        (shapely.area(geometries) == 0)
        & ~shapely.is_empty(geometries)
        & (shapely.get_dimensions(geometries) == 2)
    )
    flat[flat] = shapely.area(shapely.make_valid(geometries[flat])) == 0
    return flat


def _nan_points(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    absent = np.zeros(len(geometries), dtype=bool)
    absent[owner[np.isnan(coordinates).all(axis=1)]] = True
    return absent


def _has_geometry(frame: object, name: str, faults: list[str]) -> bool:
    if isinstance(frame, gpd.GeoSeries) or (
        isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None
    ):
        return True
    faults.append(
        f"{name}: expected a GeoDataFrame with a geometry column, got {type(frame).__name__}; "
        "see geopandas.GeoDataFrame(..., geometry=..., crs=...)"
    )
    return False


def _to_degrees(
    frame: gpd.GeoDataFrame | gpd.GeoSeries, name: str, faults: list[str]
) -> NDArray[np.object_]:
    if frame.crs is None:
        faults.append(
            f"{name}: the frame has no CRS, so its coordinates could mean anything; "
            "say what they are with set_crs, for example set_crs('EPSG:4326')"
        )
        return np.asarray(frame.geometry.array)
    try:
        return np.asarray(frame.geometry.to_crs(WGS84).array)
    except ProjError as error:
        faults.append(f"{name}: no way from the CRS {frame.crs.name!r} to WGS84 ({error})")
        return np.asarray(frame.geometry.array)


def _check_range(
    frame: gpd.GeoDataFrame | gpd.GeoSeries,
    degrees: NDArray[np.object_],
    present: NDArray[np.bool_],
    name: str,
    faults: list[str],
) -> None:
    if frame.crs is None:
        return
    bounds = shapely.bounds(degrees)
    # NaN fails the comparison, so it counts as out of range.
    beyond = np.asarray(~(np.abs(bounds) <= (180.0, 90.0, 180.0, 90.0)).all(axis=1))
    coordinates, owner = shapely.get_coordinates(degrees, return_index=True)
    # Bounds pass over a single NaN among the vertices.
    beyond[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    if (beyond & present).any():
        faults.append(
            f"{name}, geometry: outside longitude -180 to 180 and latitude -90 to 90 at "
            f"{rows(frame, beyond & present)}; expected longitude first, then latitude, and the "
            "CRS that the coordinates are in"
        )


def rows(frame: pd.DataFrame | pd.Series, chosen: NDArray[np.bool_]) -> str:
    """Return chosen rows by their labels, as a fault names them; the first ten of many."""
    labels = frame.index[chosen]
    named = ", ".join(str(label) for label in labels[:NAMED_ROWS])
    more = f" and {len(labels) - NAMED_ROWS:,} more" if len(labels) > NAMED_ROWS else ""
    return f"{'row' if len(labels) == 1 else 'rows'} {named}{more}"

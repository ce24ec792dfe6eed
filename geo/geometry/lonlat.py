"""Geometries as files hold them: longitude and latitude, nothing where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

CRS84 = "OGC:CRS84"


def with_empty_points(places: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return places with an empty point where there is none, as the catalogue has them."""
    shapes = np.asarray(places.array)
    shapes[shapely.is_missing(shapes)] = shapely.Point()
    return gpd.GeoSeries(shapes, index=places.index, crs=places.crs)


def lonlat(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the geometries of a frame in degrees, longitude first.

    Parameters
    ----------
    frame : GeoDataFrame
        Geometries in any CRS that has one.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        WGS84 (OGC:CRS84), outer rings counter-clockwise; ``None`` where a geometry is missing,
        empty or not finite.

    Raises
    ------
    InputError
        For a missing CRS, unless nothing is located.
    """
    shapes = np.asarray(frame.geometry.array).copy()
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if not absent.all():
        if frame.crs is None:
            raise InputError(
                "the frame has no CRS, so its coordinates could mean anything; say what they are "
                "with set_crs, for example set_crs('EPSG:4326')"
            )
        shapes = np.asarray(frame.geometry.to_crs(CRS84).array).copy()
    absent |= ~_finite(shapes)
    shapes[absent] = None
    return np.asarray(shapely.orient_polygons(shapes))


def pieces(frame: gpd.GeoDataFrame, size: int) -> Iterator[NDArray[np.object_]]:
    """Return the same piece by piece, `size` geometries each, the first one even of no rows.

    Raises
    ------
    InputError
        For a missing CRS, unless nothing is located.
    """
    places = frame[[frame.active_geometry_name]]
    for start in range(0, max(len(places), 1), size):
        yield lonlat(places.iloc[start : start + size])


def _finite(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    finite = np.ones(len(shapes), dtype=bool)
    finite[owner[~np.isfinite(coordinates).all(axis=1)]] = False
    return finite

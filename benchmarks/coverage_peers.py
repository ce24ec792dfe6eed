"""Other ways to measure coverage: the peer, and what both are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALBERS: Final = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +ellps=WGS84 +units=m"
SIDES: Final = 512
"""Of a disc of the reference, each vertex of which is a geodesic."""

EDGE_DEG: Final = 0.005
"""Longest edge of an outline that the reference takes to be straight in its plane."""


def exploded_overlay(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, radius_m: float
) -> pd.Series:
    """Return shares by GeoPandas: buffer, union_all, the union's parts, overlay; in one plane."""
    points, polygons = sites.to_crs(ALBERS), districts.to_crs(ALBERS)
    union = gpd.GeoSeries([points.buffer(radius_m).union_all()], crs=ALBERS)
    discs = gpd.GeoDataFrame(geometry=union.explode(ignore_index=True))
    label = polygons.index.name
    cut = gpd.overlay(polygons.reset_index(), discs, how="intersection")
    covered = cut.area.groupby(cut[label]).sum().reindex(polygons.index, fill_value=0.0)
    return covered / polygons.area


def reference(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, radius_m: float) -> pd.Series:
    """Return shares from geodesic discs with the area of round ones, in a plane of each district's.

    The plane keeps areas, and nothing is measured in it but these. Nothing of the project takes
    part. Slow.
    """
    discs = _discs(shapely.get_coordinates(np.asarray(sites.geometry)), radius_m)
    near = shapely.STRtree(discs)
    shares = []
    for polygon in districts.geometry:
        west, south, east, north = polygon.bounds
        crs = f"+proj=laea +lon_0={(west + east) / 2} +lat_0={(south + north) / 2} +ellps=WGS84"
        shapes = [shapely.segmentize(polygon, EDGE_DEG), *discs[near.query(polygon)]]
        outline, *round_ = _flat(np.asarray(shapes, dtype=object), crs)
        shares.append(outline.intersection(shapely.union_all(round_)).area / outline.area)
    return pd.Series(shares, index=districts.index)


def _flat(shapes: NDArray[np.object_], crs: str) -> NDArray[np.object_]:
    plane = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return np.asarray(
        shapely.transform(shapes, lambda lonlat: np.column_stack(plane.transform(*lonlat.T)))
    )


def _discs(lonlat: NDArray[np.float64], radius_m: float) -> NDArray[np.object_]:
    # A polygon is smaller than the circle it is drawn in.
    reach = radius_m * np.sqrt(np.pi / (SIDES / 2 * np.sin(2 * np.pi / SIDES)))
    start = np.repeat(lonlat, SIDES, axis=0)
    azimuths = np.tile(np.arange(SIDES) * (360 / SIDES), len(lonlat))
    lon, lat, _ = pyproj.Geod(ellps="WGS84").fwd(
        start[:, 0], start[:, 1], azimuths, np.full(len(start), reach)
    )
    return np.asarray(shapely.polygons(np.stack([lon, lat], axis=-1).reshape(-1, SIDES, 2)))

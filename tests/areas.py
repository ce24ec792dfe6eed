"""Areas that somebody brings in place of districts, made up, and what a program finds by them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

if TYPE_CHECKING:
    import pandas as pd

CRS = "EPSG:4326"


def of_wuhan(crs: int | str = CRS) -> gpd.GeoDataFrame:
    """Five areas over the middle of Wuhan: two of them overlap, a hole lies between others."""
    ring = shapely.box(114.2, 30.5, 114.4, 30.7) - shapely.box(114.28, 30.56, 114.32, 30.6)
    shapes = [
        ring,
        shapely.box(114.4, 30.5, 114.5, 30.7),
        shapely.box(114.2, 30.3, 114.35, 30.5),
        shapely.box(114.34, 30.3, 114.6, 30.5),
        shapely.box(114.6, 30.9, 114.7, 31.0),
    ]
    frame = gpd.GeoDataFrame(
        {
            "片区": ["江北片", "青山片", "汉阳片", "光谷片", "远郊片"],
            "常住人口（万人）": [120.5, 40, 60, 90, None],
            "面积（公顷）": [40_000, 20_000, None, 55_000, 10_000],
        },
        geometry=shapes,
        crs=CRS,
    )
    return frame.to_crs(crs)


def geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Return areas as a file."""
    return str(frame.to_crs(CRS).to_json()).encode()


def geopackage(frame: gpd.GeoDataFrame) -> bytes:
    """Return areas as a file that states its CRS."""
    file = io.BytesIO()
    frame.to_file(file, driver="GPKG", layer="areas")
    return file.getvalue()


def first_holding(points: gpd.GeoSeries, areas: gpd.GeoDataFrame, names: str) -> pd.Series:
    """Return the name of the area that holds each point, the first by name; by geopandas alone."""
    places = gpd.GeoDataFrame(geometry=points)
    joined = places.sjoin(areas[[names, "geometry"]], predicate="intersects")
    return joined.sort_values(names).groupby(level=0)[names].first().reindex(points.index)

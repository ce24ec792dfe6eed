"""Toy districts and sites, small enough to reckon by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

CRS = "EPSG:4326"

Position = tuple[float, float]


def sites(
    positions: Sequence[Position | None], *, precision: str = "building", **columns: object
) -> gpd.GeoDataFrame:
    points = [shapely.Point() if at is None else shapely.Point(at) for at in positions]
    table = pd.DataFrame({"precision": [precision] * len(points), **columns})
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, crs=CRS))


def districts(
    boxes: Mapping[Hashable, tuple[float, float, float, float]], **columns: object
) -> gpd.GeoDataFrame:
    """Districts from west, south, east, north."""
    outlines = [shapely.box(*box) for box in boxes.values()]
    return gpd.GeoDataFrame(columns, index=pd.Index(list(boxes)), geometry=outlines, crs=CRS)


def quarters() -> gpd.GeoDataFrame:
    """Four districts of 0.1 by 0.1 degrees that meet at (121.5, 31.2)."""
    return districts(
        {
            "310101": (121.4, 31.1, 121.5, 31.2),
            "310104": (121.5, 31.1, 121.6, 31.2),
            "310105": (121.4, 31.2, 121.5, 31.3),
            "310106": (121.5, 31.2, 121.6, 31.3),
        }
    )


def positions(*, min_size: int = 0, max_size: int = 12) -> st.SearchStrategy[list[Position]]:
    """Places in and around the four quarters, corners and borders among them."""
    lon = st.one_of(st.sampled_from([121.4, 121.5, 121.6]), st.floats(121.35, 121.65))
    lat = st.one_of(st.sampled_from([31.1, 31.2, 31.3]), st.floats(31.05, 31.35))
    return st.lists(st.tuples(lon, lat), min_size=min_size, max_size=max_size)

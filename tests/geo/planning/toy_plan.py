"""A made-up region of four quarters with residents, and questions to ask about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from geo.planning.question import CANDIDATES, MODELS, Question
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd

RESIDENTS = [40_000, 0, 9_000, math.nan]
"""Of the quarters: one has nobody, of one nobody knows."""


def region() -> gpd.GeoDataFrame:
    quarters = toy.quarters().assign(population=RESIDENTS)
    middle = quarters.to_crs("EPSG:32651").centroid.to_crs(toy.CRS)
    return quarters.assign(lon=middle.x, lat=middle.y)


OF_A_NUMBER = [model for model in MODELS if model != "fewest"]
"""Models that are asked for so many sites."""


def questions(*, most: int = 4) -> st.SearchStrategy[Question]:
    return st.builds(
        Question,
        model=st.sampled_from(OF_A_NUMBER),
        p=st.integers(0, most),
        radius_m=st.sampled_from([1000.0, 2500.0, 6000.0]),
        candidates=st.sampled_from(CANDIDATES),
    )

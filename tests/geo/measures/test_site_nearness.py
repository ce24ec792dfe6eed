"""The nearest-neighbour index of sites: of their places, in metres, and why there is none."""

import geopandas as gpd
import hypothesis
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.geometry import projection
from geo.measures import point_pattern
from geo.measures.emptiness import Empty
from geo.measures.site_nearness import nearness

BOX = gpd.GeoDataFrame(geometry=[shapely.box(121, 31, 122, 32)], crs="EPSG:4326")


def sites(lonlat: np.ndarray, precision: object = "building") -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"precision": precision}, geometry=shapely.points(lonlat), index=range(len(lonlat)),
        crs="EPSG:4326",
    )  # fmt: skip


@hypothesis.settings(max_examples=10)
@given(st.integers(3, 40), st.integers(0, 2**16))
def test_it_is_that_of_the_places_in_metres_whatever_is_stacked_or_vague(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lonlat = rng.uniform((121.1, 31.1), (121.9, 31.9), (n, 2))
    plane = projection.laea(121.5, 31.5)
    expected = point_pattern.nearest_neighbour(np.column_stack(plane.transform(*lonlat.T)), 1e10)
    every = sites(
        np.concatenate([lonlat, lonlat[:2], [[121.5, 31.5], [120.5, 31.5]]]),
        [*["building"] * (n + 2), "district", "building"],
    )
    found = nearness(every, BOX, area_km2=1e4)
    assert tuple(found.nearest) == pytest.approx(tuple(expected), rel=1e-3)
    assert (found.places, found.empty) == (n, None)
    assert (found.outside, found.basis) == (1, (n + 4, n + 2, 1, 0))


@pytest.mark.parametrize(
    ("lonlat", "area", "empty"),
    [
        ([[121.2, 31.2], [121.4, 31.2]], 1e4, Empty.TOO_FEW),
        ([[121.2, 31.2]] * 4, 1e4, Empty.ONE_PLACE),
        ([[121.2, 31.2], [121.4, 31.2], [121.6, 31.3]], 0.0, Empty.NO_AREA),
        (np.empty((0, 2)), 1e4, Empty.TOO_FEW),
    ],
)
def test_where_there_is_none_the_reason_stands(
    lonlat: list[list[float]], area: float, empty: Empty
) -> None:
    found = nearness(sites(np.asarray(lonlat, dtype=float)), BOX, area_km2=area)
    assert found.empty == empty
    assert np.isnan(found.nearest.ratio)

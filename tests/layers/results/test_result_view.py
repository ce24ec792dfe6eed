from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.results import result_view
from tests.layers import toy_region

if TYPE_CHECKING:
    from layers.ground.inset import Window

LON = st.floats(73, 136)
LAT = st.floats(3, 54)
KM_PER_DEGREE = 111.2


def size_km(window: Window) -> tuple[float, float]:
    middle = math.radians((window.south + window.north) / 2)
    width = (window.east - window.west) * KM_PER_DEGREE * math.cos(middle)
    return width, (window.north - window.south) * KM_PER_DEGREE


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=30))
def test_every_result_lies_in_the_window_and_it_is_two_kilometres_wide(
    points: list[tuple[float, float]],
) -> None:
    lon, lat = np.array(points).T
    window = result_view.result_window(lon, lat)
    assert window is not None
    assert window.contains(lon, lat).all()
    assert min(size_km(window)) >= result_view.LEAST_KM - 1e-6


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=10))
def test_the_corners_are_rounded_outwards(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    corners = result_view.corners(result_view.result_window(lon, lat))
    assert corners is not None
    (south, west), (north, east) = corners
    assert west <= lon.min()
    assert east >= lon.max()
    assert south <= lat.min()
    assert north >= lat.max()


def test_a_result_far_from_the_others_is_not_left_outside() -> None:
    window = result_view.result_window([121.4] * 50 + [121.9], [31.2] * 50 + [31.7])
    assert window is not None
    assert window.east >= 121.9


def test_results_without_a_position_decide_nothing() -> None:
    some = result_view.result_window([121.4, np.nan, np.inf], [31.2, 30.0, np.nan])
    assert some == result_view.result_window([121.4], [31.2])


@pytest.mark.parametrize("lon", [[], [np.nan]])
def test_where_nothing_has_a_position_there_is_no_window(lon: list[float]) -> None:
    assert result_view.result_window(lon, lon) is None
    assert result_view.result_window(lon, lon, place=(121.4, 31.2, 3000.0)) is None
    assert result_view.corners(None) is None


def test_the_circle_of_a_place_lies_in_the_window() -> None:
    window = result_view.result_window([121.5], [31.2], place=(121.4, 31.2, 5000.0))
    assert window is not None
    circle = gpd.GeoSeries([shapely.Point(121.4, 31.2)], crs=4326).to_crs(32651).buffer(4990)
    west, south, east, north = circle.to_crs(4326).total_bounds
    assert window.contains([west, east], [south, north]).all()


@given(st.lists(st.tuples(LON, LAT), max_size=30))
def test_differences_add_up_to_the_positions(points: list[tuple[float, float]]) -> None:
    frame = gpd.GeoDataFrame(
        {"id": [f"s{i}" for i in range(len(points))]},
        geometry=[shapely.Point(p) for p in points],
        crs="EPSG:4326",
    )
    steps = np.array(result_view.compact(frame), dtype=float)
    found = np.cumsum(steps, axis=1).T * result_view.UNIT
    wanted = np.unique(np.round(np.reshape(points, (-1, 2)), 5), axis=0)
    assert len(found) <= len(points)
    assert np.allclose(np.unique(np.round(found, 5), axis=0), wanted, atol=1.01e-5)


def test_others_are_neither_results_nor_without_a_position() -> None:
    every = toy_region.sites()
    results = every.iloc[:2]
    assert [len(part) for part in result_view.compact(every, besides=results)] == [3, 3]
    assert result_view.compact(every, besides=every) == [[], []]
    assert result_view.compact(None) == [[], []]


def test_rings_are_written_with_their_escaped_words() -> None:
    rings = result_view.Rings(lon=121.4737001, lat=31.2, radii={1000: "1 km", 3000: "<3>"})
    assert result_view.placed(rings) == [
        121.4737,
        31.2,
        [[1000.0, "1 km"], [3000.0, "&lt;3&gt;"]],
    ]


def test_shifts_are_lines_from_before_to_after_of_what_moved() -> None:
    before = np.array([[114.3, 30.5], [114.4, 30.6], [np.nan, np.nan], [114.5, 30.7]])
    after = np.array([[114.31, 30.49], [114.4, 30.6], [114.0, 30.0], [np.nan, np.nan]])
    assert result_view.shifts(before, after) == [[11430000], [3050000], [1000], [-1000]]
    assert result_view.shifts(None, None) is None

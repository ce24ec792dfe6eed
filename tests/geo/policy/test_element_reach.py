from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo.policy import element_reach, layouts

GUANGDONG = layouts.layout("gd-2023-plan")


def places(**at: tuple[float, float]) -> gpd.GeoDataFrame:
    points = [shapely.Point(each) for each in at.values()]
    return gpd.GeoDataFrame(index=list(at), geometry=points, crs="EPSG:4326")


def test_a_place_within_an_element_is_no_way_from_it() -> None:
    found = element_reach.distances(GUANGDONG, places(canton=(113.26, 23.13), sea=(113.0, 20.0)))
    assert found["canton"]["guangzhou"] == 0
    assert found["canton"]["shenzhen"] == pytest.approx(66_800, abs=500)
    assert found["sea"].min() > 100_000


def test_what_has_no_place_of_its_own_has_no_distance() -> None:
    shanghai = layouts.layout("sh-2021-meeting")
    located = {
        each.id
        for each in shanghai.elements
        if not shapely.is_empty(layouts.geometry(shanghai, each))
    }
    found = element_reach.distances(shanghai, places(bund=(121.49, 31.24)))
    assert set(found.index) == located


def test_a_point_is_as_far_as_it_is_on_the_ground() -> None:
    shanghai = layouts.layout("sh-2021-meeting")
    point = next(each for each in shanghai.elements if each.id == "qingpu").extent.point
    assert point is not None
    north = places(A=(point.lon, point.lat + 0.009), B=(point.lon, point.lat + 0.05))
    table = element_reach.distances(shanghai, north)
    assert [table[each]["qingpu"] for each in "AB"] == pytest.approx([998, 5544], abs=5)


def test_without_places_there_are_no_distances() -> None:
    assert element_reach.distances(GUANGDONG, places()).shape[1] == 0

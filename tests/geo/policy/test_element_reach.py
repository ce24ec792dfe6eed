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
    found = element_reach.nearest_places(
        GUANGDONG, places(canton=(113.26, 23.13), sea=(113.0, 20.0))
    )
    assert found.loc["guangzhou", "place"] == "canton"
    assert found.loc["guangzhou", "metres"] == 0
    assert 50e3 < found.loc["shenzhen", "metres"] < 90e3


def test_what_has_no_place_of_its_own_is_near_to_nothing() -> None:
    shanghai = layouts.layout("sh-2021-meeting")
    located = {
        each.id for each in shanghai.elements if not layouts.geometry(shanghai, each).is_empty
    }
    found = element_reach.nearest_places(shanghai, places(bund=(121.49, 31.24)))
    assert set(found.index) == located


def test_a_point_is_as_far_as_it_is_on_the_ground() -> None:
    shanghai = layouts.layout("sh-2021-meeting")
    point = next(each for each in shanghai.elements if each.id == "qingpu").extent.point
    assert point is not None
    north = places(A=(point.lon, point.lat + 0.009), B=(point.lon, point.lat + 0.05))
    row = element_reach.nearest_places(shanghai, north).loc["qingpu"]
    assert row["place"] == "A"
    assert row["metres"] == pytest.approx(998, abs=3)


def test_without_places_nothing_is_near() -> None:
    found = element_reach.nearest_places(GUANGDONG, places())
    assert found["place"].isna().all()
    assert found["metres"].isna().all()

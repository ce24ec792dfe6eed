from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo import clusters
from geo.measures import cluster_profiles
from geo.policy import cluster_naming
from tests.geo import toy
from tests.geo.toy_layout import element, layout

if TYPE_CHECKING:
    import geopandas as gpd

# 1 degree of longitude is 95 km here: a cluster 800 m long, in the quarter 310104 of a city.
LON, LAT = 121.55, 31.15
SITES = toy.sites([(LON + at * 0.002, LAT) for at in range(5)], id=list("abcde"))


def profiles() -> gpd.GeoDataFrame:
    districts = toy.quarters().assign(city_adcode="310000")
    return cluster_profiles.profiles(clusters.clusters(SITES), SITES, districts)


def reasons(*elements: dict[str, Any]) -> list[tuple[str, str]]:
    plan = layout(*elements)
    named = cluster_naming.named_by(profiles(), known={plan.id: plan})
    return [(each.element.id, each.reason) for each in named.loc[1]]


def point(lon: float, lat: float = LAT, precision: str = "building") -> dict[str, Any]:
    return {"point": {"lon": lon, "lat": lat, "precision": precision}}


def test_what_names_a_site_comes_before_its_place_district_and_city() -> None:
    assert reasons(
        element("city", "core", {"districts": ["310000"]}),
        element("district", "node", {"districts": ["310104", "310101"]}),
        element("place", "carrier", point(LON)),
        element("site", "carrier", {"unpublished": True}, sites=["b", "x"]),
        element("elsewhere", "node", {"districts": ["310105"]}),
        element("nowhere", "carrier", {"unpublished": True}),
    ) == [("site", "site"), ("place", "place"), ("district", "district"), ("city", "city")]


@pytest.mark.parametrize(
    ("extent", "reason"),
    [
        # The outline ends 250 m west of the first site.
        (point(LON - 0.0025), ["place"]),
        (point(LON - 0.0028), ["near"]),
        (point(LON - 0.0033), []),
        (point(LON - 0.0070, precision="street"), ["near"]),
        (point(LON - 0.0330, precision="district"), ["near"]),
        (point(LON - 0.0350, precision="district"), []),
    ],
)
def test_a_point_names_what_it_may_lie_on(extent: dict[str, Any], reason: list[str]) -> None:
    assert [why for _, why in reasons(element("point", "carrier", extent))] == reason


def test_an_axis_names_what_lies_within_5_km_and_an_area_what_it_meets() -> None:
    def axis(lat: float) -> dict[str, Any]:
        return {"axis": [(121.41, lat), (121.59, lat)]}

    def area(west: float) -> dict[str, Any]:
        return {"outline": [(west, 31.12), (121.41, 31.12), (121.41, 31.18), (west, 31.18)]}

    near, far = axis(LAT + 0.045), axis(LAT + 0.049)  # 1 degree of latitude is 111 km
    assert reasons(
        element("near", "corridor", near),
        element("far", "corridor", far),
        element("over", "zone", area(121.552)),
        element("beside", "zone", area(121.545)),
    ) == [("near", "place"), ("over", "place")]


def test_what_repeats_the_districts_of_another_names_no_place() -> None:
    core = element("core", "core", {"districts": ["310000"]})
    assert reasons(core, element("candidate", "candidate", {"districts": ["310000"]})) == [
        ("core", "city")
    ]


def test_of_no_clusters_nothing_is_named() -> None:
    assert cluster_naming.named_by(profiles().iloc[:0]).empty

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo import boundaries, catalog
from geo.errors import InputError
from geo.measures import pair_test
from tests.geo import toy

if TYPE_CHECKING:
    from numpy.typing import NDArray

METRES = "EPSG:32651"
EAST, NORTH = 350_000, 3_450_000
PATTERNS = 200


def halves() -> gpd.GeoDataFrame:
    """Two districts of 5 by 10 km."""
    boxes = [
        shapely.box(west, NORTH, west + 5_000, NORTH + 10_000) for west in (EAST, EAST + 5_000)
    ]
    return gpd.GeoDataFrame(index=["west", "east"], geometry=boxes, crs=METRES)


def sites_at(xy: NDArray[np.float64]) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(*np.add(xy, (EAST, NORTH)).T)
    table = pd.DataFrame({"precision": ["building"] * len(xy)})
    return gpd.GeoDataFrame(table, geometry=points, crs=METRES)


def test_a_district_that_has_more_is_no_cluster_in_it() -> None:
    rng = np.random.default_rng(4)
    xy = np.concatenate(
        [rng.uniform(0, (5_000, 10_000), (90, 2)), rng.uniform((5_000, 0), 10_000, (10, 2))]
    )
    found = pair_test.pair_test(sites_at(xy), halves())
    assert found.in_region.p == 0.005
    assert found.in_districts.p > 0.05
    assert found.in_districts.low <= found.pairs <= found.in_districts.high
    assert found.in_districts.mean > 1.4 * found.in_region.mean
    assert found.empty is None
    planted = np.concatenate([xy[:70], rng.uniform(2_000, 3_000, (20, 2)), xy[90:]])
    assert pair_test.pair_test(sites_at(planted), halves()).in_districts.p == 0.005


def test_neither_order_nor_names_matter_and_stacked_sites_are_one_place() -> None:
    xy = np.random.default_rng(5).uniform(0, 10_000, (40, 2))
    found = pair_test.pair_test(sites_at(xy), halves(), simulations=19)
    renamed = halves().iloc[::-1].set_axis(["a", "b"])
    assert pair_test.pair_test(sites_at(xy[::-1]), renamed, simulations=19) == found
    stacked = pair_test.pair_test(sites_at(np.repeat(xy, 3, axis=0)), halves(), simulations=19)
    assert stacked[:4] == found[:4]
    assert stacked.basis.used == 120


def test_what_it_rests_on() -> None:
    near = [(121.41 + at / 100, 31.15) for at in range(12)]
    sites = pd.concat(
        [
            toy.sites(near),
            toy.sites([(130.0, 31.15), (131.0, 31.15)]),
            toy.sites(near[:3], precision="district"),
            toy.sites([None], precision="none"),
        ],
        ignore_index=True,
    )
    found = pair_test.pair_test(sites, toy.quarters(), simulations=9)
    assert found.pairs == 11
    assert (found.places, found.outside) == (12, 2)
    assert found.basis == (18, 12, 3, 1)
    assert found.basis.share == pytest.approx(12 / 18)


def test_chance_is_found_no_more_often_than_the_level_says() -> None:
    patterns = np.random.default_rng(13).uniform(0, 10_000, (PATTERNS, 30, 2))
    sites, districts = (
        each.to_crs(toy.CRS) for each in (sites_at(patterns.reshape(-1, 2)), halves())
    )
    found = [
        pair_test.pair_test(sites[at : at + 30], districts, simulations=19, seed=at)
        for at in range(0, len(sites), 30)
    ]
    # 3 standard errors of a share of 0.05 among 200.
    limit = 0.05 + 3 * math.sqrt(0.05 * 0.95 / PATTERNS)
    assert np.mean([each.in_region.p <= 0.05 for each in found]) <= limit
    assert np.mean([each.in_districts.p <= 0.05 for each in found]) <= limit


@pytest.mark.parametrize(
    ("at", "reason"),
    [([], "too_few"), ([(121.45, 31.15)], "too_few"), ([(121.45, 31.15)] * 12, "one_place")],
)
def test_too_few_places_are_compared_with_nothing(at: list[toy.Position], reason: str) -> None:
    found = pair_test.pair_test(toy.sites(at), toy.quarters())
    assert found.empty == reason
    assert found.pairs == 0
    assert np.isnan([*found.in_districts, *found.in_region]).all()


def test_the_catalogue() -> None:
    found = pair_test.pair_test(
        catalog.sites("shanghai"), boundaries.districts("shanghai"), simulations=39
    )
    assert found.in_districts.p == found.in_region.p == 0.025
    assert found.pairs > found.in_districts.high > found.in_region.high


def test_every_fault_is_named() -> None:
    with pytest.raises(InputError, match=r"distance_m: found(.|\n)*simulations: found 0"):
        pair_test.pair_test(toy.sites([]), toy.quarters(), distance_m=0, simulations=0)

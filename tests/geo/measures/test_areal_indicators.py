from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measures import (
    areal_indicators,
    areal_units,
    concentration,
    coverage,
    district_profile,
    district_table,
    location_quotient,
    nearest,
)
from geo.measures.indicator_list import AREAL
from tests.geo import toy

if TYPE_CHECKING:
    from geo.measures.areal_indicators import Measured

DISTRICTS = toy.districts(
    {
        f"{row}{column}": (
            121.4 + column / 20, 31.2 + row / 20, 121.45 + column / 20, 31.25 + row / 20
        )
        for row, column in np.ndindex(2, 2)
    }
)  # fmt: skip
SECTORS = ("fashion", "film_tv", "fashion;film_tv", None)


def at_random(n: int, seed: int) -> gpd.GeoDataFrame:
    random = np.random.default_rng(seed)
    points = shapely.points(random.uniform((121.4, 31.2), (121.5, 31.3), size=(n, 2)))
    sectors = pd.array(random.choice(np.array(SECTORS, dtype=object), n), dtype="str")
    given_ = {"precision": "street", "sectors": sectors}
    return gpd.GeoDataFrame(given_, geometry=points, crs="EPSG:4326", index=range(n))


def measured(
    sites: gpd.GeoDataFrame,
    indicator: str,
    *,
    radius_m: float = 1500,
    districts: gpd.GeoDataFrame = DISTRICTS,
) -> Measured:
    found = areal_units.divided(sites, districts)
    return areal_indicators.measured(
        found, sites, districts, indicator=indicator, radius_m=radius_m, family="fas"
    )


@pytest.mark.parametrize("indicator", AREAL)
@given(seed=st.integers(0, 99))
@settings(max_examples=5)
def test_districts_have_what_their_own_measures_say(indicator: str, seed: int) -> None:
    sites = at_random(25, seed)
    table = district_table.table(sites, DISTRICTS, radius_m=1500)
    own = pd.concat(
        [
            table,
            location_quotient.by_district(sites, DISTRICTS, family="fas")["lq"],
            district_profile.profile(sites, DISTRICTS, table=table),
        ],
        axis=1,
    )[AREAL[indicator].column]
    found = measured(sites, indicator)
    assert found.ranks[AREAL[indicator].column].to_numpy() == pytest.approx(
        own.to_numpy(dtype=float), nan_ok=True
    )


@given(seed=st.integers(0, 99), radius_m=st.sampled_from([500.0, 1500.0, 6000.0]))
@settings(max_examples=5)
def test_squares_are_covered_as_the_exact_measure_says(seed: int, radius_m: float) -> None:
    sites = at_random(6, seed)
    found = areal_units.divided(sites, DISTRICTS)
    for division, values in zip(
        found.divisions[1:], measured(sites, "coverage", radius_m=radius_m).values[1:], strict=True
    ):
        assert division.cells is not None
        every = np.arange(len(division.cells.steps))
        outlines = areal_indicators.outlines(division.cells, every)
        exact = coverage.coverage(sites, outlines, radius_m=radius_m)["share"]
        assert values == pytest.approx(exact.to_numpy(), abs=1e-9)


def test_squares_have_the_mix_and_the_distance_of_their_own() -> None:
    sites = at_random(40, 3)
    found = areal_units.divided(sites, DISTRICTS)
    coarse = found.divisions[2]
    assert coarse.cells is not None
    unit = int(np.bincount(coarse.of).argmax())
    inside = sites[coarse.of == unit]["sectors"].dropna().str.split(";")
    pairs = [(code, 1 / len(each)) for each in inside for code in each]
    shares = [sum(part for code, part in pairs if code == name) for name in ("fashion", "film_tv")]
    assert measured(sites, "diversity").values[2][unit] == pytest.approx(
        concentration.diversity(shares)
    )
    lonlat = shapely.get_coordinates(sites.geometry.to_numpy())
    metres = nearest.distances(coarse.cells.lonlat, lonlat)[1][:, 0]
    assert measured(sites, "access").values[2] == pytest.approx(metres / 1000)


def test_quotients_weigh_up_to_one() -> None:
    """The mean of a quotient over the sites that state a sector is 1, however they are cut."""
    sites = at_random(40, 4)
    found = areal_units.divided(sites, DISTRICTS)
    stated = sites["sectors"].notna().to_numpy()
    for division, values in zip(found.divisions, measured(sites, "lq").values, strict=True):
        assert values[division.of[stated]].mean() == pytest.approx(1)


@pytest.mark.parametrize("indicator", AREAL)
def test_without_a_site_nothing_has_a_rank(indicator: str) -> None:
    found = measured(at_random(0, 0), indicator)
    assert found.ranks["rank"].isna().all()


@pytest.mark.parametrize("indicator", AREAL)
def test_a_change_is_the_difference_of_two_ranks(indicator: str) -> None:
    ranks = measured(at_random(12, 5), indicator).ranks
    for size in areal_units.SIZES_M:
        change = ranks["rank"] - ranks[f"rank_{size}m"]
        pd.testing.assert_series_equal(ranks[f"change_{size}m"], change, check_names=False)
    column = ranks[AREAL[indicator].column]
    ranked = column[ranks["rank"].notna()]
    first = column[ranks["rank"] == 1]
    assert first.eq(ranked.min() if indicator == "access" else ranked.max()).all()


def test_what_a_large_district_hides_shows_in_the_ranks() -> None:
    """Three sites in one yard of a wide district are denser there than two apart in a small one."""
    districts = toy.districts(
        {"wide": (121.4, 31.2, 121.6, 31.4), "small": (121.6, 31.2, 121.65, 31.25)}
    )
    points = shapely.points([[121.5, 31.3]] * 3 + [[121.605, 31.21], [121.64, 31.24]])
    yard = gpd.GeoDataFrame(
        {"precision": "street"}, geometry=points, crs="EPSG:4326", index=range(5)
    )
    ranks = measured(yard, "area", districts=districts).ranks
    assert ranks["rank"].to_dict() == {"wide": 2, "small": 1}
    assert ranks["rank_1000m"].to_dict() == {"wide": 1, "small": 2}
    assert ranks["change_1000m"].to_dict() == {"wide": 1, "small": -1}
    assert ranks["per_100_km2_1000m"].to_dict() == {"wide": 300.0, "small": 100.0}


@pytest.mark.parametrize("indicator", AREAL)
@given(seed=st.integers(0, 99))
@settings(max_examples=5)
def test_the_order_of_sites_and_of_districts_does_not_matter(indicator: str, seed: int) -> None:
    sites = at_random(20, seed)
    mixed = measured(sites.sample(frac=1, random_state=seed), indicator, districts=DISTRICTS[::-1])
    pd.testing.assert_frame_equal(measured(sites, indicator).ranks, mixed.ranks[::-1])

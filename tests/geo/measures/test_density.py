from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings

from geo.geometry import projection
from geo.measures import density
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd

INSIDE = {
    "310101": (121.45, 31.15),
    "310104": (121.55, 31.15),
    "310105": (121.45, 31.25),
    "310106": (121.55, 31.25),
}


def facts() -> gpd.GeoDataFrame:
    return toy.quarters().assign(
        area_land_km2=[50.0, 80.0, math.nan, 0.0],
        population=pd.array([200_000, None, 1_000_000, 0], dtype="Int64"),
        population_year=pd.array([2020, None, 2010, 2020], dtype="Int64"),
        population_comparable=[True, True, False, True],
    )


def test_a_table_reckoned_by_hand() -> None:
    stated = ["310101"] * 3 + ["310104"] + ["310105"] * 2
    places = [INSIDE["310101"], None, INSIDE["310101"], None, None, INSIDE["310105"]]
    table = density.density(toy.sites(places, adcode=stated), facts())
    assert table["n"].to_list() == [3, 1, 2, 0]
    assert table["n_located"].to_list() == [2, 0, 1, 0]
    assert table["area_source"].to_list() == ["official", "official", "polygon", "polygon"]
    # 100 * 3 / 50 and 100 * 1 / 80
    assert table["per_100_km2"].to_list()[:2] == [6.0, 1.25]
    # 100,000 * 3 / 200,000
    assert table.loc["310101", "per_100k_residents"] == 1.5
    assert table["per_100k_residents"].isna().to_list() == [False, True, True, True]
    assert table["per_100k_empty"].fillna("").to_list() == [
        "",
        "population_missing",
        "boundary_changed",
        "population_missing",
    ]
    assert table["population_year"].dtype == "Int64"
    assert table.index.equals(facts().index)


def test_without_official_area_the_polygon_counts() -> None:
    frame = toy.quarters()
    table = density.density(toy.sites([INSIDE["310101"]]), frame)
    area = projection.area_km2(frame)
    pd.testing.assert_series_equal(table["area_km2"], area)
    assert table.loc["310101", "per_100_km2"] == pytest.approx(100 / area["310101"], rel=1e-15)
    assert (table["area_source"] == "polygon").all()
    assert (table["per_100k_empty"] == "population_missing").all()
    assert table["population"].isna().all()


def test_no_site_is_a_density_of_zero() -> None:
    table = density.density(toy.sites([]), facts())
    assert table["n"].to_list() == [0, 0, 0, 0]
    assert table["per_100_km2"].to_list() == [0.0, 0.0, 0.0, 0.0]
    assert table.loc["310101", "per_100k_residents"] == 0.0


@pytest.mark.parametrize("population", [0.4, 0, math.nan])
def test_nobody_is_no_figure(population: float) -> None:
    districts = toy.quarters().assign(population=population)
    table = density.density(toy.sites([INSIDE["310101"]]), districts)
    assert table["per_100k_residents"].isna().all()
    assert (table["per_100k_empty"] == "population_missing").all()


def test_parts_of_residents_count_in_the_figure() -> None:
    districts = toy.quarters().assign(population=12.5)
    table = density.density(toy.sites([INSIDE["310101"]] * 2), districts)
    assert table.loc["310101", "per_100k_residents"] == 16_000
    assert (table["population"] == 12).all()


def test_districts_served() -> None:
    table = density.density(toy.sites([INSIDE["310101"], INSIDE["310101"]]), toy.quarters())
    assert density.districts_served(table) == 0.25
    assert math.isnan(density.districts_served(table.iloc[:0]))


def test_any_polygons_with_any_labels() -> None:
    frame = toy.quarters().reset_index(drop=True).to_crs("EPSG:32651")
    table = density.density(toy.sites([INSIDE["310106"]]), frame)
    assert table["n"].to_list() == [0, 0, 0, 1]


def test_frames_are_left_as_they_were() -> None:
    sites, districts = toy.sites([INSIDE["310101"]]), facts()
    before = sites.copy(deep=True), districts.copy(deep=True)
    density.density(sites, districts)
    assert sites.equals(before[0])
    assert districts.equals(before[1])


@settings(max_examples=40)
@given(positions=toy.positions())
def test_a_part_of_the_districts_has_the_same_rows(positions: list[toy.Position]) -> None:
    # The border between the part and the rest is left out: a point on it changes hands.
    sites = toy.sites([at for at in positions if at[0] != 121.5])
    whole = density.density(sites, facts())
    part = ["310104", "310106"]
    pd.testing.assert_frame_equal(density.density(sites, facts().loc[part]), whole.loc[part])

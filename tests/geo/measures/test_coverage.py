from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.geometry import projection
from geo.measures import coverage
from tests.geo import toy

if TYPE_CHECKING:
    import random

RADII = st.floats(100.0, 20_000.0)
EXAMPLES = settings(max_examples=40)


def share(positions: list[toy.Position], radius_m: float) -> pd.Series:
    return coverage.coverage(toy.sites(positions), toy.quarters(), radius_m=radius_m)["share"]


# --- laws ---------------------------------------------------------------------------------------


@EXAMPLES
@given(positions=toy.positions(), added=toy.positions(), radius_m=RADII)
@example(positions=[(121.4, 31.1)], added=[(121.6, 31.1)], radius_m=9536.0)
def test_share_never_falls_when_sites_are_added(
    positions: list[toy.Position], added: list[toy.Position], radius_m: float
) -> None:
    before = share(positions, radius_m).fillna(0.0)
    after = share(positions + added, radius_m).fillna(0.0)
    # Where two discs merge, an edge gets a vertex; projected it follows the edge's bow (< 1 m)
    # that a straight edge cuts off, far below the error that is allowed (1e-4).
    assert (after >= before - 1e-7).all()


@EXAMPLES
@given(positions=toy.positions(), radii=st.tuples(RADII, RADII))
def test_share_never_falls_when_the_radius_grows(
    positions: list[toy.Position], radii: tuple[float, float]
) -> None:
    small, large = (share(positions, radius_m).fillna(0.0) for radius_m in sorted(radii))
    assert (large >= small - 1e-9).all()


@EXAMPLES
@given(positions=toy.positions(), radius_m=RADII)
def test_share_lies_between_zero_and_one(positions: list[toy.Position], radius_m: float) -> None:
    table = coverage.coverage(toy.sites(positions), toy.quarters(), radius_m=radius_m)
    if positions:
        assert table["share"].between(0, 1).all()
        # A disc that only touches a corner has nothing in the district.
        assert (table.loc[table["n_reaching"] == 0, "share"] == 0).all()
    else:
        assert table["share"].isna().all()


@EXAMPLES
@given(
    positions=toy.positions(),
    radius_m=RADII,
    rows=st.sets(st.sampled_from(range(4)), min_size=1),
    shuffle=st.randoms(use_true_random=False),
)
def test_other_rows_order_and_duplicates_do_not_matter(
    positions: list[toy.Position], radius_m: float, rows: set[int], shuffle: random.Random
) -> None:
    whole = coverage.coverage(toy.sites(positions), toy.quarters(), radius_m=radius_m)
    order = list(rows)
    shuffle.shuffle(order)
    part = coverage.coverage(toy.sites(positions), toy.quarters().iloc[order], radius_m=radius_m)
    pd.testing.assert_frame_equal(part, whole.iloc[order], check_exact=True)
    again = positions + positions[:3]
    shuffle.shuffle(again)
    figures = ["share", "covered_km2", "area_km2"]
    other = coverage.coverage(toy.sites(again), toy.quarters(), radius_m=radius_m)
    pd.testing.assert_frame_equal(other[figures], whole[figures], check_exact=True)


def test_a_region_has_the_same_rows_as_the_country(china: gpd.GeoDataFrame) -> None:
    rng = np.random.default_rng(3)
    places = np.column_stack([rng.uniform(120.8, 122.0, 150), rng.uniform(30.6, 31.9, 150)])
    sites = toy.sites(list(map(tuple, places.tolist())))
    region = china.index.str.startswith("31")
    country = coverage.coverage(sites, china, radius_m=3000)
    alone = coverage.coverage(sites, china[region], radius_m=3000)
    pd.testing.assert_frame_equal(alone, country[region], check_exact=True)
    assert country.loc[~region, "share"].max() > 0  # discs reach over the region's border


def test_several_radii_in_one_call_are_those_of_one_each() -> None:
    sites = toy.sites([(121.45, 31.15), (121.52, 31.22)])
    sites["precision"] = ["building", "street"]
    districts = toy.quarters().rename_axis("adcode")
    radii = [3000, 100, 1000.0]
    together = coverage.coverage(sites, districts, radius_m=radii)
    assert together.index.names == ["adcode", "radius_m"]
    assert together.index.to_list() == [(code, r) for code in districts.index for r in radii]
    for radius in radii:
        alone = coverage.coverage(sites, districts, radius_m=radius)
        part = together.loc[together.index.get_level_values("radius_m") == radius]
        part = part.droplevel("radius_m")
        pd.testing.assert_frame_equal(part, alone, check_exact=True)
    for wrong in ([], [1000, 1000], [1000, -1], "3000"):
        with pytest.raises(InputError, match="radius_m"):
            coverage.coverage(sites, districts, radius_m=wrong)  # type: ignore[arg-type]


# --- which sites count --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("radius_m", "n_used"), [(49, 0), (50, 1), (499, 1), (500, 2), (2999, 2), (3000, 3), (9e4, 3)]
)
def test_a_site_counts_from_its_uncertainty_on(radius_m: float, n_used: int) -> None:
    sites = toy.sites([(121.45, 31.15)] * 5)
    sites["precision"] = ["building", "street", "district", "none", None]
    table = coverage.coverage(sites, toy.quarters(), radius_m=radius_m)
    assert (table["n_used"] == n_used).all()
    assert (table["n_sites"] == 5).all()
    assert table["share"].isna().all() == (n_used == 0)
    assert table.loc["310101", "n_reaching"] == n_used


def test_without_a_site_to_use_the_share_is_unknown() -> None:
    for sites in (toy.sites([]), toy.sites([None]), toy.sites([(121.45, 31.15)], precision="none")):
        table = coverage.coverage(sites, toy.quarters(), radius_m=3000)
        assert table[["share", "covered_km2"]].isna().all(axis=None)
        assert (table["n_used"] == 0).all()
        assert (table["area_km2"] > 100).all()


def test_a_district_out_of_reach_has_a_share_of_zero() -> None:
    table = coverage.coverage(toy.sites([(100.0, 31.15)]), toy.quarters(), radius_m=3000)
    assert table["share"].to_list() == [0.0] * 4
    assert table["n_reaching"].to_list() == [0] * 4


@pytest.mark.parametrize("positions", [[(121.5, 31.2)], [(121.45, 31.2), (121.55, 31.2)]])
def test_a_district_within_the_discs_is_covered_whole(positions: list[toy.Position]) -> None:
    table = coverage.coverage(toy.sites(positions), toy.quarters(), radius_m=20_000)
    assert table["share"].to_list() == [1.0] * 4
    assert table["covered_km2"].equals(table["area_km2"].rename("covered_km2"))


def test_sites_across_the_border_reach_in() -> None:
    table = coverage.coverage(toy.sites([(121.49, 31.15)]), toy.quarters(), radius_m=3000)
    assert table["n_reaching"].to_list() == [1, 1, 0, 0]
    assert table["covered_km2"].sum() == pytest.approx(math.pi * 9, rel=1e-5)


def test_a_hole_is_not_covered() -> None:
    ring = shapely.box(121.4, 31.1, 121.6, 31.3) - shapely.box(121.45, 31.15, 121.55, 31.25)
    frame = gpd.GeoDataFrame(index=["a"], geometry=[ring], crs=toy.CRS)
    table = coverage.coverage(toy.sites([(121.5, 31.2)]), frame, radius_m=3000)
    assert table["share"].to_list() == [0.0]


def test_frames_in_other_crs() -> None:
    sites, districts = toy.sites([(121.49, 31.15)]), toy.quarters()
    expected = coverage.coverage(sites, districts, radius_m=3000)
    found = coverage.coverage(
        sites.to_crs("EPSG:3857"), districts.to_crs("EPSG:4490"), radius_m=3000
    )
    pd.testing.assert_frame_equal(found, expected, rtol=1e-8)


def test_self_crossing_outlines_are_mended() -> None:
    bowtie = shapely.Polygon([(121.4, 31.1), (121.6, 31.3), (121.6, 31.1), (121.4, 31.3)])
    frame = gpd.GeoDataFrame(index=["a"], geometry=[bowtie], crs=toy.CRS)
    table = coverage.coverage(toy.sites([(121.43, 31.2)]), frame, radius_m=1000)
    assert table["covered_km2"].item() == pytest.approx(math.pi, rel=1e-5)
    assert table["area_km2"].item() == projection.area_km2(frame)["a"]


def test_an_outline_that_projecting_folds_is_mended_too() -> None:
    # A notch comes so near to the foot that the foot, bowed in the plane, crosses it: by 3 cm.
    def found(gap: float) -> float:
        foot, head = [(121, 31), (121.048, 31)], [(121.048, 31.05), (121, 31.05)]
        notch = [(121.044, 31.05), (121.024, 31 + gap), (121.004, 31.05)]
        outline = shapely.Polygon([*foot, head[0], *notch, head[1]])
        frame = gpd.GeoDataFrame(index=["a"], geometry=[outline], crs=toy.CRS)
        sites = toy.sites([(121.024, 31.01)])
        return float(coverage.coverage(sites, frame, radius_m=3000)["covered_km2"].item())

    assert found(3e-7) == pytest.approx(found(1e-5), rel=1e-3)


def test_frames_are_left_as_they_were() -> None:
    sites, districts = toy.sites([(121.45, 31.15)]), toy.quarters()
    before = sites.copy(deep=True), districts.copy(deep=True)
    coverage.coverage(sites, districts, radius_m=3000)
    assert sites.equals(before[0])
    assert districts.equals(before[1])
    assert not shapely.is_prepared(np.asarray(districts.geometry.array)).any()


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("radius_m", [0, -1, math.nan, math.inf, -math.inf, 0.5, 1e9])
def test_impossible_radius(radius_m: float) -> None:
    with pytest.raises(InputError, match="radius_m"):
        coverage.coverage(toy.sites([(121.45, 31.15)]), toy.quarters(), radius_m=radius_m)


def test_every_fault_is_named_at_once() -> None:
    sites = toy.sites([(121.45, 95.0)], precision="about")
    districts = toy.quarters().set_axis(["a", "a", "b", "c"])
    with pytest.raises(InputError) as caught:
        coverage.coverage(sites, districts, radius_m=-1)
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    for part, line in zip(("latitude", "repeated", "'about'", "radius_m"), lines, strict=True):
        assert part in line


def test_sites_without_precision() -> None:
    sites = toy.sites([(121.45, 31.15)]).drop(columns="precision")
    with pytest.raises(InputError, match="precision='building'"):
        coverage.coverage(sites, toy.quarters(), radius_m=3000)


@pytest.mark.parametrize("sites", [None, 3, "sites"])
def test_sites_that_are_no_frame(sites: object) -> None:
    with pytest.raises(InputError, match=f"sites: expected a GeoDataFrame.*{type(sites).__name__}"):
        coverage.coverage(sites, toy.quarters(), radius_m=3000)  # type: ignore[arg-type]


def test_a_disc_over_the_pole() -> None:
    district = toy.districts({"a": (0, 80, 10, 90)})
    with pytest.raises(InputError, match="pole"):
        coverage.coverage(toy.sites([(5.0, 89.99)]), district, radius_m=3000)


def test_discs_run_on_beyond_the_antimeridian() -> None:
    (disc,) = coverage.geodesic_discs(np.array([[179.99, 0.0]]), radius_m=3000)
    west, _, east, _ = disc.bounds
    assert 179.9 < west < 180 < east < 180.1

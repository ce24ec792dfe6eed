from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import assignment
from tests.geo import toy

CENTRE = (121.5, 31.2)


def test_a_point_inside() -> None:
    found = assignment.assign(toy.sites([(121.45, 31.15), (121.55, 31.25)]), toy.quarters())
    assert found.to_list() == ["310101", "310106"]


@pytest.mark.parametrize(
    ("at", "label"),
    [
        (CENTRE, "310101"),
        ((121.5, 31.15), "310101"),
        ((121.55, 31.2), "310104"),
        ((121.45, 31.2), "310101"),
        ((121.5, 31.25), "310105"),
        ((121.6, 31.3), "310106"),
    ],
)
def test_a_point_on_a_border_belongs_to_the_smaller_label(
    at: tuple[float, float], label: str
) -> None:
    assert assignment.assign(toy.sites([at]), toy.quarters()).to_list() == [label]
    backwards = toy.quarters().iloc[::-1]
    assert assignment.assign(toy.sites([at]), backwards).to_list() == [label]


def test_numbers_as_labels_are_compared_as_numbers() -> None:
    frame = toy.quarters().set_axis([10, 9, 8, 7])
    found = assignment.assign(toy.sites([CENTRE, (0.0, 0.0)]), frame)
    assert found.dtype == "Int64"
    assert found.iloc[0] == 7
    assert found.isna().to_list() == [False, True]


def test_labels_of_several_types() -> None:
    frame = toy.quarters().set_axis(["b", 1, "a", 2])
    assert assignment.assign(toy.sites([CENTRE]), frame).to_list() == [1]


def test_outside_and_unlocated_belong_nowhere() -> None:
    found = assignment.assign(toy.sites([(0.0, 0.0), None]), toy.quarters())
    assert found.isna().all()


def test_a_stated_code_goes_before_the_position() -> None:
    sites = toy.sites([(121.45, 31.15), None], adcode=["310106", "310104"])
    assert assignment.assign(sites, toy.quarters()).to_list() == ["310106", "310104"]


def test_a_stated_code_elsewhere_is_not_replaced_by_the_position() -> None:
    sites = toy.sites([(121.45, 31.15)], adcode=["110101"])
    assert assignment.assign(sites, toy.quarters()).isna().all()


def test_a_site_known_by_its_city_counts_at_city_level_only() -> None:
    sites = toy.sites([None, None], adcode=[None, "310104"], city_adcode="310000")
    city = toy.districts({"310000": (121.4, 31.1, 121.6, 31.3)})
    assert assignment.assign(sites, city).to_list() == ["310000", "310000"]
    assert assignment.assign(sites, toy.quarters()).isna().to_list() == [True, False]


@pytest.mark.parametrize(
    ("stated", "label"),
    [
        ({"city_adcode": "310000"}, "310101"),
        ({"adcode": None, "city_adcode": "310000"}, "310101"),
        ({"adcode": "310000"}, "310101"),
        ({"city_adcode": "110000"}, None),
        ({"adcode": "310112", "city_adcode": "310000"}, None),
        ({"adcode": "310101", "city_adcode": "110000"}, "310101"),
        ({"adcode": "no code"}, None),
    ],
)
def test_the_position_decides_unless_it_contradicts_what_is_stated(
    stated: dict[str, str | None], label: str | None
) -> None:
    sites = toy.sites([(121.45, 31.15)]).assign(**stated)
    assert assignment.assign(sites, toy.quarters()).fillna("").to_list() == [label or ""]


def test_a_site_of_a_district_lies_in_its_city() -> None:
    sites = toy.sites([(121.45, 31.15), (121.45, 31.15), None], adcode=["310112", "110101", None])
    city = toy.districts({"310000": (121.4, 31.1, 121.6, 31.3)})
    assert assignment.assign(sites, city).fillna("").to_list() == ["310000", "", ""]


def test_the_campus_on_hengqin_counts_in_xiangzhou() -> None:
    xiangzhou = toy.districts({"440402": (113.4, 22.1, 113.6, 22.3)})
    sites = toy.sites([None, (113.5, 22.2), (0.0, 0.0)], adcode="440499")
    assert assignment.assign(sites, xiangzhou).to_list() == ["440402"] * 3
    apart = toy.districts(
        {"440402": (113.4, 22.1, 113.5, 22.3), "440499": (113.5, 22.1, 113.6, 22.3)}
    )
    assert assignment.assign(sites, apart).to_list() == ["440499"] * 3


@pytest.mark.parametrize("code", [310106, 310106.0, "310106", " 310106 ", "310106.0"])
def test_codes_as_spreadsheets_leave_them(code: object) -> None:
    sites = toy.sites([None], adcode=[code])
    assert assignment.assign(sites, toy.quarters()).to_list() == ["310106"]


def test_adcodes_as_numbers_in_the_districts() -> None:
    frame = toy.quarters()
    frame.index = frame.index.astype(int)
    sites = toy.sites([None], adcode=["310106"])
    assert assignment.assign(sites, frame).to_list() == [310106]


def test_codes_say_nothing_about_other_polygons() -> None:
    frame = toy.quarters().set_axis(["north", "east", "south", "west"])
    sites = toy.sites([(121.45, 31.15), None], adcode=["310106", "310106"])
    assert assignment.assign(sites, frame).fillna("").to_list() == ["north", ""]


def test_sites_in_another_crs() -> None:
    sites = toy.sites([(121.45, 31.15)]).to_crs("EPSG:3857")
    assert assignment.assign(sites, toy.quarters()).to_list() == ["310101"]


def test_no_sites() -> None:
    assert assignment.assign(toy.sites([]), toy.quarters()).empty


def test_index_of_the_sites_is_kept_even_with_repetitions() -> None:
    sites = toy.sites([CENTRE, None, CENTRE]).set_axis(["x", "y", "x"])
    found = assignment.assign(sites, toy.quarters())
    assert found.index.to_list() == ["x", "y", "x"]
    assert found.name == "district"


def test_faults_of_both_frames_in_one_error() -> None:
    with pytest.raises(InputError) as caught:
        assignment.assign(toy.sites([(0.0, 99.0)]), toy.quarters().set_axis(["a", "a", "b", "c"]))
    assert len(str(caught.value).splitlines()) == 2


@given(positions=toy.positions(), unlocated=st.integers(0, 3))
def test_counts_and_unassigned_make_up_the_sites(
    positions: list[toy.Position], unlocated: int
) -> None:
    sites = toy.sites([*positions, *[None] * unlocated])
    found = assignment.assign(sites, toy.quarters())
    assert found.value_counts().sum() + found.isna().sum() == len(sites)
    inside = [121.4 <= lon <= 121.6 and 31.1 <= lat <= 31.3 for lon, lat in positions]
    assert found.notna().to_list() == inside + [False] * unlocated


@given(positions=toy.positions(), order=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(positions: list[toy.Position], order: object) -> None:
    shuffled = list(range(4))
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    sites = toy.sites(positions)
    expected = assignment.assign(sites, toy.quarters())
    assert assignment.assign(sites, toy.quarters().iloc[shuffled]).equals(expected)
    backwards = assignment.assign(sites.iloc[::-1], toy.quarters())
    assert backwards.iloc[::-1].equals(expected)


def test_agrees_with_geopandas_on_real_districts(china: gpd.GeoDataFrame) -> None:
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(73, 135, 20_000), rng.uniform(18, 53, 20_000)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=toy.CRS)
    joined = gpd.sjoin(points, china[["geometry"]], predicate="within")["adcode"]
    found = assignment.assign(points, china).dropna()
    pd.testing.assert_series_equal(
        found.astype(str), joined.astype(str), check_names=False, check_dtype=False
    )
    assert len(found) > 8_000

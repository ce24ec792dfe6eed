from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given

from geo.errors import InputError
from geo.facts import catalog, sectors
from geo.search import matching
from geo.search.criteria import Criteria
from tests.geo import toy


def chosen(sites: pd.DataFrame, **asked: object) -> list[int]:
    (mask,) = matching.masks(sites, Criteria(**asked)).values()  # type: ignore[arg-type]
    return [int(row) for row in np.flatnonzero(mask)]


def test_without_criteria_there_is_nothing_to_meet() -> None:
    assert matching.masks(toy.sites([None]), Criteria(match="all", within_km=2.0)) == {}


def test_the_masks_are_named_after_the_criteria() -> None:
    asked = Criteria(
        sector=("ind",),
        kind=("park",),
        district=("310000",),
        opened_since=2000,
        until=2015,
        area_min=1.0,
        near=(121.4, 31.2),
        text="a",
    )
    found = matching.masks(catalog.sites("shanghai"), asked)
    assert list(found) == [
        "scope", "sector", "kind", "district", "opened_since", "area_min", "until", "near", "text",
    ]  # fmt: skip
    assert {mask.dtype for mask in found.values()} == {np.dtype(bool)}


def test_any_or_all_of_the_families() -> None:
    sites = toy.sites(
        [None] * 5,
        sectors=["fashion;industrial_design", "fashion", "industrial_design", None, "unheard_of"],
    )
    assert chosen(sites, sector=("fas", "ind")) == [0, 1, 2]
    assert chosen(sites, sector=("fas", "ind"), match="all") == [0]
    assert chosen(sites, sector=("fas", "fas"), match="all") == [0, 1]
    assert chosen(sites, sector=("fas", "no_family")) == [0, 1]
    assert chosen(sites, sector=("fas", "no_family"), match="all") == []


@pytest.mark.parametrize("family", catalog.families().index)
def test_families_are_those_that_the_location_quotient_counts(family: str) -> None:
    sites = catalog.sites()
    pairs = sectors.shares(sites)
    expected = sorted(set(pairs["site"][pairs["sector"].isin(sectors.of_families([family]))]))
    assert list(sites.index[matching.families(sites)[family]]) == list(expected)


def test_families_are_on_the_index_of_the_sites() -> None:
    sites = toy.sites([None, None], sectors=["fashion", None]).set_axis(["x", "y"])
    table = matching.families(sites)
    assert list(table.columns) == list(catalog.families().index)
    assert list(table.index) == ["x", "y"]
    assert table.loc["x"].sum() == 1
    assert not table.loc["y"].any()
    assert matching.families(sites[:0]).shape == (0, table.shape[1])


def test_a_city_stands_for_its_districts_and_for_what_is_known_by_city_only() -> None:
    sites = toy.sites(
        [None] * 5,
        adcode=["440104", None, "440305", "441900", None],
        city_adcode=["440100", "440100", "440300", "441900", None],
    )
    assert chosen(sites, district=("440104",)) == [0]
    assert chosen(sites, district=("440100",)) == [0, 1]
    assert chosen(sites, district=("440100", "441900")) == [0, 1, 3]
    nowhere = toy.sites([None], city_adcode=[None])
    assert chosen(nowhere, district=("440100",)) == []


def test_unknown_years_and_areas_do_not_pass() -> None:
    sites = toy.sites(
        [None] * 3,
        opened_year=pd.array([2010, None, 2009], dtype="Int64"),
        area_m2=[5000.0, np.nan, 4999.0],
    )
    assert chosen(sites, opened_since=2010) == [0]
    assert chosen(sites, area_min=5000.0) == [0]
    assert chosen(sites, area_min=0.0) == [0, 2]


@given(toy.positions())
def test_distances_are_geodesic(positions: list[toy.Position]) -> None:
    sites = toy.sites([*positions, None])
    found = matching.distances_m(sites, (121.5, 31.2))
    line = pyproj.Geod(ellps="WGS84").line_length
    expected = [line([121.5, lon], [31.2, lat]) for lon, lat in positions]
    np.testing.assert_allclose(found[:-1], expected, atol=1e-6)
    assert np.isnan(found[-1])


def test_distances_in_another_projection() -> None:
    sites = toy.sites([(121.5, 31.2)]).to_crs("EPSG:32651")
    assert matching.distances_m(sites, (121.5, 31.2))[0] == pytest.approx(0, abs=1e-3)


def test_positions_without_a_crs_are_refused() -> None:
    sites = gpd.GeoDataFrame(geometry=[shapely.Point(121.5, 31.2)])
    with pytest.raises(InputError, match="no CRS"):
        matching.masks(sites, Criteria(near=(121.5, 31.2)))


@pytest.mark.parametrize("asked", [{"text": "M50"}, {"district": ("310101",)}])
def test_filters_that_find_none_of_their_columns_are_refused(asked: dict[str, object]) -> None:
    bare = gpd.GeoDataFrame(geometry=[shapely.Point(121, 31)], crs="EPSG:4326")
    with pytest.raises(InputError, match=r"no column .* or "):
        matching.masks(bare, Criteria(**asked))  # type: ignore[arg-type]

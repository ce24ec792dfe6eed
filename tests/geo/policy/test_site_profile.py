from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.facts import boundaries, catalog, precision
from geo.measures import density, ranking
from geo.policy import layouts, site_profile
from tests.geo import toy, toy_layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

CENTRE = (121.5, 31.2)


def east(*metres: float) -> list[toy.Position]:
    """Places so far east of the centre."""
    geod = pyproj.Geod(ellps="WGS84")
    ends = [geod.fwd(*CENTRE, 90, each) for each in metres]
    return [(lon, lat) for lon, lat, _ in ends]


def around() -> gpd.GeoDataFrame:
    """A site in the middle and others east of it, known more or less exactly."""
    sites = toy.sites([CENTRE, *east(2500, 900, 900, 900), None, *east(6000)])
    sites["id"] = list("abcdefg")
    sites["precision"] = [
        "building", "street", "building", "street", "district", "none", "building",
    ]  # fmt: skip
    sites["sectors"] = [
        "fashion;film_tv", "music_performance", "fashion", "mixed", "fashion", "fashion", "fashion",
    ]  # fmt: skip
    return sites


def test_the_nearest_come_first_and_only_where_known_well_enough() -> None:
    sites = around()
    near = site_profile.neighbours(sites.iloc[0], sites)
    # The third at 900 m is known to 3 km only; music is of the family of film.
    assert near["id"].tolist() == ["c", "d", "e", "b"]
    assert near["within_km"].tolist() == [1, 1, 3, 3]
    assert near["same_sector"].tolist() == [True, False, True, True]
    assert near["distance_m"].tolist() == pytest.approx([900, 900, 900, 2500])
    assert list(near.columns) == [*sites.columns, "distance_m", "same_sector", "within_km"]


def test_how_many_stand_within_each_radius() -> None:
    sites = around()
    table = site_profile.nearby(sites.iloc[0], sites)
    assert table.index.tolist() == [1, 3, 5]
    assert table["all"].tolist() == [2, 4, 4]
    assert table["same"].tolist() == [1, 3, 3]
    assert table["n_used"].tolist() == [4, 5, 5]
    assert table["n_sites"].tolist() == [6, 6, 6]
    assert table["empty"].isna().all()


@pytest.mark.parametrize(
    ("row", "empty"),
    [
        (4, [site_profile.UNCERTAIN, pd.NA, pd.NA]),
        (5, [site_profile.UNLOCATED] * 3),
    ],
)
def test_a_site_that_is_not_known_well_enough_itself(row: int, empty: list[object]) -> None:
    sites = around()
    table = site_profile.nearby(sites.iloc[row], sites)
    assert table["empty"].tolist() == empty
    assert (table["all"].isna() == table["empty"].notna()).all()
    near = site_profile.neighbours(sites.iloc[row], sites)
    assert near["within_km"].min() == 3 if row == 4 else near.empty


@given(toy.positions(), st.data())
def test_counts_are_those_of_the_list(positions: list[toy.Position], data: st.DataObject) -> None:
    precisions = st.sampled_from(list(precision.radii_m()))
    sites = toy.sites([CENTRE, *positions])
    sites["id"] = [str(n) for n in range(len(sites))]
    sites["precision"] = data.draw(st.lists(precisions, min_size=len(sites), max_size=len(sites)))
    sites["sectors"] = "mixed"
    radii = (0.5, 4.0, 30.0)
    table = site_profile.nearby(sites.iloc[0], sites, radii_km=radii)
    near = site_profile.neighbours(sites.iloc[0], sites, radii_km=radii)
    for radius_km, row in table.iterrows():
        counted = int((near["within_km"] <= radius_km).sum())
        assert row["all"] == row["same"] == counted if pd.isna(row["empty"]) else counted == 0


def test_a_site_alone() -> None:
    sites = around()[:1]
    assert site_profile.nearby(sites.iloc[0], sites)["all"].tolist() == [0, 0, 0]
    assert site_profile.neighbours(sites.iloc[0], sites).empty


def test_every_site_of_a_region() -> None:
    sites = catalog.sites("harbin")
    for _, site in sites.iterrows():
        table = site_profile.nearby(site, sites)
        reasons = set(table["empty"].dropna())
        assert (site_profile.UNLOCATED in reasons) == (site["precision"] == "none")
        assert (table["all"].isna() == table["empty"].notna()).all()
        assert (table["all"].dropna() >= table["same"].dropna()).all()
        assert table["all"].dropna().is_monotonic_increasing


def figures() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "per_100_km2": [5.0, 7.0, 5.0, 0.0],
            "per_100k_residents": [1.0, np.nan, 3.0, np.nan],
            "per_100k_empty": [None, "boundary_changed", None, None],
            "population_year": [2020, 2010, 2020, None],
            "n": [1, 2, 3, 0],
        },
        index=pd.Index(list("abcd"), name="adcode"),
    )


def test_equal_figures_share_a_rank() -> None:
    density_ranks = [
        site_profile.ranks(code, figures()).loc["per_100_km2", "rank"] for code in "abcd"
    ]
    assert density_ranks == [2, 1, 2, 4]


def test_ranks_are_among_districts_with_a_figure() -> None:
    table = site_profile.ranks("a", figures())
    assert table.index.tolist() == ["per_100_km2", "per_100k_residents", "n"]
    assert table["value"].tolist() == [5, 1, 1]
    assert table["of"].tolist() == [4, 2, 4]
    assert table["rank"].tolist() == [2, 2, 3]
    assert table["empty"].isna().all()


@pytest.mark.parametrize(
    ("adcode", "reason"),
    [("b", "boundary_changed"), ("d", site_profile.NO_FIGURE), ("z", site_profile.NO_DISTRICT)],
)
def test_why_a_district_has_no_rank(adcode: str, reason: str) -> None:
    row = site_profile.ranks(adcode, figures()).loc["per_100k_residents"]
    assert row["empty"] == reason
    assert pd.isna(row["rank"])


def test_a_site_without_a_district() -> None:
    for unknown in (None, pd.NA):
        assert (site_profile.ranks(unknown, figures())["empty"] == site_profile.NO_DISTRICT).all()


def test_figures_of_another_year_than_most_are_not_ranked() -> None:
    mixed = figures().assign(population_year=[2010, 2010, 2020, 2020])
    found = [site_profile.ranks(code, mixed).loc["per_100k_residents"].to_dict() for code in "ac"]
    one, other = found
    assert (one["value"], one["of"], one["empty"]) == (1, 1, ranking.OTHER_YEAR)
    assert pd.isna(one["rank"])
    assert (other["value"], other["rank"], other["of"]) == (3, 1, 1)


def test_ranks_of_a_region() -> None:
    districts = boundaries.districts("shanghai")
    table = density.density(catalog.sites("shanghai"), districts)
    by_count = [site_profile.ranks(code, table).loc["n", "rank"] for code in districts.index]
    expected = table["n"].rank(ascending=False, method="min").astype(int)
    assert by_count == expected.tolist()


def named(site: Mapping[str, object]) -> list[tuple[str, str]]:
    point = {"point": {"lon": 121.45, "lat": 31.15, "precision": "street"}}
    layout = toy_layout.layout(
        toy_layout.element("city", "zone", {"districts": ["310000"]}),
        toy_layout.element("west", "core", {"districts": ["310101", "310104"]}),
        toy_layout.element("park", "carrier", point, sites=["s1", "s2"]),
        toy_layout.element("both", "carrier", {"districts": ["310101"]}, sites=["s1"]),
        toy_layout.element("elsewhere", "node", {"unpublished": True}, source="a yearbook"),
    )
    found = site_profile.named_by(pd.Series(dict(site)), known={layout.id: layout})
    assert {each.layout for each in found} <= {layout}
    return [(each.element.id, each.reason) for each in found]


def test_elements_that_name_the_site_come_before_its_district_and_its_city() -> None:
    site = {"id": "s1", "region": "shanghai", "adcode": "310101", "city_adcode": "310000"}
    assert named(site) == [
        ("park", "site"),
        ("both", "site"),
        ("west", "district"),
        ("city", "city"),
    ]


def test_a_site_known_by_its_city_only() -> None:
    site = {"id": "s3", "region": "shanghai", "adcode": pd.NA, "city_adcode": "310000"}
    assert named(site) == [("city", "city")]
    assert named({"id": "s3", "region": "shanghai"}) == []


def test_layouts_name_by_ids_and_codes_whatever_region_they_are_of() -> None:
    site = {"id": "s3", "region": "a place of a layout", "adcode": "310101"}
    assert named(site) == [("west", "district"), ("both", "district")]
    assert named({"id": "s3", "region": "shanghai", "adcode": "370102"}) == []


def test_layouts_of_the_project() -> None:
    sites = catalog.sites()
    found = {
        site["id"]: {(each.layout.id, each.element.id): each.reason for each in names}
        for _, site in sites.iterrows()
        if (names := site_profile.named_by(site))
    }
    # Every site that a layout lists finds the element that lists it.
    for layout in layouts.all_layouts().values():
        for element in layout.elements:
            for site_id in element.sites:
                assert found[site_id][layout.id, element.id] == "site"
    shenzhen = sites[(sites["city_adcode"] == "440300") & sites["adcode"].notna()]["id"].iloc[0]
    assert found[shenzhen]["gd-2023-plan", "shenzhen"] == "city"
    banan = sites[sites["adcode"] == "500113"]["id"].iloc[0]
    assert found[banan]["cq-2022-plan", "banan"] == "district"


def test_a_site_that_is_no_point_is_refused() -> None:
    sites = around()
    site = sites.iloc[0].copy()
    site["geometry"] = sites.geometry.iloc[0].buffer(0.01)
    with pytest.raises(InputError, match="found a Polygon, expected a point"):
        site_profile.neighbours(site, sites)

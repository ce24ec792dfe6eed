"""Whose sites stay: a region's own, those of the catalogue within its districts, or both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import InputError, NoSiteError
from geo.facts import catalog, own_regions
from geo.planning.taking_part import today
from geo.workspaces.region import own_region
from tests import lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.own_regions import OwnRegion

OWN = f"{own_regions.PREFIX}firms"


@pytest.fixture
def firms() -> Iterator[OwnRegion]:
    made = own_region(lists.firms(3), id_=OWN)
    own_regions.remember(made)
    yield made
    own_regions.forget(OWN)


def known() -> gpd.GeoDataFrame:
    """Sites of the catalogue of which a district, and not the city alone, is known."""
    parks = catalog.sites("jinan", scope=catalog.WIDE)
    return parks[parks["adcode"].notna()]


def remembered(made: OwnRegion, name: str, **other: object) -> str:
    known = replace(made, id=f"{OWN}-{name}", **other)  # type: ignore[arg-type]
    own_regions.remember(known)
    return known.id


def test_sites_of_the_catalogue_are_those_of_the_same_districts(firms: OwnRegion) -> None:
    parks = known()
    assert [*today(OWN)["id"]] == [*firms.sites["id"]]
    assert {*today(OWN, "catalogue")["id"]} == {*parks["id"]}
    both = today(OWN, "both")
    assert {*both["id"]} == {*parks["id"], *firms.sites["id"]}
    assert len(both) == len(parks) + 3
    assert both.crs == parks.crs


def test_a_list_that_has_sites_of_the_catalogue_has_them_once(firms: OwnRegion) -> None:
    parks = known()
    rows = [*parks["id"].head(2), "w"]
    own = remembered(firms, "same", sites=firms.sites.assign(id=rows))
    both = today(own, "both")
    assert sorted(both["id"]) == sorted([*parks["id"], "w"])
    assert both.set_index("id")["name_zh"][rows[0]] == "企业1"


def test_within_areas_of_ones_own_are_those_that_lie_there(firms: OwnRegion) -> None:
    parks = known()
    park = parks[parks["precision"] == "street"].iloc[0]
    block = gpd.GeoDataFrame(
        {"name_zh": ["片"], "population": [9.0]},
        index=pd.Index(["片"], name="adcode"),
        geometry=[shapely.buffer(park.geometry, 0.002)],
        crs="EPSG:4326",
    )
    own = remembered(firms, "block", areas=block)
    inside = parks[parks.intersects(block.geometry.iloc[0])]
    assert {*today(own, "catalogue")["id"]} == {*inside["id"]} != set()


def test_where_the_catalogue_has_none_none_can_stay(firms: OwnRegion) -> None:
    own = remembered(firms, "elsewhere", units=("420102", "420103"))
    assert len(today(own)) == 3
    for stay in ("catalogue", "both"):
        with pytest.raises(NoSiteError, match="expected 'own': the catalogue has no site"):
            today(own, stay)
    with pytest.raises(InputError, match="stay: found 'mine', expected one of own, catalogue, bo"):
        today("jinan", "mine")  # type: ignore[arg-type]

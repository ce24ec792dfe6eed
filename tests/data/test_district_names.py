"""A district has one name in every table, so that a join by name loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo import settings
from geo.facts import boundaries, catalog
from geo.search import matching
from geo.search.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

REGIONS = list(catalog.regions().index)
PLACES = [catalog.sites, catalog.venues, catalog.aggregates]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("read", PLACES)
def test_a_join_by_name_finds_the_district_of_the_code(
    region: str, read: Callable[[str], gpd.GeoDataFrame]
) -> None:
    places, units = pd.DataFrame(read(region)), boundaries.districts(region)
    known = places[places["adcode"].notna()]
    joined = known.merge(
        pd.DataFrame(units[["city", "name_zh"]]).reset_index(names="found"),
        left_on=["city", "district"],
        right_on=["city", "name_zh"],
        how="left",
    )
    assert joined["found"].tolist() == known["adcode"].tolist()


@pytest.mark.parametrize("region", REGIONS)
def test_the_tables_name_districts_as_the_boundaries_do(region: str) -> None:
    units = boundaries.districts(region)
    facts = catalog.district_facts()["name_zh"]
    assert facts[facts.index.isin(units.index)].to_dict() == {
        code: name for code, name in units["name_zh"].items() if code in facts.index
    }


def test_the_name_in_the_source_stays_beside_the_present_one() -> None:
    raw = pd.read_csv(settings.OWN_DATA / "sites.csv", dtype="string")
    sites = catalog.sites(scope="wide")
    assert sites["district_listed"].fillna("").tolist() == raw["district"].fillna("").tolist()
    other = sites[sites["district"].notna() & (sites["district"] != sites["district_listed"])]
    assert set(other["district"]) == {"两江新区"}
    assert set(other["district_listed"]) == {"渝北区", "江北区"}


@pytest.mark.parametrize(("text", "name"), [("渝北", "district_listed"), ("两江新区", "district")])
def test_a_site_is_found_by_either_name(text: str, name: str) -> None:
    sites = catalog.sites("chongqing")
    found = matching.select(sites, Criteria(text=text))
    named = sites[sites[name].fillna("").str.contains(text)]
    assert len(named)
    assert set(named["id"]) <= set(found["id"])

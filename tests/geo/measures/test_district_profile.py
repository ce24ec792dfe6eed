from __future__ import annotations

import pandas as pd
import pytest

from geo.facts import boundaries, catalog
from geo.measures import density, hot_spots, region_pattern
from geo.measures.district_profile import profile

DISTRICTS = boundaries.districts("shanghai")
SITES = catalog.sites("shanghai")
TABLE = density.density(SITES, DISTRICTS)


def test_each_district_has_its_part_of_the_region() -> None:
    found = profile(SITES, DISTRICTS, table=TABLE)
    assert found.index.equals(DISTRICTS.index)
    # Some are known by the city alone.
    assert found["share_of_sites"].sum() == pytest.approx(TABLE["n"].sum() / len(SITES))
    spots = hot_spots.hot_spots(TABLE["per_100_km2"], DISTRICTS)
    assert found["spot"].equals(spots.table["spot"])


def test_what_nobody_knows_is_empty_with_what_follows_from_it() -> None:
    table = TABLE.astype({"n": "Float64"})
    table.loc["310151", ["n", "per_100_km2"]] = pd.NA
    row = profile(SITES, DISTRICTS, table=table).loc["310151"]
    assert row[["share_of_sites", "diversity", "lead", "spot"]].isna().all()
    assert row["access_km"] > 0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_sites_leave_figures_empty_without_a_warning(n: int) -> None:
    few = SITES[SITES["precision"] == "building"].head(n)
    table = density.density(few, DISTRICTS)
    assert profile(few, DISTRICTS, table=table)["lead"].isna().all()
    found = region_pattern.pattern(few, DISTRICTS, table=table)
    assert found.empty["nearest"] == found.empty["ellipse"] == "too_few"
    assert (found.empty["moran"] == "all_alike") == (n == 0)
    assert (found.empty["gini"] == "nothing_counted") == (n == 0)


def test_sites_in_one_place_have_no_pattern_of_nearness() -> None:
    one = SITES[SITES["precision"] == "building"].head(1)
    same = pd.concat([one] * 6, ignore_index=True)
    found = region_pattern.pattern(same, DISTRICTS, table=density.density(same, DISTRICTS))
    assert found.n_places == 1
    assert found.empty["nearest"] == found.empty["ellipse"] == "one_place"


def test_a_region_of_one_district_has_no_neighbours_to_compare() -> None:
    one = DISTRICTS.head(1)
    table = density.density(SITES, one)
    assert region_pattern.pattern(SITES, one, table=table).empty["moran"] == "too_few"
    assert profile(SITES, one, table=table)["spot"].isna().all()

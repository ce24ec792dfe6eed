"""Density and coverage in one table."""

from __future__ import annotations

import pandas as pd

from geo.facts import boundaries, catalog
from geo.measures import coverage, density, district_table

RADIUS_M = 3000.0


def test_table_joins_density_and_coverage_and_empties_what_nobody_knows() -> None:
    sites, districts = catalog.sites("guangdong"), boundaries.districts("guangdong", level="city")
    table = district_table.table(sites, districts, radius_m=RADIUS_M)
    assert table.index.equals(districts.index)
    dense = density.density(sites, districts)
    pd.testing.assert_frame_equal(table[list(dense.columns)], dense)
    reached = coverage.coverage(sites, districts, radius_m=RADIUS_M)["share"]
    own = coverage.usable(sites, districts, radius_m=RADIUS_M)
    unknown = (table["n"] > 0) & (own == 0)
    assert unknown.any()
    assert table.loc[unknown, ["share", "covered_km2"]].isna().all(axis=None)
    assert set(table.loc[unknown, "share_empty"]) == {district_table.POSITIONS_UNKNOWN}
    pd.testing.assert_series_equal(table["share"][~unknown], reached[~unknown])
    assert table["share_empty"][~unknown].isna().all()


def test_coverage_at_hand_is_not_computed_again() -> None:
    sites, districts = catalog.sites("harbin"), boundaries.districts("harbin")
    cover = coverage.coverage(sites, districts, radius_m=RADIUS_M)
    pd.testing.assert_frame_equal(
        district_table.table(sites, districts, radius_m=RADIUS_M, cover=cover),
        district_table.table(sites, districts, radius_m=RADIUS_M),
    )

"""Density and coverage in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.facts import boundaries, catalog, years
from geo.measures import coverage, density, district_table, ranking
from geo.measures.indicator_list import INDICATORS, Indicator

if TYPE_CHECKING:
    import pytest

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


def test_none_but_sites_of_unknown_year_is_no_zero() -> None:
    sites, districts = catalog.sites("chongqing"), boundaries.districts("chongqing")
    year = years.known(sites)["year"]
    known, undated = sites[year <= 2015], sites[year.isna()]
    plain = district_table.table(known, districts, radius_m=RADIUS_M)
    n_undated = density.density(undated, districts)["n"]
    found = district_table.with_undated(plain, undated, districts)
    pd.testing.assert_series_equal(found["n_undated"], n_undated, check_names=False)
    open_ = (plain["n"] == 0) & (n_undated > 0)
    assert open_.any()
    assert ((plain["n"] == 0) & (n_undated == 0)).any()
    columns = [each.column for each in INDICATORS.values() if not each.quotient]
    figures = [*columns, "covered_km2"]
    assert found.loc[open_, figures].isna().all(axis=None)
    pd.testing.assert_frame_equal(
        found.loc[~open_, figures], plain.loc[~open_, figures], check_dtype=False
    )
    for figure in columns:
        told = ranking.left_out(found, figure) == district_table.YEARS_UNKNOWN
        other = found["per_100k_empty"] == density.BOUNDARY_CHANGED
        assert (told == open_)[~other | (figure != "per_100k_residents")].all()
    assert (ranking.compared(found, "n").isna() == open_).all()


def test_a_new_indicator_is_empty_as_well_where_the_years_are_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = {**INDICATORS, "border": Indicator(column="per_1000_km_border")}
    monkeypatch.setattr(district_table, "INDICATORS", new)
    sites, districts = catalog.sites("chongqing"), boundaries.districts("chongqing")
    year = years.known(sites)["year"]
    plain = district_table.table(sites[year <= 2015], districts, radius_m=RADIUS_M)
    plain["per_1000_km_border"] = 1.0 * plain["n"]
    found = district_table.with_undated(plain, sites[year.isna()], districts)
    assert (found["per_1000_km_border"].isna() == found["n"].isna()).all()
    assert found["per_1000_km_border"].isna().any()


def test_residents_within_the_radius_are_those_of_todays_outline_alone() -> None:
    sites, districts = catalog.sites("jinan"), boundaries.districts("jinan")
    table = district_table.table(sites, districts, radius_m=RADIUS_M)
    unknown = table["share"].isna() | (table["per_100k_empty"] == density.BOUNDARY_CHANGED)
    assert unknown.any()
    assert not unknown.all()
    assert table[district_table.REACHED].isna().equals(unknown)
    known = table[~unknown]
    assert (known[district_table.REACHED] == known["share"] * known["population"]).all()
    counts = density.density(sites, districts)
    assert district_table.uncovered(counts)[district_table.REACHED].isna().all()

"""Figures of districts as they were and as they are: of the same methods, by the facts alone."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import settings
from geo.facts import boundaries, catalog, changes, revisions
from geo.measures import district_table
from geo.measures.revised import BEFORE, FIGURES, revised

DAY = min(revisions.days())
REGIONS = list(catalog.regions().index)


@pytest.mark.parametrize("region", REGIONS)
def test_figures_of_now_are_those_of_the_pages(region: str) -> None:
    moved = revised(region, DAY)
    sites, units = catalog.sites(region), boundaries.districts(region)
    table = district_table.table(sites, units, radius_m=settings.RADIUS_M)
    for name in FIGURES:
        pd.testing.assert_series_equal(moved[name], table.loc[moved.index, name])


@pytest.mark.parametrize("region", REGIONS)
def test_a_district_whose_residents_changed_by_one_has_moved(region: str) -> None:
    _, before = revisions.before(region, DAY)
    now = boundaries.districts(region)["population"].astype("Float64")
    was = before["population"].astype("Float64")
    others = now.index.difference(revised(region, DAY).index)
    assert (now[others].fillna(-1) == was[others].fillna(-1)).all()


@pytest.mark.parametrize("region", REGIONS)
def test_counts_of_before_are_those_of_the_released_table(region: str) -> None:
    rows = changes.rows("sites", changes.released(settings.OWN_DATA)["sites"]).values()
    wide = set(catalog.sites(scope=catalog.WIDE).query("scope == 'wide'")["id"])
    own = pd.Series(
        [row["adcode"] for row in rows if row["region"] == region and row["id"] not in wide]
    )
    counts = own.value_counts()
    moved = revised(region, DAY)
    for code, n in moved[f"n{BEFORE}"].items():
        assert n == counts.get(code, 0)
    # Where nothing moved, so many stand there today.
    others = boundaries.districts(region).index.difference(moved.index)
    today = catalog.sites(region)["adcode"].value_counts()
    assert [counts.get(code, 0) for code in others] == [today.get(code, 0) for code in others]


def test_nothing_moved_since_a_day_to_come() -> None:
    for region in REGIONS:
        assert revised(region, "2999-01-01").empty

"""What the record says of its lines, and what the tables were before a day."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from geo import settings
from geo.facts import boundaries, catalog, changes, revisions

LINES = revisions.recorded()
DAY = min(revisions.days())


def test_every_line_of_the_record_keeps_its_number() -> None:
    written = changes.read(settings.OWN_DATA)
    assert list(LINES.index) == list(range(1, len(written) + 1))
    assert list(LINES["row"].fillna("")) == [line.id for line in written]
    assert list(LINES["new"].fillna("")) == [line.new for line in written]


@pytest.mark.parametrize("table", ["sites", "districts"])
def test_a_row_of_today_has_its_names_of_today(table: str) -> None:
    known: dict[str, pd.DataFrame] = {
        "sites": catalog.sites(scope=catalog.WIDE).set_index("id"),
        "districts": catalog.district_facts(),
    }
    own = LINES[(LINES["table"] == table) & LINES["row"].isin(known[table].index)]
    assert not own.empty
    for name in ("name_zh", "name_en", "region"):
        expected = known[table][name].reindex(own["row"])
        assert list(own[name]) == list(expected)


def test_a_line_of_a_column_or_of_a_table_is_about_no_place() -> None:
    whole = LINES[LINES["row"].isna()]
    assert not whole.empty
    assert whole[["region", "adcode", "name_zh", "name_en"]].isna().all(axis=None)
    assert whole.geometry.is_empty.all() or whole.geometry.isna().all()


def test_every_change_of_a_place_is_of_a_region() -> None:
    places = LINES["table"].isin(["sites", "districts", "cities", "regions", "venues"])
    assert LINES.loc[places & LINES["row"].notna(), "region"].notna().all()


@pytest.mark.parametrize("region", list(catalog.regions().index))
def test_before_the_first_day_the_facts_are_those_of_the_release(region: str) -> None:
    sites, districts = revisions.before(region, DAY)
    released = changes.released(settings.OWN_DATA)
    rows = changes.rows("sites", released["sites"])
    wide = set(catalog.sites(scope=catalog.WIDE).query("scope == 'wide'")["id"])
    own = {key for key, row in rows.items() if row["region"] == region}
    assert set(sites["id"]) == own - wide
    located = {key for key in sites["id"] if rows[key]["lon"]}
    assert set(sites.loc[sites.geometry.notna(), "id"]) == located
    facts = changes.rows("districts", released["districts"])
    for code, population in districts["population"].items():
        row = facts[str(code)]
        told = row["population"] if row["population_comparable"] != "no" else ""
        assert ("" if pd.isna(population) else str(int(population))) == told


@pytest.mark.parametrize("region", list(catalog.regions().index))
def test_before_a_day_to_come_the_facts_are_those_of_today(region: str) -> None:
    sites, districts = revisions.before(region, "2999-01-01")
    today = catalog.sites(region).set_index("id")
    assert set(sites["id"]) == set(today.index)
    before = sites.set_index("id").loc[today.index]
    located = today["lon"].notna()
    assert (before.geometry.notna() == located).all()
    assert shapely.to_wkt(before.geometry[located]).tolist() == (
        shapely.to_wkt(today.geometry[located]).tolist()
    )
    now = boundaries.districts(region)
    for name in ("population", "area_land_km2"):
        pd.testing.assert_series_equal(
            districts[name].astype("Float64"), now[name].astype("Float64"), check_names=False
        )

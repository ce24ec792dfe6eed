"""Sites on record against what authorities report: every number once, no part added twice."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo import settings
from geo.errors import DataError, UnknownRegionError
from geo.facts import catalog, completeness

if TYPE_CHECKING:
    from pathlib import Path

REGIONS = list(catalog.regions().index)


def test_every_number_is_in_one_row_and_no_part_in_anothers() -> None:
    facts, table = catalog.reported(), completeness.compared()
    assert table["reported"].sum() == facts["value"].sum()
    parts = facts["covers"] == "part"
    assert table.loc[table["part"], "reported"].sum() == facts.loc[parts, "value"].sum() > 0
    assert not table.duplicated(completeness.OF).any()


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_has_its_own_rows_and_counts_its_own_sites(region: str) -> None:
    table, every = completeness.compared(region), completeness.compared()
    pd.testing.assert_frame_equal(table, every[every["region"] == region].reset_index(drop=True))
    sites = catalog.sites(region)
    for _, row in table[~table["part"]].iterrows():
        same = sites[sites["kind"] == row["kind"]]
        if pd.notna(row["city_adcode"]):
            same = same[same["city_adcode"] == row["city_adcode"]]
        known = same if pd.isna(row["level"]) else same[same["level"] == row["level"]]
        assert row["sites"] == len(known)
        assert row["sites"] + row["unranked"] <= len(same)


@pytest.mark.parametrize(
    ("region", "kind", "level", "year", "reported"),
    [
        ("harbin", "park", "municipal", 2023, 14 + 7),
        ("shanghai", "park", "municipal", 2018, 137),
        ("chongqing", "design_center", "municipal", 2021, 71),
        ("chongqing", "park", "municipal", 2020, 21 + 13),
    ],
)
def test_what_authorities_report(
    region: str, kind: str, level: str, year: int, reported: int
) -> None:
    table = completeness.compared(region)
    same = (table["kind"] == kind) & (table["level"] == level) & (table["year"] == year)
    assert table.loc[same & ~table["part"], "reported"].to_list() == [reported]


def test_the_latest_number_of_a_kind_is_the_one_to_compare_with() -> None:
    parks = completeness.compared("shanghai").query("not part")
    assert parks["latest"].to_list() == [True, False, False]
    assert parks["year"].is_monotonic_decreasing


def test_a_region_without_a_number_says_so() -> None:
    silent = completeness.compared("jinan")
    assert silent.empty
    assert completeness.widest(silent) is None
    with pytest.raises(UnknownRegionError):
        completeness.compared("atlantis")


@pytest.mark.parametrize("region", ["harbin", "shanghai", "chongqing", "guangdong"])
def test_the_widest_gap_is_that_of_a_whole_region(region: str) -> None:
    table = completeness.compared(region)
    widest = completeness.widest(table)
    assert widest is not None
    whole = table[table["latest"] & ~table["part"] & table["city_adcode"].isna()]
    assert widest["reported"] - widest["sites"] == (whole["reported"] - whole["sites"]).max()


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        ("hrb-parks-planned", {"value": "14"}, "nothing: the target says it"),
        ("hrb-parks-planned", {"target": "hrb-2023-press-17"}, "targets.csv, with value and year"),
        ("hrb-parks-planned", {"region": "jinan"}, "harbin, as the target says"),
        ("sh-parks-2018", {"source": ""}, "a value, as there is no target"),
        ("sh-parks-2018", {"kind": "museum"}, "one of park, base"),
        ("sh-parks-2018", {"city_adcode": "440100"}, "a city of the region"),
        ("sh-parks-2018", {"covers": "some"}, "one of total, batch, part"),
    ],
)
def test_a_damaged_number_is_refused(
    tmp_path: Path, row: str, cells: dict[str, str], expected: str
) -> None:
    data = shutil.copytree(settings.OWN_DATA, tmp_path / "data")
    path = data / "reported.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    next(each for each in rows if each["id"] == row).update(cells)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(DataError) as caught:
        catalog.check(data)
    (fault,) = caught.value.faults
    assert "reported.csv row" in fault
    assert expected in fault

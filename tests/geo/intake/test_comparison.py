"""What breaks: two lists of sites that are told to differ where they do not, or the other way."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.facts import catalog
from geo.intake import comparison

if TYPE_CHECKING:
    from geo.intake.comparison import Comparison, Ends

Row = tuple[str, float | None, int | None]
"""Name, longitude (none: no position) and year."""

LAT = 30.6


def listed(*rows: Row, ids: str = "", **columns: list[object]) -> gpd.GeoDataFrame:
    """Return a list of one city; without `ids` each row's id is its number in the file."""
    names, lon, years = zip(*rows, strict=True) if rows else ((), (), ())
    places = np.array([np.nan if each is None else each for each in lon], dtype=float)
    points = gpd.GeoSeries.from_xy(places, np.where(np.isnan(places), np.nan, LAT))
    count = [str(at) for at in range(2, len(rows) + 2)]
    table = {
        "id": pd.array(list(ids) if ids else count, dtype="string"),
        "name_zh": pd.array(names, dtype="string"),
        "city_adcode": pd.array(["420100"] * len(rows), dtype="string"),
        "opened_year": pd.array(years, dtype="Int64"),
        "row": range(2, len(rows) + 2),
        **columns,
    }
    return gpd.GeoDataFrame(table, geometry=points.to_list(), crs="EPSG:4326")


def placed(found: Comparison) -> list[tuple[int, int, str]]:
    return list(found.pairs[["one", "other", "kind"]].itertuples(index=False, name=None))


def rest(ends: Ends) -> tuple[list[int], list[int]]:
    return ends.one.tolist(), ends.other.tolist()


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["江滩里", "江滩里（一期）", "古琴台", "昙华林"]),
        st.sampled_from([None, 114.3, 114.3001, 114.302, 114.35, 115.9]),
        st.sampled_from([None, 2009, 2010]),
    ),
    max_size=7,
)


def test_what_moved_changed_and_stayed_is_told_with_metres_and_values() -> None:
    before = listed(("江滩里", 114.3, 2009), ("古琴台", 114.4, 2010), ("昙华林", 114.5, 2011))
    after = listed(("昙华林", 114.5, 2011), ("江滩里", 114.302, 2009), ("古琴台", 114.4, 2012))
    found = comparison.compare(before, after)
    assert placed(found) == [(0, 1, "moved"), (1, 2, "changed"), (2, 0, "same")]
    assert found.counts == {"same": 1, "moved": 1, "changed": 1}
    geodesic = pyproj.Geod(ellps="WGS84").inv(114.3, LAT, 114.302, LAT)[2]
    assert found.pairs["metres"].tolist() == pytest.approx([geodesic, 0, 0], abs=1e-3)
    assert found.changes.to_numpy().tolist() == [[1, 2, "opened_year", "2010", "2012"]]
    assert found.fields == ("name_zh", "opened_year")


def test_an_id_of_both_lists_goes_before_the_name() -> None:
    one = listed(("江滩里", 114.3, None), ("古琴台", 114.3, None), ids="ab")
    other = listed(("江滩里", 114.3, None), ("琴台", 114.3, None), ids="ba")
    found = comparison.compare(one, other)
    assert placed(found) == [(0, 1, "changed"), (1, 0, "changed")]
    assert set(found.pairs["key"]) == {"id"}


def test_numbers_that_each_file_gives_for_itself_bring_no_strangers_together() -> None:
    one = listed(("江滩里", 114.3, None), ("古琴台", 115.9, None), ids="12")
    other = listed(("古琴台", 115.9, None), ("江滩里", 114.3, None), ids="12")
    assert placed(comparison.compare(one, other)) == [(0, 1, "same"), (1, 0, "same")]
    by_row = listed(("江滩里", 114.3, None)), listed(("古琴台", 114.3, None))
    assert rest(comparison.compare(*by_row).only) == ([0], [0])


def test_versions_of_one_list_are_told_apart_by_id_alone_and_new_facts_are_changes() -> None:
    before, after = listed(("江滩里", 114.3, None)), listed(("汉口里", 115.9, 2010))
    found = comparison.compare(before, after, one_numbering=True)
    assert placed(found) == [(0, 0, "moved")]
    assert found.changes["field"].tolist() == ["name_zh", "opened_year"]
    assert rest(comparison.compare(before, after).only) == ([0], [0])


def test_of_one_name_the_nearest_is_taken_and_what_fits_alike_is_told() -> None:
    one = listed(("江滩里", 114.3, None))
    near = listed(("江滩里", 114.35, None), ("江滩里", 114.301, None))
    assert placed(comparison.compare(one, near)) == [(0, 1, "moved")]
    alike = listed(("江滩里", 114.302, None), ("江滩里", 114.2985, None))
    found = comparison.compare(one, alike)
    assert placed(found) == []
    assert rest(found.unclear) == ([0], [0, 1])
    assert rest(found.only) == ([], [])


def test_a_name_of_two_far_cities_is_two_sites() -> None:
    there = listed(("江滩里", 115.9, None)).assign(city_adcode="360100")
    assert rest(comparison.compare(listed(("江滩里", 114.3, None)), there).only) == ([0], [0])


def test_a_position_that_only_one_list_knows_is_a_change() -> None:
    found = comparison.compare(listed(("江滩里", None, 1)), listed(("江滩里", 114.3, 1)))
    assert placed(found) == [(0, 0, "changed")]
    told = found.changes[["field", "before", "after"]].to_numpy().tolist()
    assert told == [["position", None, "114.300000, 30.600000"]]


def test_what_a_list_does_not_say_of_any_site_is_no_difference() -> None:
    one = listed(("江滩里", 114.3, None), kind=["park"], 备注=["甲"])
    other = listed(("江滩里", 114.3, 2010), kind=["base"], 备注=["乙"])
    found = comparison.compare(one, other)
    assert found.changes[["field", "before", "after"]].to_numpy().tolist() == [["备注", "甲", "乙"]]


@settings(max_examples=20, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_a_list_is_the_same_as_itself_in_any_order(rows: list[Row], random: object) -> None:
    again = list(rows)
    random.shuffle(again)  # type: ignore[attr-defined]
    found = comparison.compare(listed(*rows), listed(*again))
    assert found.counts == {"same": len(rows), "moved": 0, "changed": 0}
    assert Counter(rows[at] for at in found.pairs["one"]) == Counter(rows)


@settings(max_examples=20, deadline=None)
@given(ROWS, ROWS)
def test_counts_add_up_and_swapped_sides_tell_the_mirrored_outcome(
    before: list[Row], after: list[Row]
) -> None:
    there = comparison.compare(listed(*before), listed(*after))
    back = comparison.compare(listed(*after), listed(*before))
    for side, rows in (("one", before), ("other", after)):
        ends = (getattr(each, side) for each in (there.pairs, there.only, there.unclear))
        assert sorted(np.concatenate([*ends])) == list(range(len(rows)))
    assert sum(there.counts.values()) == len(there.pairs)
    columns = ["one", "other", "kind", "metres"]
    turned = back.pairs.rename(columns={"one": "other", "other": "one"})[columns]
    turned = turned.sort_values("one", ignore_index=True)
    pd.testing.assert_frame_equal(there.pairs[columns], turned)
    for left in ("only", "unclear"):
        assert rest(getattr(there, left)) == rest(getattr(back, left))[::-1]
    sides = ["one", "other", "field", "before", "after"]
    told = {tuple(row) for row in there.changes[sides].to_numpy(dtype=object)}
    mirror = back.changes[["other", "one", "field", "after", "before"]].to_numpy(dtype=object)
    assert told == {tuple(row) for row in mirror}


@pytest.mark.parametrize("region", ["shanghai", "chongqing"])
def test_the_catalogue_is_the_same_as_itself(region: str) -> None:
    sites = catalog.sites(region)
    found = comparison.compare(sites, sites.sample(frac=1, random_state=1))
    assert found.counts == {"same": len(sites), "moved": 0, "changed": 0}


@pytest.mark.parametrize("names", [5_000, 100, 20])
def test_five_thousand_rows_are_compared_in_two_seconds(names: int) -> None:
    n = 5_000
    rng = np.random.default_rng(0)
    where = zip(
        [f"园{at % names}" for at in range(n)], 114 + rng.random(n), [2010] * n, strict=True
    )
    one = listed(*where)
    turned = one.sample(frac=1, random_state=1).reset_index(drop=True)
    turned["id"] = one["id"]
    turned["geometry"] = turned.geometry.where(np.arange(n) % 3 > 0, turned.translate(0.002))
    start = time.process_time()
    found = comparison.compare(one, turned)
    assert time.process_time() - start < 2
    assert found.counts["same"] >= sum(np.arange(n) % 3 > 0)

"""What a workspace makes of the frames it is given."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import InputError
from geo.workspaces import edits
from geo.workspaces.content import Workspace, from_tables, tables
from tests.geo.workspaces import toy

UNKNOWN_CRS = gpd.GeoDataFrame({"id": ["a"]}, geometry=gpd.points_from_xy([1], [2]))


def test_columns_hold_plain_values_of_one_kind() -> None:
    given = {
        "mixed": [1, "二", None],
        "day": [dt.date(2021, 5, 1), None, dt.date(2022, 1, 1)],
        "money": [Decimal("1.50"), None, Decimal(2)],
        "small": pd.array([1, 2, 3], dtype="int8"),
        "half": pd.array([0.5, None, 1], dtype="Float32"),
        "named": pd.Categorical(["a", None, "b"]),
        "ended": ["a\0b", None, "c"],
        "moment": pd.Series(["2021-05-01", None, "2022-01-01"], dtype="datetime64[s]"),
    }
    kept = Workspace(name="x", sites=toy.sites(3), rejected=pd.DataFrame(given)).rejected
    assert {column: str(kind) for column, kind in kept.dtypes.items()} == {
        **dict.fromkeys(["mixed", "day", "money", "named", "ended"], "str"),
        "small": "int64",
        "half": "float64",
        "moment": "datetime64[s]",
    }
    assert kept["mixed"].tolist()[:2] == ["1", "二"]
    assert kept["day"].tolist()[0] == "2021-05-01"
    assert kept["money"].tolist()[0] == "1.50"
    assert kept["ended"].tolist()[0] == "a\N{REPLACEMENT CHARACTER}b"
    assert (kept.drop(columns="small").isna().sum() == 1).all()


def test_positions_become_wgs84_and_what_was_given_stays_as_it_was() -> None:
    given = toy.sites(2).to_crs("EPSG:4547").set_index("id").rename_geometry("place")
    before = given.copy()
    kept = toy.workspace(sites=given).sites
    assert kept.crs == "EPSG:4326"
    assert [*kept.columns] == [*toy.sites(2).columns]
    assert kept.geometry[1].distance(shapely.Point(114 + 1 / 3e5, 30.5)) < 1e-9
    assert given.equals(before)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"sites": gpd.GeoDataFrame({"id": ["a"]}, geometry=gpd.points_from_xy([1], [2]))},
            "sites: .* no CRS",
        ),
        ({"sites": toy.sites(2)[["geometry"]]}, "sites: nothing but geometry"),
        ({"datum": "mars"}, "expected one of wgs84, gcj02, bd09"),
        ({"scenarios": (toy.scenario(), toy.scenario(radius_m=1))}, "scenarios: .* one name"),
        ({"rejected": pd.DataFrame([[1, 2]], columns=["a", "a"])}, "rejected: .* called a"),
    ],
)
def test_what_no_workspace_can_hold_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        toy.workspace(**wrong)


def test_two_are_equal_where_every_cell_is() -> None:
    assert toy.workspace() == toy.workspace()
    assert toy.workspace() != toy.workspace(notes={})
    assert toy.workspace() != toy.renamed(toy.workspace(), "other")
    assert toy.workspace() != "a text"


def test_a_version_of_before_has_no_scenarios() -> None:
    kept = tables(toy.workspace())
    del kept["scenarios"]
    assert from_tables(kept) == toy.workspace(scenarios=())


def test_tables_without_one_of_their_columns_are_no_workspace() -> None:
    for name in ("workspace", "notes", "sites"):
        without = {key: table for key, table in tables(toy.workspace()).items() if key != name}
        with pytest.raises(InputError, match=name):
            from_tables(without)


def test_a_scenario_is_replaced_renamed_and_removed_in_its_place() -> None:
    first, second = toy.scenario("一"), toy.scenario("二")
    content = toy.workspace(scenarios=(first, second))
    moved = toy.scenario("一", radius_m=500)
    assert edits.with_scenario(content, moved).scenarios == (moved, second)
    assert edits.with_renamed_scenario(content, "一", "三").scenarios == (
        toy.scenario("三"),
        second,
    )
    assert edits.without_scenario(content, "一").scenarios == (second,)
    with pytest.raises(InputError, match="one name"):
        edits.with_renamed_scenario(content, "一", "二")
    assert content.scenarios == (first, second)

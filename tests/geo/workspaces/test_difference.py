"""What tells two versions apart: rows of one only, and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings

from geo.workspaces.difference import difference
from tests.geo.workspaces import toy

if TYPE_CHECKING:
    from geo.workspaces.content import Workspace


def rows(before: Workspace, after: Workspace) -> list[list[object]]:
    told: list[list[object]] = difference(before, after).to_numpy(dtype=object).tolist()
    return told


@settings(max_examples=20)
@given(content=toy.WORKSPACES)
def test_nothing_tells_a_workspace_from_itself(content: Workspace) -> None:
    assert difference(content, content).empty


@settings(max_examples=20)
@given(one=toy.WORKSPACES, other=toy.WORKSPACES)
def test_backwards_the_same_is_told_the_other_way_round(one: Workspace, other: Workspace) -> None:
    there, back = difference(one, other), difference(other, one)
    assert len(there) == len(back)
    turned = there["change"].replace({"added": "removed", "removed": "added"})
    assert sorted(turned) == sorted(back["change"])


def test_rows_and_cells_of_every_table_are_told() -> None:
    before = toy.workspace()
    sites = before.sites.drop(index=2)
    sites.loc[1, "name"] = "新名"
    sites.loc[[0], "geometry"] = gpd.GeoSeries([shapely.Point(114, 30)], index=[0], crs=sites.crs)
    after = toy.workspace(
        "另一名",
        sites=pd.concat([sites, toy.sites(4).iloc[[3]]]),
        boundaries=None,
        notes={"w1": "done"},
        shortlists={"visit": ("w1",)},
    )
    assert rows(before, after) == [
        ["workspace", ("0",), "changed", "name", "武汉园区", "另一名"],
        ["sites", ("w2",), "removed", None, None, None],
        ["sites", ("w3",), "added", None, None, None],
        ["sites", ("w1",), "changed", "name", "1号园", "新名"],
        ["sites", ("w0",), "changed", "geometry", None, "POINT (114 30)"],
        ["shortlists", ("visit", "w0"), "removed", None, None, None],
        ["shortlists", ("later", "nan"), "removed", None, None, None],
        ["notes", ("w1",), "changed", "text", before.notes["w1"], "done"],
        ["boundaries", ("guanggu",), "removed", None, None, None],
    ]


def test_a_column_of_one_only_is_told_by_its_cells() -> None:
    more = toy.sites(2, size=[7, None])
    assert rows(toy.workspace(sites=toy.sites(2)), toy.workspace(sites=more)) == [
        ["sites", ("w0",), "changed", "size", None, 7.0]
    ]


@pytest.mark.parametrize("ids", [["a", "a"], [None, None]])
def test_rows_whose_id_is_repeated_are_told_apart_by_their_place(ids: list[str | None]) -> None:
    before = toy.workspace(sites=toy.sites(2, id=ids))
    after = toy.workspace(sites=toy.sites(2, id=ids, name=["0号园", "b"]))
    assert rows(before, after) == [["sites", ("1",), "changed", "name", "1号园", "b"]]


def test_areas_are_told_apart_by_their_codes() -> None:
    areas = gpd.GeoDataFrame(
        {"adcode": ["a", "b"], "name_zh": ["东", "西"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)],
        crs="EPSG:4326",
    )
    before, after = toy.workspace(boundaries=areas), toy.workspace(boundaries=areas.iloc[[1]])
    assert rows(before, after) == [["boundaries", ("a",), "removed", None, None, None]]


def test_names_that_hold_what_keys_are_joined_by_are_told_apart() -> None:
    before = toy.workspace(shortlists={"A / B": ("C",), "A": ("B / C",)})
    after = toy.workspace(shortlists={"A / B": ("C",), "A": ("C", "B / C")})
    assert rows(before, before) == []
    assert rows(before, after) == [
        ["shortlists", ("A", "C"), "added", None, None, None],
        ["shortlists", ("A", "B / C"), "changed", "place", 0, 1],
    ]


def test_a_list_with_no_site_and_a_site_of_that_name_are_told_apart() -> None:
    before = toy.workspace(shortlists={"A": ()})
    assert rows(before, toy.workspace(shortlists={"A": ("nan",)})) != []

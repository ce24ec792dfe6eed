from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo import filters
from geo.errors import InputError
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd

FAMILY_OF = {"a": "x", "b": "x", "c": "y"}


def some_sites() -> gpd.GeoDataFrame:
    return toy.sites(
        [(121.45, 31.15)] * 4,
        kind=["park", "park", "base", None],
        level=["national", "none", "none", "none"],
        status=["operating", "planned", "operating", "operating"],
        existence=["sourced", "sourced", "unverified", "sourced"],
        sectors=["a;c", "b", "c", None],
    ).set_axis([10, 20, 30, 40])


def chosen(**conditions: list[str]) -> list[int]:
    found = filters.select(some_sites(), family_of=FAMILY_OF, **conditions)
    return list(found.index)


def test_without_conditions_all_sites_pass() -> None:
    pd.testing.assert_frame_equal(filters.select(some_sites()), some_sites())


def test_an_empty_choice_lets_nothing_pass() -> None:
    assert chosen(kinds=[]) == []
    assert chosen(families=[]) == []


def test_each_condition() -> None:
    assert chosen(kinds=["park"]) == [10, 20]
    assert chosen(levels=["none"]) == [20, 30, 40]
    assert chosen(statuses=["planned"]) == [20]
    assert chosen(existences=["unverified"]) == [30]
    assert chosen(sectors=["c"]) == [10, 30]
    assert chosen(sectors=["b", "c"]) == [10, 20, 30]


def test_a_site_is_in_every_family_of_its_sectors() -> None:
    assert chosen(families=["x"]) == [10, 20]
    assert chosen(families=["y"]) == [10, 30]
    assert chosen(families=["x", "y"]) == [10, 20, 30]


def test_all_conditions_must_hold() -> None:
    assert chosen(families=["x"], statuses=["operating"]) == [10]
    assert chosen(families=["x"], sectors=["c"]) == [10]


def test_what_no_site_has() -> None:
    assert chosen(kinds=["unheard-of"]) == []


def test_families_of_the_catalogue() -> None:
    sites = toy.sites([None, None], sectors=["industrial_design", "fashion"])
    assert list(filters.select(sites, families=["fas"]).index) == [1]


def test_absent_columns_are_named_together() -> None:
    with pytest.raises(InputError, match="kind, status, sectors"):
        filters.select(toy.sites([None]), kinds=["park"], statuses=["planned"], sectors=["a"])

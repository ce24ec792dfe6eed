"""Orders of the result list."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.errors import InputError
from geo.facts import catalog
from geo.search import matching, text_index
from geo.search.ordering import ORDERS, ordered

SITES = catalog.sites("shanghai")
PLACE = (121.4737, 31.2304)


def ranks(field: catalog.Field, column: pd.Series) -> list[int]:
    codes = list(catalog.vocabulary(field).index)
    return [codes.index(code) for code in column]


@pytest.mark.parametrize("by", ORDERS)
def test_no_site_is_lost_and_none_changes(by: str) -> None:
    found = ordered(SITES, by=by, near=PLACE)
    assert sorted(found.index) == sorted(SITES.index)
    pd.testing.assert_frame_equal(found.sort_index(), SITES.sort_index())


def test_highest_level_first_then_the_most_exact_position() -> None:
    found = ordered(SITES)
    pairs = list(
        zip(ranks("level", found["level"]), ranks("precision", found["precision"]), strict=True)
    )
    assert pairs == sorted(pairs)
    assert len(set(pairs)) > 3


def test_vocabulary_begins_with_the_highest_and_the_most_exact() -> None:
    assert catalog.vocabulary("level").index[0] == "national"
    assert list(catalog.vocabulary("precision").index) == ["building", "street", "district", "none"]


@pytest.mark.parametrize(("by", "column"), [("opened", "opened_year"), ("area", "area_m2")])
def test_newest_and_largest_first_and_unknown_last(by: str, column: str) -> None:
    values = ordered(SITES, by=by)[column]
    known = values.dropna()
    assert known.is_monotonic_decreasing
    assert values.iloc[: len(known)].notna().all()
    assert 0 < len(known) < len(values)


def test_nearest_first_and_unlocated_last() -> None:
    found = ordered(SITES, by="distance", near=PLACE)
    distances = matching.distances_m(found, PLACE)
    known = distances[np.isfinite(distances)]
    assert (np.diff(known) >= 0).all()
    assert np.isfinite(distances[: len(known)]).all()


def test_distance_to_no_place_is_the_order_by_level() -> None:
    pd.testing.assert_index_equal(ordered(SITES, by="distance").index, ordered(SITES).index)


def test_names_that_begin_with_the_text_come_first() -> None:
    text = "M50"
    found = text_index.ranks(ordered(SITES, text=text), text)
    assert (np.diff(found) >= 0).all()
    assert found[0] == text_index.FIRST


def test_names_go_by_pinyin() -> None:
    toy = SITES.iloc[:3].assign(name_zh=["张江", "安亭", "M50"])
    assert list(ordered(toy, by="name")["name_zh"]) == ["M50", "安亭", "张江"]


def test_unknown_order_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="level, name, opened"):
        ordered(SITES, by="size")


def test_absent_columns_are_named_together() -> None:
    with pytest.raises(InputError, match="area_m2, level"):
        ordered(catalog.sites("jinan").drop(columns=["area_m2", "level"]), by="area")

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import classes


def test_classes_are_closed_below() -> None:
    breaks = (1.0, 3.0, 30.0)
    assert classes.labels(breaks) == ("0", "0–1", "1–3", "3–30", "≥ 30")
    found = classes.classify(pd.Series([0.2, 0.74, 3.3, 30.0, 95.0, 0.0, math.nan]), breaks)
    assert found.fillna(-1).to_list() == [1, 1, 3, 4, 4, 0, -1]
    assert found.dtype == "Int64"


def test_without_limits_zero_is_a_class_of_its_own() -> None:
    assert classes.labels(()) == ("0", "> 0")
    assert classes.classify(pd.Series([0.0, 2.0]), ()).to_list() == [0, 1]


@given(st.lists(st.integers(0, 60), min_size=1))
def test_one_class_is_told_by_the_numbers_that_are_in_it(values: list[int]) -> None:
    _, label = classes.whole_labels((), values=values)
    above = [value for value in values if value]
    if above:
        assert all(_holds(label, value) for value in above)
        assert {int(end) for end in label.split("–")} == {min(above), max(above)}
    else:
        assert label == "> 0"


def test_missing_values_of_pandas_have_no_class() -> None:
    values = pd.Series([1, 2, 3, None], dtype="Int64")
    assert classes.classify(values, (2.0,)).isna().to_list() == [False, False, False, True]


@pytest.mark.parametrize("value", ["1,000", "many", -5.0, math.inf, True])
def test_what_is_no_figure_is_told_with_its_row(value: object) -> None:
    values = pd.Series([1.0, value], index=["110101", "110102"], dtype=object, name="density")
    with pytest.raises(InputError, match=r"column density: found .* at row 110102"):
        classes.classify(values, (1.0, 2.0))


@pytest.mark.parametrize("breaks", [(2.0, 1.0), (1.0, 1.0), (0.0, 1.0), ("1",), (math.nan,)])
def test_limits_that_do_not_rise_are_refused(breaks: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="ascending"):
        classes.classify(pd.Series([1.0]), breaks)
    with pytest.raises(InputError, match="ascending"):
        classes.labels(breaks)


def test_quotients_have_no_class_for_zero() -> None:
    values = pd.Series([0.0, 0.49, 0.5, 0.8, 1.0, 1.25, 2.0, np.nan], index=list("abcdefgh"))
    found = classes.classify(values, classes.LQ_BREAKS, zero_class=False)
    assert found.fillna(-1).to_list() == [0, 0, 1, 2, 2, 3, 4, -1]
    assert found.index.equals(values.index)
    names = classes.labels(classes.LQ_BREAKS, zero_class=False)
    assert names == ("< 0.5", "0.5–0.8", "0.8–1.25", "1.25–2", "≥ 2")


def test_limits_for_quotients_are_reciprocal() -> None:
    low, high = classes.LQ_BREAKS[:2], classes.LQ_BREAKS[2:]
    assert [1 / limit for limit in low] == list(reversed(high))


@given(st.lists(st.integers(2, 60), unique=True, min_size=1, max_size=4).map(sorted))
def test_each_count_stands_in_the_one_class_that_it_is_drawn_in(breaks: list[int]) -> None:
    names = classes.whole_labels(breaks)
    counts = pd.Series(range(80))
    for count, at in zip(counts, classes.classify(counts, breaks), strict=True):
        inside = [label for label in names if _holds(label, count)]
        assert inside == [names[at]]


def _holds(label: str, count: int) -> bool:
    if label.startswith("≥"):
        return count >= int(label[1:])
    least, _, most = label.partition("–")
    return int(least) <= count <= int(most or least)

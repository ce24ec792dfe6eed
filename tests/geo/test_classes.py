from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import classes
from geo.errors import InputError

AMOUNTS = st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e9)), max_size=40)


def test_shanghai() -> None:
    # Quartiles 0.74, 3.3 and 33.8 of the values above zero.
    values = [0.2, 0.74, 3.3, 33.8, 95.0, 0.0, math.nan]
    breaks = classes.amount_breaks(values)
    assert breaks == (1.0, 3.0, 30.0)
    assert classes.labels(breaks) == ("0", "0–1", "1–3", "3–30", "≥ 30")
    found = classes.classify(pd.Series(values), breaks)
    assert found.fillna(-1).to_list() == [1, 1, 3, 4, 4, 0, -1]
    assert found.dtype == "Int64"


def test_limits_are_round_numbers_at_any_size() -> None:
    assert classes.amount_breaks([0.00029, 0.00031]) == (0.0003,)
    assert classes.amount_breaks([8e6, 9e6, 9.9e6]) == (1e7,)
    assert classes.amount_breaks([0.3, 0.3]) == (0.3,)
    assert classes.amount_breaks([4.0] * 3) == (5.0,)  # sqrt(15) = 3.87 parts 3 from 5


def test_no_limits_without_amounts() -> None:
    assert classes.amount_breaks([]) == ()
    assert classes.amount_breaks([0.0, math.nan]) == ()
    assert classes.labels(()) == ("0", "> 0")
    assert classes.classify(pd.Series([0.0, 2.0]), ()).to_list() == [0, 1]


def test_missing_values_of_pandas_take_no_part() -> None:
    values = pd.Series([1, 2, 3, None], dtype="Int64")
    assert classes.amount_breaks(values) == classes.amount_breaks([1, 2, 3])
    assert classes.classify(values, (2.0,)).isna().to_list() == [False, False, False, True]


@pytest.mark.parametrize("bad", [-1.0, math.inf])
def test_impossible_amounts(bad: float) -> None:
    with pytest.raises(InputError):
        classes.amount_breaks([1.0, bad])


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


@given(values=AMOUNTS)
def test_classes_follow_the_values(values: list[float]) -> None:
    breaks = classes.amount_breaks(values)
    assert len(breaks) <= 3
    assert list(breaks) == sorted(set(breaks))
    for limit in breaks:
        assert float(f"{limit:.0e}"[0]) in classes.STEPS
    series = pd.Series(values, dtype="float64")
    found = classes.classify(series, breaks)
    assert ((found == 0) == (series == 0)).all()
    assert found[series.sort_values().index].is_monotonic_increasing
    assert (found < len(classes.labels(breaks))).all()


@given(values=AMOUNTS, scale=st.integers(-3, 3))
def test_another_unit_moves_the_limits_by_its_factor(values: list[float], scale: int) -> None:
    factor = 10.0**scale
    moved = classes.amount_breaks([value * factor for value in values])
    assert moved == pytest.approx([limit * factor for limit in classes.amount_breaks(values)])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (24_870_895, "24,870,895"),
        (np.int64(1703), "1,703"),
        (1703.2, "1,703"),
        (999.6, "1,000"),
        (99.96, "100"),
        (100.0, "100"),
        (33.84, "33.8"),
        (9.999, "10"),
        (3.3, "3.3"),
        (0.7412, "0.741"),
        (0.000012345, "0.0000123"),
        (0, "0"),
        (0.0, "0"),
        (-2.346, "-2.35"),
        (None, "—"),
        (math.nan, "—"),
        (math.inf, "—"),
        (pd.NA, "—"),
    ],
)
def test_numbers_as_readers_take_them_in(value: float | None, text: str) -> None:
    assert classes.format_number(value) == text


def test_two_significant_digits() -> None:
    assert classes.format_number(33.84, significant=2) == "34"
    assert classes.format_number(0.7412, significant=2) == "0.74"


def test_rounding_to_significant_digits() -> None:
    assert classes.round_significant(1234.5) == 1230.0
    assert classes.round_significant(0.00098765, significant=2) == 0.00099
    assert classes.round_significant(0.0) == 0.0
    assert math.isnan(classes.round_significant(math.nan))

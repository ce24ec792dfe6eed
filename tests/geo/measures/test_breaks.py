from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import breaks, classes

if TYPE_CHECKING:
    from collections.abc import Callable

AMOUNTS = st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e9)), max_size=40)
SHARES = st.lists(st.floats(0, 1), max_size=40)


RULES: dict[str, Callable[[list[float]], tuple[float, ...]]] = {
    "amounts": breaks.amount_breaks,
    "shares": lambda values: breaks.share_breaks([value / 1e9 for value in values]),
    "quantiles": breaks.quantile_breaks,
    "equal": breaks.equal_breaks,
}


def held(values: list[float], limits: tuple[float, ...]) -> list[list[float]]:
    """Return what each class above zero holds, in order."""
    series = pd.Series(values, dtype="float64")
    found = classes.classify(series, limits)
    return [sorted(series[found == at]) for at in range(1, len(limits) + 2)]


def is_round(limit: float) -> bool:
    return limit in breaks.SHARES or float(f"{limit:.0e}"[0]) in breaks.STEPS


def test_what_a_reader_calls_different_is_parted() -> None:
    # Sites per 100 km² of Chongqing's districts: 渝中 stood in one class with 南岸.
    amounts = [0.04, 0.09, 0.11, 0.13, 1.4, 1.6, 2.3, 2.9, 25.8]
    assert held(amounts, breaks.amount_breaks(amounts)) == [amounts[:4], amounts[4:8], [25.8]]


def test_shares_part_near_all_as_they_do_near_none() -> None:
    shares = [0.01, 0.03, 0.49, 0.51, 0.97, 0.99]
    assert held(shares, breaks.share_breaks(shares)) == [shares[:2], shares[2:4], shares[4:]]


def test_limits_are_round_numbers_at_any_size() -> None:
    assert breaks.amount_breaks([0.00029, 0.00031]) == (0.0003,)
    assert breaks.amount_breaks([8e6, 2e7]) == (1e7,)
    assert breaks.share_breaks([0.65, 0.75]) == (0.7,)


def test_no_limits_where_no_round_number_parts_the_values() -> None:
    assert breaks.amount_breaks([]) == breaks.share_breaks([]) == ()
    assert breaks.amount_breaks([0.0, math.nan]) == ()
    assert breaks.amount_breaks([0.3, 0.3]) == breaks.share_breaks([0.95, 1.0]) == ()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "values", [[], [0.0, 0.0], [math.nan, math.nan], [7.0, 7.0, 0.0, math.nan]]
)
def test_what_is_all_alike_is_one_class(rule: str, values: list[float]) -> None:
    limits = RULES[rule](values)
    assert limits == ()
    told = classes.labels(limits, values=values)
    assert told == ("0", "7" if 7.0 in values else "> 0")


@pytest.mark.parametrize("rule", ["amounts", "quantiles", "equal"])
def test_two_values_are_two_classes(rule: str) -> None:
    values = [3.0, 3.0, 300.0]
    assert [part for part in held(values, RULES[rule](values)) if part] == [[3.0, 3.0], [300.0]]


def of_peer(values: list[float], bins: list[float]) -> list[list[float]]:
    """Return what each class of mapclassify holds, which are closed above."""
    return [
        sorted(value for value in values if low < value <= high)
        for low, high in pairwise([-math.inf, *bins])
    ]


@given(values=st.lists(st.floats(1e-6, 1e9), min_size=5, max_size=40, unique=True))
def test_quantiles_are_those_of_mapclassify(values: list[float]) -> None:
    import mapclassify  # noqa: PLC0415 - compiles at its import, for whoever collects tests

    parts = of_peer(values, mapclassify.Quantiles(values, k=5).bins)
    assert held(values, breaks.quantile_breaks(values)) == parts


@given(values=AMOUNTS)
@example(values=[5e-324, 1e-323])
def test_equal_steps_are_those_of_mapclassify_rounded_up(values: list[float]) -> None:
    import mapclassify  # noqa: PLC0415 - compiles at its import, for whoever collects tests

    limits = breaks.equal_breaks(values)
    distinct = {value for value in values if value}
    steps = [high - low for low, high in pairwise((0.0, *limits))]
    assert steps == pytest.approx(steps[:1] * len(steps))
    if (
        len(distinct) > 1
        and not all(value.is_integer() for value in distinct)
        and max(distinct) > 1e-300
    ):
        peer = mapclassify.EqualInterval([0.0, *values], k=5).bins[:-1]
        assert all(own < 1.1 * each for own, each in zip(limits, peer, strict=True))
        assert all(own > 0.999 * each for own, each in zip(limits, peer, strict=True))


@given(values=AMOUNTS)
def test_quantiles_leave_no_class_empty(values: list[float]) -> None:
    limits = breaks.quantile_breaks(values)
    assert len(limits) <= breaks.MOST
    parts = held(values, limits)
    assert all(parts) or not any(values)


@given(values=st.lists(st.integers(0, 500), max_size=40))
def test_classes_of_counts_are_told_without_a_count_in_two(values: list[int]) -> None:
    for rule in (breaks.quantile_breaks, breaks.equal_breaks):
        limits = rule(values)
        assert all(limit == int(limit) > 1 for limit in limits)
        assert len(classes.whole_labels(limits, values=values)) == len(limits) + 2


def test_missing_values_of_pandas_take_no_part() -> None:
    values = pd.Series([1, 2, 3, None], dtype="Int64")
    assert breaks.amount_breaks(values) == breaks.amount_breaks([1, 2, 3])


@pytest.mark.parametrize("bad", [-1.0, math.inf])
def test_impossible_amounts(bad: float) -> None:
    with pytest.raises(InputError):
        breaks.amount_breaks([1.0, bad])


@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_impossible_shares(bad: float) -> None:
    with pytest.raises(InputError):
        breaks.share_breaks([0.5, bad])


@given(values=AMOUNTS)
def test_classes_of_amounts(values: list[float]) -> None:
    limits = breaks.amount_breaks(values)
    assert len(limits) <= breaks.MOST
    assert all(low < high for low, high in pairwise(limits))
    assert all(map(is_round, limits))
    parts = held(values, limits)
    assert all(parts) or not any(values)
    # Five classes of at most three steps reach over three orders of magnitude: 3 to 20 is widest.
    least = breaks.LEAST * max(values, default=0)
    assert all(part[-1] < 20 / 3 * max(part[0], least) for part in parts if part)


@given(values=SHARES)
@example(values=[5e-324])
def test_classes_of_shares(values: list[float]) -> None:
    limits = breaks.share_breaks(values)
    assert len(limits) <= breaks.MOST
    assert all(low < high for low, high in pairwise(limits))
    assert all(map(is_round, limits))
    assert all(held(values, limits)) or not any(values)


@given(values=AMOUNTS, scale=st.integers(-3, 3))
def test_another_unit_moves_the_limits_by_its_factor(values: list[float], scale: int) -> None:
    factor = 10.0**scale
    moved = breaks.amount_breaks([value * factor for value in values])
    assert moved == pytest.approx([limit * factor for limit in breaks.amount_breaks(values)])


@given(values=AMOUNTS, seed=st.integers(0, 99))
def test_the_order_of_the_values_does_not_matter(values: list[float], seed: int) -> None:
    mixed = np.random.default_rng(seed).permutation(values).tolist()
    assert breaks.amount_breaks(mixed) == breaks.amount_breaks(values)

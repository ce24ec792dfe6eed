from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from geo import concentration
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

AMOUNTS = st.lists(st.integers(0, 10_000), min_size=2, max_size=30).filter(any)

MIX = [20, 50, 20, 10]


def test_published_values() -> None:
    # Wieland 2019, REAT: A Regional Economic Analysis Toolbox for R, REGION 6(3): its examples.
    assert concentration.herfindahl(MIX) == pytest.approx(0.34)
    assert concentration.herfindahl(MIX, normalised=True) == pytest.approx(0.12)
    assert concentration.gini(MIX) == pytest.approx(0.3)
    assert concentration.gini(MIX, normalised=True) == pytest.approx(0.4)
    # Stoermann 2009, Regionaloekonomik: his list; what REAT gives for it, 0.2326302, is Theil's L.
    assert concentration.theil([10, 10, 10, 20, 50]) == pytest.approx(0.250201, abs=5e-7)
    # Shannon 1951, Prediction and Entropy of Printed English, p. 51: 26 letters, 27 with the space.
    assert concentration.entropy([1] * 26) == pytest.approx(4.70, abs=5e-3)
    assert concentration.entropy([3] * 27) == pytest.approx(4.76, abs=6e-3)


@settings(max_examples=30)
@given(x=AMOUNTS, data=st.data())
def test_agrees_with_the_package_inequality(x: list[int], data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(x), max_size=len(x)))
    values = np.array(x, dtype=float)
    assert concentration.gini(x) == pytest.approx(Gini(values).g, abs=1e-12)
    assert concentration.theil(x) == pytest.approx(float(Theil(values).T), abs=1e-12)
    parts = concentration.theil(x, groups=groups)
    assert parts.total == pytest.approx(parts.between + parts.within, abs=1e-12)
    theirs = TheilD(values, np.array(groups))
    assert parts.between == pytest.approx(float(np.squeeze(theirs.bg)), abs=1e-12)


@given(pairs=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=20))
def test_a_weight_is_as_many_units_of_that_amount(pairs: list[tuple[int, int]]) -> None:
    x, weights = [each for each, _ in pairs], [each for _, each in pairs]
    written = np.repeat(np.array(x, dtype=float), np.array(weights, dtype=int))
    found = concentration.weighted_gini(x, weights)
    assert found == pytest.approx(concentration.gini(written), abs=1e-12, nan_ok=True)
    assert concentration.weighted_gini([*x, np.nan, 5], [*weights, 7, np.nan]) == pytest.approx(
        found, abs=1e-12, nan_ok=True
    )


def test_weights_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match=r"weights: found -1.0 .*expected finite numbers from 0"):
        concentration.weighted_gini([1, 2], [3, -1])
    with pytest.raises(InputError, match="weights: found 1, expected one for each of 2 amounts"):
        concentration.weighted_gini([1, 2], [3])


@settings(max_examples=30)
@given(x=AMOUNTS, seed=st.integers(0, 99))
def test_neither_order_nor_scale_matters(x: list[int], seed: int) -> None:
    other = np.random.default_rng(seed).permutation(x)
    for figure in FIGURES:
        assert figure(other) == figure(x)
        assert figure(np.array(x) * 7.0) == pytest.approx(figure(x), abs=1e-12)
    groups = np.array(x) % 3
    shuffled = concentration.theil(other, groups=other % 3)
    assert shuffled == concentration.theil(x, groups=groups)


@settings(max_examples=30)
@given(x=AMOUNTS)
def test_figures_stay_within_their_bounds(x: list[int]) -> None:
    k = len(x)
    assert 0 <= concentration.gini(x, normalised=True) <= 1
    assert 0 <= concentration.herfindahl(x, normalised=True) <= 1
    assert 1 / k - 1e-12 <= concentration.herfindahl(x) <= concentration.top_share(x) + 1e-12
    assert 0 <= concentration.theil(x) <= math.log(k) + 1e-12
    assert 0 <= concentration.entropy(x) <= math.log2(k) + 1e-12
    assert concentration.top_share(x, k=k) == pytest.approx(1)


def test_one_unit_with_everything_is_as_uneven_as_can_be() -> None:
    x = [0, 0, 9, 0]
    assert concentration.gini(x, normalised=True) == 1
    assert concentration.herfindahl(x, normalised=True) == 1
    assert concentration.theil(x) == pytest.approx(math.log(4))
    assert concentration.entropy(x) == concentration.diversity(x) == 0


def test_what_is_unknown_is_left_out_and_no_zero() -> None:
    assert concentration.gini([1, 3, np.nan]) == concentration.gini([1, 3])
    assert concentration.gini([1, 3, 0]) > concentration.gini([1, 3])
    parts = concentration.theil([1, np.nan, 3], groups=["a", "b", "b"])
    assert parts == concentration.theil([1, 3], groups=["a", "b"])


@pytest.mark.parametrize("x", [[], [0], [0, 0, 0], [np.nan], [np.nan, 0]])
def test_an_empty_sector_has_no_figure(x: list[float]) -> None:
    assert all(math.isnan(figure(x)) for figure in FIGURES)
    assert all(map(math.isnan, concentration.theil(x, groups=["a"] * len(x))))
    assert concentration.why_empty(x) == "nothing_counted"


def test_one_district_cannot_be_compared() -> None:
    assert math.isnan(concentration.gini([4], normalised=True))
    assert math.isnan(concentration.herfindahl([4], normalised=True))
    assert math.isnan(concentration.diversity([4]))
    assert concentration.why_empty([4], normalised=True) == "too_few"
    assert concentration.why_empty([4, 0], normalised=True) is None


@pytest.mark.parametrize("x", [[1, -1], [1, np.inf], [[1], [2]], ["much"]])
def test_what_is_no_amount_is_refused(x: list[object]) -> None:
    for figure in FIGURES:
        with pytest.raises(InputError, match=r"^x: found"):
            figure(x)


def test_every_fault_of_groups_is_named() -> None:
    with pytest.raises(InputError, match=r"found -1.0 at row 1(.|\n)*groups: none for row 0"):
        concentration.theil([1, -1], groups=np.array([None, "a"]))
    with pytest.raises(InputError, match="found 1 for 2 amounts"):
        concentration.theil([1, 2], groups=["a"])
    with pytest.raises(InputError, match="k: found 0"):
        concentration.top_share([1, 2], k=0)


FIGURES: tuple[Callable[..., float], ...] = (
    concentration.gini,
    concentration.theil,
    concentration.herfindahl,
    concentration.entropy,
    concentration.diversity,
    concentration.top_share,
)


@settings(max_examples=30)
@given(x=AMOUNTS)
def test_units_that_have_everything_have_exactly_all_of_it(x: list[int]) -> None:
    some = [each for each in x if each]
    assert concentration.top_share([*some, 0, 0], k=len(some)) == 1

"""The same plan in whatever order demand and candidates are given, on every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import distance

from geo import siting

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Places = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
    Model = Callable[[NDArray[np.float64], NDArray[np.float64]], siting.Plan]

MODELS: dict[str, Model] = {
    "maximal covering": lambda cost, weights: siting.maximal_covering(cost, weights, 3, 2500),
    "p-median": lambda cost, weights: siting.p_median(cost, weights, 3),
    # As far as the farthest demand has to go at least, so that there is a plan for every town.
    "set covering": lambda cost, _: siting.set_covering(cost, 1.1 * cost.min(axis=1).max()),
    "p-centre": lambda cost, _: siting.p_center(cost, 3),
}
MODEL = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


def town(seed: int) -> Places:
    """Demand on a grid of whole kilometres, where many are as far; candidates anywhere."""
    rng = np.random.default_rng(seed)
    demand = rng.integers(0, 10, (40, 2)) * 1000.0
    return demand, rng.integers(0, 10, (12, 2)) * 1000.0 + 500, rng.integers(1, 5, 40).astype(float)


@MODEL
@settings(max_examples=8)
@given(seed=st.integers(0, 99), order=st.integers(0, 99))
def test_order_changes_nothing(model: Model, seed: int, order: int) -> None:
    demand, candidates, weights = town(seed)
    candidates = np.unique(candidates, axis=0)
    cost = distance.cdist(demand, candidates)
    rng = np.random.default_rng(order)
    rows, columns = rng.permutation(len(demand)), rng.permutation(len(candidates))
    plan, other = model(cost, weights), model(cost[rows][:, columns], weights[rows])
    assert (other.value, other.bound) == pytest.approx((plan.value, plan.bound))
    assert other.status == plan.status
    assert {*columns[[*other.chosen]].tolist()} == {*plan.chosen}


@MODEL
def test_moving_the_town_changes_nothing(model: Model) -> None:
    demand, candidates, weights = town(1)
    cost = distance.cdist(demand, candidates)
    moved = distance.cdist(demand + 64_000, candidates + 64_000)
    assert model(moved, weights) == model(cost, weights)


@MODEL
def test_every_run_is_the_same(model: Model) -> None:
    demand, candidates, weights = town(2)
    cost = distance.cdist(demand, candidates)
    assert model(cost, weights) == model(cost, weights)


@MODEL
def test_what_is_given_stays_as_it_is(model: Model) -> None:
    demand, candidates, weights = town(3)
    cost = distance.cdist(demand, candidates)
    before = cost.copy(), weights.copy()
    model(cost, weights)
    np.testing.assert_array_equal(cost, before[0])
    np.testing.assert_array_equal(weights, before[1])

"""Every model finds the best of all plans, whatever sites are fixed and whatever ways there are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from scipy import sparse

from geo import siting
from geo.errors import InputError
from tests.geo.siting.small import Instance, instances

if TYPE_CHECKING:
    from collections.abc import Callable


def ask(model: Callable[[], siting.Plan], best: float) -> siting.Plan | None:
    """The plan, which is the best and says so; none where there is none to be had."""
    if math.isinf(best):
        with pytest.raises(InputError, match=r"no candidate|are needed"):
            model()
        return None
    plan = model()
    assert plan.value == pytest.approx(best, rel=1e-9, abs=1e-9)
    assert plan.bound == plan.value
    assert plan.status in {"proven", "all covered"}
    return plan


def stored(cost: np.ndarray) -> sparse.csc_array:
    rows, columns = np.nonzero(np.isfinite(cost))
    return sparse.csc_array((cost[rows, columns], (rows, columns)), shape=cost.shape)


@settings(max_examples=60)
@given(instances())
def test_maximal_covering(given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    best = given.best(given.covered, most=True)
    plan = ask(lambda: siting.maximal_covering(cost, weights, p, radius, fixed, gap=0), best)
    assert plan is not None
    assert given.covered([*plan.chosen]) == pytest.approx(best)
    assert len(plan.chosen) == p + len(fixed)
    assert {*fixed} <= {*plan.chosen}


@settings(max_examples=60)
@given(instances())
def test_p_median(given: Instance) -> None:
    cost, weights, p, _, fixed = given
    best = given.best(given.metres, most=False)
    plan = ask(lambda: siting.p_median(cost, weights, p, fixed, gap=0), best)
    if plan is not None:
        assert given.metres([*plan.chosen]) == pytest.approx(best)
        assert len(plan.chosen) == p + len(fixed)
        assert {*fixed} <= {*plan.chosen}


@pytest.fixture(params=["covering", "median"])
def by_whole_numbers_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Prices decide nothing, so that the solver decides everything; the model to ask."""
    monkeypatch.setattr("geo.siting.lagrangian.SHORTEST", 2.0)
    monkeypatch.setattr("geo.siting.exchange.LEAST", 2.0)
    return str(request.param)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instances())
def test_whole_numbers_alone(by_whole_numbers_alone: str, given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    if by_whole_numbers_alone == "covering":
        best = given.best(given.covered, most=True)
        ask(lambda: siting.maximal_covering(cost, weights, p, radius, fixed, gap=0), best)
    else:
        best = given.best(given.metres, most=False)
        ask(lambda: siting.p_median(cost, weights, p, fixed, gap=0), best)


@settings(max_examples=60)
@given(instances())
def test_p_center(given: Instance) -> None:
    best = given.best(given.farthest, most=False)
    plan = ask(lambda: siting.p_center(given.cost, given.p, given.fixed), best)
    if plan is not None:
        assert given.farthest([*plan.chosen]) == best
        assert len(plan.chosen) == given.p + len(given.fixed)
        assert {*given.fixed} <= {*plan.chosen}


@settings(max_examples=60)
@given(instances())
def test_set_covering(given: Instance) -> None:
    plan = ask(lambda: siting.set_covering(given.cost, given.radius, given.fixed), given.fewest())
    if plan is not None:
        assert given.farthest([*plan.chosen]) <= given.radius
        assert len(plan.chosen) == plan.value
        assert {*given.fixed} <= {*plan.chosen}


@settings(max_examples=15)
@given(instances())
def test_what_a_sparse_cost_does_not_store_is_out_of_reach(given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    dense = siting.maximal_covering(cost, weights, p, radius, fixed, gap=0)
    assert siting.maximal_covering(stored(cost), weights, p, radius, fixed, gap=0) == dense
    reach = stored(np.where(cost <= radius, 1.0, np.inf)).astype(bool)
    assert siting.maximal_covering(reach, weights, p, radius, fixed, gap=0) == dense


def test_a_stored_zero_is_a_site_in_the_place_itself() -> None:
    here = sparse.coo_array(([0.0], ([0], [1])), shape=(1, 2))
    assert siting.maximal_covering(here, [3], 1, 500).chosen == (1,)
    assert siting.p_median(here, [3], 1).value == 0

"""Sites that serve no more than their capacity: the best of all plans, each a transport."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import siting
from geo.siting import remainder
from tests.geo.siting.small import Instance, instances

if TYPE_CHECKING:
    from geo.siting.given import Columns
    from geo.siting.search import Progress


def served(given: Instance, capacity: np.ndarray, plan: list[int]) -> float:
    """What a plan serves, by the least cut between demand and sites (Ford and Fulkerson)."""
    reach = given.cost <= given.radius
    subsets = chain.from_iterable(combinations(plan, k) for k in range(len(plan) + 1))
    return min(
        float(capacity[[*full]].sum())
        + float(given.weights[reach[:, [j for j in plan if j not in full]].any(axis=1)].sum())
        for full in map(list, subsets)
    )


@settings(max_examples=60)
@given(instances(), st.integers(0, 1000))
def test_the_best_of_all_plans(given: Instance, seed: int) -> None:
    cost, weights, p, radius, fixed = given
    capacity = np.random.default_rng(seed).choice([0.0, 1.0, 2.5, 4.0, 9.0, np.inf], cost.shape[1])
    capacity[0] += 1
    best = given.best(lambda plan: served(given, capacity, plan), most=True)
    plan = siting.maximal_covering(cost, weights, p, radius, fixed, capacity=capacity, gap=0)
    assert plan.value == pytest.approx(best)
    assert served(given, capacity, [*plan.chosen]) == pytest.approx(best)
    assert (plan.bound, plan.status) == (plan.value, "proven")
    assert len(plan.chosen) == p + len(fixed)
    assert {*fixed} <= {*plan.chosen}


def test_room_for_everybody_is_no_limit() -> None:
    cost = np.random.default_rng(3).uniform(0, 9000, (40, 12))
    residents = np.random.default_rng(4).integers(1, 50, 40)
    free = siting.maximal_covering(cost, residents, 3, 2500, gap=0)
    wide = siting.maximal_covering(cost, residents, 3, 2500, capacity=[9999] * 12, gap=0)
    assert (wide.value, wide.status) == (free.value, "proven")


def test_it_can_be_stopped_before_the_plan_without_limits_is_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[str] = []
    proving = remainder.best

    def prove(*given: Any) -> Columns:  # noqa: ANN401 - as of the module
        begun.append("proof")
        return proving(*given)

    monkeypatch.setattr(remainder, "best", prove)
    rng = np.random.default_rng(5)
    cost = rng.uniform(0, 9000, (300, 60))
    residents, capacity = rng.integers(1, 50, 300), rng.integers(200, 900, 60)
    told: list[siting.Plan] = []

    def stop(plan: siting.Plan) -> bool:
        told.append(plan)
        return False

    def covered(progress: Progress | None) -> siting.Plan:
        return siting.maximal_covering(
            cost, residents, 8, 1500, capacity=capacity, gap=0, seconds=5, progress=progress
        )

    stopped = covered(stop)
    assert (len(told), begun) == (1, [])
    assert (stopped.status, stopped.chosen) == ("stopped", told[0].chosen)
    assert stopped.value == pytest.approx(told[0].value)
    whole = covered(None)
    assert begun
    assert stopped.value <= whole.value <= stopped.bound


def test_too_large_for_a_proof_still_gives_a_plan_with_its_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("geo.siting.remainder.MOST_COEFFICIENTS", 0)
    cost = np.array([[1.0, 9, 1], [1, 1, 9], [9, 1, 9], [9, 9, 1]])
    plan = siting.maximal_covering(cost, [5, 5, 5, 5], 1, 5, capacity=[3, 4, 6], gap=0)
    assert plan.bound == 6
    assert plan.status in {"memory limit", "proven"}

"""The group that is served worst comes first, then all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import siting
from geo.siting import lagrangian
from tests.geo.siting.small import Instance, instances

if TYPE_CHECKING:
    from geo.siting.search import Search


@settings(max_examples=60)
@given(instances(), st.integers(0, 1000))
def test_the_best_of_all_plans(given: Instance, seed: int) -> None:
    cost, weights, p, radius, fixed = given
    groups = np.random.default_rng(seed).choice(["east", "west", "islands"], len(weights))

    def worst(plan: list[int]) -> float:
        reached = np.where((cost[:, plan] <= radius).any(axis=1), weights, 0.0)
        each = [groups == name for name in {*groups} if weights[groups == name].any()]
        return min(float(reached[here].sum() / weights[here].sum()) for here in each)

    plan = siting.maximal_covering(cost, weights, p, radius, fixed, groups=groups, gap=0)
    best = max(map(worst, given.plans()))
    assert plan.value == pytest.approx(best)
    assert worst([*plan.chosen]) == pytest.approx(best)
    assert (plan.bound, plan.status) == (plan.value, "proven")
    assert len(plan.chosen) == p + len(fixed)
    assert {*fixed} <= {*plan.chosen}
    as_well = [each for each in given.plans() if worst(each) >= best - 1e-9]
    assert given.covered([*plan.chosen]) == pytest.approx(max(map(given.covered, as_well)))


def test_a_small_group_is_not_left_for_a_large_one() -> None:
    cost = np.array([[1.0, 9, 9], [9, 1, 9], [9, 9, 1]])
    people, groups = [900, 800, 5], ["town", "town", "village"]
    assert siting.maximal_covering(cost, people, 2, 5).chosen == (0, 1)
    plan = siting.maximal_covering(cost, people, 2, 5, groups=groups)
    assert plan.chosen == (0, 2)
    assert plan.value == pytest.approx(9 / 17)


def test_who_stops_ends_the_plan_for_all_with_which_it_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = np.random.default_rng(5)
    cost, groups = here.random((80, 40)), np.arange(80) % 4
    told: list[siting.Plan] = []

    def ascent(_: object, chosen: object, search: Search) -> tuple[object, None]:
        assert search.over
        return chosen, None

    def stop(plan: siting.Plan) -> bool:
        told.append(plan)
        return False

    monkeypatch.setattr(lagrangian, "ascent", ascent)
    plan = siting.maximal_covering(cost, np.ones(80), 3, 0.1, groups=groups, gap=0, progress=stop)
    assert plan.status == "stopped"
    assert plan.value >= told[0].value
    assert told[0].bound >= plan.value

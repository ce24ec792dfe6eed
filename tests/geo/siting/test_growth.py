"""More sites, a longer radius or a larger budget never make a plan worse."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import siting
from tests.geo.siting.small import Instance, instances

WITH_ROOM = instances(away=False).filter(
    lambda each: 1 <= each.p < each.cost.shape[1] - len(each.fixed)
)


@settings(max_examples=25)
@given(WITH_ROOM)
def test_a_larger_budget(given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    for budget in (p, p + 1):
        more = siting.maximal_covering(cost, weights, budget, radius, fixed, gap=0)
        less = siting.maximal_covering(cost, weights, budget - 1, radius, fixed, gap=0)
        assert more.value >= less.value
        if budget > 1:
            nearer = siting.p_median(cost, weights, budget, fixed, gap=0).value
            assert nearer <= siting.p_median(cost, weights, budget - 1, fixed, gap=0).value
            farthest = siting.p_center(cost, budget, fixed).value
            assert farthest <= siting.p_center(cost, budget - 1, fixed).value


@settings(max_examples=25)
@given(instances(away=False), st.floats(1, 3))
def test_a_longer_radius(given: Instance, longer: float) -> None:
    cost, weights, p, radius, fixed = given
    plans = [
        siting.maximal_covering(cost, weights, p, each, fixed, gap=0)
        for each in (radius, radius * longer)
    ]
    assert plans[0].value <= plans[1].value


@settings(max_examples=25)
@given(WITH_ROOM)
def test_one_more_fixed_site(given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    new = next(j for j in range(cost.shape[1]) if j not in fixed)
    both = (fixed, (*fixed, new))
    less, more = (siting.maximal_covering(cost, weights, p, radius, each, gap=0) for each in both)
    assert less.value <= more.value
    farther, nearer = (siting.p_median(cost, weights, p, each, gap=0) for each in both)
    assert nearer.value <= farther.value


def test_no_new_site_is_what_the_fixed_ones_give() -> None:
    cost = np.array([[100.0, 900, 5000], [900, 100, 5000], [5000, 1000, 100]])
    plan = siting.maximal_covering(cost, [4, 4, 3], 0, 500, [2, 0])
    assert [*plan] == [(0, 2), 7, 7, "proven"]
    assert [*siting.p_median(cost, [4, 4, 3], 0, [1])] == [(1,), 7000, 7000, "proven"]
    assert [*siting.p_center(cost, 0, [1])] == [(1,), 1000, 1000, "proven"]
    assert siting.maximal_covering(cost, [4, 4, 3], 0, 500).value == 0


def test_nothing_is_left_where_fixed_sites_reach_all() -> None:
    cost = np.array([[100.0, 900], [100, 900]])
    assert siting.maximal_covering(cost, [1, 2], 1, 500, [0]).status == "all covered"
    assert [*siting.set_covering(cost, 500, [0])] == [(0,), 1, 1, "all covered"]

"""Plans beside the best: each with its value, none better left out that an exchange away is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from geo import siting
from geo.errors import InputError
from tests.geo.siting.small import Instance, instances

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 5


def check(given: Instance, plan: siting.Plan, value: Callable[[list[int]], float], sign: int,
          radius: float | None) -> None:  # fmt: skip
    """The plans are those that they say, and the best there are an exchange away."""
    cost, weights, p, _, fixed = given
    plans = siting.near_best(plan, cost, weights, radius, fixed, count=COUNT)
    values = [sign * each.value for each in plans]
    assert values == pytest.approx(sorted(values))
    chosen = {plan.chosen, *(each.chosen for each in plans)}
    assert len(chosen) == len(plans) + 1
    for each in plans:
        assert each.value == pytest.approx(value([*each.chosen]))
        assert {*fixed} <= {*each.chosen}
        assert len(each.chosen) == p + len(fixed)
        assert each.bound == plan.bound
        assert sign * each.bound <= sign * each.value + 1e-9
    every = {tuple(sorted(each)): sign * value(each) for each in given.plans()}
    every = {each: figure for each, figure in every.items() if np.isfinite(figure)}
    away = {each for each in every if any(len({*each} - {*other}) == 1 for other in chosen)}
    left = sorted(every[each] for each in away - chosen)
    if len(plans) < COUNT:
        assert not left
    elif left:
        assert left[0] >= values[-1] - 1e-9
    if p == 1:
        assert values == pytest.approx(sorted(every[x] for x in every if x != plan.chosen)[:COUNT])


@settings(max_examples=60)
@given(instances())
def test_maximal_covering(given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    plan = siting.maximal_covering(cost, weights, p, radius, fixed, gap=0)
    check(given, plan, given.covered, -1, radius)


@settings(max_examples=60)
@given(instances(away=False).filter(lambda each: each.p + len(each.fixed) > 0))
def test_p_median(given: Instance) -> None:
    cost, weights, p, _, fixed = given
    check(given, siting.p_median(cost, weights, p, fixed, gap=0), given.metres, 1, None)


def test_a_better_plan_beside_one_that_was_stopped_is_found() -> None:
    cost = np.array([[1.0, 1, 9], [1, 9, 9], [9, 9, 1]])
    poor = siting.Plan((2,), 1, 3, siting.Status.TIME_LIMIT)
    plans = siting.near_best(poor, cost, [1, 1, 1], 5)
    assert [each.chosen for each in plans] == [(0,), (1,)]


@settings(max_examples=30)
@given(instances(), st.randoms(use_true_random=False))
def test_plans_beside_each_other_differ_in_more_than_a_move_to_what_is_alike(
    given: Instance, random: object
) -> None:
    cost, weights, p, radius, fixed = given
    kind = [random.randint(0, 2) for _ in cost[0]]  # type: ignore[attr-defined]
    plan = siting.maximal_covering(cost, weights, p, radius, fixed, gap=0)
    alike = np.equal.outer(kind, kind)
    plans = siting.near_best(plan, cost, weights, radius, fixed, count=COUNT, alike=alike)
    kinds = [sorted(kind[j] for j in {*each.chosen} - {*fixed}) for each in (plan, *plans)]
    assert len({*map(tuple, kinds)}) == len(kinds)
    assert [each.value for each in plans] == [given.covered([*each.chosen]) for each in plans]


def test_which_are_alike_is_said_by_what_is_true_not_by_what_is_stored() -> None:
    cost, ones = np.array([[1.0, 1, 9, 9], [1, 9, 9, 9], [9, 9, 1, 9], [9, 9, 9, 1]]), [1] * 4
    plan = siting.maximal_covering(cost, ones, 2, 5, gap=0)
    dense = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    row, column = np.divmod(np.arange(16), 4)
    stored = sparse.csr_array((dense.ravel(), (row, column)))
    # Each is with itself, whether it is said or not.
    others = dense - np.eye(4)
    for alike in (dense, stored, others, sparse.csr_array(others)):
        plans = siting.near_best(plan, cost, ones, 5, count=9, alike=alike)
        assert [each.chosen for each in plans] == [(0, 3), (2, 3), (0, 1)]
    assert stored.nnz == 16


@settings(max_examples=40)
@given(instances())
def test_a_move_loses_what_the_plan_with_it_lacks(given: Instance) -> None:
    cost, weights, p, radius, fixed = given
    plan = siting.maximal_covering(cost, weights, p, radius, fixed, gap=0)
    lost = siting.moves(plan, cost, weights, radius, fixed)
    assert lost.keys() == {*plan.chosen} - {*fixed}
    for place, shares in lost.items():
        rest = [j for j in plan.chosen if j != place]
        whole = plan.value - given.covered(rest)
        for new in range(cost.shape[1]):
            if new != place and new in plan.chosen:
                assert shares[new] == np.inf
            elif whole > 0:
                less = plan.value - given.covered([*rest, new])
                assert shares[new] == pytest.approx(less / whole, abs=1e-9)


def test_what_cannot_be_is_refused() -> None:
    plan = siting.Plan((7,), 1, 3, siting.Status.PROVEN)
    with pytest.raises(InputError) as refused:
        siting.near_best(plan, np.ones((2, 3)), [1, -1], -5, count=-1, alike=np.eye(2))
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["count", "alike", "weights", "plan", "radius"]

"""Fewest sites for a share of the demand: as many as trying all plans gives, and proven."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo import siting
from geo.errors import InputError
from tests.geo.siting.small import Instance, instances


@settings(max_examples=80)
@given(instances(), st.sampled_from([0.2, 0.5, 0.9, 1.0]))
def test_no_fewer_sites_have_the_share(given: Instance, share: float) -> None:
    cost, weights, _, radius, fixed = given
    target = share * weights.sum() - 1e-6
    m = cost.shape[1]
    assume(given.covered([*range(m)]) >= target)
    sizes = (
        p + len(fixed)
        for p in range(m - len(fixed) + 1)
        if max(map(given.covered, given._replace(p=p).plans())) >= target
    )
    plan = siting.partial_covering(cost, weights, share, radius, fixed)
    assert plan.value == plan.bound == len(plan.chosen) == next(sizes)
    assert given.covered([*plan.chosen]) >= target
    assert {*fixed} <= {*plan.chosen}
    assert plan.status in {"proven", "all covered"}


def test_a_share_that_nobody_reaches_is_refused_with_the_one_that_can_be() -> None:
    cost = np.array([[100.0, 900], [5000, 5000]])
    with pytest.raises(InputError, match=r"together have 0.7500 within 1000 m"):
        siting.partial_covering(cost, [3, 1], 0.8, 1000)
    with pytest.raises(InputError, match="share: found 0, expected more than 0"):
        siting.partial_covering(cost, [3, 1], 0, 1000)

"""Bounds of coverage, where one disc stands for many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measures import coverage
from tests.geo import toy

RADII = st.floats(300.0, 9000.0)


@settings(max_examples=30)
@given(
    seed=st.integers(0, 10**6), n=st.integers(1, 300), radius_m=RADII, spread=st.floats(1e-5, 0.1)
)
def test_bounds_hold_the_exact_coverage(seed: int, n: int, radius_m: float, spread: float) -> None:
    rng = np.random.default_rng(seed)
    centres = rng.uniform((121.4, 31.1), (121.6, 31.3), (3, 2))
    places = centres[rng.integers(0, 3, n)] + rng.normal(0, spread, (n, 2))
    sites = toy.sites(list(map(tuple, places.tolist())))
    exact = coverage.coverage(sites, toy.quarters(), radius_m=radius_m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage, "EXACT_UP_TO", 0)
        bounded = coverage.coverage(sites, toy.quarters(), radius_m=radius_m)
    assert set(exact["share_method"]) == {"exact"}
    assert set(bounded["share_method"]) == {"bounded"}
    assert exact["share_low"].equals(exact["share"].rename("share_low"))
    assert (bounded["share_low"] <= exact["share"] + 1e-9).all()
    assert (bounded["share_high"] >= exact["share"] - 1e-9).all()
    assert (
        bounded["share"].between(bounded["share_low"] - 1e-12, bounded["share_high"] + 1e-12).all()
    )
    assert (bounded["n_reaching"] >= exact["n_reaching"]).all()
    # A rim of all discs that is less than a hundredth of the radius wide.
    assert (bounded["share_high"] - bounded["share_low"]).max() < 0.1

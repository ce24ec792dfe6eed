"""Loops are compiled before a search is timed: that may take longer than they do."""

from __future__ import annotations

import numpy as np
import pytest

from geo import siting


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    cost = np.random.default_rng(1).uniform(0, 9, (12, 12))
    siting.maximal_covering(cost, np.ones(12), 3, 2, gap=0, seconds=600)
    siting.p_median(cost, np.ones(12), 3, gap=0, seconds=600)

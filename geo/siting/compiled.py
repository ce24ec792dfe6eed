"""The loops of the models, compiled before a search is timed: that may take longer than it does."""

from __future__ import annotations

from functools import cache

import numpy as np

from geo.siting.maximal_covering import maximal_covering
from geo.siting.p_median import p_median

SIZE = 12
"""Demand and candidates, enough for every loop to be entered."""


@cache
def ready() -> None:
    """Compile the loops, once a process: the time that a search is given is then its own."""
    cost = np.random.default_rng(1).uniform(0, 9, (SIZE, SIZE))
    maximal_covering(cost, np.ones(SIZE), 3, 2, gap=0, seconds=600)
    p_median(cost, np.ones(SIZE), 3, gap=0, seconds=600)

"""Instances small enough to try every plan, and what the best of them gives."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

MOST_DEMAND = 8
MOST_CANDIDATES = 7


class Instance(NamedTuple):
    cost: NDArray[np.float64]
    weights: NDArray[np.float64]
    p: int
    radius: float
    fixed: tuple[int, ...]

    def plans(self) -> Iterator[list[int]]:
        """Every choice of p new candidates, with the fixed ones."""
        free = [j for j in range(self.cost.shape[1]) if j not in self.fixed]
        return ([*self.fixed, *new] for new in combinations(free, self.p))

    def covered(self, plan: list[int]) -> float:
        return float(self.weights[(self.cost[:, plan] <= self.radius).any(axis=1)].sum())

    def metres(self, plan: list[int]) -> float:
        counts = self.weights > 0
        near = self.cost[:, plan].min(axis=1, initial=np.inf)
        return float(self.weights[counts] @ near[counts])

    def farthest(self, plan: list[int]) -> float:
        return float(self.cost[:, plan].min(axis=1, initial=np.inf).max())

    def fewest(self) -> float:
        sizes = range(self.cost.shape[1] - len(self.fixed) + 1)
        whole = (
            len(plan)
            for p in sizes
            for plan in self._replace(p=p).plans()
            if self.farthest(plan) <= self.radius
        )
        return next(whole, np.inf)

    def best(self, value: Callable[[list[int]], float], *, most: bool) -> float:
        return (max if most else min)(map(value, self.plans()))


@st.composite
def instances(draw: st.DrawFn, *, away: bool = True) -> Instance:
    """Ties are usual in them; some ways do not exist where `away` is true."""
    n, m = draw(st.integers(1, MOST_DEMAND)), draw(st.integers(1, MOST_CANDIDATES))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    cost = rng.integers(0, draw(st.sampled_from([3, 10, 1000])), (n, m)).astype(float)
    if away:
        cost[rng.random((n, m)) < draw(st.sampled_from([0.0, 0.2, 0.5]))] = np.inf
    weights = rng.integers(0, 6, n).astype(float) * draw(st.sampled_from([1.0, 0.1]))
    weights[rng.integers(n)] += 1
    fixed = rng.permutation(m)[: draw(st.integers(0, min(3, m)))]
    p = draw(st.integers(0, m - len(fixed)))
    return Instance(cost, weights, p, float(rng.choice([1, 2, 5, 300])), tuple(map(int, fixed)))

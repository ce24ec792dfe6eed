"""How much any plan can save at most: Lagrangian bounds, and better plans on the way to them.

Each demand i is given a price u_i >= 0. Whatever the prices, no p candidates save more than

    L(u) = sum_i u_i + the p largest of g_j,  g_j = sum_i max(0, s_ij - u_i)

since max over j of s_ij is at most u_i and what the chosen j exceed it by. The prices with the
least L are sought by subgradients (Cornuejols, Fisher and Nemhauser 1977, Management Science
23 (8), pp. 789-810; Held, Wolfe and Crowder 1974, Mathematical Programming 6, pp. 62-88): L falls
where the price of what nobody serves sinks and of what many serve rises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numba import njit

from geo.siting import exchange

if TYPE_CHECKING:
    from geo.siting.given import Columns, Floats
    from geo.siting.savings import Savings
    from geo.siting.search import Search

PATIENCE: Final = 15
"""Steps without a lower bound after which steps are halved."""

SHORTEST: Final = 1e-3
"""Of the first step: where the search for prices ends."""

MEMORY: Final = 0.3
"""Share of the last direction in the next, which keeps it from swinging (Crowder 1976)."""

EXCHANGES: Final = 0.25
"""Exchanges that are looked for at each step: one goes through all savings too, and longer."""


class Prices(NamedTuple):
    """The prices with the least bound.

    Attributes
    ----------
    of_demand
        u_i, shape (n,).
    gains
        g_j, shape (m,).
    most
        The p candidates with the largest, shape (p,).
    bound
        L(u).
    """

    of_demand: Floats
    gains: Floats
    most: Columns
    bound: float


def ascent(savings: Savings, plan: Columns, search: Search) -> tuple[Columns, Prices]:
    """Return the best plan on the way to the least bound, and its prices.

    Parameters
    ----------
    savings : Savings
        What each candidate saves.
    plan : ndarray of intp, shape (p,)
        A plan to begin with.
    search : Search
        Told of better plans and bounds; ends this when it is over.
    """
    first, second = exchange.best_two(savings, plan)
    best, tried = float(first.sum()), {plan.tobytes()}
    least = _priced(savings, np.maximum((first + second) / 2, savings.least), len(plan))
    prices, step, failed, direction = least, 1.0, 0, np.zeros(len(first))
    allowed = 0.0
    while step > SHORTEST and not search.over:
        search.improve(bound=savings.value(least.bound))
        other = np.sort(prices.most)
        allowed += EXCHANGES
        if allowed > 0 and other.tobytes() not in tried:
            tried.add(other.tobytes())
            other, passes = exchange.exchanged(savings, other, lambda: not search.over)
            allowed -= passes
            saves = exchange.saved(savings, other)
            if saves > best:
                plan, best = other, saves
                search.improve(value=savings.value(best), chosen=plan)
        slope = 1.0 - _exceeding(*savings[:4], prices.of_demand, prices.most)
        slope[(prices.of_demand <= 0) & (slope > 0)] = 0.0
        direction = slope + MEMORY * direction
        # A product by BLAS starts threads, which cost more than they save.
        length = float(np.square(direction).sum())
        if length == 0:
            break
        change = step * (prices.bound - best) / length * direction
        prices = _priced(savings, np.maximum(0.0, prices.of_demand - change), len(plan))
        failed += 1
        if prices.bound < least.bound:
            least, failed = prices, 0
        elif failed == PATIENCE:
            prices, step, failed, direction = least, step / 2, 0, 0.0 * direction
    search.improve(bound=savings.value(least.bound))
    return plan, least


def _priced(savings: Savings, price: Floats, p: int) -> Prices:
    gains = _gains(*savings[:4], price)
    most = np.argsort(-gains, kind="stable")[:p]
    return Prices(price, gains, most, float(price.sum() + gains[most].sum()))


@njit(cache=True, nogil=True)
def _gains(starts, rows, amounts, weights, price):  # noqa: ANN001, ANN202
    gains = np.zeros(len(starts) - 1)
    for j in range(len(gains)):
        for k in range(starts[j], starts[j + 1]):
            amount = amounts[k] if len(amounts) else weights[rows[k]]
            gains[j] += max(0.0, amount - price[rows[k]])
    return gains


@njit(cache=True, nogil=True)
def _exceeding(starts, rows, amounts, weights, price, plan):  # noqa: ANN001, ANN202
    """Return how many candidates of a plan save each demand more than its price."""
    counts = np.zeros(len(price))
    for j in plan:
        for k in range(starts[j], starts[j + 1]):
            amount = amounts[k] if len(amounts) else weights[rows[k]]
            counts[rows[k]] += amount > price[rows[k]]
    return counts

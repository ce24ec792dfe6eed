"""First plans: candidates added one by one, then exchanged one for one while that saves more.

The greedy plan saves at least 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978, Mathematical
Programming 14, pp. 265-294); the exchange is that of Teitz and Bart (1968, Operations Research
16 (5), pp. 955-961), with the best and the second best of each demand kept (Resende and Werneck
2007, European Journal of Operational Research 177 (1), pp. 54-68). See `geo.siting.savings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.siting.given import Columns, Floats
    from geo.siting.savings import Savings

LEAST: Final = 1e-12
"""Share of what is saved by which an exchange must save more, so that rounding makes none."""


def greedy(savings: Savings, p: int, begun: Columns) -> Columns:
    """Return a plan begun with some candidates, each further one the best to add."""
    chosen = np.full(p, -1, dtype=np.intp)
    chosen[: len(begun)] = begun
    _add(*savings[:4], chosen, len(begun))
    return chosen


def exchanged(savings: Savings, plan: Columns, go_on: Callable[[], bool]) -> tuple[Columns, int]:
    """Return a plan that no exchange of one candidate for another betters, and how many it took.

    Parameters
    ----------
    savings : Savings
        What each candidate saves.
    plan : ndarray of intp, shape (p,)
        To begin with.
    go_on : callable
        Asked before each exchange.
    """
    plan, passes = plan.copy(), 0
    if not 0 < len(plan) < savings.candidates:
        return plan, passes
    while go_on():
        passes += 1
        more, saved = exchanges(savings, plan)
        new, out = divmod(int(more.argmax()), len(plan))
        if more[new, out] <= LEAST * saved:
            break
        plan[out] = new
    return plan, passes


def exchanges(savings: Savings, plan: Columns) -> tuple[Floats, float]:
    """Return what each candidate in the place of each chosen one saves more, and what is saved.

    Shape (m, p), in the order of the plan; no number is as low as that of those chosen already.
    """
    more, saved = _exchanges(*savings[:4], plan)
    return more, float(saved)


def best_two(savings: Savings, plan: Columns) -> tuple[Floats, Floats]:
    """Return what the best and the second best of a plan save each demand, 0 where none does."""
    first, second, _ = _served(*savings[:4], plan)
    return first, second


def saved(savings: Savings, plan: Columns) -> float:
    """Return what a plan saves."""
    return float(best_two(savings, plan)[0].sum())


@njit(cache=True, nogil=True)
def _served(starts, rows, amounts, weights, plan):  # noqa: ANN001, ANN202
    first, second = np.zeros(len(weights)), np.zeros(len(weights))
    by = np.full(len(weights), -1)
    for place in range(len(plan)):
        for k in range(starts[plan[place]], starts[plan[place] + 1]):
            i = rows[k]
            amount = amounts[k] if len(amounts) else weights[i]
            if amount > first[i]:
                second[i], first[i], by[i] = first[i], amount, place
            elif amount > second[i]:
                second[i] = amount
    return first, second, by


@njit(cache=True, nogil=True)
def _add(starts, rows, amounts, weights, plan, begun) -> None:  # noqa: ANN001
    first, _, _ = _served(starts, rows, amounts, weights, plan[:begun])
    # What a candidate adds never grows as others come: most are passed over by their last figure.
    most = np.full(len(starts) - 1, np.inf)
    most[plan[:begun]] = -1.0
    for place in range(begun, len(plan)):
        best = -1.0
        for j in range(len(most)):
            if most[j] <= best:
                continue
            more = 0.0
            for k in range(starts[j], starts[j + 1]):
                amount = amounts[k] if len(amounts) else weights[rows[k]]
                more += max(0.0, amount - first[rows[k]])
            most[j] = more
            if more > best:
                best, plan[place] = more, j
        new = plan[place]
        most[new] = -1.0
        for k in range(starts[new], starts[new + 1]):
            amount = amounts[k] if len(amounts) else weights[rows[k]]
            first[rows[k]] = max(first[rows[k]], amount)


@njit(cache=True, nogil=True)
def _exchanges(starts, rows, amounts, weights, plan):  # noqa: ANN001, ANN202
    first, second, by = _served(starts, rows, amounts, weights, plan)
    loss = np.zeros(len(plan))
    for i in range(len(weights)):
        if by[i] >= 0:
            loss[by[i]] += first[i] - second[i]
    others = np.ones(len(starts) - 1, np.bool_)
    others[plan] = False
    net = np.full((len(others), len(plan)), -np.inf)
    # What a candidate saves more where the one that it replaces served.
    instead = np.empty(len(plan))
    for j in np.flatnonzero(others):
        instead[:] = 0.0
        more = 0.0
        for k in range(starts[j], starts[j + 1]):
            i = rows[k]
            amount = amounts[k] if len(amounts) else weights[i]
            more += max(0.0, amount - first[i])
            if by[i] >= 0:
                instead[by[i]] += max(0.0, min(amount, first[i]) - second[i])
        net[j] = more - loss + instead
    return net, first.sum()

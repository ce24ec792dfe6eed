"""What prices leave undecided, handed to a solver of whole numbers.

A plan that saves more than the best one known cannot leave out, or take, what costs the bound more
than the two differ by (reduced costs; see `geo.siting.lagrangian`). What is left is maximal
covering with levels: demand i has level l where a candidate is chosen that saves it at least s_il,

    u_il <= u_i(l-1) + sum of y_j over candidates with s_ij = s_il,   0 <= u <= 1,   y whole,

and each level adds s_il - s_i(l+1) (Cornuejols, Nemhauser and Wolsey 1980, SIAM Journal on
Algebraic and Discrete Methods 1 (3), pp. 261-272; Elloumi 2010, 4OR 8 (1), pp. 69-83). Levels that
the same candidates reach are one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import sparse

from geo.siting import exchange, mip, reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.siting.given import Columns, Floats
    from geo.siting.lagrangian import Prices
    from geo.siting.savings import Savings
    from geo.siting.search import Search

    Chosen = NDArray[np.bool_]

ROUNDING: Final = 1e-9
"""Share of a bound that sums of many figures may be off by."""

MOST_STORED: Final = 1_500_000
"""Savings of undecided candidates from which a model is made."""

MOST_COEFFICIENTS: Final = 300_000
"""Of a model that the solver is given: it takes about 200 MB for so many."""


class _Undecided(NamedTuple):
    """What a plan that saves more than the one known may look like.

    Attributes
    ----------
    possible
        Candidates that it may have.
    certain
        Those that it has in any case.
    sure
        What the certain ones save each demand.
    least
        What it saves each demand at least.
    """

    possible: Chosen
    certain: Chosen
    sure: Floats
    least: Floats

    @property
    def open(self) -> Chosen:
        """Those that it may have or not."""
        return self.possible & ~self.certain


class _Levels(NamedTuple):
    """Levels of service, each with the candidates that reach it.

    Attributes
    ----------
    demand, amount
        One that has the level, and what that saves it.
    added
        What it saves all that have it beyond their next one.
    above
        The next better one of the same demand, -1 for the best.
    needed
        Whether a better plan reaches it in any case.
    sure
        What a better plan saves in any case.
    entries
        Pairs of a level and a candidate that reaches it, and no better one.
    """

    demand: Columns
    amount: Floats
    added: Floats
    above: Columns
    needed: Chosen
    sure: float
    entries: tuple[Columns, Columns]


def best(savings: Savings, plan: Columns, prices: Prices, search: Search) -> Columns:
    """Return the best plan, or the best until the search is over; tell the search of both.

    Where so much is undecided that the solver would take too much memory, the best known remains.

    Parameters
    ----------
    savings : Savings
        What each candidate saves.
    plan : ndarray of intp, shape (p,)
        The best known.
    prices : Prices
        Those with the least bound.
    search : Search
        Ends this when it is over.
    """
    known = exchange.saved(savings, plan)
    undecided = _undecided(savings, plan, prices)
    if np.diff(savings.starts)[undecided.open].sum() > MOST_STORED:
        search.too_large = True
        return plan
    levels = _levels(savings, undecided)
    sure, unit = levels.sure, max(1.0, float(levels.added.max(initial=0.0)))
    model = _model(levels, undecided, len(plan), unit)
    if model.rows.nnz > MOST_COEFFICIENTS:
        search.too_large = True
        return plan

    def go_on(costs: float, bound: float) -> bool:
        if math.isfinite(costs):
            search.improve(value=savings.value(max(known, sure - costs * unit)))
        search.improve(bound=savings.value(sure - bound * unit))
        return not search.over

    answer = mip.solve(
        model,
        go_on,
        start=_start(levels, undecided, plan, exchange.best_two(savings, plan)[0]),
        slack=search.slack / unit,
        seconds=search.remaining,
    )
    if answer.values is not None:
        taken = np.flatnonzero(undecided.possible)[answer.values[: undecided.possible.sum()] > 0.5]
        other = exchange.greedy(savings, len(plan), taken)
        plan = other if exchange.saved(savings, other) > known else plan
    search.improve(value=savings.value(exchange.saved(savings, plan)), chosen=plan)
    search.improve(bound=savings.value(sure - answer.bound * unit))
    return plan


def _undecided(savings: Savings, plan: Columns, prices: Prices) -> _Undecided:
    first = exchange.best_two(savings, plan)[0]
    # By how much the bound may fall before it is below the best plan known.
    room = prices.bound - float(first.sum()) + ROUNDING * prices.bound
    falling = np.sort(prices.gains)[::-1]
    last, next_ = falling[len(plan) - 1], falling[len(plan)]
    possible = prices.gains >= last - room
    certain = prices.gains > next_ + room
    # Rounding takes nothing from the plan known, which the solver begins with.
    possible[plan] = True
    others = np.ones(len(possible), dtype=bool)
    others[plan] = False
    certain &= ~others
    sure = exchange.best_two(savings, np.flatnonzero(certain))[0]
    least = np.clip(prices.of_demand - room, savings.least, first)
    return _Undecided(possible, certain, sure, least)


def _levels(savings: Savings, undecided: _Undecided) -> _Levels:
    demand, candidate, amount = _entries(savings, undecided)
    n = len(demand)
    first = np.ones(n, dtype=bool)
    first[1:] = demand[1:] != demand[:-1]
    new = first.copy()
    new[1:] |= amount[1:] != amount[:-1]
    # A number for the candidates that reach a level or a better one of its demand.
    sums = np.cumsum(reach.keys(candidate), dtype=np.uint64)
    begun = np.flatnonzero(first)
    before = np.r_[np.zeros(1, np.uint64), sums][np.repeat(begun, np.diff(np.r_[begun, n]))]
    at = np.flatnonzero(new)
    ends = np.r_[at[1:], n] - 1 if n else at
    _, kept, level = np.unique((sums - before)[ends], return_index=True, return_inverse=True)
    of_one = np.r_[demand[at][1:] == demand[at][:-1], False] if n else first
    sure, least = undecided.sure[demand[at]], undecided.least[demand[at]]
    # The last level that is needed is no gain, it is what there is in any case.
    last = ~of_one & (least > sure)
    below = np.where(of_one, np.r_[amount[at], 0.0][1:], np.where(last, amount[at], sure))
    above = np.where(first[at], -1, np.r_[-1, level][: len(at)])
    needed = np.zeros(len(kept), dtype=bool)
    needed[level[last]] = True
    own = np.full(len(at), -1)
    own[kept] = np.arange(len(kept))
    of_entry = own[np.cumsum(new) - 1]
    return _Levels(
        demand=demand[at][kept],
        amount=amount[at][kept],
        added=np.bincount(level, amount[at] - below, minlength=len(kept)).astype(np.float64),
        above=above[kept],
        needed=needed,
        sure=float(undecided.sure.sum() + (amount[at] - sure)[last].sum()),
        entries=(of_entry[of_entry >= 0], candidate[of_entry >= 0]),
    )


def _entries(savings: Savings, undecided: _Undecided) -> tuple[Columns, Columns, Floats]:
    """Return demand, candidate and saving, by demand and from the most on, that matter."""
    candidate = np.repeat(np.arange(savings.candidates), np.diff(savings.starts))
    open_ = undecided.open[candidate]
    demand, candidate = savings.rows[open_].astype(np.intp), candidate[open_]
    amount = savings.amounts[open_] if len(savings.amounts) else savings.weights[demand]
    counts = (amount > undecided.sure[demand]) & (amount >= undecided.least[demand])
    order = np.lexsort((candidate[counts], -amount[counts], demand[counts]))
    return demand[counts][order], candidate[counts][order], amount[counts][order]


def _model(levels: _Levels, undecided: _Undecided, p: int, unit: float) -> mip.Model:
    possible = undecided.possible
    m, n = int(possible.sum()), len(levels.added)
    column = np.cumsum(possible) - 1
    linked = np.flatnonzero(levels.above >= 0)
    rows = np.r_[np.arange(n), linked, levels.entries[0], np.full(m, n)]
    columns = np.r_[
        m + np.arange(n), m + levels.above[linked], column[levels.entries[1]], np.arange(m)
    ]
    values = np.repeat([1.0, -1.0, -1.0, 1.0], [n, len(linked), len(levels.entries[0]), m])
    return mip.Model(
        costs=np.r_[np.zeros(m), -levels.added / unit],
        lower=np.r_[undecided.certain[possible], levels.needed].astype(np.float64),
        upper=np.ones(m + n),
        whole=np.arange(m + n) < m,
        rows=sparse.csr_array((values, (rows, columns)), shape=(n + 1, m + n)),
        least=np.full(n + 1, -mip.INFINITY),
        most=np.r_[np.zeros(n), float(p)],
    )


def _start(levels: _Levels, undecided: _Undecided, plan: Columns, saved: Floats) -> Floats:
    taken = np.zeros(len(undecided.possible))
    taken[plan] = 1.0
    reached = (saved[levels.demand] >= levels.amount).astype(np.float64)
    return np.concatenate([taken[undecided.possible], reached])

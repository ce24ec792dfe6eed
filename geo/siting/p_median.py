"""The p-median: the least sum of metres from demand to its nearest site (Hakimi 1964)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from geo.checks import frames
from geo.siting import cover, given, greatest_saving, reach
from geo.siting.savings import Savings, savings
from geo.siting.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from geo.siting.given import Columns, Costs, Floats
    from geo.siting.plan import Plan
    from geo.siting.search import Progress


def p_median(
    cost: Costs,
    weights: ArrayLike,
    p: int,
    fixed: Iterable[int] = (),
    *,
    gap: float = 0.01,
    seconds: float = 30,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan with the least sum of weights times metres to the nearest site.

    With w_i the weight of demand i, d_ij its metres to candidate j and F the fixed ones, S has F
    and p others in

        min over S of sum_i w_i min over j in S of d_ij.

    Parameters
    ----------
    cost : array_like or scipy sparse, shape (n, m)
        Metres from demand to candidates; infinite, or in a sparse one not stored, where there is
        no way.
    weights : array_like of float, shape (n,)
        Of the demand, such as residents; where it is 0 nobody needs a way.
    p : int
        New sites beside the fixed ones.
    fixed : iterable of int, optional
        Candidates that are kept in any case, by column.
    gap : float, optional
        Share of the value: how much better a plan may be at most for the search to end.
    seconds : float, optional
        After which the best so far is the answer.
    progress : callable, optional
        Takes the best plan so far with its bound, several times a second; where it returns False
        that is the answer.

    Returns
    -------
    Plan
        Its value is the sum of weights times metres. Of plans as good as each other the same one
        comes in whatever order demand and candidates are given, unless they are alike: see
        `geo.siting.reach`.

    Raises
    ------
    InputError
        For demand that no candidate reaches or more of it than p new sites do, costs that are
        negative or no numbers, no demand, no candidate, weights below 0 or missing, more new
        sites than candidates, fixed ones that are no columns; all faults at once.

    References
    ----------
    Hakimi, S. L. (1964), Optimum locations of switching centers and the absolute centers and
    medians of a graph, Operations Research 12 (3), pp. 450-459.

    Examples
    --------
    >>> metres = [[0, 900, 5000], [900, 0, 5000], [5000, 1000, 0], [5000, 5000, 1000]]
    >>> plan = p_median(metres, [4, 5, 3, 2], p=2, gap=0)
    >>> plan.chosen, plan.value, str(plan.status)
    ((1, 2), 5600.0, 'proven')
    """
    faults: list[str] = []
    table = given.costs(cost, faults)
    n, m = table.shape
    demand = given.demand(weights, n, faults)
    kept = given.sites(fixed, m, faults)
    p = given.budget(p, m, kept, faults)
    given.limits(gap, seconds, faults)
    frames.refuse(faults)
    given.reached(table, faults, counted=demand > 0)
    frames.refuse(faults)
    search = Search(gap, seconds, progress, least=True)
    new = _added(table, demand, p, kept, search)
    chosen = np.sort(np.r_[kept, new])
    return search.plan(tuple(chosen.tolist()), metres(table, demand, chosen))


def form(table: sparse.csr_array[Any], demand: Floats, kept: Columns) -> tuple[Savings, Columns]:
    """Return what new sites save beyond the fixed ones, and which columns they are."""
    ways, weights, now, columns = _ordered(table, demand, kept)
    return _savings(ways, weights, now), columns


def metres(table: sparse.csr_array[Any], demand: Floats, chosen: Columns) -> float:
    """Return the sum of weights times metres to the nearest of some sites."""
    nearest = reach.nearest(table, chosen)
    return float(demand @ np.where(demand > 0, nearest, 0.0))


def _added(
    table: sparse.csr_array[Any], demand: Floats, p: int, kept: Columns, search: Search
) -> Columns:
    """Return the new sites."""
    ways, weights, now, columns = _ordered(table, demand, kept)
    search.columns = lambda new: np.r_[kept, columns[new]]
    begun = _begun(ways, now, p, search)
    saved = _savings(ways, weights, now)
    return columns[greatest_saving.plan(saved, p, search, begun=begun)]


def _ordered(
    table: sparse.csr_array[Any], demand: Floats, kept: Columns
) -> tuple[sparse.csr_array[Any], Floats, Floats, Columns]:
    """Return ways to new sites, the weights, metres to the fixed ones, and the columns."""
    counts = demand > 0
    table, demand = table[counts], demand[counts]
    free = np.setdiff1d(np.arange(table.shape[1]), kept)
    rows, columns = reach.order(table[:, free], demand)
    now = reach.nearest(table, kept)[rows]
    return table[rows][:, free[columns]], demand[rows], now, free[columns]


def _begun(ways: sparse.csr_array[Any], now: Floats, p: int, search: Search) -> Columns:
    """Return new sites for the demand that some of them have no way to, and no fixed one has."""
    some = np.diff(ways.indptr) < ways.shape[1] if p else True
    near = reach.within(ways, np.inf)
    begun, needed = cover.at_most(near[np.isinf(now) & some], p, search)
    if begun is None:
        raise cover.none_known(p, needed)
    return begun


def _savings(ways: sparse.csr_array[Any], weights: Floats, now: Floats) -> Savings:
    """Return what new sites save beyond the fixed ones.

    Where no fixed one has a way, they save beyond the farthest candidate; where some candidates
    have none either, having one saves more than all the rest, so that every plan has it.
    """
    lengths = np.diff(ways.indptr)
    owner = np.repeat(np.arange(len(weights)), lengths)
    far = np.zeros(len(weights))
    np.maximum.at(far, owner, ways.data)
    unserved = np.isinf(now)
    least = np.where(unserved & (lengths < ways.shape[1]), 1.0 + float(weights @ far), 0.0)
    worst = weights * np.where(unserved, far, now) + least
    amounts = worst[owner] - weights[owner] * ways.data
    table = given.kept(
        sparse.csr_array((amounts, ways.indices, ways.indptr), shape=ways.shape), amounts > 0
    )
    return savings(table, weights, base=float(worst.sum()), sign=-1, least=least)

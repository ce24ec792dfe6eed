"""The p-centre: the farthest demand as near as can be (Hakimi 1964), by radii and set covering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.checks import frames
from geo.siting import cover, given, reach
from geo.siting.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scipy import sparse

    from geo.siting.given import Columns, Costs
    from geo.siting.plan import Plan
    from geo.siting.search import Progress


def p_center(
    cost: Costs,
    p: int,
    fixed: Iterable[int] = (),
    *,
    gap: float = 0,
    seconds: float = 30,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan whose farthest demand is as near as can be.

    With d_ij the metres from demand i to candidate j and F the fixed ones, S has F and p others in

        min over S of max over i of min over j in S of d_ij.

    One of the costs is this least radius: it is looked for by halves, each half decided by set
    covering (Minieka 1970).

    Parameters
    ----------
    cost : array_like or scipy sparse, shape (n, m)
        Metres from demand to candidates; infinite, or in a sparse one not stored, where there is
        no way.
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
        Its value is the metres from the farthest demand to its nearest site.

    Raises
    ------
    InputError
        For demand that no candidate reaches or more of it than p new sites do, costs that are
        negative or no numbers, no demand, no candidate, more new sites than candidates, fixed
        ones that are no columns; all faults at once.

    References
    ----------
    Hakimi, S. L. (1964), Optimum locations of switching centers and the absolute centers and
    medians of a graph, Operations Research 12 (3), pp. 450-459. Minieka, E. (1970), The m-center
    problem, SIAM Review 12 (1), pp. 138-139.

    Examples
    --------
    >>> metres = [[100, 800, 5000], [1100, 100, 5000], [5000, 1000, 100], [5000, 5000, 900]]
    >>> plan = p_center(metres, p=2)
    >>> plan.chosen, plan.value
    ((1, 2), 900.0)
    """
    faults: list[str] = []
    table = given.costs(cost, faults)
    n, m = table.shape
    kept = given.sites(fixed, m, faults)
    p = given.budget(p, m, kept, faults)
    given.limits(gap, seconds, faults)
    frames.refuse(faults)
    given.reached(table, faults)
    frames.refuse(faults)
    rows, columns = reach.order(table, np.zeros(n))
    ordered, sites = table[rows][:, columns], np.flatnonzero(np.isin(columns, kept))
    search = Search(gap, seconds, progress, least=True, columns=lambda own: columns[own])
    chosen = np.sort(columns[_nearest(ordered, p, sites, search)])
    return search.plan(tuple(chosen.tolist()), float(reach.nearest(table, chosen).max()))


def _nearest(table: sparse.csr_array[Any], p: int, kept: Columns, search: Search) -> Columns:
    """Return the plan of the least radius."""
    radii = np.unique(table.data).astype(np.float64)
    best, needed = _within(table, float(radii[-1]), p, kept, search)
    if best is None:
        raise cover.none_known(p, needed)
    everywhere = reach.nearest(table, np.arange(table.shape[1]))
    low = int(np.searchsorted(radii, everywhere.max()))
    high = int(np.searchsorted(radii, reach.nearest(table, best).max()))
    search.improve(value=float(radii[high]), bound=float(radii[low]), chosen=best)
    while low < high and not search.over:
        middle = (low + high) // 2
        plan, needed = _within(table, float(radii[middle]), p, kept, search)
        if plan is not None:
            best, high = plan, int(np.searchsorted(radii, reach.nearest(table, plan).max()))
            search.improve(value=float(radii[high]), chosen=best)
        elif needed > p:
            low = middle + 1
            search.improve(bound=float(radii[low]))
    return best


def _within(
    table: sparse.csr_array[Any], radius: float, p: int, kept: Columns, search: Search
) -> tuple[Columns | None, int]:
    """Return p sites that reach all demand within a radius, and how many of them that takes.

    None where there are no such sites, or where the search is over before any are known.
    """
    near = reach.within(table, radius)
    open_ = near[np.diff(near[:, kept].indptr) == 0]
    if (np.diff(open_.indptr) == 0).any():
        return None, p + 1
    new, needed = cover.at_most(open_, p, search)
    if new is None:
        return None, needed
    return given.filled(np.r_[kept, new], table.shape[1], p + len(kept)), needed

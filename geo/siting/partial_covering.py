"""Partial covering: fewest sites that reach a share of the demand (Daskin and Owen 1999)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.checks import amounts, frames
from geo.checks.written import shortened
from geo.siting import exchange, given, greatest_saving, reach
from geo.siting.maximal_covering import form, reached
from geo.siting.plan import Plan, Status
from geo.siting.search import Search
from geo.siting.set_covering import set_covering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from geo.siting.given import Columns, Costs
    from geo.siting.savings import Savings
    from geo.siting.search import Progress

ROUNDING = 1e-9
"""Share of the demand that sums of many weights may be off by."""


def partial_covering(
    cost: Costs,
    weights: ArrayLike,
    share: float,
    radius: float,
    fixed: Iterable[int] = (),
    *,
    seconds: float = 30,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan with fewest sites that has a share of the demand within its reach.

    The number is looked for by halves: each is decided by maximal covering, whose value proves
    that so many are enough and whose bound that they are not. All of the demand is set covering.

    Parameters
    ----------
    cost, weights
        As of `geo.siting.maximal_covering`.
    share : float
        Of the weights, more than 0 and up to 1.
    radius, fixed
        As of `geo.siting.maximal_covering`.
    seconds : float, optional
        After which the best so far is the answer.
    progress : callable, optional
        As of `geo.siting.maximal_covering`.

    Returns
    -------
    Plan
        Its value is how many sites there are, the fixed ones among them.

    Raises
    ------
    InputError
        As `geo.siting.maximal_covering`; for a share that is none, or that all candidates together
        do not reach.

    References
    ----------
    Daskin, M. S. and Owen, S. H. (1999), Two new location covering problems: the partial
    p-center problem and the partial set covering problem, Geographical Analysis 31 (3),
    pp. 217-235.

    Examples
    --------
    >>> metres = [[100, 900, 5000], [900, 100, 5000], [5000, 1000, 100], [5000, 5000, 1000]]
    >>> partial_covering(metres, [4, 4, 3, 2], 0.8, radius=1000).chosen
    (1,)
    """
    faults: list[str] = []
    table = given.costs(cost, faults)
    demand = given.demand(weights, table.shape[0], faults)
    kept = given.sites(fixed, table.shape[1], faults)
    amounts.check_radii([radius], faults, name="radius")
    given.limits(0.0, seconds, faults)
    if not amounts.within(share, least=0, most=1) or not share > 0:
        faults.append(f"share: found {shortened(repr(share))}, expected more than 0 and at most 1")
    frames.refuse(faults)
    near = reach.within(table, radius)
    most = reached(near, demand, np.arange(table.shape[1]))
    target = share * demand.sum() * (1 - ROUNDING)
    if most < target:
        faults.append(
            f"share: found {share:g}, but all candidates together have {most / demand.sum():.4f} "
            f"within {radius:g} m; expected at most so much, or candidates nearer to the rest"
        )
        frames.refuse(faults)
    if reached(near, demand, kept) >= target:
        n = float(len(kept))
        return Plan(tuple(kept.tolist()), n, n, Status.ALL_COVERED)
    if share == 1:
        counted = np.flatnonzero(demand > 0)
        return set_covering(
            table[counted], radius, kept.tolist(), seconds=seconds, progress=progress
        )
    added, columns = form(near, demand, kept)
    search = Search(
        0.0,
        seconds,
        progress,
        least=True,
        whole=True,
        columns=lambda new: np.r_[kept, columns[new]],
    )
    new = np.setdiff1d(search.columns(_fewest(added, target, len(kept), search)), kept)
    new = reach.needed(near[demand > 0], new, besides=kept)
    chosen = np.union1d(kept, new)
    return search.plan(tuple(chosen.tolist()), float(len(chosen)))


def _fewest(savings: Savings, target: float, besides: int, search: Search) -> Columns:
    """Return the fewest candidates that save so much, or the best when the search is over."""

    def enough(chosen: Columns) -> bool:
        return savings.value(exchange.saved(savings, chosen)) >= target

    greedy = exchange.greedy(savings, savings.candidates, np.empty(0, dtype=np.intp))
    # One more candidate never saves less: the first that are enough are found by halves.
    low, high = 1, len(greedy)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(greedy[:middle]) else (middle + 1, high)
    best = greedy[:high]
    search.improve(value=float(besides + high), bound=float(besides + 1), chosen=best)
    low = 1
    while low < len(best) and not search.over:
        middle = (low + len(best)) // 2

        def undecided(plan: Plan) -> bool:
            search.tell()
            return not search.over and plan.value < target <= plan.bound

        own = Search(0.0, search.remaining / 2, undecided)
        plan = greatest_saving.plan(savings, middle, own)
        if enough(plan):
            best = plan
            search.improve(value=float(besides + middle), chosen=plan)
            continue
        low = middle + 1
        if own.bound < target:
            search.improve(bound=float(besides + low))
    return best

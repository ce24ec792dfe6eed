"""Plans beside a plan that give almost as much, since the ground decides between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.checks import amounts, frames
from geo.checks.written import shortened
from geo.siting import exchange, given, reach
from geo.siting.maximal_covering import form as covering
from geo.siting.maximal_covering import reached
from geo.siting.p_median import form as median
from geo.siting.p_median import metres
from geo.siting.plan import Plan, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from geo.siting.given import Columns, Costs
    from geo.siting.savings import Savings


def near_best(
    plan: Plan,
    cost: Costs,
    weights: ArrayLike,
    radius: float | None = None,
    fixed: Iterable[int] = (),
    *,
    count: int = 5,
) -> tuple[Plan, ...]:
    """Return the best plans beside one of maximal covering or of the p-median.

    They are looked for by exchanges of one new site for another: all exchanges of the plan, of
    the best that these give, and so on. None that is left out is better than one that is returned
    and an exchange away from it, or from the plan. With one new site these are the best of all.

    Parameters
    ----------
    plan : Plan
        As `geo.siting.maximal_covering` or `geo.siting.p_median` returned it.
    cost : array_like or scipy sparse, shape (n, m)
        What that was given.
    weights : array_like of float, shape (n,)
        What that was given.
    radius : float, optional
        What maximal covering was given; none is for the p-median.
    fixed : iterable of int, optional
        What that was given.
    count : int, optional
        How many.

    Returns
    -------
    tuple of Plan
        The best first, each with its value and the bound of the plan; fewer where there are no
        more. One may be better than the plan where that is not proven best. Of plans as good as
        each other the same ones come on every run.

    Raises
    ------
    InputError
        For what `geo.siting.maximal_covering` and `geo.siting.p_median` refuse, a plan that is
        none of these candidates or lacks a fixed one, a count that is no whole number from 0 up.

    Examples
    --------
    >>> metres = [[100, 900, 5000], [900, 100, 5000], [5000, 1000, 100], [5000, 5000, 1000]]
    >>> from geo.siting import maximal_covering
    >>> plan = maximal_covering(metres, [4, 4, 3, 2], p=1, radius=1000)
    >>> [(each.chosen, each.value) for each in near_best(plan, metres, [4, 4, 3, 2], 1000)]
    [((0,), 8.0), ((2,), 5.0)]
    """
    faults: list[str] = []
    table = given.costs(cost, faults)
    n, m = table.shape
    demand = given.demand(weights, n, faults)
    kept = given.sites(fixed, m, faults)
    chosen = np.array(plan.chosen, dtype=np.intp)
    if not np.isin(chosen, np.arange(m)).all() or not np.isin(kept, chosen).all():
        faults.append(
            f"plan: found {shortened(repr(plan.chosen))}, expected columns of the cost, the fixed "
            "ones among them"
        )
    if radius is not None:
        amounts.check_radii([radius], faults, name="radius")
    if not amounts.within(count, least=0, most=np.inf) or not float(count).is_integer():
        faults.append(f"count: found {shortened(repr(count))}, expected a whole number from 0 up")
    frames.refuse(faults)
    if radius is None:
        given.reached(table, faults, counted=demand > 0)
        frames.refuse(faults)
    ways = table if radius is None else reach.within(table, radius)
    form, value = (median, metres) if radius is None else (covering, reached)
    savings, columns = form(ways, demand, kept)
    new = np.flatnonzero(np.isin(columns, np.setdiff1d(chosen, kept)))
    others = [np.sort(np.r_[kept, columns[each]]) for each in _beside(savings, new, count)]
    plans = [
        Plan(tuple(each.tolist()), value(ways, demand, each), plan.bound, Status.NEAR_BEST)
        for each in others
    ]
    return tuple(each for each in plans if np.isfinite(each.value))


def _beside(savings: Savings, plan: Columns, count: int) -> list[Columns]:
    """Return the best other plans that exchanges lead to, the best first."""
    if not 0 < len(plan) < savings.candidates:
        return []
    own = tuple(plan.tolist())
    known = {own: exchange.saved(savings, plan)}
    looked: set[tuple[int, ...]] = set()
    best = [own]
    while left := [each for each in [own, *best] if each not in looked]:
        looked.add(left[0])
        for other in _exchanged(savings, left[0], count + 1):
            if other not in known:
                known[other] = exchange.saved(savings, np.array(other))
        best = sorted(known.keys() - {own}, key=lambda each: (-known[each], each))[:count]
    return [np.array(each) for each in best]


def _exchanged(savings: Savings, plan: tuple[int, ...], count: int) -> list[tuple[int, ...]]:
    """Return plans that one exchange leads to, those that save most."""
    more, _ = exchange.exchanges(savings, np.array(plan))
    free = np.isfinite(more).sum()
    places = np.argsort(-more, axis=None, kind="stable")[: min(count, free)]
    return [
        tuple(sorted({*plan} - {plan[place % len(plan)]} | {int(place // len(plan))}))
        for place in places
    ]

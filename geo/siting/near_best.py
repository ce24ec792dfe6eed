"""Plans beside a plan that give almost as much, since the ground decides between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from geo.checks import amounts
from geo.checks.written import shortened
from geo.siting import exchange, given
from geo.siting.given_plan import form
from geo.siting.plan import Plan, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import ArrayLike, NDArray

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
    alike: Costs | None = None,
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
    alike : array_like or scipy sparse of truth values, shape (m, m), optional
        Candidates that are one place, such as those near each other; each is with itself. Plans
        that only such moves make different are one, told by the best of them.

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
        none of these candidates or lacks a fixed one, a count that is no whole number from 0 up,
        a table of another shape that says which candidates are alike.

    Examples
    --------
    >>> metres = [[100, 900, 5000], [900, 100, 5000], [5000, 1000, 100], [5000, 5000, 1000]]
    >>> from geo.siting import maximal_covering
    >>> plan = maximal_covering(metres, [4, 4, 3, 2], p=1, radius=1000)
    >>> [(each.chosen, each.value) for each in near_best(plan, metres, [4, 4, 3, 2], 1000)]
    [((0,), 8.0), ((2,), 5.0)]
    """
    faults: list[str] = []
    if not amounts.within(count, least=0, most=np.inf) or not float(count).is_integer():
        faults.append(f"count: found {shortened(repr(count))}, expected a whole number from 0 up")
    _, m = given.costs(cost, []).shape
    itself: Any = sparse.eye_array(m, dtype=bool, format="csr")
    table: Any = itself if alike is None else alike
    near = sparse.csr_array(table, dtype=bool)
    if near.shape != (m, m):
        faults.append(
            f"alike: found shape {near.shape}, expected a row and a column for each of "
            f"{m:,} candidates"
        )
    of = form(plan, cost, weights, radius, fixed, faults)
    same: sparse.csr_array[Any] = near + itself  # A sum stores no zeros.
    same = same[of.columns][:, of.columns]
    beside = _beside(of.savings, of.new, count, same)
    others = [np.sort(np.r_[of.kept, of.columns[each]]) for each in beside]
    plans = [
        Plan(tuple(each.tolist()), of.value(each), plan.bound, Status.NEAR_BEST) for each in others
    ]
    return tuple(each for each in plans if np.isfinite(each.value))


def moves(
    plan: Plan,
    cost: Costs,
    weights: ArrayLike,
    radius: float | None = None,
    fixed: Iterable[int] = (),
) -> dict[int, NDArray[np.float64]]:
    """Return what a plan loses where one of its new sites moves to another candidate.

    Parameters
    ----------
    plan, cost, weights, radius, fixed
        As of `near_best`.

    Returns
    -------
    dict of ndarray of float64, shape (m,)
        By the column of each new site, for each candidate: what the plan loses with this one in
        its place, a share of what it would lose without the site. 0 for itself, below 0 where the
        plan is not the best; infinite for candidates that the plan has already.

    Raises
    ------
    InputError
        As `near_best`.

    Examples
    --------
    >>> metres = [[100, 900, 5000], [900, 100, 5000], [5000, 1000, 100], [5000, 5000, 1000]]
    >>> from geo.siting import maximal_covering
    >>> plan = maximal_covering(metres, [4, 4, 3, 2], p=1, radius=1000)
    >>> moves(plan, metres, [4, 4, 3, 2], 1000)[1].round(2)
    array([0.27, 0.  , 0.55])
    """
    of = form(plan, cost, weights, radius, fixed, [])
    shares: dict[int, NDArray[np.float64]] = {}
    if not len(of.new):
        return shares
    more, saved = exchange.exchanges(of.savings, of.new)
    for place, own in enumerate(of.new):
        alone = saved - exchange.saved(of.savings, np.delete(of.new, place))
        lost = np.full(len(of.columns) + len(of.kept), np.inf)
        lost[of.columns] = np.where(np.isfinite(more[:, place]), -more[:, place], np.inf)
        lost[of.columns[own]] = 0.0
        shares[int(of.columns[own])] = lost / alone if alone > 0 else np.where(lost > 0, np.inf, 0)
    return shares


def _beside(
    savings: Savings, plan: Columns, count: int, alike: sparse.csr_array[Any]
) -> list[Columns]:
    """Return the best other plans that exchanges lead to, the best first."""
    if not 0 < len(plan) < savings.candidates:
        return []
    own = tuple(plan.tolist())
    known = {own: exchange.saved(savings, plan)}
    looked: set[tuple[int, ...]] = set()
    best = [own]
    while left := [each for each in best if each not in looked]:
        looked.add(left[0])
        for other in _exchanged(savings, left[0], count + 1, alike):
            if other not in known:
                known[other] = exchange.saved(savings, np.array(other))
        ordered = sorted(known.keys() - {own}, key=lambda each: (-known[each], each))
        best = [own]
        for each in ordered:
            if len(best) <= count and not any(_same(each, other, alike) for other in best):
                best.append(each)
    return [np.array(each) for each in best[1:]]


def _exchanged(
    savings: Savings, plan: tuple[int, ...], count: int, alike: sparse.csr_array[Any]
) -> Iterator[tuple[int, ...]]:
    """Yield plans that one exchange leads to, those that save most."""
    more, _ = exchange.exchanges(savings, np.array(plan))
    for place, out in enumerate(plan):
        more[alike[[out]].indices, place] = -np.inf
    for _ in range(count):
        new, place = divmod(int(more.argmax()), len(plan))
        if more[new, place] == -np.inf:
            return
        yield tuple(sorted({*plan} - {plan[place]} | {new}))
        more[alike[[new]].indices, place] = -np.inf


def _same(first: tuple[int, ...], second: tuple[int, ...], alike: sparse.csr_array[Any]) -> bool:
    """Return whether each site of one that the other lacks is alike one that it has instead."""
    gone, come = sorted({*first} - {*second}), sorted({*second} - {*first})
    pairs = alike[gone][:, come]
    return bool((np.diff(pairs.indptr) > 0).all() and len(np.unique(pairs.indices)) == len(come))

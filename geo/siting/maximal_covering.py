"""Maximal covering: most demand within a radius of a site (Church and ReVelle 1974)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.checks import amounts, frames
from geo.siting import capacitated, given, greatest_saving, reach, worst_served
from geo.siting.plan import Plan, Status
from geo.siting.savings import savings
from geo.siting.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray
    from scipy import sparse

    from geo.siting.given import Columns, Costs, Floats
    from geo.siting.savings import Savings
    from geo.siting.search import Progress


def maximal_covering(  # noqa: PLR0913 - what a plan hangs on, most of it by keyword
    cost: Costs,
    weights: ArrayLike,
    p: int,
    radius: float,
    fixed: Iterable[int] = (),
    *,
    capacity: ArrayLike | None = None,
    groups: ArrayLike | None = None,
    gap: float = 0.01,
    seconds: float = 30,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan within whose reach most demand lies.

    With w_i the weight of demand i, N_i the candidates within the radius of it and F the fixed
    ones, it is

        max sum_i w_i z_i   with   z_i <= sum of y_j over j in N_i,   y_j = 1 for j in F,
                                   sum of y_j over j not in F = p,   y_j in {0, 1},   z_i <= 1.

    Parameters
    ----------
    cost : array_like or scipy sparse, shape (n, m)
        Metres from demand to candidates; infinite, or in a sparse one not stored, is out of
        reach. A sparse one of truth values says who reaches whom: true counts as 1 metre.
    weights : array_like of float, shape (n,)
        Of the demand, such as residents.
    p : int
        New sites beside the fixed ones.
    radius : float
        Metres; demand as far away as this is reached.
    fixed : iterable of int, optional
        Candidates that are kept in any case, by column.
    capacity : array_like of float, shape (m,), optional
        The weight that each candidate serves at most; demand may be divided among several. No
        limit where none is given.
    groups : array_like, shape (n,), optional
        Label of each demand, such as its district: the group that is served worst comes first,
        all others after it (see `geo.siting.worst_served`). Not together with capacities.
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
        Its value is the weight that is reached, with capacities the weight that is served, with
        groups the share of its weight that the group served worst has reached. Of plans as good as
        each other the same one comes in whatever order demand and candidates are given, unless
        they are alike: see `geo.siting.reach`. New sites that add nothing are those first given.

    Raises
    ------
    InputError
        For costs that are negative or no numbers, no demand, no candidate, weights below 0 or
        missing, a radius that is no distance, more new sites than candidates, fixed ones that are
        no columns, capacities below 0, missing or all 0, groups missing or beside capacities; all
        faults at once.

    References
    ----------
    Church, R. and ReVelle, C. (1974), The maximal covering location problem, Papers of the
    Regional Science Association 32, pp. 101-118.

    Examples
    --------
    >>> metres = [[100, 900, 5000], [900, 100, 5000], [5000, 1000, 100], [5000, 5000, 1000]]
    >>> plan = maximal_covering(metres, [4, 4, 3, 2], p=1, radius=1000)
    >>> plan.chosen, plan.value, str(plan.status)
    ((1,), 11.0, 'proven')
    """
    faults: list[str] = []
    table = given.costs(cost, faults)
    n, m = table.shape
    demand = given.demand(weights, n, faults)
    kept = given.sites(fixed, m, faults)
    p = given.budget(p, m, kept, faults)
    amounts.check_radii([radius], faults, name="radius")
    labels = None if groups is None else given.labels(groups, n, faults)
    if groups is not None and capacity is not None:
        faults.append("groups: found together with capacities; expected one of them")
    room = None if capacity is None else given.capacities(capacity, m, faults)
    given.limits(gap, seconds, faults)
    frames.refuse(faults)
    near = reach.within(table, radius)
    if room is not None:
        search = Search(gap, seconds, progress, whole=_whole(demand) and _whole(room))
        return _capacitated(near, demand, room, p, kept, search)
    search = Search(gap, seconds, progress, whole=_whole(demand))
    if labels is not None:
        search = Search(gap, seconds, progress)
        return _for_worst(near, demand, labels, p, kept, search)
    added, columns = form(near, demand, kept)
    search.columns = lambda new: np.r_[kept, columns[new]]
    chosen = np.sort(search.columns(greatest_saving.plan(added, p, search)))
    plan = search.plan(tuple(chosen.tolist()), reached(near, demand, chosen))
    everything = reached(near, demand, kept) == demand.sum()
    return plan._replace(status=Status.ALL_COVERED) if p and everything else plan


def _capacitated(
    near: sparse.csr_array[Any],
    demand: Floats,
    capacity: Floats,
    p: int,
    kept: Columns,
    search: Search,
) -> Plan:
    room = capacitated.room(near, demand, capacity)
    chosen = capacitated.plan(room, form(near, demand, kept), p, kept, search)
    return search.plan(tuple(chosen.tolist()), capacitated.served(room, chosen)[0])


def _for_worst(
    near: sparse.csr_array[Any],
    demand: Floats,
    labels: Columns,
    p: int,
    kept: Columns,
    search: Search,
) -> Plan:
    groups = worst_served.groups(near, demand, labels)
    most = worst_served.worst(groups, np.arange(near.shape[1]))

    best: list[Plan] = []

    def tell(plan: Plan) -> bool:
        share = worst_served.worst(groups, np.array(plan.chosen, dtype=np.intp))
        known = plan._replace(value=share, bound=most)
        best[:] = [max([known, *best], key=lambda each: each.value)]
        return search.tell_of(best[0])

    added, columns = form(near, demand, kept)
    own = Search(search.gap, search.remaining / 2, tell)
    own.columns = lambda new: np.r_[kept, columns[new]]
    begun = np.sort(own.columns(greatest_saving.plan(added, p, own)))
    if search.stopped and best[0].value > worst_served.worst(groups, begun):
        begun = np.array(best[0].chosen, dtype=np.intp)
    chosen = worst_served.plan(groups, begun, kept, search)
    return search.plan(tuple(chosen.tolist()), worst_served.worst(groups, chosen))


def _whole(numbers: Floats) -> bool:
    return bool((numbers == np.floor(numbers)).all())


def form(near: sparse.csr_array[Any], demand: Floats, kept: Columns) -> tuple[Savings, Columns]:
    """Return what new sites add to the fixed ones, and which columns they are."""
    free = np.setdiff1d(np.arange(near.shape[1]), kept)
    already = _reaches(near, kept)
    open_ = np.flatnonzero(~already & (demand > 0) & (np.diff(near.indptr) > 0))
    base = float(demand[already].sum())
    sets, weights = reach.merged(near[open_][:, free], demand[open_])
    rows, columns = reach.order(sets, weights)
    return savings(sets[rows][:, columns], weights[rows], base=base, sign=1), free[columns]


def reached(near: sparse.csr_array[Any], demand: Floats, chosen: Columns) -> float:
    """Return the weight that some sites reach."""
    return float(demand[_reaches(near, chosen)].sum())


def _reaches(near: sparse.csr_array[Any], chosen: Columns) -> NDArray[np.bool_]:
    return np.asarray(np.diff(near[:, chosen].indptr) > 0)

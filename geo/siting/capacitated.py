"""Maximal covering by sites that serve no more than their capacity: a transport of weights.

With w_i the weight of demand i, c_j the capacity of candidate j, y_j whether it is chosen and f_ij
what it serves of i, within reach of it (Current and Storbeck 1988, Environment and Planning B 15
(2), pp. 153-163, where demand may be divided):

    max sum f_ij   with   sum_j f_ij <= w_i,   sum_j f_ij <= w_i sum of y_j over j in N_i,
                          sum_i f_ij <= c_j y_j,   f_ij >= 0.

The plan without capacities comes first: its bound holds here too, and no plan serves more than the
largest capacities together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from geo.siting import greatest_saving, mip, reach, remainder
from geo.siting.search import Search

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.siting.given import Columns, Floats
    from geo.siting.plan import Plan
    from geo.siting.savings import Savings


class Room(NamedTuple):
    """Demand, and what candidates may serve of it.

    Attributes
    ----------
    sets
        Candidates that reach each demand, shape (n, m).
    weights
        Of the demand, shape (n,).
    capacity
        Of the candidates, at most the weight that they reach, shape (m,).
    """

    sets: sparse.csr_array[Any]
    weights: Floats
    capacity: Floats


def room(near: sparse.csr_array[Any], demand: Floats, capacity: Floats) -> Room:
    """Return demand that somebody reaches, cover sets each once, and what candidates serve."""
    counts = (demand > 0) & (np.diff(near.indptr) > 0)
    sets, weights = reach.merged(near[np.flatnonzero(counts)], demand[counts])
    rows, _ = reach.order(sets, weights)
    sets = sets[rows]
    sets.sort_indices()
    return Room(sets, weights[rows], np.minimum(capacity, sets.T @ weights[rows]))


def served(room: Room, chosen: Columns) -> tuple[float, Floats]:
    """Return the weight that sites serve together at most, and what each serves of each demand.

    The second in the order of what the sets of the room store for them.
    """
    few = Room(room.sets[:, chosen], room.weights, room.capacity[chosen])
    if not few.sets.nnz:
        return 0.0, np.empty(0)
    model, unit = _model(few, np.ones(len(chosen), dtype=bool), len(chosen))
    answer = mip.solve(model._replace(whole=np.zeros(len(model.costs), dtype=bool)), _always)
    flows = np.zeros(few.sets.nnz)
    if answer.values is not None:
        flows = answer.values[len(chosen) :] * unit
    return float(flows.sum()), flows


def plan(
    room: Room, unlimited: tuple[Savings, Columns], p: int, kept: Columns, search: Search
) -> Columns:
    """Return the sites that serve most, fixed ones among them, or the best when time is over.

    Parameters
    ----------
    room : Room
        Demand and capacities.
    unlimited : tuple
        What new sites add without capacities, and which columns they are.
    p : int
        New sites.
    kept : ndarray of intp
        Fixed ones.
    search : Search
        Told of the value and the bound; ends this when it is over.
    """
    added, columns = unlimited
    others = np.sort(np.delete(room.capacity, kept))[::-1]
    most = float(room.capacity[kept].sum() + others[:p].sum())
    first: list[tuple[float, Floats, Columns]] = []

    def tell(plan: Plan) -> bool:
        # What a plan serves takes a model of its own: until the next half that of one will do.
        if not first:
            sites = np.array(plan.chosen, dtype=np.intp)
            first.append((*served(room, sites), sites))
        value, _, sites = first[0]
        search.improve(value=value, bound=min(most, plan.bound), chosen=sites)
        return not search.over

    own = Search(search.gap, search.remaining / 2, tell, whole=search.whole)
    own.columns = lambda new: np.r_[kept, columns[new]]
    last = np.sort(own.columns(greatest_saving.plan(added, p, own)))
    value, flows, chosen = max([(*served(room, last), last), *first], key=lambda each: each[0])
    search.improve(value=value, bound=min(most, own.bound), chosen=chosen)
    if search.over:
        return chosen
    model, unit = _model(room, np.isin(np.arange(len(room.capacity)), kept), p + len(kept))
    if model.rows.nnz > remainder.MOST_COEFFICIENTS:
        search.too_large = True
        return chosen
    taken = np.isin(np.arange(len(room.capacity)), chosen)
    start = np.zeros(len(model.costs))
    start[: len(taken)] = taken
    start[len(taken) :][taken[room.sets.indices]] = flows / unit

    def go_on(costs: float, bound: float) -> bool:
        search.improve(value=-costs * unit if np.isfinite(costs) else None, bound=-bound * unit)
        return not search.over

    slack, seconds = search.slack / unit, search.remaining
    answer = mip.solve(model, go_on, start=start, slack=slack, seconds=seconds)
    search.improve(bound=-answer.bound * unit)
    if answer.values is None:
        return chosen
    other = np.flatnonzero(answer.values[: len(taken)] > 0.5)
    return other if served(room, other)[0] > value else chosen


def _always(_value: float, _bound: float) -> bool:
    return True


def _model(room: Room, kept: NDArray[np.bool_], size: int) -> tuple[mip.Model, float]:
    """Return the model, for so many sites, and the weight that is 1 in it."""
    n, m = room.sets.shape
    unit = float(room.weights.max(initial=1.0))
    weights, capacity = room.weights / unit, room.capacity / unit
    row = np.repeat(np.arange(n), np.diff(room.sets.indptr))
    column, flow = room.sets.indices, m + np.arange(room.sets.nnz)
    each = np.arange(m)
    rows = np.r_[row, n + row, n + row, 2 * n + column, 2 * n + each, np.full(m, 2 * n + m)]
    columns = np.r_[flow, flow, column, flow, each, each]
    ones = np.ones(len(flow))
    values = np.r_[ones, ones, -weights[row], ones, -capacity, np.ones(m)]
    model = mip.Model(
        costs=np.r_[np.zeros(m), -ones],
        lower=np.r_[kept.astype(np.float64), 0.0 * ones],
        upper=np.r_[np.ones(m), weights[row]],
        whole=np.arange(m + len(flow)) < m,
        rows=sparse.csr_array((values, (rows, columns)), shape=(2 * n + m + 1, m + len(flow))),
        least=np.r_[np.full(2 * n + m, -mip.INFINITY), float(size)],
        most=np.r_[weights, np.zeros(n + m), float(size)],
    )
    return model, unit

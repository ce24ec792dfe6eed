"""Maximal covering for the group that is served worst, then for all (Rawls's order of plans).

With W_g the weight of group g, w_i that of demand i, z_i whether it is reached and N_i who reaches
it, t is the share of the group that is served worst:

    max t   with   t <= sum of w_i z_i over i in g, by W_g,   z_i <= sum of y_j over j in N_i,
                   sum of y_j = p beside the fixed ones,   y_j in {0, 1},   0 <= z_i <= 1.

Of plans that serve this group as well, one that reaches most of all is taken, as far as time goes
(Ogryczak 1997, European Journal of Operational Research 101 (2), on lexicographic location).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from scipy import sparse

from geo.siting import mip, remainder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.siting.given import Columns, Floats
    from geo.siting.search import Search

LEAST: Final = 1e-6
"""Share of a group that solvers' tolerances leave open."""


class Groups(NamedTuple):
    """Who reaches whom, and groups of the demand.

    Attributes
    ----------
    near
        Candidates that reach each demand, shape (n, m).
    weights
        Of the demand, shape (n,).
    shares
        The part of its group's weight that each demand is, groups by demand.
    """

    near: sparse.csr_array[Any]
    weights: Floats
    shares: sparse.csr_array[Any]


def groups(near: sparse.csr_array[Any], weights: Floats, labels: NDArray[np.intp]) -> Groups:
    """Return groups of demand by a number for each; those without weight do not count."""
    sums = np.bincount(labels, weights)
    rows = np.flatnonzero(weights > 0)
    _, group = np.unique(labels[rows], return_inverse=True)
    part = weights[rows] / sums[labels[rows]]
    shares = sparse.csr_array((part, (group, np.arange(len(rows)))))
    return Groups(near[rows], weights[rows], shares)


def worst(given: Groups, chosen: Columns) -> float:
    """Return the share of the group that some sites serve worst."""
    reached = np.diff(given.near[:, chosen].indptr) > 0
    return float((given.shares @ reached.astype(np.float64)).min())


def plan(given: Groups, begun: Columns, kept: Columns, search: Search) -> Columns:
    """Return as many sites as a plan to begin with, the fixed ones among them, best for the worst.

    Parameters
    ----------
    given : Groups
        Demand.
    begun : ndarray of intp
        The plan to begin with.
    kept : ndarray of intp
        Fixed ones.
    search : Search
        Told of the share and its bound; ends this when it is over.
    """
    m = given.near.shape[1]
    search.improve(value=worst(given, begun), bound=worst(given, np.arange(m)), chosen=begun)
    if len(begun) in {len(kept), m}:
        search.improve(bound=search.value)
    if search.over:
        return begun
    model = _model(given, kept, len(begun))
    if model.rows.nnz > remainder.MOST_COEFFICIENTS:
        search.too_large = True
        return begun

    def go_on(costs: float, bound: float) -> bool:
        value = -costs if np.isfinite(costs) else None
        search.improve(value=value, bound=-bound if -bound > search.value + LEAST else None)
        return not search.over

    slack, seconds = max(search.slack, LEAST / 2), search.remaining
    start = _start(given, begun)
    answer = mip.solve(model, go_on, start=start, slack=slack, seconds=seconds)
    chosen = _chosen(answer, begun, m)
    value = worst(given, chosen)
    search.improve(value=value, bound=max(value, -answer.bound), chosen=chosen)
    if -answer.bound <= value + LEAST:
        search.improve(bound=value)
    return chosen if search.stopped else _most(given, model, chosen, search)


def _most(given: Groups, model: mip.Model, chosen: Columns, search: Search) -> Columns:
    """Return a plan that serves the worst group as well, and all together most."""
    m = given.near.shape[1]
    least = worst(given, chosen)
    costs = np.r_[np.zeros(m), -given.weights / given.weights.sum(), 0.0]
    lower = np.r_[model.lower[:-1], max(0.0, least - LEAST / 10)]
    again = model._replace(costs=costs, lower=lower)
    start = _start(given, chosen)

    def go_on(_value: float, _bound: float) -> bool:
        search.tell()
        return not search.stopped

    slack = max(search.gap, LEAST)
    answer = mip.solve(again, go_on, start=start, slack=slack, seconds=search.remaining)
    other = _chosen(answer, chosen, m)
    return other if worst(given, other) >= least else chosen


def _chosen(answer: mip.Answer, else_: Columns, m: int) -> Columns:
    return else_ if answer.values is None else np.flatnonzero(answer.values[:m] > 0.5)


def _start(given: Groups, chosen: Columns) -> Floats:
    taken = np.zeros(given.near.shape[1])
    taken[chosen] = 1.0
    reached = np.diff(given.near[:, chosen].indptr) > 0
    return np.concatenate([taken, reached.astype(np.float64), [worst(given, chosen)]])


def _model(given: Groups, kept: Columns, size: int) -> mip.Model:
    n, m = given.near.shape
    count = given.shares.shape[0]
    near, shares = given.near.tocoo(), given.shares.tocoo()
    each, last = np.arange(n), n + np.arange(count)
    row = np.r_[near.row, each, n + shares.row, last, np.full(m, n + count)]
    column = np.r_[near.col, m + each, m + shares.col, np.full(count, m + n), np.arange(m)]
    value = np.r_[-np.ones(near.nnz), np.ones(n), -shares.data, np.ones(count), np.ones(m)]
    rows = sparse.csr_array((value, (row, column)), shape=(n + count + 1, m + n + 1))
    lower = np.zeros(m + n + 1)
    lower[kept] = 1.0
    return mip.Model(
        costs=np.r_[np.zeros(m + n), -1.0],
        lower=lower,
        upper=np.ones(m + n + 1),
        whole=np.arange(m + n + 1) < m,
        rows=rows,
        least=np.r_[np.full(n + count, -mip.INFINITY), float(size)],
        most=np.r_[np.zeros(n + count), float(size)],
    )

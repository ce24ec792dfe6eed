"""Who reaches whom: cover sets, those that are alike made one, in an order that nobody gave.

Ties between plans are common: two cells beside each other reach the same people. To have the same
answer in whatever order candidates and demand come, they are solved in an order of their own, by
numbers mixed from their costs and weights. Candidates that are alike in all of it, such as the
same place twice or mirror images, keep the order in which they were given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numba import njit
from scipy import sparse

from geo.siting.given import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.siting.given import Columns, Floats

    Keys = NDArray[np.uint64]

ROUNDS: Final = 3
"""In which candidates learn of each other through the demand that they share."""


def within(costs: sparse.csr_array[Any], radius: float) -> sparse.csr_array[Any]:
    """Return which candidates lie within a radius of which demand, true where stored.

    Examples
    --------
    >>> within(sparse.csr_array(np.array([[900, 1200], [800, 3100]])), 1000).toarray()
    array([[ True, False],
           [ True, False]])
    """
    near = kept(costs, costs.data <= radius)
    stored = np.ones(near.nnz, dtype=bool), near.indices, near.indptr
    return sparse.csr_array(stored, shape=near.shape)


def nearest(costs: sparse.csr_array[Any], sites: Columns) -> Floats:
    """Return how far each demand is from the nearest of some sites, infinite where no way is.

    Examples
    --------
    >>> nearest(sparse.csr_array(np.array([[900, 1200, 0], [0, 3100, 800]])), np.array([1, 2]))
    array([1200.,  800.])
    """
    ways = costs[:, sites]
    least = np.full(costs.shape[0], np.inf)
    some = np.diff(ways.indptr) > 0
    if some.any():
        starts = ways.indptr[:-1][some]
        least[some] = np.minimum.reduceat(ways.data.astype(np.float64), starts)
    return least


def needed(
    near: sparse.csr_array[Any], chosen: Columns, *, besides: Columns | None = None
) -> Columns:
    """Return those of some candidates without whom somebody would be reached no more.

    Parameters
    ----------
    near : csr_array, shape (n, m)
        Who reaches whom.
    chosen : ndarray of int
        Candidates; of two that do for each other the later one goes.
    besides : ndarray of int, optional
        Others that stay in any case.

    Examples
    --------
    >>> near = sparse.csr_array(np.array([[True, False, True], [False, True, True]]))
    >>> needed(near, np.array([2, 0, 1])).tolist()
    [2]
    """
    columns = near.tocsc()
    held = chosen if besides is None else np.concatenate([besides, chosen])
    times = np.bincount(columns[:, held].indices, minlength=near.shape[0])
    stays = np.ones(len(chosen), dtype=bool)
    for at in range(len(chosen) - 1, -1, -1):
        rows = columns.indices[columns.indptr[chosen[at]] : columns.indptr[chosen[at] + 1]]
        stays[at] = not (times[rows] > 1).all()
        if not stays[at]:
            times[rows] -= 1
    return chosen[stays]


def order(costs: sparse.csr_array[Any], weights: Floats) -> tuple[Columns, Columns]:
    """Return rows and columns in an order that depends on costs and weights alone.

    Parameters
    ----------
    costs : csr_array, shape (n, m)
        What is stored counts.
    weights : ndarray of float64, shape (n,)
        Of the rows.

    Examples
    --------
    >>> near = sparse.csr_array(np.array([[True, False, True], [True, True, False]]))
    >>> rows, columns = order(near, np.array([5.0, 7.0]))
    >>> again, _ = order(near[[1, 0]], np.array([7.0, 5.0]))
    >>> bool((np.array([1, 0])[again] == rows).all())
    True
    """
    bare = costs.dtype == bool
    metres = np.empty(0) if bare else costs.data.astype(np.float64)
    own = np.ascontiguousarray(weights + 0.0).view(np.uint64)
    rows, columns = own.copy(), np.zeros(costs.shape[1], dtype=np.uint64)
    for _ in range(ROUNDS):
        _stir(costs.indptr, costs.indices, (metres + 0.0).view(np.uint64), rows, columns)
    return np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")


def merged(reach: sparse.csr_array[Any], weights: Floats) -> tuple[sparse.csr_array[Any], Floats]:
    """Return cover sets each once, with the weights of the demand that has it together.

    Examples
    --------
    >>> near = sparse.csr_array(np.array([[True, False], [True, True], [True, False]]))
    >>> sets, weights = merged(near, np.array([5.0, 7.0, 1.0]))
    >>> sorted(zip(weights.tolist(), sets.toarray().tolist()))
    [(6.0, [True, False]), (7.0, [True, True])]
    """
    # Two numbers of 64 bits: different sets do not agree in both.
    first, second = (_sums(reach.indptr, reach.indices, np.uint64(seed)) for seed in (1, 2))
    # By weight as well, so that they add up alike in every order.
    by_set = np.lexsort((weights, second, first))
    first, second = first[by_set], second[by_set]
    new = np.ones(len(by_set), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    starts = np.flatnonzero(new)
    return reach[by_set[starts]], np.add.reduceat(weights[by_set], starts)


def keys(columns: Columns) -> Keys:
    """Return a number for each column; those of a set add up to one for the set."""
    return np.asarray(_keys(columns, np.uint64(1)))


@njit(cache=True, nogil=True)
def _mix(number):  # noqa: ANN001, ANN202
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@njit(cache=True, nogil=True)
def _stir(starts, columns, metres, of_row, of_column) -> None:  # noqa: ANN001
    """Mix into the number of each column those of its rows, then the other way round.

    Sums of whole numbers that wrap round come out alike in every order.
    """
    for column in range(len(of_column)):
        of_column[column] = _mix(of_column[column] + np.uint64(1))
    total = of_column.copy()
    for row in range(len(of_row)):
        for k in range(starts[row], starts[row + 1]):
            entry = metres[k] if len(metres) else np.uint64(0)
            total[columns[k]] += _mix(of_row[row] ^ _mix(entry))
    of_column[:] = total
    for row in range(len(of_row)):
        number = _mix(of_row[row])
        for k in range(starts[row], starts[row + 1]):
            entry = metres[k] if len(metres) else np.uint64(0)
            number += _mix(of_column[columns[k]] ^ _mix(entry))
        of_row[row] = number


@njit(cache=True, nogil=True)
def _keys(columns, seed):  # noqa: ANN001, ANN202
    keys = np.empty(len(columns), np.uint64)
    for k in range(len(columns)):
        # A sum: what is mixed twice alike would cancel, and a column count for nothing.
        keys[k] = _mix(_mix(np.uint64(columns[k]) + np.uint64(1)) + _mix(seed))
    return keys


@njit(cache=True, nogil=True)
def _sums(starts, columns, seed):  # noqa: ANN001, ANN202
    """Return a number for the set of columns of each row."""
    sums = np.zeros(len(starts) - 1, np.uint64)
    for row in range(len(sums)):
        for key in _keys(columns[starts[row] : starts[row + 1]], seed):
            sums[row] += key
    return sums

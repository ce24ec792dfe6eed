"""What the models are given: costs, weights, sites and limits, checked before anything is solved.

Each function returns what the models work on and adds what is wrong to a list of faults.
"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from geo.checks import amounts, frames
from geo.checks.written import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

Floats = NDArray[np.float64]
Columns = NDArray[np.intp]
Costs = ArrayLike | sparse.sparray | sparse.spmatrix
"""Metres from demand (rows) to candidates (columns)."""


def costs(cost: Costs, faults: list[str]) -> sparse.csr_array[Any]:
    """Return costs as a sparse table: what is not stored is out of reach.

    Parameters
    ----------
    cost : array_like or scipy sparse, shape (n, m)
        Metres from 0 up; infinite, or in a sparse one not stored, where there is no way.
    faults : list of str
        Takes what is wrong.

    Returns
    -------
    csr_array, shape (n, m)
        Finite costs; only to be used when no fault was added. It may share memory with `cost`.
    """
    scattered = bool(sparse.issparse(cost))
    given: Any = cost if scattered else np.asarray(cost)
    # A sparse truth value says that there is a way, of no stated length; a dense one says nothing.
    if given.ndim != 2 or given.dtype.kind not in ("biuf" if scattered else "iuf"):
        faults.append(
            f"cost: found {given.dtype} of shape {given.shape}, expected metres, a row for each "
            "place with demand and a column for each candidate"
        )
        return sparse.csr_array((0, 0))
    n, m = given.shape
    if n == 0:
        faults.append("cost: has no rows; expected at least one place with demand")
    if m == 0:
        faults.append("cost: has no columns; expected at least one candidate")
    table = sparse.csr_array(given) if scattered else _full(given)
    wrong = ~(table.data >= 0)
    if wrong.any():
        rows = np.repeat(np.arange(n), np.diff(table.indptr))
        faults.append(
            f"cost: found {table.data[wrong][0]} at {places(np.isin(np.arange(n), rows[wrong]))}; "
            "expected metres from 0 up, infinite where there is no way"
        )
    return kept(table, table.data != np.inf)


def kept(table: sparse.csr_array[Any], chosen: NDArray[np.bool_]) -> sparse.csr_array[Any]:
    """Return a table with the chosen ones of what it stores, zeros too."""
    if chosen.all():
        return table
    starts = np.r_[0, np.cumsum(chosen, dtype=np.int64)][table.indptr]
    stored = table.data[chosen], table.indices[chosen], starts
    return sparse.csr_array(stored, shape=table.shape)


def demand(weights: ArrayLike, n: int, faults: list[str]) -> Floats:
    """Return weights of demand, such as residents, from 0 up and not all 0."""
    given = np.asarray(weights)
    if given.ndim != 1 or given.dtype.kind not in "biuf":
        faults.append(
            f"weights: found {given.dtype} of shape {given.shape}, expected a number for each row"
        )
        return np.empty(0)
    numbers = given.astype(np.float64)
    wrong = ~((numbers >= 0) & (numbers < np.inf))
    if wrong.any():
        faults.append(
            f"weights: found {numbers[wrong][0]:g} at {places(wrong)}; expected numbers from 0 up"
        )
    elif n and len(numbers) != n:
        faults.append(f"weights: found {len(numbers):,}, expected one for each of {n:,} rows")
    elif n and not numbers.any():
        faults.append("weights: found none above 0; expected demand somewhere")
    return numbers


def sites(fixed: Iterable[int], m: int, faults: list[str]) -> Columns:
    """Return positions of fixed sites among m candidates, ascending."""
    listed = list(fixed)
    if m == 0:
        return np.empty(0, dtype=np.intp)
    try:
        positions = [operator.index(each) for each in listed]
    except TypeError:
        positions = [-1]
    if any(not 0 <= each < m for each in positions) or len(set(positions)) < len(positions):
        faults.append(
            f"fixed: found {shortened(repr(listed))}, expected columns of the cost from 0 to "
            f"{m - 1}, each once"
        )
        return np.empty(0, dtype=np.intp)
    return np.sort(np.array(positions, dtype=np.intp))


def budget(p: int, m: int, kept: Columns, faults: list[str]) -> int:
    """Return how many new sites there may be among m candidates, some of them fixed."""
    if not amounts.within(p, least=0, most=math.inf) or not float(p).is_integer():
        faults.append(f"p: found {shortened(repr(p))}, expected a whole number from 0 up")
        return 0
    if m and p > m - len(kept):
        faults.append(
            f"p: found {int(p):,} new sites, but only {m - len(kept):,} candidates are not fixed; "
            "expected at most so many, or more candidates"
        )
    return int(p)


def capacities(capacity: ArrayLike, m: int, faults: list[str]) -> Floats:
    """Return what each of m candidates serves at most, from 0 up and not all 0."""
    numbers = np.asarray(capacity)
    if numbers.ndim != 1 or numbers.dtype.kind not in "biuf" or (m and len(numbers) != m):
        faults.append(
            f"capacity: found {numbers.dtype} of shape {numbers.shape}, expected a number for "
            f"each of {m:,} candidates"
        )
        return np.empty(0)
    numbers = numbers.astype(np.float64)
    wrong = ~(numbers >= 0)
    if wrong.any():
        faults.append(
            f"capacity: found {numbers[wrong][0]:g} at {places(wrong)}; expected numbers from 0 "
            "up, infinite where there is no limit"
        )
    elif m and not numbers.any():
        faults.append("capacity: found none above 0; expected a candidate that serves somebody")
    return numbers


def labels(groups: ArrayLike, n: int, faults: list[str]) -> Columns:
    """Return a number for the group of each of n rows of demand."""
    series = pd.Series(np.asarray(groups).tolist() if np.ndim(groups) == 1 else [], dtype=object)
    if n and len(series) != n:
        faults.append(f"groups: found {len(series):,}, expected one for each of {n:,} rows")
    numbers = pd.factorize(series)[0]
    if (numbers < 0).any():
        faults.append(f"groups: found none at {places(numbers < 0)}; expected a label for each row")
    return np.asarray(numbers, dtype=np.intp)


def limits(gap: float, seconds: float, faults: list[str]) -> None:
    """Add a fault unless a gap and a time are numbers from 0 up."""
    if not amounts.within(gap, least=0, most=math.nextafter(math.inf, 0)):
        faults.append(f"gap: found {shortened(repr(gap))}, expected a share from 0 up")
    if not amounts.within(seconds, least=0, most=math.inf):
        faults.append(f"seconds: found {shortened(repr(seconds))}, expected a number from 0 up")


def reached(
    ways: sparse.csr_array[Any],
    faults: list[str],
    *,
    radius: float | None = None,
    counted: NDArray[np.bool_] | None = None,
) -> None:
    """Add a fault where demand, of the rows that are counted, has no candidate at all."""
    near = "has a way to" if radius is None else f"lies within {radius:g} m of"
    alone = np.diff(ways.indptr) == 0
    if counted is not None:
        alone &= counted
    if alone.any():
        faults.append(
            f"cost: no candidate {near} the demand at {places(alone)}; expected candidates "
            "nearer to it, or none of this demand"
        )


def filled(chosen: Columns, m: int, size: int) -> Columns:
    """Return a plan, ascending, with as many sites as asked, the first of those left filled in."""
    others = np.setdiff1d(np.arange(m), chosen)
    return np.sort(np.r_[chosen, others[: size - len(chosen)]])


def places(chosen: NDArray[np.bool_]) -> str:
    """Return rows of demand by their positions, the first ten of many."""
    return frames.rows(pd.Series(chosen), chosen)


def _full(given: NDArray[Any]) -> sparse.csr_array[Any]:
    # SciPy's own way would leave out zeros, which are sites in the place itself.
    n, m = given.shape
    stored = given.ravel(), np.tile(np.arange(m, dtype=np.int32), n), np.arange(n + 1) * m
    return sparse.csr_array(stored, shape=given.shape)

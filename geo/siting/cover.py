"""Fewest candidates that reach every row: greedy first, then whole numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import InputError
from geo.siting import mip, reach
from geo.siting.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy import sparse

    from geo.siting.given import Columns
    from geo.siting.plan import Plan


def fewest(
    near: sparse.csr_array[Any],
    search: Search,
    *,
    besides: int = 0,
    enough: Callable[[], bool] = bool,
) -> Columns:
    """Return the fewest candidates that reach every row, or the best when the search is over.

    Parameters
    ----------
    near : csr_array of bool, shape (n, m)
        Who reaches whom; each row is reached by somebody.
    search : Search
        Told of the value and the bound; ends this when it is over.
    besides : int, optional
        Sites that count into the value.
    enough : callable, optional
        Ends this as well, where it is true.
    """
    sets, weights = reach.merged(near, np.ones(near.shape[0]))
    rows, columns = reach.order(sets, weights)
    sets = sets[rows][:, columns]
    n, m = sets.shape
    first = reach.needed(sets, _greedy(sets))
    search.improve(
        value=float(besides + len(first)), bound=float(besides + (n > 0)), chosen=columns[first]
    )

    def go_on(costs: float, bound: float) -> bool:
        if math.isfinite(costs):
            search.improve(value=besides + round(costs))
        search.improve(bound=besides + bound)
        return not (search.over or enough())

    start = np.zeros(m)
    start[first] = 1.0
    if search.over or enough():
        return np.sort(columns[first])
    model = mip.Model(
        costs=np.ones(m),
        lower=np.zeros(m),
        upper=np.ones(m),
        whole=np.ones(m, dtype=bool),
        rows=sets,
        least=np.ones(n),
        most=np.full(n, mip.INFINITY),
    )
    answer = mip.solve(model, go_on, start=start, slack=0.999, seconds=search.remaining)
    search.improve(bound=besides + answer.bound)
    taken = first
    if answer.values is not None:
        taken = reach.needed(sets, np.flatnonzero(answer.values > 0.5))
    search.improve(value=float(besides + len(taken)), chosen=columns[taken])
    return columns[taken]


def at_most(near: sparse.csr_array[Any], p: int, search: Search) -> tuple[Columns | None, int]:
    """Return at most p candidates that reach every row, and how many it takes at least.

    None where there are no such candidates, or where the search is over before any are known.
    """
    if (np.diff(near.indptr) == 0).any():
        return None, p + 1

    def go_on(_: Plan) -> bool:
        search.tell()
        return not search.over

    own = Search(0.0, search.remaining, go_on, least=True, whole=True)
    new = fewest(near, own, enough=lambda: own.value <= p or own.bound > p)
    return (new if len(new) <= p else None), int(own.bound)


def none_known(p: int, needed: int) -> InputError:
    """Return the error that no p new sites are known that have a way to all demand."""
    if needed <= p:
        return InputError(
            f"seconds: no {p:,} new sites with a way to all demand came up in time; expected more "
            "time, more new sites or less demand"
        )
    return InputError(
        f"p: found {p:,} new sites, but at least {needed:,} are needed for a way to all demand; "
        "expected so many, or less demand"
    )


def _greedy(sets: sparse.csr_array[Any]) -> Columns:
    """Return candidates, each the one that reaches most rows that none before does."""
    columns = sets.tocsc()
    left = np.ones(sets.shape[0])
    new: list[int] = []
    while left.any():
        new.append(int(np.argmax(columns.T @ left)))
        left[columns.indices[columns.indptr[new[-1]] : columns.indptr[new[-1] + 1]]] = 0.0
    return np.array(new, dtype=np.intp)

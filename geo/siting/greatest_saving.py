"""The plan that saves most: exchanges first, then bounds by prices, then whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.siting import exchange, lagrangian, remainder

if TYPE_CHECKING:
    from geo.siting.given import Columns
    from geo.siting.savings import Savings
    from geo.siting.search import Search


def plan(savings: Savings, p: int, search: Search, *, begun: Columns | None = None) -> Columns:
    """Return p candidates that save most, or the best known when the search is over.

    Parameters
    ----------
    savings : Savings
        What each candidate saves.
    p : int
        How many to choose.
    search : Search
        Told of the value and the bound; ends this when it is over.
    begun : ndarray of intp, optional
        Candidates to begin the first plan with.
    """
    begun = np.empty(0, dtype=np.intp) if begun is None else begun
    first = exchange.greedy(savings, p, begun)
    everything = exchange.saved(savings, np.arange(savings.candidates))
    search.improve(
        value=savings.value(exchange.saved(savings, first)),
        bound=savings.value(everything),
        chosen=first,
    )
    if p in {0, savings.candidates}:
        search.improve(bound=search.value)
        return first
    chosen, _ = exchange.exchanged(savings, first, lambda: not search.over)
    search.improve(value=savings.value(exchange.saved(savings, chosen)), chosen=chosen)
    chosen, prices = lagrangian.ascent(savings, chosen, search)
    if search.over:
        return chosen
    return remainder.best(savings, chosen, prices, search)

"""What candidates save or add beyond the fixed sites: the form in which two models are solved.

Maximal covering and the p-median are one problem (Church and ReVelle 1976, Geographical Analysis
8 (4), pp. 406-415): choose p candidates S so that

    sum over demand i of max over j in S of s_ij

is greatest. In maximal covering s_ij is the weight of i where j reaches it, which no fixed site
does. In the p-median it is the weight times the metres that j lies nearer than the nearest fixed
site does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from geo.siting.given import Floats

    Entries = NDArray[np.int32]


class Savings(NamedTuple):
    """Savings by candidate, as the columns of a sparse matrix.

    Attributes
    ----------
    starts, rows
        The demand of candidate j is ``rows[starts[j] : starts[j + 1]]``.
    amounts
        s_ij in the same order; empty where all are the weight of the demand.
    weights
        Weight of each demand, shape (n,).
    least
        What every plan that may be chosen saves each demand, shape (n,).
    base
        The value of the fixed sites alone.
    sign
        1 where savings add to the value, -1 where they lower it.
    """

    starts: NDArray[np.int64]
    rows: Entries
    amounts: Floats
    weights: Floats
    least: Floats
    base: float
    sign: int

    @property
    def candidates(self) -> int:
        """How many there are."""
        return len(self.starts) - 1

    def value(self, saved: float) -> float:
        """Return the value of a plan that saves so much."""
        return self.base + self.sign * saved


def savings(
    table: sparse.csr_array[Any],
    weights: Floats,
    *,
    base: float,
    sign: int,
    least: Floats | None = None,
) -> Savings:
    """Return savings of a table, of truth values where each is the weight of its row."""
    columns = table.tocsc()
    bare = columns.dtype == bool
    amounts = np.empty(0) if bare else columns.data.astype(np.float64)
    starts, rows = columns.indptr.astype(np.int64), columns.indices.astype(np.int32)
    least = np.zeros(len(weights)) if least is None else least
    return Savings(starts, rows, amounts, weights, least, base, sign)

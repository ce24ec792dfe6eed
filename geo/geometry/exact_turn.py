"""On which side of a line a point lies, without rounding.

Compiled, as the loops that ask it are. The answer is that of rational arithmetic on the doubles
as they are: a first guess in floating point where its error bound allows one, else the exact sum
of the products (J. R. Shewchuk: Adaptive Precision Floating-Point Arithmetic and Fast Robust
Geometric Predicates, 1997, sections 2.3 to 2.6 and 4.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

ERROR_BOUND = (3.0 + 16.0 * 2.0**-53) * 2.0**-53
"""Relative error of the determinant in doubles (Shewchuk 1997, ``ccwerrboundA``)."""

SPLITTER = 2.0**27 + 1.0
TERMS = 12


@njit(cache=True, nogil=True)
def turn(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """Return 1 when a point lies left of the line from a to b, -1 right of it, 0 on it."""
    left = (ax - px) * (by - py)
    right = (ay - py) * (bx - px)
    det = left - right
    bound = ERROR_BOUND * (abs(left) + abs(right))
    if det > bound:
        return 1
    if det < -bound:
        return -1
    return _exact(ax, ay, bx, by, px, py)


@njit(cache=True, nogil=True)
def turn_beside(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """Return the same for a point that is moved north, and far less east, by next to nothing.

    It is never 0 for a line with two different points: what is drawn through the point passes no
    corner and along no edge.
    """
    side = turn(ax, ay, bx, by, px, py)
    if side != 0:
        return side
    if ax != bx:
        return 1 if bx > ax else -1
    return 1 if ay > by else -1


@njit(cache=True, nogil=True)
def _exact(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """Return the sign of ``ax by - ax py - px by - ay bx + ay px + py bx``."""
    total = np.zeros(TERMS)
    count = 0
    factors = ((ax, by), (-ax, py), (-px, by), (-ay, bx), (ay, px), (py, bx))
    for one, other in factors:
        product = one * other
        for term in (_product_error(one, other, product), product):
            _grow(total, count, term)
            count += 1
    # The parts do not overlap and grow in size: the last that is not 0 has the sign of the sum.
    for at in range(TERMS - 1, -1, -1):
        if total[at] != 0.0:
            return 1 if total[at] > 0.0 else -1
    return 0


@njit(cache=True, nogil=True)
def _product_error(one: float, other: float, product: float) -> float:
    """Return what rounding took from a product (Dekker's)."""
    big = SPLITTER * one
    one_high = big - (big - one)
    one_low = one - one_high
    big = SPLITTER * other
    other_high = big - (big - other)
    other_low = other - other_high
    error = product - one_high * other_high - one_low * other_high - one_high * other_low
    return one_low * other_low - error


@njit(cache=True, nogil=True)
def _grow(total: NDArray[np.float64], count: int, term: float) -> None:
    """Add a double to a sum of `count` parts that do not overlap (Shewchuk's GROW-EXPANSION)."""
    carried = term
    for at in range(count):
        summed = carried + total[at]
        part = summed - carried
        total[at] = (carried - (summed - part)) + (total[at] - part)
        carried = summed
    total[count] = carried

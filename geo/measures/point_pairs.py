"""Pairs of points near each other, and what they are linked to, for hundreds of sets of thousands.

The plane is cut into strips as high as the distance; in a strip points are in the order of x. A
point then meets those behind it in its own strip, and those of the strip above, only as far as the
distance reaches. Pairs are walked without Python, so that threads share the sets.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]


MANY: Final = 100_000
"""Coordinates from which on threads pay."""


def counts(sets: Floats, radii: Floats) -> Counts:
    """Return how many pairs of points lie within each radius of each other.

    Parameters
    ----------
    sets : ndarray of float64, shape (k, n, 2)
        Sets of points, x and y.
    radii : ndarray of float64, shape (r,)
        Of the same unit, ascending; a pair as far apart as a radius is within it.

    Returns
    -------
    ndarray of int64, shape (k, r)
        Unordered pairs.

    Examples
    --------
    >>> counts(np.array([[[0, 0], [3, 4], [0, 1]]], dtype=float), np.array([1.0, 5.0]))
    array([[1, 3]])
    """
    out = np.empty((len(sets), len(radii)), np.int64)
    return _of_each(sets, float(radii[-1]), out, _count, radii**2)


def largest(sets: Floats, min_points: int, distance: float) -> Counts:
    """Return how many points the largest cluster of each set has, 0 where there is none.

    Points with at least `min_points` within the distance, themselves among them, are cores; a
    cluster is what cores link and reach.

    Parameters
    ----------
    sets : ndarray of float64, shape (k, n, 2)
        Sets of points, x and y.
    min_points : int
        As said.
    distance : float
        Of the same unit.

    Returns
    -------
    ndarray of int64, shape (k,)
        Points.

    Examples
    --------
    >>> largest(np.array([[[0, 0], [0, 1], [0, 2], [9, 9]]], dtype=float), 3, 1.0)
    array([3])
    """
    out = np.empty((len(sets), 1), np.int64)
    return _of_each(sets, distance, out, _size, min_points)[:, 0]


def _of_each(
    sets: Floats, reach: float, out: Counts, fill: Callable[..., None], *options: object
) -> Counts:
    """Fill what is said of each set, many of them in threads."""

    def one(at: int) -> None:
        fill(*_strips(sets[at], reach), reach, *options, out[at])

    if sets.size < MANY:
        for at in range(len(sets)):
            one(at)
    else:
        with ThreadPoolExecutor() as threads:
            list(threads.map(one, range(len(sets))))
    return out


def _strips(xy: Floats, reach: float) -> tuple[Floats, Floats, Counts, Counts]:
    """Return x and y of points by strip and x, the strip of each, and where strips begin."""
    x, y = xy.T
    south, north = (y.min(), y.max()) if len(y) else (0.0, 0.0)
    # No more strips than points; a little higher than the reach, so that rounding skips none.
    height = max(reach * (1 + 1e-9), (north - south) / max(len(y), 1))
    strip = np.floor((y - south) / height).astype(np.int64)
    order = np.lexsort((x, strip))
    strip = strip[order]
    # Behind the last strip one more, which is empty.
    first = np.searchsorted(strip, np.arange(strip.max(initial=0) + 3))
    return x[order], y[order], strip, first


@njit(cache=True, nogil=True)
def _count(x, y, strip, first, reach, squares, out) -> None:  # noqa: ANN001
    """Write how many pairs lie within each radius, given as squares."""
    out[:] = 0
    for _, _, square in _near(x, y, strip, first, reach):
        at = len(out) - 1
        while at > 0 and square <= squares[at - 1]:
            at -= 1
        out[at] += 1
    for at in range(1, len(out)):
        out[at] += out[at - 1]


@njit(cache=True, nogil=True)
def _size(x, y, strip, first, reach, min_points, out) -> None:  # noqa: ANN001
    """Write how many points the largest cluster has."""
    near = np.ones(len(x), np.int64)
    for i, j, _ in _near(x, y, strip, first, reach):
        near[i] += 1
        near[j] += 1
    # Who is linked: each points to one before it, the first of all to itself.
    before = np.arange(len(x))
    held = near >= min_points
    for i, j, _ in _near(x, y, strip, first, reach):
        if near[i] >= min_points or near[j] >= min_points:
            held[i] = held[j] = True
            one, other = _first(before, i), _first(before, j)
            before[max(one, other)] = min(one, other)
    size = np.zeros(len(x), np.int64)
    out[0] = 0
    for at in range(len(x)):
        if held[at]:
            one = _first(before, at)
            size[one] += 1
            out[0] = max(out[0], size[one])


@njit(cache=True, nogil=True)
def _first(before, at):  # noqa: ANN001, ANN202
    """Return the first of those that a point is linked to."""
    while before[at] != at:
        before[at] = before[before[at]]
        at = before[at]
    return at


# Not kept on disk by itself: numba cannot compile a generator that it reads from there into another
# loop (numba/numba#8679). Those that it is part of are kept.
@njit(nogil=True)
def _near(x, y, strip, first, reach):  # noqa: ANN001, ANN202
    """Yield the pairs of points within a reach, and how far apart they are, squared."""
    above = 0
    for i in range(len(x)):
        begin, end, last = first[strip[i]], first[strip[i] + 1], first[strip[i] + 2]
        if i == begin:
            above = end
        while above < last and x[i] - x[above] > reach:
            above += 1
        for start, stop in ((i + 1, end), (above, last)):
            for j in range(start, stop):
                if x[j] - x[i] > reach:
                    break
                square = (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2
                if square <= reach**2:
                    yield i, j, square

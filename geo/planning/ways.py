"""Which places lie within a distance of which, and how far: straight lines turned into arcs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse, spatial

from geo.geometry import sphere

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RADIUS_M: Final = 6_371_000.0
"""Of the earth, for what a straight line through it lacks of its arc: 1 m in 100 km."""


def ways(start: Floats, end: Floats, *, most_m: float) -> sparse.csr_array:
    """Return how far places are from each other, where that is no more than a distance.

    A straight line through the earth between positions on the WGS84 ellipsoid, turned into the
    arc of a sphere: of 100 km it is within a metre of the geodesic.

    Parameters
    ----------
    start, end : ndarray of float64, shapes (n, 2) and (m, 2)
        Longitude and latitude in degrees, WGS84.
    most_m : float
        Metres; infinite for all pairs.

    Returns
    -------
    csr_array of float64, shape (n, m)
        Metres, zeros stored as well; what is farther is not stored.

    Examples
    --------
    >>> start, end = np.array([[121.0, 31.0]]), np.array([[121.01, 31.0], [122.0, 31.0]])
    >>> far = ways(start, end, most_m=3000)
    >>> far.nnz, round(float(far.data[0]))
    (1, 955)
    """
    shape = (len(start), len(end))
    if not all(shape):
        return sparse.csr_array(shape)
    first, second = (spatial.cKDTree(sphere.geocentric(each)) for each in (start, end))
    # Half round the earth at most; what the arc is longer than its line is cut off below.
    straight = min(most_m, 2 * RADIUS_M)
    pairs = first.sparse_distance_matrix(second, straight, output_type="ndarray")
    metres = _arcs(pairs["v"])
    near = metres <= most_m
    at = (pairs["i"][near].astype(np.int32), pairs["j"][near].astype(np.int32))
    return sparse.csr_array((metres[near], at), shape=shape)


def nearest_m(start: Floats, end: Floats) -> Floats:
    """Return how far each place is from the nearest of others, metres; infinite without any.

    Parameters and distances as of `ways`.

    Examples
    --------
    >>> nearest_m(np.array([[121.0, 31.0]]), np.array([[121.01, 31.0], [122.0, 31.0]])).round()
    array([955.])
    """
    if not len(end):
        return np.full(len(start), np.inf)
    straight = spatial.cKDTree(sphere.geocentric(end)).query(sphere.geocentric(start))[0]
    return _arcs(np.asarray(straight, dtype=np.float64))


def _arcs(straight: Floats) -> Floats:
    return np.asarray(2 * RADIUS_M * np.arcsin(np.minimum(straight / (2 * RADIUS_M), 1.0)))

"""Whom a new site in each square of a region could serve at most, before any is placed."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

from geo.geometry import projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.planning.ground import Ground

    Floats = NDArray[np.float64]


def most_within(here: Ground, residents: Floats, *, radius_m: float) -> Floats:
    """Return how many of some residents are within a radius of each square, at most.

    In a straight line: no way of any kind reaches more. They are counted in the plane of the
    squares, in discs that are wider by as much as it stretches ways: some count who live a little
    farther off, none is missed.

    Parameters
    ----------
    here : Ground
        Residents of the region.
    residents : ndarray of float64, shape (n,)
        Of each of its places those who count.
    radius_m : float
        Metres.

    Returns
    -------
    ndarray of float64, shape (k,)
        Of each of its squares, one at least.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> from geo.planning.ground import ground
    >>> block = gpd.GeoDataFrame(
    ...     {"population": [1200]}, geometry=[shapely.box(121, 31, 121.1, 31.1)], crs="EPSG:4326"
    ... )
    >>> here = ground(block, radius_m=400)
    >>> most = most_within(here, here.residents, radius_m=100)
    >>> bool((most == here.residents).all())
    True
    """
    farthest_m = here.size_m * float(np.hypot(*(here.steps + 0.5).T).max()) + radius_m
    radius = radius_m / here.size_m * projection.stretch(farthest_m)
    side = np.arange(-int(radius) - 1, int(radius) + 2)
    margin = 2 * len(side)
    first = here.steps.min(axis=0) - margin
    most = np.zeros(np.ptp(here.steps, axis=0) + 2 * margin + 1)
    squares = tuple((here.steps - first).T)
    most[squares] = residents[: len(here.steps)]
    disc = np.hypot(*np.meshgrid(side, side)) <= radius
    most = ndimage.convolve(most, disc.astype(np.float64), mode="constant")
    others = len(here.steps) + np.flatnonzero(residents[len(here.steps) :])
    at = here.in_steps(here.lonlat[others]) - first
    # What lies farther off the region reaches none of its squares.
    near = ((at >= len(side)) & (at < np.array(most.shape) - len(side))).all(axis=1)
    at, amounts = at[near], residents[others[near]]
    own = np.floor(at).astype(np.int64)
    square = np.ravel_multi_index(tuple(own.T), most.shape)
    east, north = (own + 0.5 - at).T
    for columns, rows in itertools.product(side, side):
        held = (east + columns) ** 2 + (north + rows) ** 2 <= radius**2
        np.add.at(most.ravel(), square[held] + columns * most.shape[1] + rows, amounts[held])
    return np.asarray(most[squares], dtype=np.float64)

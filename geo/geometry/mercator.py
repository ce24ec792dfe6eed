"""The square of Web Mercator, on which tiles and cells of maps lie. Nothing is measured on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NORTHMOST: Final = 85.0511287798066
"""Degrees of latitude of the northern end of the square."""


def northing(lat: Floats) -> Floats:
    """Return how far north of the equator latitudes are drawn, in degrees of longitude.

    Examples
    --------
    >>> northing(np.array([0.0, NORTHMOST])).round(9).tolist()
    [0.0, 180.0]
    """
    return np.asarray(np.degrees(np.arcsinh(np.tan(np.radians(lat)))))


def latitude(north: float) -> float:
    """Return the latitude in degrees that is drawn so far north, see `northing`.

    Examples
    --------
    >>> round(latitude(180.0), 9)
    85.05112878
    """
    return float(np.degrees(np.arctan(np.sinh(np.radians(north)))))


def on_square(lonlat: Floats) -> Floats:
    """Return places on the square.

    Parameters
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        Longitude and latitude in WGS84 degrees.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        From 0 to 1, x from the west, y from the north; what lies beyond the map's ends is on them.

    Examples
    --------
    >>> on_square(np.array([[0.0, 0.0], [-180.0, 90.0], [90.0, -90.0]])).round(6).tolist()
    [[0.5, 0.5], [0.0, 0.0], [0.75, 1.0]]
    """
    x, y = 180 + lonlat[:, 0], 180 - northing(lonlat[:, 1])
    return np.column_stack([np.clip(x / 360, 0, 1), np.clip(y / 360, 0, 1)])

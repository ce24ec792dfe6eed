"""Points at random in outlines: what chance would make of sites."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo import memory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.measures.point_grid import PointGrid

    Floats = NDArray[np.float64]

SEED: Final = 13
"""Of all simulations, so that a figure is the same on every run."""

MANY: Final = 100_000
"""Points from which on grids over the outlines pay."""

AT_ONCE: Final = 4_000_000
"""Points that are drawn together at most, however little of its frame an outline fills."""

VERTICES: Final = 8_000_000
"""Of the outlines whose grids are kept in the process."""

DEGREES: Final = 90.0
"""What a grid takes for a position is between these."""


def within(outline: shapely.Geometry, shape: tuple[int, int], *, seed: int = SEED) -> Floats:
    """Return sets of points at random in an outline, every place as likely as any other.

    Parameters
    ----------
    outline : polygon
        Metres.
    shape : tuple of int
        How many sets, and of how many points each.
    seed : int, optional
        The same points for the same seed.

    Returns
    -------
    ndarray of float64, of `shape` and 2
        Metres, x and y.

    Examples
    --------
    >>> within(shapely.box(0, 0, 100, 10), (2, 3)).shape
    (2, 3, 2)
    """
    many = math.prod(shape) >= MANY
    return _drawn(outline, shape, np.random.default_rng(seed), many=many)


def within_each(
    outlines: NDArray[np.object_], points: NDArray[np.intp], sets: int, *, seed: int = SEED
) -> Floats:
    """Return sets of points at random, as many in each outline as is asked for.

    Parameters
    ----------
    outlines : ndarray of polygons, shape (m,)
        Metres. The points depend on where the outlines are, and on no order of theirs.
    points : ndarray of int, shape (m,)
        How many in each.
    sets : int
        How many sets.
    seed : int, optional
        The same points for the same seed.

    Returns
    -------
    ndarray of float64, shape (sets, sum of `points`, 2)
        Metres, x and y.

    Examples
    --------
    >>> halves = shapely.box([0, 5], 0, [5, 10], 5)
    >>> (within_each(halves, np.array([3, 0]), 2)[..., 0] < 5).all()
    np.True_
    """
    many = sets * points.sum() >= MANY
    places = np.lexsort(shapely.bounds(outlines).T)
    return np.concatenate(
        [
            np.empty((sets, 0, 2)),
            *(
                _drawn(outlines[row], (sets, n), np.random.default_rng([seed, at]), many=many)
                for at, (row, n) in enumerate(zip(places, points[places].tolist(), strict=True))
                if n
            ),
        ],
        axis=1,
    )


def _drawn(
    outline: shapely.Geometry, shape: tuple[int, int], rng: np.random.Generator, *, many: bool
) -> Floats:
    west, south, east, north = shapely.bounds(outline)
    wanted, share = math.prod(shape), shapely.area(outline) / ((east - west) * (north - south))
    found: list[Floats] = []
    while wanted > 0:
        size = min(math.ceil(wanted / share), AT_ONCE)
        some = rng.uniform((west, south), (east, north), size=(size, 2))
        found.append(some[_held(outline, some, many=many)][:wanted])
        wanted -= len(found[-1])
    return np.concatenate([np.empty((0, 2)), *found]).reshape(*shape, 2)


def _held(outline: shapely.Geometry, points: Floats, *, many: bool) -> NDArray[np.bool_]:
    """Return which points an outline holds."""
    if not many:
        # Threads share the caller's outline: the index that is made here belongs to a copy.
        own = shapely.force_2d(outline)
        shapely.prepare(own)
        return np.asarray(shapely.contains_xy(own, points))
    # Numba takes half a second to load: whoever has few points does without.
    from geo.measures import point_grid  # noqa: PLC0415

    unit, grid = _grid(np.array([outline], dtype=object))
    row = np.empty(len(points), dtype=np.int32)
    x, y = np.ascontiguousarray(points.T / unit)
    point_grid.locate(grid, x, y, row)
    held: NDArray[np.bool_] = row == 0
    return held


@memory.by_geometries(VERTICES)
def _grid(outlines: NDArray[np.object_]) -> tuple[float, PointGrid]:
    """Return a grid over outlines and its unit in metres: a power of 2, which rounds nothing."""
    from geo.measures import point_grid  # noqa: PLC0415

    furthest = np.abs(shapely.total_bounds(outlines)).max()
    unit = 2.0 ** math.ceil(math.log2(furthest / DEGREES))
    return unit, point_grid.grid(
        point_grid.edges_of(shapely.transform(outlines, lambda metres: metres / unit))
    )

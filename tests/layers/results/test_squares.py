from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.measures import land_cells
from layers.results import squares
from tests.geo import toy

CELLS = land_cells.land_cells(toy.quarters(), size_m=3000)
RAMP = ("r0", "r1", "r2")


@given(
    st.sets(st.tuples(st.integers(-40, 40), st.integers(-3, 3)), min_size=1, max_size=60),
    st.integers(0, 9),
)
def test_runs_are_the_same_squares_of_the_same_class(
    places: set[tuple[int, int]], seed: int
) -> None:
    steps = np.array(sorted(places), dtype=np.int64)
    classes = np.random.default_rng(seed).integers(0, 2, len(steps))
    first, n = squares.runs(steps, classes)
    told = {
        (int(steps[row, 0]) + at, int(steps[row, 1]), int(classes[row]))
        for row, many in zip(first, n, strict=True)
        for at in range(many)
    }
    assert told == {(x, y, int(of)) for (x, y), of in zip(steps.tolist(), classes, strict=True)}
    assert n.sum() == len(steps)
    assert n.max() <= squares.LONGEST


def test_squares_of_land_cover_what_they_covered_one_by_one() -> None:
    rows = np.arange(len(CELLS.steps))
    same = np.zeros(len(rows), dtype=np.int64)
    drawn = squares.of_land(CELLS, rows, same, RAMP)
    each = squares.of_land(CELLS, rows, CELLS.steps.sum(axis=1) % 2, RAMP)
    assert len(drawn.outlines) < len(each.outlines) / 2
    whole, parts = (shapely.union_all(found.outlines, grid_size=1e-7) for found in (drawn, each))
    assert whole.symmetric_difference(parts).area < 1e-4 * whole.area
    assert set(each.tokens) == {"r0", "r1"}

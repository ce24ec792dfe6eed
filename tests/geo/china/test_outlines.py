"""What breaks: a grid that says of a place near a border that it lies on the other side."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.china import outlines

BOUNDS = (0.0, 0.0, 4.0, 3.0)
WITH_A_LAKE = shapely.Polygon(
    [(0.31, 0.2), (3.4, 0.43), (3.11, 2.7), (0.5, 2.21)],
    [[(1, 1), (1, 1.5), (1.7, 1.2)]],
)
ISLAND = shapely.box(3.4375, 2.5, 3.45, 2.51)  # within one square, a corner on its edge
SHAPES = shapely.MultiPolygon([WITH_A_LAKE, ISLAND])


@given(st.lists(st.tuples(st.floats(-1, 5), st.floats(-1, 4)), min_size=1, max_size=50))
def test_the_grid_says_what_the_outline_says(places: list[tuple[float, float]]) -> None:
    lon, lat = np.array(places).T
    found = outlines.outline(SHAPES, bounds=BOUNDS).holds(lon, lat)
    assert found.tolist() == shapely.intersects_xy(SHAPES, lon, lat).tolist()


def test_the_edge_and_its_surroundings_are_told_as_the_outline_tells_them() -> None:
    edge = shapely.get_coordinates(shapely.segmentize(shapely.boundary(SHAPES), 0.001))
    near = np.concatenate([edge, *(edge + shift for shift in (1e-9, -1e-9, (3e-3, -3e-3)))])
    found = outlines.outline(SHAPES, bounds=BOUNDS).holds(*near.T)
    assert (found == shapely.intersects_xy(SHAPES, *near.T)).all()


def test_what_is_no_number_lies_nowhere() -> None:
    nothing = np.array([np.nan, np.inf, -np.inf, 1e300, 2.0, np.nan])
    found = outlines.outline(SHAPES, bounds=BOUNDS).holds(nothing, nothing[::-1])
    assert not found.any()

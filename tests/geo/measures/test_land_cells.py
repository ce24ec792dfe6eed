from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph

from geo.errors import InputError
from geo.geometry import projection
from geo.measures import land_cells
from tests.geo import toy

BLOCK = toy.districts({"west": (121.4, 31.2, 121.5, 31.3), "east": (121.5, 31.2, 121.6, 31.3)})
POSITIONS = st.lists(st.tuples(st.floats(121.3, 121.7), st.floats(31.1, 31.4)), max_size=30)


@given(positions=POSITIONS, size_m=st.sampled_from([700.0, 1000.0, 3000.0]))
@settings(max_examples=30)
def test_each_position_counts_in_one_cell(
    positions: list[tuple[float, float]], size_m: float
) -> None:
    """Also off the shore: the total is that of the positions, on every grid."""
    cells = land_cells.land_cells(BLOCK, size_m=size_m)
    rows = cells.rows(np.array(positions).reshape(-1, 2))
    assert np.bincount(rows, minlength=len(cells.steps)).sum() == len(positions)


def test_a_position_on_land_counts_in_the_cell_that_it_lies_in() -> None:
    cells = land_cells.land_cells(BLOCK, size_m=1000)
    rng = np.random.default_rng(13)
    lonlat = rng.uniform((121.42, 31.22), (121.58, 31.28), size=(200, 2))
    xy = np.column_stack(projection.laea(*cells.middle).transform(*lonlat.T))
    assert (cells.steps[cells.rows(lonlat)] == np.floor(xy / 1000)).all()


@pytest.mark.parametrize("size_m", [300, 1000, 3000])
def test_cells_are_as_large_as_the_land(size_m: int) -> None:
    cells = land_cells.land_cells(BLOCK, size_m=size_m)
    land = projection.area_km2(BLOCK).sum()
    edge = 2 * (math.sqrt(land) + 20) * size_m / 1000
    assert abs(len(cells.steps) * (size_m / 1000) ** 2 - land) < edge
    assert set(cells.district) == {0, 1}
    inside = shapely.contains_xy(BLOCK.geometry.iloc[0], *cells.lonlat.T)
    assert ((cells.district == 0) == inside).all()


def test_neighbours_are_those_of_squares_that_touch() -> None:
    cells = land_cells.land_cells(BLOCK, size_m=3000)
    x, y = cells.steps.T
    squares = shapely.box(x, y, x + 1, y + 1)
    peer = Graph.build_contiguity(gpd.GeoSeries(squares), rook=False).sparse
    assert (cells.links != peer).nnz == 0


def test_a_region_smaller_than_a_cell_has_one() -> None:
    yard = toy.districts({"yard": (121.4, 31.2, 121.401, 31.201)})
    cells = land_cells.land_cells(yard, size_m=3000)
    assert cells.district.tolist() == [0]
    assert cells.links.nnz == 0
    assert cells.rows(np.array([[121.4, 31.2]])).tolist() == [0]


@pytest.mark.parametrize("size_m", [0, -1, math.nan, math.inf])
def test_a_size_that_is_none_is_refused(size_m: float) -> None:
    with pytest.raises(InputError, match="size_m"):
        land_cells.land_cells(BLOCK, size_m=size_m)

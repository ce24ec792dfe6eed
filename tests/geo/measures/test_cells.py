"""Counts by cell of the tile grid: against counting one by one, and against each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import cells
from geo.measures.cells import Block, Cell

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)
POINTS = st.lists(st.tuples(LON, LAT), max_size=40)
NEAR = st.lists(st.tuples(st.floats(113, 113.01), st.floats(23, 23.01)), max_size=40)
WORLD = Block(0, 0, 0, 1, 1)


def placed(points: list[tuple[float, float]]) -> cells.PlacedPoints:
    lon, lat = np.array(points, dtype=float).reshape(-1, 2).T
    return cells.place(lon, lat)


def by_hand(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Return the cell of a point as the tile grid is usually written."""
    last = 2**zoom - 1
    x = int((lon + 180) / 360 * 2**zoom)
    if abs(lat) >= 85.06:  # beyond the square
        return min(x, last), 0 if lat > 0 else last
    rad = np.radians(lat)
    y = (1 - np.log(np.tan(rad) + 1 / np.cos(rad)) / np.pi) / 2 * 2**zoom
    return min(x, last), int(np.clip(np.floor(y), 0, last))


@given(points=POINTS | NEAR, zoom=st.integers(0, 6))
def test_all_cells_of_a_zoom_hold_every_point_once(
    points: list[tuple[float, float]], zoom: int
) -> None:
    found = cells.count(placed(points), Block(zoom, 0, 0, 2**zoom, 2**zoom))
    assert found.n.sum() == len(points)
    assert (found.n > 0).all()


@given(points=POINTS | NEAR, zoom=st.integers(0, cells.DEEPEST - 1))
def test_a_cell_is_the_sum_of_its_four_parts(points: list[tuple[float, float]], zoom: int) -> None:
    whole = placed(points)
    for lon, lat in points:
        cell = Cell(*cells.covering((lon, lat, lon, lat), zoom)[:3])
        assert cells.total(whole, cell) == sum(cells.total(whole, part) for part in cell.parts) > 0


@given(points=st.lists(st.tuples(LON, LAT), max_size=40), zoom=st.integers(0, 20))
def test_counts_are_those_of_the_usual_grid(points: list[tuple[float, float]], zoom: int) -> None:
    of = [by_hand(lon, lat, zoom) for lon, lat in points]
    # On a line of the grid the two ways may round to either side of it.
    assume(of == [cells.covering((*point, *point), zoom)[1:3] for point in points])
    for x, y in of:
        found = cells.count(placed(points), Block(zoom, x, y, x + 1, y + 1))
        assert found.n.tolist() == [of.count((x, y))]


@given(points=POINTS | NEAR, seed=st.integers(0, 99), zoom=st.integers(0, 12))
def test_a_choice_counts_as_if_it_were_all(
    points: list[tuple[float, float]], seed: int, zoom: int
) -> None:
    mask = np.random.default_rng(seed).random(len(points)) < 0.5
    chosen = placed(points).chosen(mask)
    alone = placed([point for point, on in zip(points, mask, strict=True) if on])
    for lon, lat in points:
        block = cells.covering((lon, lat, lon, lat), zoom)
        assert cells.count(chosen, block).n.tolist() == cells.count(alone, block).n.tolist()
    assert sorted(chosen.rows.tolist()) == np.flatnonzero(mask).tolist()


@given(points=POINTS | NEAR, zoom=st.integers(0, 12))
def test_rows_of_cells_are_those_that_were_counted(
    points: list[tuple[float, float]], zoom: int
) -> None:
    whole = placed(points)
    found = cells.count(whole, cells.covering((-180, -90, 180, 90), min(zoom, 5)))
    rows = cells.rows(whole, found.x, found.y, found.zoom)
    assert sorted(rows.tolist()) == list(range(len(points)))
    firsts = np.cumsum(found.n) - found.n
    for x, y, row in zip(found.x, found.y, rows[firsts], strict=True):
        lon, lat = points[row]
        assert cells.covering((lon, lat, lon, lat), found.zoom)[1:3] == (x, y)


def test_what_has_no_position_is_left_out_and_what_lies_beyond_the_square_is_not() -> None:
    points = cells.place([0, np.nan, 10, 180, -180], [90, 5, -90, 0, np.nan])
    assert sorted(points.rows.tolist()) == [0, 2, 3]
    assert cells.count(points, WORLD).n.tolist() == [3]
    corners = cells.count(points, Block(1, 0, 0, 2, 2))
    assert dict(
        zip(
            zip(corners.x.tolist(), corners.y.tolist(), strict=True),
            corners.n.tolist(),
            strict=True,
        )
    ) == {
        (1, 0): 1,
        (1, 1): 2,
    }


@pytest.mark.parametrize(
    ("lon", "lat"), [([181.0], [0.0]), ([0.0], [91.0]), ([np.inf], [0.0]), ([0.0, 1.0], [0.0])]
)
def test_what_is_no_position_is_refused(lon: list[float], lat: list[float]) -> None:
    with pytest.raises(InputError, match="lon, lat"):
        cells.place(lon, lat)


@pytest.mark.parametrize("zoom", [-1, cells.DEEPEST + 1])
def test_a_zoom_without_cells_is_refused(zoom: int) -> None:
    with pytest.raises(InputError, match="zoom"):
        cells.count(placed([(0, 0)]), Block(zoom, 0, 0, 1, 1))


@given(lon=LON, lat=st.floats(-85, 85), zoom=st.integers(0, 22))
def test_bounds_of_a_cell_hold_what_it_counts(lon: float, lat: float, zoom: int) -> None:
    block = cells.covering((lon, lat, lon, lat), zoom)
    west, south, east, north = Cell(zoom, block.west, block.north).bounds
    hair = 1e-9
    assert west - hair <= lon <= east + hair
    assert south - hair <= lat <= north + hair

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.geometry import simplify

WINDOW = shapely.box(-1, -1, 4, 3)


def ragged(west: float, *, seed: int) -> shapely.Polygon:
    """Return a square one degree wide whose east side wobbles."""
    y = np.linspace(0, 1, 200)
    wobble = np.random.default_rng(seed).normal(0, 0.0003, 200)
    wobble[[0, -1]] = 0
    east = np.column_stack([west + 1 + wobble, y])
    return shapely.Polygon([(west, 0), *map(tuple, east), (west, 1)])


def neighbours() -> np.ndarray:
    first = ragged(0, seed=1)
    second = shapely.Polygon(
        [*list(first.exterior.coords)[1:-2][::1], (1, 1), (2, 1), (2, 0), (1, 0)]
    )
    return np.array([first, second.buffer(0)], dtype=object)


def test_a_shared_border_stays_one_line() -> None:
    own = neighbours()
    result = simplify.generalise(own[:1], own[1:], window=WINDOW, degrees=0.01)
    together = np.concatenate(result)
    assert shapely.coverage_is_valid(together)
    assert shapely.get_num_coordinates(result.own[0]) < 20
    shared = shapely.intersection(result.own[0], result.context[0])
    assert shared.length == pytest.approx(1, abs=0.01)


def test_without_surroundings() -> None:
    own = neighbours()
    result = simplify.generalise(own, own[:0], window=WINDOW, degrees=0.01)
    assert shapely.coverage_is_valid(result.own)
    assert len(result.context) == 0


def test_a_neighbour_is_cut_to_the_window() -> None:
    own = np.array([shapely.box(0, 0, 1, 1)], dtype=object)
    around = np.array([shapely.box(1, 0, 9, 1), shapely.box(20, 0, 21, 1)], dtype=object)
    result = simplify.generalise(own, around, window=WINDOW, degrees=0.001)
    assert result.context[0].bounds == (1, 0, 4, 1)
    assert result.context[1].is_empty


def test_islets_go_but_not_the_largest_part_nor_one_that_touches() -> None:
    main, islet = shapely.box(0, 0, 1, 1), shapely.box(2, 0, 2.001, 0.001)
    exclave = shapely.box(1, 0, 1.001, 0.001)
    own = np.array(
        [
            shapely.MultiPolygon([main, islet]),
            shapely.MultiPolygon([shapely.box(0, 2, 1, 3), exclave]),
            shapely.box(3, 0, 3.001, 0.001),
        ],
        dtype=object,
    )
    result = simplify.generalise(own, own[:0], window=WINDOW, degrees=0.001)
    assert shapely.get_num_geometries(result.own).tolist() == [1, 2, 1]


def test_inputs_are_not_changed() -> None:
    own = neighbours()
    before = shapely.to_wkb(own).tolist()
    simplify.generalise(own[:1], own[1:], window=WINDOW, degrees=0.01)
    assert shapely.to_wkb(own).tolist() == before


def test_tolerance_grows_with_the_region() -> None:
    widths = [0.5, 1.9, 2.1, 8.0, 60.0]
    assert [simplify.tolerance(width) for width in widths] == [
        0.0005,
        0.0005,
        0.001,
        0.001,
        0.005,
    ]

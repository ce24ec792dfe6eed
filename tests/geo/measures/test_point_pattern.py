from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pointpats import centrography, distance_statistics

from geo import point_pattern
from geo.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The example of pointpats (Rey and others, its documentation).
TWELVE = np.array(
    [
        [66.22, 32.54],
        [22.52, 22.39],
        [31.01, 81.21],
        [9.47, 31.02],
        [30.78, 60.10],
        [75.21, 58.93],
        [79.26, 7.68],
        [8.23, 39.93],
        [98.73, 77.17],
        [89.78, 42.53],
        [65.19, 92.08],
        [54.46, 8.48],
    ]
)
BOX = (98.73 - 8.23) * (92.08 - 7.68)
SQUARE = shapely.box(0, 0, 10_000, 10_000)
PATTERNS = 200
SEEDS = st.integers(0, 10_000)


def at_random(seed: int, n: int = 40) -> NDArray[np.float64]:
    return np.random.default_rng(seed).uniform(0, 10_000, size=(n, 2))


def test_published_values() -> None:
    found = point_pattern.nearest_neighbour(TWELVE, BOX)
    assert found.mean == pytest.approx(21.612139802089246)
    assert found.ratio == pytest.approx(1.7132584, abs=5e-8)
    assert point_pattern.mean_centre(TWELVE) == pytest.approx((52.57166667, 46.17166667))
    assert point_pattern.standard_distance(TWELVE) == pytest.approx(40.14980648908671)
    centre, semi_axes, angle = point_pattern.ellipse(TWELVE)
    assert centre == point_pattern.mean_centre(TWELVE)
    # As pointpats 2.5.5 has it; until 2.5.1 it was 50.13 by 37.95, turned the wrong way.
    assert semi_axes == pytest.approx((47.945446085971454, 39.62386788646298))
    assert angle == pytest.approx(math.degrees(0.46686948392980593))


@settings(max_examples=20)
@given(seed=SEEDS)
def test_agrees_with_pointpats(seed: int) -> None:
    xy = at_random(seed, 25)
    major, minor, turned = centrography.ellipse(xy)
    found = point_pattern.ellipse(xy)
    assert found.semi_axes == pytest.approx((major, minor))
    assert math.cos(2 * (turned - math.radians(found.angle))) == pytest.approx(1)
    assert point_pattern.standard_distance(xy) == pytest.approx(centrography.std_distance(xy))
    radii = np.array([500.0, 1500.0, 4000.0])
    _, theirs = distance_statistics.k(xy, support=radii)
    box = float(np.prod(np.ptp(xy, axis=0)))  # their area
    ours = point_pattern.ripley_k(xy, radii.tolist(), box)
    assert ours["k"].to_list() == pytest.approx(theirs.tolist())


@settings(max_examples=20)
@given(seed=SEEDS, east=st.integers(-9999, 9999), turn=st.floats(0, 180))
def test_neither_place_nor_order_nor_direction_matters(seed: int, east: int, turn: float) -> None:
    xy = at_random(seed)
    found, ellipse = point_pattern.nearest_neighbour(xy, 1e8), point_pattern.ellipse(xy)
    shuffled = np.random.default_rng(seed).permutation(xy)
    assert point_pattern.nearest_neighbour(shuffled, 1e8) == found
    assert point_pattern.ellipse(shuffled) == ellipse
    # Counterclockwise, as the angle of an ellipse.
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    moved = xy @ np.array([[c, s], [-s, c]]) + [east, -7]
    assert point_pattern.nearest_neighbour(moved, 1e8) == pytest.approx(found)
    turned = point_pattern.ellipse(moved)
    assert turned.semi_axes == pytest.approx(ellipse.semi_axes)
    off = (turned.angle - ellipse.angle - turn) % 180
    assert min(off, 180 - off) == pytest.approx(0, abs=1e-4)


def test_many_rows_in_one_place_are_one_place() -> None:
    xy = at_random(3)
    stacked = np.concatenate([xy, np.repeat(xy[:5], 30, axis=0)])
    assert point_pattern.nearest_neighbour(stacked, 1e8) == point_pattern.nearest_neighbour(xy, 1e8)
    once, often = (point_pattern.ripley_k(each, [800], SQUARE) for each in (xy, stacked))
    assert once.equals(often)
    assert once.attrs == often.attrs


def test_chance_is_found_no_more_often_than_the_level_says() -> None:
    patterns = np.random.default_rng(13).uniform(0, 10_000, size=(PATTERNS, 30, 2))
    ps = [
        point_pattern.ripley_k(xy, [400, 800, 1600], SQUARE, simulations=19, seed=at).attrs["p"]
        for at, xy in enumerate(patterns)
    ]
    # 3 standard errors of a share of 0.05 among 200.
    assert np.mean(np.array(ps) <= 0.05) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / PATTERNS)
    z = [point_pattern.nearest_neighbour(xy, 1e8).z for xy in patterns]
    # Towards clusters the edge makes the test careful: distances grow there.
    assert np.mean(np.array(z) <= -1.96) <= 0.05


def test_clusters_are_found_and_results_are_the_same_again() -> None:
    xy = np.random.default_rng(2).normal(5_000, 500, size=(40, 2))
    found = point_pattern.ripley_k(xy, [300, 600], SQUARE, simulations=99)
    assert found.attrs["p"] == 0.01
    assert (found["l"] > found["high"]).all()
    assert found.equals(point_pattern.ripley_k(xy[::-1], [300, 600], SQUARE, simulations=99))
    assert point_pattern.nearest_neighbour(xy, 1e8).z < -5


@pytest.mark.parametrize(
    ("xy", "reason"),
    [
        ([], "too_few"),
        ([[1, 1]], "too_few"),
        ([[1, 1], [np.nan, np.nan], [2, 2]], "too_few"),
        ([[7, 7]] * 12, "one_place"),
    ],
)
def test_too_few_places_have_no_index(xy: list[list[float]], reason: str) -> None:
    assert np.isnan(point_pattern.nearest_neighbour(xy, 1e6)).all()
    assert point_pattern.ripley_k(xy, [100], SQUARE).isna().all(axis=None)
    assert point_pattern.why_empty(xy) == reason
    assert point_pattern.why_no_ellipse(xy) == reason
    assert np.isnan(point_pattern.ellipse(xy).semi_axes).all()


def test_points_on_a_line_have_distances_and_no_ellipse() -> None:
    line = [[at, 3 * at] for at in (0.1, 1.0, 5.0, 9.0)]
    assert point_pattern.nearest_neighbour(line, 100).mean > 0
    assert np.isnan(point_pattern.ellipse(line).angle)
    assert point_pattern.ellipse(line).centre == pytest.approx((3.775, 11.325))
    assert point_pattern.why_no_ellipse(line) == "on_one_line"


@pytest.mark.parametrize("area", [0.0, math.nan, shapely.Polygon()])
def test_without_an_area_nothing_is_expected(area: float) -> None:
    xy = at_random(1)
    assert point_pattern.why_empty(xy, area) == "no_area"
    assert point_pattern.ripley_k(xy, [100], area).isna().all(axis=None)


def test_the_mean_distance_needs_no_area() -> None:
    ratio, z, mean = point_pattern.nearest_neighbour(TWELVE, math.nan)
    assert np.isnan([ratio, z]).all()
    assert mean == pytest.approx(21.612139802089246)


def test_what_cannot_be_is_refused() -> None:
    for xy in ([[1, 2, 3]], [[np.inf, 0]], ["here"]):
        with pytest.raises(InputError, match="xy: found"):
            point_pattern.ellipse(xy)
    with pytest.raises(InputError, match=r"radii: found(.|\n)*simulations(.|\n)*level"):
        point_pattern.ripley_k(TWELVE, [0], 1, simulations=0, level=2)

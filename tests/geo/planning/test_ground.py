from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.geometry import projection
from geo.measures import containment
from geo.planning.ground import SIZES_M, counted_of_disc, ground, strays
from tests.geo import toy
from tests.geo.planning import toy_plan

if TYPE_CHECKING:
    from collections.abc import Hashable


@given(st.sampled_from([400.0, 3000.0, 20_000.0]), st.sampled_from([300, 200_000]))
def test_residents_add_up_to_those_of_their_districts(radius_m: float, most: int) -> None:
    here = ground(toy_plan.region(), radius_m=radius_m, most=most)
    assert here.by_district(here.residents) == pytest.approx([40_000, 0, 9_000, 0])
    assert here.size_m >= radius_m / 8
    assert len(here.steps) <= most * 1.05  # squares cross the border


def test_a_district_smaller_than_a_square_keeps_its_residents() -> None:
    boxes: dict[Hashable, tuple[float, float, float, float]] = {
        "yard": (121.5, 31.2, 121.501, 31.201),
        "west": (121.4, 31.2, 121.5, 31.3),
    }
    here = ground(toy.districts(boxes, population=[70, 30]), radius_m=40_000)
    assert here.by_district(here.residents).tolist() == [70, 30]


def test_areas_that_are_all_smaller_than_a_square_keep_place_residents_and_area() -> None:
    yards = toy.districts(
        {"west": (121.4, 31.2, 121.4015, 31.2015), "east": (121.41, 31.21, 121.411, 31.211)},
        population=[3000, 9],
    )
    here = ground(yards, radius_m=4000)
    assert here.by_district(here.residents).tolist() == [3000, 9]
    assert here.by_district(here.km2) == pytest.approx(
        projection.area_km2(yards.geometry).to_numpy()
    )
    chosen, _ = here.spread(10, np.ones(len(here.lonlat), dtype=bool))
    inside = containment.rows(chosen[:, 0], chosen[:, 1], yards.geometry.to_numpy(), yards.index)
    assert sorted(inside) == [0, 1]


def test_a_long_strip_has_no_more_candidates_than_are_asked_for() -> None:
    here = ground(toy.districts({"strip": (118, 31.2, 122, 31.201)}, population=[10]), most=10_000)
    chosen, _ = here.spread(500, np.ones(len(here.lonlat), dtype=bool))
    assert 0 < len(chosen) <= 500


@given(st.floats(0.3, 12), st.sampled_from(SIZES_M))
def test_what_squares_count_of_a_disc_comes_near_its_area(radii: float, size_m: float) -> None:
    counted = counted_of_disc(radii * size_m, size_m)
    assert counted * math.pi * radii**2 == pytest.approx(round(counted * math.pi * radii**2))
    # A circle passes through some eight radii of squares at most.
    assert abs(counted - 1) * math.pi * radii**2 <= 8 * radii + 4


def test_fewer_than_no_residents_are_refused() -> None:
    with pytest.raises(InputError, match="310104"):
        ground(toy_plan.region().assign(population=[1, -1, 1, 1]))


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 400))
def test_candidates_are_squares_evenly_apart(most: int) -> None:
    here = ground(toy_plan.region(), radius_m=3000)
    chosen, spacing = here.spread(most, np.ones(len(here.lonlat), dtype=bool))
    assert 0 < len(chosen) <= most
    assert spacing % here.size_m == 0
    assert {*map(tuple, chosen)} <= {*map(tuple, here.lonlat)}


def test_squares_stray_from_discs_by_what_is_told() -> None:
    draws = np.random.default_rng(7).uniform(0, 1, (2000, 2))
    steps = np.stack(np.meshgrid(np.arange(-6, 8), np.arange(-6, 8)), axis=-1).reshape(-1, 2)
    for radius in (2, 3, 5):
        away = np.linalg.norm(steps[None] - draws[:, None], axis=2)
        counted = (away <= radius).sum(axis=1) / (math.pi * radius**2)
        assert counted.std() == pytest.approx(strays(radius * 500, 500), rel=0.12)

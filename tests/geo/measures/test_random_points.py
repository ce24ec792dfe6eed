from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measures import random_points

RAGGED = shapely.Polygon([(0, 0), (9_000, 500), (4_000, 900), (9_500, 8_000), (300, 4_000)])
PARTS = shapely.union(shapely.box(0, 0, 1000, 1000), shapely.box(3000, 0, 4000, 500))


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000), east=st.sampled_from([0, -4_000, 38_500_000]))
def test_many_points_are_those_that_few_at_a_time_are(seed: int, east: int) -> None:
    outline = shapely.transform(RAGGED, lambda metres: metres + np.array([east, 0]))
    few = random_points.within(outline, (1, 200), seed=seed)
    many = random_points.within(outline, (4, random_points.MANY // 4), seed=seed)
    assert (many.reshape(-1, 2)[:200] == few[0]).all()
    assert shapely.contains_xy(outline, many.reshape(-1, 2)).all()


def test_they_stay_in_a_region_of_parts_in_proportion_to_area() -> None:
    xy = random_points.within(PARTS, (2, 3000)).reshape(-1, 2)
    assert shapely.contains_xy(PARTS, xy).all()
    assert (xy[:, 0] > 2000).mean() == pytest.approx(1 / 3, abs=0.03)


def test_an_outline_that_fills_little_of_its_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    sliver = shapely.Polygon([(0, 0), (10_000, 10_000), (10_000, 10_001)])
    whole = random_points.within(sliver, (1, 20))
    monkeypatch.setattr(random_points, "AT_ONCE", 5_000)
    assert np.array_equal(random_points.within(sliver, (1, 20)), whole)

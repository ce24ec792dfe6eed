"""Frames: at the largest round scale that shows what they should, true to it."""

from __future__ import annotations

import math

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.ground.inset import Window
from layers.printed import frame
from layers.printed.paper import Box

LENGTHS = st.floats(500, 5e6)
SIDES = st.floats(40, 400)


def next_larger(scale: float) -> float:
    """The next scale at which less is shown."""
    power = 10.0 ** math.floor(math.log10(scale))
    steps = [step * power / ten for ten in (10, 1) for step in frame.STEPS]
    return max(step for step in steps if step < scale * (1 - 1e-9))


@given(LENGTHS, LENGTHS, SIDES, SIDES)
def test_the_scale_is_the_largest_round_one_that_fits(
    across: float, up: float, width: float, height: float
) -> None:
    bounds = (0.0, 0.0, across, up)
    made = frame.fitted(bounds, Box(10, 20, width, height), air=4)
    power = 10.0 ** math.floor(math.log10(made.scale))
    assert any(math.isclose(made.scale, step * power) for step in frame.STEPS)

    def fits(scale: float) -> bool:
        free = (width - 8, height - 8)
        mm = (across / scale * 1000, up / scale * 1000)
        return all(a <= b * (1 + 1e-9) for a, b in zip(mm, free, strict=True))

    assert fits(made.scale)
    assert not fits(next_larger(made.scale))


@given(LENGTHS, LENGTHS, SIDES, SIDES, st.floats(0, 1))
def test_wherever_bounds_lie_in_a_frame_all_of_them_is_shown(
    across: float, up: float, width: float, height: float, side: float
) -> None:
    made = frame.fitted((0.0, 0.0, across, up), Box(0, 0, width, height), air=4, across=side)
    x, y = made.place(np.array([(0.0, 0.0), (across, up)])).T
    assert x.min() >= 4 - 1e-6
    assert x.max() <= width - 4 + 1e-6
    assert y.min() >= 4 - 1e-6
    assert y.max() <= height - 4 + 1e-6


@pytest.mark.parametrize(("lon", "lat"), [(121.47, 31.23), (126.6, 45.8), (110.3, 20.9)])
def test_what_lies_in_a_frame_is_as_long_on_paper_as_its_scale_says(lon: float, lat: float) -> None:
    central = frame.meridian(lon - 1, lon + 1)
    window = Window(west=lon - 0.2, south=lat - 0.2, east=lon + 0.2, north=lat + 0.2)
    bounds = frame.window_bounds(window, central)
    made = frame.fitted(bounds, Box(0, 0, 200, 200), air=0)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
    ends = np.column_stack(
        frame.way(central).transform([lon - 0.1, lon + 0.1], [lat - 0.1, lat + 0.1])
    )
    a, b = made.place(ends)
    assert math.dist(a, b) * made.scale / 1000 == pytest.approx(metres, rel=5e-4)

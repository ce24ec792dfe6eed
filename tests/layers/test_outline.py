"""What the map knows of outlines on the screen, against Shapely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from layers import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PIXEL = st.floats(0, 300, allow_nan=False)
RADII = st.lists(st.floats(20, 140), min_size=5, max_size=24)


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A page with the map's scripts for outlines and labels, and nothing else."""
    page = browser.new_page()
    for name in ("outline.js", "labels.js"):
        page.add_script_tag(path=assets.STATIC / name)
    yield page
    page.close()


@given(radii=RADII, x=PIXEL, y=PIXEL, size=st.tuples(st.floats(20, 120), st.floats(12, 40)))
def test_share_of_a_box_is_that_of_its_area(
    scripts: Page, radii: list[float], x: float, y: float, size: tuple[float, float]
) -> None:
    turns = [2 * math.pi * i / len(radii) for i in range(len(radii))]
    ring = [
        (150 + r * math.cos(a), 150 + r * math.sin(a)) for r, a in zip(radii, turns, strict=True)
    ]
    box = (x, y, x + size[0], y + size[1])
    found = scripts.evaluate(
        """([ring, box]) => {
          const points = ring.map(([x, y]) => ({x, y}));
          return chuangtu.shareOf(chuangtu.rowsOf([points]), box);
        }""",
        [ring, box],
    )
    inside = shapely.Polygon(ring).intersection(shapely.box(*box)).area
    # Read in rows 2 px apart: one row more or less.
    assert found == pytest.approx(inside / (size[0] * size[1]), abs=2.2 / size[1])


@given(line=st.tuples(PIXEL, PIXEL, PIXEL, PIXEL), x=PIXEL, y=PIXEL)
def test_a_line_strikes_the_boxes_that_it_meets(
    scripts: Page, line: tuple[float, float, float, float], x: float, y: float
) -> None:
    box = (x, y, x + 50, y + 18)
    path = shapely.LineString([line[:2], line[2:]])
    near = shapely.box(*box)
    # What only touches may count or not.
    assume(path.length > 1)
    assume(path.intersects(near.buffer(-0.01)) or path.distance(near) > 0.01)
    told = scripts.evaluate(
        "([line, box]) => chuangtu.strikes(line, box)", [[line[:2], line[2:]], box]
    )
    assert told == path.intersects(near)

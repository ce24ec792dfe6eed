from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

from geo.measures import land_cells
from layers.results import division_maps
from layers.results.division_maps import DivisionMap
from tests.geo import toy
from tests.reading import read

if TYPE_CHECKING:
    from markupsafe import Markup

DISTRICTS = toy.quarters()
CELLS = land_cells.land_cells(DISTRICTS, size_m=3000)
HELD = np.array([True, True, True, True])
COLOURS = {"ink2": "#525C66", "r0": "#FFFFFF", "r5": "#A06020"}
SVG = "{http://www.w3.org/2000/svg}"


def images(drawn: Markup) -> list[ET.Element]:
    found = [each.get("src", "") for each in read(drawn).iter("img")]
    return [ET.fromstring(b64decode(each.split(",", 1)[1])) for each in found]  # noqa: S314 - ours


def test_districts_are_drawn_once() -> None:
    first, again = (division_maps.ground(DISTRICTS, CELLS.middle, HELD) for _ in range(2))
    assert first is again


def test_every_district_and_square_is_drawn_within_the_map() -> None:
    ground = division_maps.ground(DISTRICTS, CELLS.middle, HELD)
    classes = CELLS.steps.sum(axis=1) % 2  # none is like the next
    squares = division_maps.squares(CELLS.steps, CELLS.size_m, classes, ["r5", "r0"], ground)
    own = DivisionMap(title="<b>", label="of districts", fills=["r5", "r0", "r0", "r0"])
    grid = DivisionMap(title="b", label="of squares", fills=["r0"], squares=squares)
    first, second = images(division_maps.html([own, grid], ground, [COLOURS]))
    fills = [each.get("fill") for each in first.iter(f"{SVG}path")]
    assert fills == [COLOURS[token] for token in own.fills]
    rects = [
        [float(each.get(name, "")) for name in ("x", "y", "width")]
        for each in second.iter(f"{SVG}rect")
    ]
    assert len(rects) == len(CELLS.steps)
    half = CELLS.size_m * ground.scale / 2 + 1
    for x, y, side in rects:
        assert -half <= x <= ground.size[0] + half - side
        assert -half <= y <= ground.size[1] + half - side


def test_a_map_reaches_as_far_as_the_districts_that_hold_something() -> None:
    whole = division_maps.ground(DISTRICTS, CELLS.middle, HELD)
    near = division_maps.ground(DISTRICTS, CELLS.middle, np.array([True, False, False, False]))
    assert near.scale > 1.9 * whole.scale
    none = division_maps.ground(DISTRICTS, CELLS.middle, ~HELD)
    assert none == whole


def test_a_dark_screen_has_an_image_of_its_own_beside_that_of_paper() -> None:
    ground = division_maps.ground(DISTRICTS, CELLS.middle, HELD)
    own = DivisionMap(title="a", label="of districts", fills=["r0"] * 4)
    dark = {**COLOURS, "r0": "#202428"}
    paper, screen = images(division_maps.html([own], ground, [COLOURS, dark]))
    assert {each.get("fill") for each in paper.iter(f"{SVG}path")} == {"#FFFFFF"}
    assert {each.get("fill") for each in screen.iter(f"{SVG}path")} == {"#202428"}

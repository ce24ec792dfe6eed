"""The screen's signs on paper: each can be read, and is coloured as the style sheets say."""

from __future__ import annotations

import pytest

from geo.facts import catalog
from layers import palette
from layers.legend import strip
from layers.policy import layout_legend
from layers.printed import outlines, press, signs, style_sheets
from layers.printed.paper import Paper

SWATCHES = (
    *layout_legend.ELEMENT_SIGNS,
    *layout_legend.EXTENT_SIGNS,
    *layout_legend.LINK_SIGNS,
)
PRESS = press.Press(
    paper=Paper(width=100, height=100),
    colours=palette.palette(catalog.families(), "light"),
    pixel=0.3,
    letters=1.0,
)


@pytest.mark.parametrize("key", SWATCHES)
def test_every_sign_of_a_layout_can_be_drawn(key: str) -> None:
    own = press.Press(
        paper=Paper(width=30, height=30), colours=PRESS.colours, pixel=0.3, letters=1.0
    )
    signs.centred(own, layout_legend.swatch(key, "3"), 15, 15, scale=0.3)
    assert own.paper.marks


def test_a_site_has_the_colour_of_its_family_and_the_shape_of_its_kind() -> None:
    (shape,) = signs.read(strip.symbol("base", "art")).parts
    assert isinstance(shape, signs.Shape)
    assert PRESS.look(shape.said).fill == PRESS.colours["art"]
    assert len(outlines.corners(shape.outline)) == 5
    ground, rim = signs.read(strip.symbol("park", "art", "district")).parts
    assert isinstance(ground, signs.Shape)
    assert isinstance(rim, signs.Shape)
    assert PRESS.look(rim.said).edge == PRESS.colours["art"]
    pale = press.blend(PRESS.colours["art"], PRESS.colours["surf"], 0.38)
    assert PRESS.look(rim.said).fill == pale


def test_what_a_style_sheet_says_of_some_screens_alone_does_not_hold_on_paper() -> None:
    assert style_sheets.of("ct-outline") == {
        "stroke": "var(--cityline)",
        "stroke-linejoin": "round",
    }
    planned = PRESS.look(style_sheets.of("ct-link ct-link-serves ct-planned"))
    assert planned.dashes == pytest.approx((2.1, 1.5))
    assert planned.width == pytest.approx(0.39)

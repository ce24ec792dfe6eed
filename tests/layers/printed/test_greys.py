"""Without colour families, classes of a quotient, and water and land are told apart."""

from __future__ import annotations

import io
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from geo.facts import catalog
from layers import palette
from layers.legend import strip
from layers.printed import greys, hatches, signs
from layers.printed.paper import Paper, lightness
from layers.printed.press import Press

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLOURS = greys.colours(palette.palette(catalog.families(), "light"))
SIZE = 8


def drawn(svg: str) -> NDArray[np.float64]:
    """A sign as grey dots, as large as on A4."""
    paper = Paper(width=SIZE, height=SIZE, grey=True)
    press = Press(paper=paper, colours=COLOURS, pixel=0.26, letters=0.8)
    signs.centred(press, svg, SIZE / 2, SIZE / 2, scale=0.24)
    with Image.open(io.BytesIO(paper.file("png"))) as picture:
        return np.asarray(picture, dtype=np.float64)


@pytest.mark.parametrize("precision", ["exact", "district"])
def test_no_two_families_are_alike(precision: strip.Precision) -> None:
    families = catalog.families().index
    seen = {key: drawn(strip.symbol("park", key, precision)) for key in families}
    symbol = np.count_nonzero(seen["arc"] < 250)
    for one, other in combinations(families, 2):
        differs = np.count_nonzero(np.abs(seen[one] - seen[other]) > 100)
        assert differs > symbol / 20, (one, other)


def test_classes_of_a_quotient_go_from_light_to_dark() -> None:
    steps = [lightness(COLOURS[token]) for token in palette.QUOTIENT]
    assert all(light - dark > 0.08 for light, dark in pairwise(steps))


def test_water_is_lined_and_land_is_not() -> None:
    sheet = drawn('<svg width="20" height="20"><rect width="20" height="20" '
                  'style="fill:var(--water)"/></svg>')  # fmt: skip
    assert len(np.unique(sheet)) > 1
    assert hatches.pattern_of("var(--water)") is None
    assert hatches.pattern_of("var(--neigh)", grey=True) is None

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.facts import catalog
from layers import palette
from tests.layers.toy_region import FAMILIES

if TYPE_CHECKING:
    from numpy.typing import NDArray


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def contrast(a: str, b: str) -> float:
    low, high = sorted([luminance(a), luminance(b)])
    return (high + 0.05) / (low + 0.05)


def oklab(colour: str) -> NDArray[np.float64]:
    """Lightness and two hues, in which equal distances look alike (Ottosson 2020)."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    lab: NDArray[np.float64] = TO_LAB @ np.cbrt(TO_CONES @ linear)
    return lab


def test_both_themes_have_the_same_tokens() -> None:
    both = palette.palettes(catalog.families())
    assert both["light"].keys() == both["dark"].keys()


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "surf"),
        ("ink2", "surf"),
        ("neighlab", "neigh"),
        ("waterlab", "water"),
        ("acc", "accbg"),
        ("page", "ink"),
    ],
)
def test_lettering_reaches_the_contrast_of_wcag_aa(
    theme: palette.Theme, text: str, ground: str
) -> None:
    colours = palette.palette(catalog.families(), theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", palette.THEMES)
def test_the_ramp_of_amounts_goes_one_way(theme: palette.Theme) -> None:
    colours = palette.palette(catalog.families(), theme)
    lightness = [luminance(colours[token]) for token in palette.AMOUNT]
    assert lightness == sorted(lightness, reverse=theme == "light")


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("ramp", [palette.AMOUNT, palette.QUOTIENT])
def test_neighbouring_classes_can_be_told_apart(
    theme: palette.Theme, ramp: tuple[str, ...]
) -> None:
    """Four times what is just noticed side by side: classes are compared across the map."""
    colours = palette.palette(catalog.families(), theme)
    for one, other in pairwise(ramp):
        apart = np.linalg.norm(oklab(colours[one]) - oklab(colours[other]))
        assert apart >= 0.08, (one, other)


def test_few_classes_reach_from_end_to_end_of_the_ramp() -> None:
    assert palette.amounts(3) == ("r0", "r1", "r3", "r5")
    for above in range(2, 6):
        zero, first, *_, last = palette.amounts(above)
        assert (zero, first, last) == ("r0", "r1", "r5")
        assert len(set(palette.amounts(above))) == above + 1
    assert palette.amounts(1) == ("r0", "r1")
    with pytest.raises(ValueError, match="not 6"):
        palette.amounts(6)


def test_a_family_may_not_take_a_tokens_name() -> None:
    with pytest.raises(ValueError, match="water"):
        palette.palette(FAMILIES.rename(index={"ind": "water"}), "light")


def test_a_colour_that_is_none_is_named() -> None:
    wrong = FAMILIES.assign(light=["#0072B2", "orange", "#CBD0D4"])
    with pytest.raises(ValueError, match="art: orange"):
        palette.palette(wrong, "light")


def test_a_family_without_a_rim_has_none() -> None:
    colours = palette.palette(FAMILIES.drop(columns=["rim_light"]), "light")
    assert "art_rim" not in colours

from __future__ import annotations

import pytest

from geo import catalog
from layers import palette
from tests.layers.toy_region import FAMILIES


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted([luminance(a), luminance(b)])
    return (high + 0.05) / (low + 0.05)


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

"""The map's colours in both themes, by token."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import pandas as pd

from geo import memory

if TYPE_CHECKING:
    from collections.abc import Mapping

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
AMOUNT = ("r0", "r1", "r2", "r3", "r4", "r5")
"""Zero, then five classes."""
QUOTIENT = ("d1", "d2", "d3", "d4", "d5")

_TOKENS = Path(__file__).with_name("tokens.toml")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@memory.by_facts
def _tokens() -> dict[str, Mapping[str, str | float]]:
    with _TOKENS.open("rb") as file:
        return {name: MappingProxyType(table) for name, table in tomllib.load(file).items()}


def sizes() -> dict[str, float]:
    """Radii of site symbols in px, by where they are drawn."""
    return {name: float(value) for name, value in _tokens()["sizes"].items()}


def amounts(above: int) -> tuple[str, ...]:
    """Tokens of zero and of so many classes above it, from end to end of the ramp.

    The fewer classes there are, the further apart they are.

    Raises
    ------
    ValueError
        If there are more classes than steps.
    """
    zero, *steps = AMOUNT
    if not 0 <= above <= len(steps):
        raise ValueError(f"The ramp of amounts has {len(steps)} steps above zero, not {above}.")
    gap = (len(steps) - 1) / max(above - 1, 1)
    return (zero, *(steps[round(at * gap)] for at in range(above)))


def palette(families: pd.DataFrame, theme: Theme) -> dict[str, str]:
    """Every colour of a theme.

    Parameters
    ----------
    families
        Sector families, index family key, with columns `light`, `dark` and, where the rim of a
        pale symbol has a colour of its own, `rim_light` and `rim_dark`.
    theme
        "light" or "dark".

    Returns
    -------
    dict
        Token to ``#RRGGBB``: those of tokens.toml, each family by its key, each rim as
        ``<key>_rim``.

    Raises
    ------
    ValueError
        If a family's colour is not ``#RRGGBB``, or its key is a token already taken.
    """
    colours = {name: str(value) for name, value in _tokens()[theme].items()}
    taken = [str(key) for key in families.index if key in colours]
    if taken:
        raise ValueError(f"Family keys that are colour tokens already: {', '.join(taken)}.")
    rims = families.get(f"rim_{theme}", pd.Series(pd.NA, index=families.index))
    for key, colour, rim in zip(families.index, families[theme], rims, strict=True):
        colours[str(key)] = str(colour)
        if isinstance(rim, str) and rim:
            colours[f"{key}_rim"] = rim
    wrong = [f"{name}: {value}" for name, value in colours.items() if not _COLOUR.fullmatch(value)]
    if wrong:
        raise ValueError(f"Colours must be written #RRGGBB ({theme}): {'; '.join(wrong)}.")
    return colours


def palettes(families: pd.DataFrame) -> dict[Theme, dict[str, str]]:
    """Both themes' colours, see `palette`."""
    return {theme: palette(families, theme) for theme in THEMES}

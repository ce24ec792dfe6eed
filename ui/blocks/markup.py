"""Headline figures, ranking bars and tables as plain HTML (`pieces.html`).

`st.metric` prints a unit at the size of its number and Streamlit's tables are canvases that a
screen reader cannot enter; these are short semantic tables that print and read well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from layers import templates

PIECES: Final = "ui/blocks/pieces.html"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A headline figure: what it is, its value and unit, what it rests on, how it is made."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    formula: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A row of a ranking.

    `low` and `high` are the ends of the bar in shares (0-1) of the axis, `fill` its CSS colour;
    `weak` marks a figure on too few sites, `remark` stands where no bar can.
    """

    name: str
    value: str
    note: str
    low: float = 0.0
    high: float = 0.0
    fill: str = "transparent"
    weak: bool = False
    remark: str = ""
    marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year of a chart: its name, its counts by series, what they say in words.

    `height` is each count's share (0-1) of the axis, `label` what stands under the axis, `later`
    marks a year that the reader left out.
    """

    name: str
    counts: tuple[int, ...]
    height: tuple[float, ...]
    words: str = ""
    label: str = ""
    later: bool = False


def colour(token: str) -> str:
    """Return a colour of the map on the page: paper is light, whatever the screen is."""
    return f"var(--ct-{token})"


headline: Final = templates.piece(PIECES, "headline")
heading: Final = templates.piece(PIECES, "heading")
paragraph: Final = templates.piece(PIECES, "paragraph")
disclosed: Final = templates.piece(PIECES, "disclosed")
lines: Final = templates.piece(PIECES, "lines")
strong: Final = templates.piece(PIECES, "strong")
chips: Final = templates.piece(PIECES, "chips")
named: Final = templates.piece(PIECES, "named")
outside: Final = templates.piece(PIECES, "outside")
figures: Final = templates.piece(PIECES, "figures")
ranking: Final = templates.piece(PIECES, "ranking")
years: Final = templates.piece(PIECES, "years")
comparison: Final = templates.piece(PIECES, "comparison")
card: Final = templates.piece(PIECES, "card")
left_out: Final = templates.piece(PIECES, "left_out")
completeness: Final = templates.piece(PIECES, "completeness")
refused: Final = templates.piece(PIECES, "refused")

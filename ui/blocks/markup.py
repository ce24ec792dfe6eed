"""Headline figures, ranking bars and tables as plain HTML (`pieces.html`).

`st.metric` prints a unit at the size of its number and Streamlit's tables are canvases that a
screen reader cannot enter; these are short semantic tables that print and read well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers import templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

PIECES = "ui/blocks/pieces.html"


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


def grid(figures: Sequence[Figure]) -> Markup:
    """Lay figures out two by two between hairlines."""
    return templates.piece(PIECES, "figures")(figures)


def headline(text: str, *, narrow: bool) -> Markup:
    """Return a page's sentence, for wide windows or for phones."""
    return templates.piece(PIECES, "headline")(text, "narrow" if narrow else "wide")


def heading(title: str, *, note: str = "") -> Markup:
    """Return a second-level heading with its explanation beside it."""
    return templates.piece(PIECES, "heading")(title, note)


def paragraph(text: str, *, kind: str = "note") -> Markup:
    """Return a paragraph; `kind` is ``note``, ``lead`` or ``warning``."""
    return templates.piece(PIECES, "paragraph")(text, kind)


def disclosed(summary: str, text: str) -> Markup:
    """Return a line that opens what it sums up."""
    return templates.piece(PIECES, "disclosed")(summary, text)


def strong(text: str, *, kind: str) -> Markup:
    """Return words that stand out; `kind` is ``accent`` or ``warn``."""
    return templates.piece(PIECES, "strong")(text, kind)


def chips(sectors: Iterable[tuple[str, str]]) -> Markup:
    """Return sectors, each with its colour before its name."""
    return templates.piece(PIECES, "chips")(list(sectors))


def ranking(
    bars: Sequence[Bar],
    *,
    caption: str,
    columns: tuple[str, str, str],
    ticks: Sequence[tuple[float, str]] = (),
    zero: float | None = None,
) -> Markup:
    """Return a ranking as a table with bars.

    Parameters
    ----------
    bars : Sequence of Bar
        From first to last.
    caption : str
        What is ranked; read by screen readers.
    columns : tuple of str
        Heads of the name, the value and the note; seen only above an axis, else read out.
    ticks : Sequence of (float, str)
        Places (0-1) and labels on the axis.
    zero : float, optional
        Place (0-1) of the axis from which bars go both ways.
    """
    return templates.piece(PIECES, "ranking")(bars, caption, columns, ticks, zero)


def comparison(
    names: Sequence[str],
    rows: Sequence[tuple[str, str, Sequence[str], int | None]],
    *,
    caption: str,
    corner: str,
) -> Markup:
    """Return districts side by side.

    Parameters
    ----------
    names : Sequence of str
        Column heads.
    rows : Sequence of (label, unit, values, best)
        `best` is the place of the value to set in bold, or None.
    caption, corner : str
        What the table shows, and the head of its first column.
    """
    return templates.piece(PIECES, "comparison")(names, rows, caption, corner)


def card(title: str, *, subtitle: str, rows: Sequence[tuple[str, Markup | str]]) -> Markup:
    """Return one thing's facts: name, one line, then label and value."""
    return templates.piece(PIECES, "card")(title, subtitle, rows)


def left_out(reasons: Sequence[tuple[str, str]], *, few: str) -> Markup:
    """Return what a ranking leaves out: each reason, and the names behind it; `few` comes first."""
    return templates.piece(PIECES, "left_out")(reasons, few)


def refused(text: str, *, summary: str, faults: Sequence[str]) -> Markup:
    """Return that files were refused and, on demand, the faults in them."""
    return templates.piece(PIECES, "refused")(text, summary, faults)

"""Headline figures, ranking bars and tables as plain, escaped HTML.

`st.metric` prints a unit at the size of its number and Streamlit's tables are canvases that a
screen reader cannot enter; these are short semantic tables that print and read well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    cells = Markup("").join(_cell(figure) for figure in figures)
    return Markup('<dl class="ct-figures">{}</dl>').format(cells)


def _cell(figure: Figure) -> Markup:
    unit = Markup(" <small>{}</small>").format(figure.unit) if figure.unit else ""
    return Markup(
        '<div title="{}"><dt>{}</dt><dd><strong>{}</strong>{}<div>{}</div></dd></div>'
    ).format(figure.formula, figure.label, figure.value, unit, figure.note)


def heading(title: str, *, note: str = "") -> Markup:
    """Return a second-level heading with its explanation beside it."""
    return Markup('<h2 class="ct-h2">{} <small>{}</small></h2>').format(title, note)


def paragraph(text: str, *, kind: str = "note") -> Markup:
    """Return a paragraph; `kind` is ``note``, ``lead`` or ``warning``."""
    return Markup('<p class="ct-{}">{}</p>').format(kind, text)


def disclosed(summary: str, text: str) -> Markup:
    """Return a line that opens what it sums up."""
    return Markup("<details><summary>{}</summary><p>{}</p></details>").format(summary, text)


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
    marks = Markup("").join(
        Markup('<i style="left:{:.1f}%">{}</i>').format(100 * place, text) for place, text in ticks
    )
    axis = "" if zero is None else Markup('<b style="left:{:.1f}%"></b>').format(100 * zero)
    rows = Markup("").join(_bar_row(bar, axis=axis) for bar in bars)
    seen = "" if ticks else "ct-unseen"
    name, value, note = (
        Markup('<span class="{}">{}</span>').format(seen, column) for column in columns
    )
    return Markup(
        '<table class="ct-bars"><caption>{}</caption><thead><tr><th scope="col">{}</th>'
        '<td class="ct-axis" aria-hidden="true">{}</td><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
    ).format(caption, name, marks, value, note, rows)


def _bar_row(bar: Bar, *, axis: Markup | str) -> Markup:
    left, right = sorted((bar.low, bar.high))
    drawn = (
        Markup('<em style="left:{:.2f}%">{}</em>').format(100 * bar.low, bar.remark)
        if bar.remark
        else Markup('<span class="{}" style="left:{:.2f}%;width:{:.2f}%;--fill:{}"></span>').format(
            "ct-weak" if bar.weak else "", 100 * left, 100 * (right - left), bar.fill
        )
    )
    return Markup(
        '<tr class="{}"><th scope="row">{}</th><td class="ct-track">{}{}</td>'
        "<td>{}</td><td>{}</td></tr>"
    ).format("ct-marked" if bar.marked else "", bar.name, axis, drawn, bar.value, bar.note)


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
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in names)
    body = Markup("").join(
        Markup('<tr><th scope="row">{} <small>{}</small></th>{}</tr>').format(
            label,
            unit,
            Markup("").join(
                Markup('<td class="{}">{}</td>').format("ct-best" if at == best else "", value)
                for at, value in enumerate(values)
            ),
        )
        for label, unit, values, best in rows
    )
    return Markup(
        '<div class="ct-scroll" tabindex="0" role="region" aria-label="{0}">'
        '<table class="ct-compare"><caption>{0}</caption><thead><tr><th scope="col">{1}</th>{2}'
        "</tr></thead><tbody>{3}</tbody></table></div>"
    ).format(caption, corner, head, body)


def card(title: str, *, subtitle: str, rows: Sequence[tuple[str, Markup | str]]) -> Markup:
    """Return one thing's facts: name, one line, then label and value."""
    facts = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(label, value) for label, value in rows
    )
    return Markup('<article class="ct-card"><h2>{}</h2><p>{}</p><dl>{}</dl></article>').format(
        title, subtitle, facts
    )

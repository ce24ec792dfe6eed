"""Tables on slides: three lines, figures to the right, as many rows on a slide as fit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from ui.pack import content, slide_text, text_width
from ui.pack.slide_text import EMU_A_POINT, INK, INK2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.table import _Cell as SlideCell

    from ui.pack.content import Column

SIZES: Final = (12.0, 11.0, 10.0)
"""Of the text, points: the largest that needs the fewest slides."""
WIDEST: Final = 158.0
"""Of a column of width 1, points: a table of few columns stays narrow."""
AIRY, USED = 1.4, 0.92
"""How much higher than need be rows are at most, and what of the room they then take: programs
measure lines each in their own way."""
LINE, PADDING = 1.3, 0.44
"""Height of a line, and of what is above and below a row's, in the size of the text."""
LOOSE: Final = 1.08
"""How much wider texts may be set than here, by a program without the fonts."""
ASIDE: Final = 5.5
"""Points between the edge of a cell and its text."""
PLAIN: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style without lines or grounds."""

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class SlideTable:
    """What of a table stands on one slide.

    `heads` is whether its columns are named, `total` whether its last row is a sum; `air` is
    above and below each row, points.
    """

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    rows: Rows
    size: float
    heads: bool
    total: bool
    air: float


def fitting(
    columns: tuple[Column, ...],
    rows: Rows,
    room: tuple[float, float],
    *,
    heads: bool,
    total: bool,
    sizes: Sequence[float] = SIZES,
) -> SlideTable:
    """Return the first rows of a table that fit into a place of points, as many on each slide."""
    widths = content.widths(columns, rows, (room[0], WIDEST), SIZES[0], ASIDE)
    fits = {size: _n_rows(columns if heads else (), rows, widths, room[1], size) for size in sizes}
    slides = {size: math.ceil(len(rows) / n) for size, n in fits.items()}
    size = min(sizes, key=slides.__getitem__)  # the first, and largest, of those alike
    n = min(fits[size], math.ceil(len(rows) / slides[size]))
    return SlideTable(
        columns=columns,
        widths=widths,
        rows=rows[:n],
        size=size,
        heads=heads,
        total=total and n == len(rows),
        air=_air(columns if heads else (), rows[:n], widths, room[1], size),
    )


def _n_rows(
    columns: Sequence[Column], rows: Rows, widths: Sequence[float], height: float, size: float
) -> int:
    """Return how many rows fit, one at least."""
    for number, tall in enumerate(_heights(columns, rows, widths, size)):
        height -= tall
        if height < 0:
            return max(number - bool(columns), 1)
    return len(rows)


def _heights(
    columns: Sequence[Column], rows: Rows, widths: Sequence[float], size: float
) -> list[float]:
    """Return how high the heads, if there are any, and the rows are."""
    n_lines = []
    if columns:
        n_lines.append(
            max(
                _lines(each.head, width, size)
                + (_lines(each.unit, width, size) if each.unit else 0)
                for each, width in zip(columns, widths, strict=True)
            )
        )
    n_lines += [
        max(_lines(text, width, size) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return [size * (LINE * n + PADDING) for n in n_lines]


def _air(
    columns: Sequence[Column], rows: Rows, widths: Sequence[float], height: float, size: float
) -> float:
    """Return how much is added above and below each row, so that a short table is less low."""
    heights = _heights(columns, rows, widths, size)
    whole = sum(heights)
    return max(0.0, min(USED * height, AIRY * whole) - whole) / len(heights) / 2


def _lines(text: str, width: float, size: float) -> int:
    return text_width.lines(text, (width - 2 * ASIDE) / LOOSE, size)


def fill(frame: Any, of: SlideTable) -> None:  # noqa: ANN401 - a graphic frame of the library
    """Write a table into its frame, which has a row for the heads."""
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN  # noqa: SLF001 - has no name
    table.first_row, table.last_row, table.horz_banding = of.heads, of.total, False
    for column, width in zip(table.columns, of.widths, strict=True):
        column.width = Pt(width)
    rows = list(table.rows)
    if of.heads:
        for cell, column in zip(rows[0].cells, of.columns, strict=True):
            text = f"{column.head}\n{column.unit}" if column.unit else column.head
            _write(cell, text, of, figure=column.figure, colour=INK2)
            cell.vertical_anchor = MSO_ANCHOR.BOTTOM
    for number, (row, texts) in enumerate(zip(rows[of.heads :], of.rows, strict=True), start=1):
        bold = of.total and number == len(of.rows)
        for cell, column, text in zip(row.cells, of.columns, texts, strict=True):
            _write(cell, text, of, figure=column.figure, bold=bold)
    for row in rows:
        row.height = Pt(of.size * (LINE + PADDING) + 2 * of.air)
    _rule(rows[0], "lnT", 1.2)
    if of.heads:
        _rule(rows[0], "lnB", 0.6)
    if of.total:
        _rule(rows[-1], "lnT", 0.6)
    _rule(rows[-1], "lnB", 1.2)


def _write(
    cell: SlideCell,
    text: str,
    of: SlideTable,
    *,
    figure: bool,
    colour: str = INK,
    bold: bool = False,
) -> None:
    cell.margin_left = cell.margin_right = Pt(ASIDE)
    cell.margin_top = cell.margin_bottom = Pt(of.size * PADDING / 2 + of.air)
    for number, line in enumerate(text.split("\n")):
        paragraph = slide_text.paragraph(cell.text_frame, number)
        paragraph.alignment = PP_ALIGN.RIGHT if figure else PP_ALIGN.LEFT
        # Lines of letters and of figures alike, though their fonts are not.
        paragraph.line_spacing = Pt(LINE * of.size)
        slide_text.run(paragraph, line, of.size, colour, bold=bold)


def _rule(row: Any, side: str, points: float) -> None:  # noqa: ANN401
    """Draw a line above or below a row: those of a cell stand before its ground, top first."""
    for cell in row.cells:
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
        after = int(side == "lnB" and properties.find(qn("a:lnT")) is not None)
        properties.insert(
            after,
            parse_xml(
                f'<a:{side} {nsdecls("a")} w="{round(points * EMU_A_POINT)}"><a:solidFill>'
                f'<a:srgbClr val="{INK}"/></a:solidFill></a:{side}>'
            ),
        )

"""How wide and how high what a pack holds is on a page of A4, about: all in points.

Both kinds of documents are set alike, and other paper is A4 enlarged. Fonts differ from machine to
machine: what is told here is rather too much than too little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.pack import content, text_width
from ui.pack.content import Bars, Facts, Figures, Map, Sentences, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.pack.content import Block, Figure, Front

WIDTH, HEIGHT = 459.0, 700.0
"""Of what a page holds between its margins."""
WIDEST: Final = 85.0
"""Of a column of width 1: a table of few columns stays narrow."""
CELL, CELL_LINE, ASIDE, AROUND = 9.0, 12.0, 4.3, 4.4
"""Letters of tables and their lines; beside them, above and below them together."""
BODY, BODY_LINE, INDENT, APART = 10.5, 15.9, 18.0, 4.0
"""Letters of sentences and their lines, what stands before a point, and below each."""
CAPTION, CAPTION_LINE, CAPTION_ASIDE = 9.0, 13.8, 14.0
NOTE, NOTE_LINE, NOTES_HEAD = 8.5, 10.5, 10.0
"""Letters of notes and their lines, and the line above those at the foot."""
SIZE, VALUE, FIGURES_ASIDE = 15.0, 22.0, 22.0
"""Letters of a headline figure, its height, and what is above and below them."""
MOST: Final = 118.0
"""How wide one of several is at least, at most, whatever is said of it."""
BAR, BARS_ASIDE = 12.7, 12.0
HEADING, SUBHEADING = 50.0, 38.0
TITLE, TITLE_LINE, SUBTITLE_LINE, KIND = 24.0, 37.0, 21.0, 22.0
COVER: Final = 30.0
"""What is above all on a cover with what is found, at least."""
FACT_COLUMNS: Final = (0.28, 0.72)
"""Widths of the columns of facts, as shares."""


def widths(table: Table) -> tuple[float, ...]:
    """Return the widths of a table's columns."""
    rows = [*table.rows, *filter(None, [table.total])]
    return content.widths(table.columns, rows, (WIDTH, WIDEST), CELL, ASIDE)


def figure_widths(figures: Sequence[Figure]) -> tuple[float, ...]:
    """Return the widths of figures beside each other: the longer what is said of one, the wider."""
    values = [min(_value(each), MOST) for each in figures]
    texts = [text_width.wide(each.label + each.note) for each in figures]
    least = [value + 2 * ASIDE for value in values]
    rest = (WIDTH - sum(least)) / sum(texts)
    return tuple(own + rest * text for own, text in zip(least, texts, strict=True))


def height(block: Block, *, charts: bool) -> float:
    """Return how high a block is; of a map what stands below it, of facts without their map.

    Parameters
    ----------
    block
        Of a document.
    charts
        Whether bars are drawn.
    """
    match block:
        case Figures():
            return _figures(block.figures) if block.figures else 0.0
        case Sentences():
            texts = sum(each + APART for each in map(_sentence, block.texts))
            return SUBHEADING * bool(block.title) + texts + _note(block.note)
        case Table():
            return _table(block)
        case Bars():
            drawn = _caption(block) + BAR * len(block.bars) + BARS_ASIDE + _note(*block.key)
            return drawn if charts else 0.0
        case Map():
            return _caption(block)
        case Facts():
            below = [each for each in (block.map, block.listed) if each is not None]
            own = _cells(block.rows, [WIDTH * share for share in FACT_COLUMNS])
            note = _sentence(block.note) + APART if block.note else 0.0
            return note + own + sum(height(each, charts=charts) for each in below)


def footnotes(block: Block) -> float:
    """Return how high what stands at the foot of the page of a block is."""
    match block:
        case Sentences() | Table() if block.remarks:
            return NOTES_HEAD + sum(map(_footnote, block.remarks))
        case Facts() if block.listed is not None:
            return footnotes(block.listed)
        case _:
            return 0.0


def front(front: Front) -> float:
    """Return how high a cover is, or the head of a first page without one."""
    lines = (front.subtitle, *front.lines)
    title = TITLE_LINE * text_width.wrapped(front.title, WIDTH, TITLE)
    below = (text_width.wrapped(each, WIDTH, BODY) for each in lines)
    return COVER * front.covered + KIND + title + TITLE + SUBTITLE_LINE * sum(below)


def _table(table: Table) -> float:
    heads = [each.head for each in table.columns]
    units = CELL_LINE * any(each.unit for each in table.columns)
    rows = [heads, *table.rows, *filter(None, [table.total])]
    return _caption(table) + units + _cells(rows, widths(table))


def _cells(rows: Sequence[Sequence[str]], room: Sequence[float]) -> float:
    inner = [each - 2 * ASIDE for each in room]
    lines = (max(map(text_width.wrapped, row, inner, [CELL] * len(row))) for row in rows)
    return sum(CELL_LINE * n + AROUND for n in lines)


def _figures(figures: Sequence[Figure]) -> float:
    def one(figure: Figure, width: float) -> float:
        room = width - 2 * ASIDE
        texts = [figure.label, *filter(None, [figure.note])]
        lines = sum(text_width.wrapped(each, room, CELL) for each in texts)
        return VALUE * (1 + (_value(figure) > room)) + NOTE_LINE * lines

    return FIGURES_ASIDE + max(map(one, figures, figure_widths(figures)))


def _value(figure: Figure) -> float:
    """Return how wide a figure with its unit is at most."""
    value, unit = (
        text_width.wide(each, text_width.BROAD) for each in (figure.value, f" {figure.unit}")
    )
    return value * SIZE + unit * CELL


def _sentence(text: str) -> float:
    return BODY_LINE * text_width.wrapped(text, WIDTH - INDENT, BODY)


def _caption(block: Table | Map | Bars) -> float:
    title = block.caption if isinstance(block, Map) else block.title
    text = f"Table 00\u3000{title}\u3000{block.note}"
    return CAPTION_ASIDE + CAPTION_LINE * text_width.wrapped(text, WIDTH, CAPTION)


def _note(*texts: str) -> float:
    return max((AROUND + _footnote(each) for each in texts if each), default=0.0)


def _footnote(text: str) -> float:
    return 2.0 + NOTE_LINE * text_width.wrapped(text, WIDTH, NOTE)

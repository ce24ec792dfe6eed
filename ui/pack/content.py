"""What a pack holds, whatever file it becomes: sentences, figures, tables, bars and maps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from ui.pack import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.settings import Language
    from ui.state.view import View
    from ui.words.language import PageTexts

OPENED: Final = re.compile(r"</summary>\s*")
ENDED: Final = ("。", ".", "？", "?", "！", "…")
"""Ends of a sentence."""
NEXT: Final = re.compile(r"</(div|p|dd)>\s*(?=<)|<br>")


SHORT: Final = 8
"""Rows of a short table, and sentences of a short list, at most."""
PAGE: Final = 26
"""Rows of a table in one piece whose texts take a line each, at most."""
BELOW: Final = 20
"""Rows of one below what is said in a few lines, at most."""
LINE: Final = 12.0
"""How wide these texts are at most, in their size."""
WHOLE: Final = 9.0
"""How wide a figure with its words is that stays on a line, at most, in its size."""


BRIEF: Final = 11
"""Lines below which a map has room, at most."""
LOW: Final = 0.7
"""Height of such a map, in its widths."""
FIGURES, HEADS = 5, 4
"""Lines that figures beside each other take, and a table's caption and heads."""
OF_PAGE: Final = (460.0, 10.5)
"""Length and size of the lines of a page of A4, points."""
OF_SHEET, FACTS_HEAD, LISTED_HEAD = 640.0, 95.0, 72.0
"""Height of a page, of title, line and caption round facts with a map, of the head of what is
listed below with its note."""
CELL: Final = (9.5, 11.5, 6.0)
"""Size of letters in tables, height of a line, what is above and below each row."""
FACT_COLUMNS: Final = (0.28, 0.72)
OWN_MAP: Final = (0.3, 0.8)
"""Least and greatest height of a map that fills a page, in its widths."""


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """Sentences below a heading, a point or a paragraph each; `remarks` are what they rest on.

    These are a footnote of documents, and small print at the foot of a slide, as those of tables.
    """

    title: str = ""
    texts: tuple[str, ...]
    note: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Whether they stand on one page."""
        return len(self.texts) <= SHORT


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A headline figure: what it is, value and unit, and what it rests on."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Headline figures beside each other."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table: its head, the unit below it, whether figures stand in it, its width.

    Widths are shares of the table, in any unit; 0 leaves it to what stands in the column.
    """

    head: str
    unit: str = ""
    figure: bool = False
    width: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its caption, remarks below it, and the row in which it adds up."""

    title: str
    note: str = ""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()
    total: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Whether it stands on a page with others."""
        return len(self.rows) <= SHORT

    @property
    def whole(self) -> bool:
        """Whether it stands in one piece."""
        if self.short:
            return True
        widest = max(text_width.wide(text) for row in self.rows for text in row)
        return len(self.rows) <= PAGE and widest <= LINE


def widths(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    room: tuple[float, float],
    size: float,
    aside: float,
) -> tuple[float, ...]:
    """Return widths of columns, about as they are to be, in which no word or figure is broken.

    Parameters
    ----------
    columns, rows
        Of a table.
    room
        Width of the table, and of a column of width 1 at most.
    size
        Of the letters.
    aside
        Between the edge of a cell and its text.
    """
    shares = [each.width or 1.0 for each in columns]
    least = [
        size
        * text_width.SAFE
        * max(text_width.longest(each.head), *(_unbroken(each, text) for text in texts))
        for each, texts in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    units = [size * text_width.wide(each.unit) for each in columns]
    needed = [2 * aside + max(pair) for pair in zip(least, units, strict=True)]
    return text_width.columns(shares, needed, min(room[0], room[1] * sum(shares)))


def _unbroken(column: Column, text: str) -> float:
    """Return about how wide what is not broken of a cell is: a short figure with its words."""
    whole = text_width.wide(text)
    return whole if column.figure and whole <= WHOLE else text_width.longest(text)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar: what it is of, its length, and how that is written; `strong` where it is meant."""

    name: str
    value: float
    written: str
    strong: bool = True


@dataclass(frozen=True, kw_only=True)
class Bars:
    """A chart of bars, the first on top, whose title is what it shows.

    `key` is the meaning of strong and of other bars; empty where all are alike.
    """

    title: str
    note: str
    bars: tuple[Bar, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Map:
    """The map of a view: what it shows in a sentence, its caption, figures beside it on a slide.

    `on_slide` is the title of its slide, where it has one of its own. `of` is which of its maps, as
    `view_map.map_picture` knows them; `height` that of the map in its widths, where it stands on a
    page with others.
    """

    title: str
    caption: str
    note: str
    view: View
    figures: tuple[Figure, ...] = ()
    on_slide: str = ""
    of: str = ""
    height: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One thing's facts: its name, a line, label and value of each, its map, what is listed of it.

    On a slide the map stands beside the facts, and below it what is in the first column listed.
    """

    title: str
    note: str
    rows: tuple[tuple[str, str], ...]
    map: Map | None = None
    listed: Table | None = None

    def filling_a_page(self) -> Facts:
        """Return the same with its map as high as a page has room for."""
        if self.map is None:
            return self
        tall = FACTS_HEAD + _height(self.rows, FACT_COLUMNS)
        if self.listed is not None:
            shares = [each.width or 1.0 for each in self.listed.columns]
            tall += LISTED_HEAD + _height(self.listed.rows, shares)
        least, most = OWN_MAP
        height = min(most, max(least, (OF_SHEET - tall) / OF_PAGE[0]))
        return replace(self, map=replace(self.map, height=height))


Block = Sentences | Figures | Table | Bars | Map | Facts


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a pack, or one of several of its kind: it begins with its title."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def breaks(self) -> bool:
        """Whether it begins on a page of its own: with a map, facts, figures or a long table."""
        return self.fills or any(
            isinstance(each, Figures) or (isinstance(each, Table) and not each.whole)
            for each in self.blocks
        )

    @property
    def brief(self) -> bool:
        """Whether it leaves more than half of its page to what follows."""
        return not self.fills and sum(map(_n_lines, self.blocks)) <= BRIEF

    @property
    def fills(self) -> bool:
        """Whether it leaves its last page to itself: no heading stands alone below a map."""
        return any(isinstance(each, Map | Facts) for each in self.blocks)


def _n_lines(block: Block) -> int:
    """Return about how many lines of a page a block takes."""
    match block:
        case Figures():
            return FIGURES if block.figures else 0
        case Sentences():
            texts = (*block.texts, *block.remarks)
            return 2 * bool(block.title) + sum(text_width.lines(each, *OF_PAGE) for each in texts)
        case Table():
            shares = [each.width or 1 for each in block.columns]
            room = [OF_PAGE[0] * share / sum(shares) for share in shares]
            return HEADS + sum(
                max(map(text_width.lines, row, room, [OF_PAGE[1]] * len(row))) for row in block.rows
            )
        case _:
            return BRIEF + 1


def _height(rows: Sequence[Sequence[str]], shares: Sequence[float]) -> float:
    """Return about how high rows of a table of the width of a page are, points."""
    size, leading, padding = CELL
    room = [OF_PAGE[0] * share / sum(shares) - padding for share in shares]
    lines = (max(map(text_width.lines, row, room, [size] * len(row))) for row in rows)
    return sum(leading * n + padding for n in lines)


@dataclass(frozen=True, kw_only=True)
class Front:
    """What stands on the cover and on every page."""

    lang: Language
    kind: str
    """What it is, above the title: 创图 · 分布报告."""
    title: str
    subtitle: str
    lines: tuple[str, ...]
    """Dates, and what the figures rest on."""
    head: str
    date: str
    foot: str
    """Of every slide: date and sources."""
    covered: bool = field(default=True)
    """Whether it has a page of its own."""


def paged(front: Front, sections: Iterable[Section]) -> Iterator[tuple[Section, bool]]:
    """Return sections as they are made, each with whether it begins on a page of its own.

    A map or a table that the page still has room for follows what is said in a few lines.
    """
    first, own, brief = True, front.covered, False
    for each in sections:
        low = brief and all(isinstance(block, Map) or _fits(block) for block in each.blocks)
        blocks = tuple(_lowered(block) for block in each.blocks) if low else each.blocks
        yield replace(each, blocks=blocks), own or (each.breaks and not (first or low))
        own, brief = each.fills, each.brief and (front.covered or not first)
        first = False


def _fits(block: Block) -> bool:
    return isinstance(block, Table) and block.whole and len(block.rows) <= BELOW


def _lowered(block: Block) -> Block:
    return replace(block, height=LOW) if isinstance(block, Map) else block


def plain(t: PageTexts, text: str) -> str:
    """Return a piece of a page as text: what is disclosed follows its line, blocks each other.

    >>> from ui.words.language import PageTexts
    >>> plain(PageTexts("en"), Markup("<details><summary>2 cities</summary><p>A, B</p></details>"))
    '2 cities: A, B'
    """
    if not isinstance(text, Markup):
        return text
    joined = NEXT.sub(t("list.stop"), OPENED.sub(t("pack.colon"), text.strip()))
    words = str(Markup(joined).striptags())  # noqa: S704 - of our own pieces, and it becomes text
    return words.removesuffix(t("list.stop").strip())


def bullets(t: PageTexts, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the pieces that say something as texts, each with its full stop.

    >>> from ui.words.language import PageTexts
    >>> bullets(PageTexts("en"), ["2 cities", "", "How many?"])
    ('2 cities.', 'How many?')
    """
    written = filter(None, (plain(t, text) for text in texts))
    return tuple(
        text if text.endswith(ENDED) else t("pack.sentence", text=text) for text in written
    )

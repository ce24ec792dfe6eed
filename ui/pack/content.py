"""What a pack holds, whatever file it becomes: sentences, figures, tables, bars and maps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from ui.pack import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.settings import Language
    from ui.state.view import View
    from ui.words.language import PageTexts

OPENED: Final = re.compile(r"</summary>\s*")
ENDED: Final = ("。", ".", "？", "?", "！", "…")
"""Ends of a sentence."""
NEXT: Final = re.compile(r"</(div|p|dd)>\s*(?=<)|<br>")


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """Sentences below a heading, a point or a paragraph each; `remarks` are what they rest on.

    These are a footnote of documents, and small print at the foot of a slide, as those of tables.
    """

    title: str = ""
    texts: tuple[str, ...]
    note: str = ""
    remarks: tuple[str, ...] = ()


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
    """A table with its caption, remarks below it, and the row in which it adds up.

    `whole` is whether it stands in one piece, as `paging` says; else it may go on on another page.
    """

    title: str
    note: str = ""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    whole: bool = False


def widths(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
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
    texts = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    least = [
        max(text_width.wide(each.unit), *map(text_width.unbroken, [each.head, *own]))
        for each, own in zip(columns, texts, strict=True)
    ]
    most = [max(map(text_width.wide, own), default=0.0) for own in texts]
    lowest, highest = ([size * each + 2 * aside for each in wide] for wide in (least, most))
    return text_width.columns(shares, lowest, highest, min(room[0], room[1] * sum(shares)))


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
    `view_map.map_picture` knows them; `height` that of the map in its widths, as `paging` says.
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


Block = Sentences | Figures | Table | Bars | Map | Facts


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a pack, or one of several of its kind: it begins with its title."""

    title: str
    blocks: tuple[Block, ...]


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


def brief(t: PageTexts, text: str) -> str:
    """Return a piece of a page as text, without what it discloses.

    >>> from ui.words.language import PageTexts
    >>> brief(PageTexts("en"), Markup("<details><summary>2 cities</summary><p>A, B</p></details>"))
    '2 cities'
    """
    shown, _, _ = text.partition("</summary>")
    return plain(t, Markup(shown) if isinstance(text, Markup) else shown)  # noqa: S704 - as `plain`


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

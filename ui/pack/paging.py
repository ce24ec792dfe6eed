"""How the pages of a document are filled: none is left half empty, no map is larger than its page.

Documents flow: programs that set them keep headings with what follows, and what is to stand in one
piece. Told here is what these do not know: how high a map may be on the page where it begins, and
which tables rather go on on the next page than leave this one empty.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ui.pack import measures
from ui.pack.content import Facts, Map, Sentences, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ui.pack.content import Block, Front, Section

SHORT: Final = 8
"""Rows of a table that is never broken, at most."""
FIRST, LAST = 5, 4
"""Rows of a broken table that stay together at its beginning, and at its end."""
LINES: Final = 3
"""Of sentences that stay with their heading."""
TEXTS: Final = 3
"""The last of them that stay together, with what is noted below them."""
HOLE: Final = 100.0
"""What a page is left empty at most so that a table stands in one piece, points."""
SAFE: Final = 24.0
"""What is left of a page that is to be full: letters may be larger than they are here."""
ROWS_SAFE: Final = 48.0
"""What is left besides where many rows stand round a map: each may be higher."""
MAP_HEIGHT: Final = (0.62, 1.25)
"""Least and greatest height of a map, in its widths."""
OWN_HEIGHT: Final = (0.25, 0.8)
"""The same of a map between facts and what is listed below them."""


def paged(
    front: Front, sections: Iterable[Section], *, charts: bool = False
) -> Iterator[tuple[Section, bool]]:
    """Return sections as they are made, each with whether it begins on a page of its own.

    Parameters
    ----------
    front
        The cover, or the head of the first page.
    sections
        Whose maps and tables are returned as high, and as much in one piece, as pages allow.
    charts
        Whether bars are drawn.
    """
    used, own = measures.front(front), False
    for number, section in enumerate(sections):
        fills, cover = any(map(_fills, section.blocks)), front.covered and number == 0
        # What stands below the title of a cover stands there as a whole.
        over = cover and used + _height(section, charts=charts) > measures.HEIGHT
        begins = own or over or (fills and number > 0)
        used, head, blocks = 0.0 if begins else used, measures.HEADING, []
        for block in section.blocks:
            if used + head + _least(block, charts=charts) > measures.HEIGHT:
                used = 0.0
            placed, used = _placed(block, used + head, charts=charts)
            blocks.append(placed)
            head = 0.0
        yield replace(section, blocks=tuple(blocks)), begins
        own = fills or (cover and not begins)


def _height(section: Section, *, charts: bool) -> float:
    """Return how high a section is, more than a page where it has a map."""
    if any(isinstance(each, Map) or _fills(each) for each in section.blocks):
        return 2 * measures.HEIGHT
    return measures.HEADING + sum(
        measures.height(each, charts=charts) + measures.footnotes(each) for each in section.blocks
    )


def _fills(block: Block) -> bool:
    """Return whether a block has a page of its own."""
    return isinstance(block, Facts) and block.map is not None


def _least(block: Block, *, charts: bool) -> float:
    """Return what a page must have room for so that a block begins on it."""
    height = measures.height(block, charts=charts)
    match block:
        case Map():
            return height + MAP_HEIGHT[0] * measures.WIDTH
        case Table() if len(block.rows) > SHORT:
            return min(height, HOLE)
        case Sentences():
            head = measures.SUBHEADING * bool(block.title)
            return min(height, head + LINES * measures.BODY_LINE)
        case Facts():
            return 0.0
        case _:
            return height


def _placed(block: Block, used: float, *, charts: bool) -> tuple[Block, float]:
    """Return a block as it stands on a page of which so much is used, and what is used then."""
    height = measures.height(block, charts=charts) + measures.footnotes(block)
    left = measures.HEIGHT - used - height
    match block:
        case Map():
            share = _share(left, MAP_HEIGHT)
            return replace(block, height=share), used + height + share * measures.WIDTH
        case Facts() if block.map is not None:
            shown = replace(block.map, height=_share(left - ROWS_SAFE, OWN_HEIGHT))
            listed = None if block.listed is None else replace(block.listed, whole=True)
            return replace(block, map=shown, listed=listed), measures.HEIGHT
        case Table():
            whole = len(block.rows) <= SHORT or left >= SAFE
            return replace(block, whole=whole), used + height - measures.HEIGHT * (left < 0)
        case _:
            return block, used + height - measures.HEIGHT * (left < 0)


def _share(left: float, between: tuple[float, float]) -> float:
    """Return how high a map is that fills a page, in its widths."""
    least, most = between
    return min(most, max(least, (left - SAFE) / measures.WIDTH))
